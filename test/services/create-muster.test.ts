import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/infra/clock/system-clock.ts';
import { startBelievableXmpp } from '../../src/simulator/believable-xmpp.ts';
import { startBelievableSlack } from '../../src/simulator/slack/believable-slack.ts';
import { startCore, until } from './support/core.ts';

const closing: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function bothAccounts() {
  const xmpp = await startBelievableXmpp({ people: 12, seed: 3 });
  closing.push(() => xmpp.xmpp.close());
  const slack = await startBelievableSlack({ people: 15, seed: 3 });
  closing.push(() => slack.slack.close());
  slack.slack.workspace.connectClient(slack.members.me);
  const core = startCore({ clock: systemClock });
  closing.push(() => core.stop());
  const xmppAccount = await core.muster.accounts.create({
    platform: 'xmpp',
    settings: { service: xmpp.xmpp.service, domain: xmpp.xmpp.domain, username: xmpp.me, allowInsecureLoopback: true },
    secrets: { password: xmpp.password },
  });
  const slackAccount = await core.muster.accounts.create({
    platform: 'slack',
    label: 'Harbour',
    settings: { apiUrl: slack.slack.apiUrl },
    secrets: { userToken: slack.token },
  });
  await until('both connected', () => core.muster.accounts.list().every((account) => account.state === 'connected'));
  return { xmpp, slack, core, xmppAccount, slackAccount };
}

describe('the wired core', () => {
  it('shows the people of both accounts, with a reason for each status that is known', async () => {
    const { core, slack } = await bothAccounts();
    const known = await until('everybody has been looked at', () => {
      const people = core.muster.contacts.all();
      const looked = people.filter((person) => person.why.rule !== 'nothing-observed');
      return looked.length >= 20 && people.length > 20 ? people : null;
    });
    expect(known.length).toBeGreaterThan(20);
    const onSlack = known.filter((person) => person.identities.some((identity) => identity.platform === 'slack'));
    expect(onSlack.length).toBeGreaterThan(5);
    expect(slack.slack.calls.length).toBeGreaterThan(10);
    for (const person of known.filter((other) => other.status !== 'unknown'))
      expect(person.why.accountId).not.toBeNull();
  });

  it('holds a status on both accounts and gives the old one back when it is cleared', async () => {
    const { core, xmpp } = await bothAccounts();
    const answer = await core.muster.ownStatus.set({
      status: 'busy',
      message: 'Focus',
      emoji: '🎧',
      forSeconds: 3_600,
    });
    expect(answer.results.map((result) => [result.platform, result.outcome])).toEqual([
      ['xmpp', 'applied'],
      ['slack', 'applied'],
    ]);
    expect(xmpp.xmpp.sessions(xmpp.me)).toMatchObject([{ show: 'dnd', status: expect.stringContaining('Focus') }]);
    const cleared = await core.muster.ownStatus.clear();
    expect(cleared.results.map((result) => result.outcome)).toEqual(['applied', 'applied']);
    expect(xmpp.xmpp.sessions(xmpp.me)[0]?.show ?? null).toBeNull();
  });

  it('removes an account with its people, its observations and its secrets', async () => {
    const { core, xmppAccount } = await bothAccounts();
    await until('people of XMPP', () =>
      core.muster.contacts.all().some((person) => person.identities[0]?.platform === 'xmpp'),
    );
    await core.muster.accounts.delete(xmppAccount.id);
    expect(
      core.muster.contacts.all().filter((person) => person.identities.some((i) => i.accountId === xmppAccount.id)),
    ).toEqual([]);
    expect((await core.secretStore.names()).filter((name) => name.startsWith(xmppAccount.id))).toEqual([]);
  });
});
