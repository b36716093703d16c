import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EVENT_SCHEMAS, routes } from '../../../src/contract/index.ts';
import { type BelievableXmpp, startBelievableXmpp } from '../../../src/simulator/believable-xmpp.ts';
import { type BelievableSlack, startBelievableSlack } from '../../../src/simulator/slack/believable-slack.ts';
import { call, eventually, refusal } from '../caller.ts';
import type { ContractHost, StartHost } from '../host.ts';

const PEOPLE = 12;

/** Real adapters on simulated platforms: signing in, people, own status, watches, signing out. In order, as a person would. */
export function accountsSuite(start: StartHost): void {
  describe('with an XMPP and a Slack account', () => {
    let host: ContractHost;
    let xmpp: BelievableXmpp;
    let slack: BelievableSlack;
    beforeAll(async () => {
      [host, xmpp, slack] = await Promise.all([
        start(),
        startBelievableXmpp({ people: PEOPLE }),
        startBelievableSlack({ people: PEOPLE }),
      ]);
    }, 60_000);
    afterAll(async () => {
      await host.close();
      await xmpp.xmpp.close();
      await slack.slack.close();
    });

    const xmppAccount = (password: string) => ({
      platform: 'xmpp',
      label: 'Harbour',
      settings: {
        service: xmpp.xmpp.service,
        domain: xmpp.xmpp.domain,
        username: xmpp.me,
        allowInsecureLoopback: true,
      },
      secrets: { password },
    });
    const slackAccount = (userToken: string) => ({
      platform: 'slack',
      settings: { apiUrl: slack.slack.apiUrl },
      secrets: { userToken },
    });
    const accounts = async () => (await call(host, routes.listAccounts)).items;
    const idOf = async (platform: string) => {
      const found = (await accounts()).find((account) => account.platform === platform);
      if (!found) throw new Error(`no ${platform} account`);
      return found.id;
    };

    it('refuses wrong credentials with the platform’s reason, and keeps nothing', async () => {
      const password = await refusal(host, routes.createAccount, { body: xmppAccount('wrong-password') });
      expect(password).toMatchObject({ status: 422, code: 'credentials-refused' });
      const token = await refusal(host, routes.createAccount, { body: slackAccount('xoxp-0-not-a-token') });
      expect(token).toMatchObject({ status: 422, code: 'credentials-refused' });
      expect(JSON.stringify([password, token])).not.toMatch(/wrong-password|not-a-token/);
      expect(await accounts()).toEqual([]);
    });

    it('says that a platform cannot be reached', async () => {
      const body = { ...slackAccount('xoxp-1-1'), settings: { apiUrl: 'http://127.0.0.1:9/api/' } };
      expect((await refusal(host, routes.createAccount, { body })).code).toBe('platform-unreachable');
    });

    it('signs in to both, without ever giving a secret back', async () => {
      for (const body of [xmppAccount(xmpp.password), slackAccount(slack.token)]) {
        const account = await call(host, routes.createAccount, { body });
        expect(account).toMatchObject({ platform: body.platform, account: { userId: expect.any(String) } });
        expect(await call(host, routes.getAccount, { params: { id: account.id } })).toMatchObject({ id: account.id });
      }
      await eventually('both accounts are connected', async () =>
        (await accounts()).every((account) => account.state === 'connected' && account.sync === null),
      );
      const said = JSON.stringify([
        await accounts(),
        await call(host, routes.exportAll),
        await call(host, routes.getDoctor),
        await call(host, routes.getSecretStore),
      ]);
      expect(said).not.toContain(xmpp.password);
      expect(said).not.toContain(slack.token);
      expect((await call(host, routes.getHealth)).status).toBe('ok');
    });

    it('refuses the same account a second time, without a trace', async () => {
      expect((await refusal(host, routes.createAccount, { body: slackAccount(slack.token) })).code).toBe('conflict');
      expect(await accounts()).toHaveLength(2);
    });

    it('lists the people of both, each with the reason for the status', async () => {
      const list = await eventually('everybody is there', async () => {
        const found = await call(host, routes.listContacts, { query: { limit: 500 } });
        return found.total >= PEOPLE && found.items.some((contact) => contact.status === 'online') ? found : null;
      });
      expect(list.items).toHaveLength(list.total);
      const online = list.items.find((contact) => contact.status === 'online');
      expect(online?.why).toMatchObject({ accountId: expect.any(String), observedAt: expect.any(String) });
      const some = await call(host, routes.listContacts, { query: { status: 'online,idle', platform: 'xmpp' } });
      expect(some.items.every(({ status }) => status === 'online' || status === 'idle')).toBe(true);
    });

    it('walks the order of the first page, while people change', async () => {
      const first = await call(host, routes.listContacts, { query: { limit: 5 } });
      const all = await call(host, routes.listContacts, { query: { limit: 500 } });
      const last = all.items.at(-1);
      if (!last) throw new Error('nobody');
      await call(host, routes.patchContact, { params: { id: last.id }, body: { favourite: true } });
      const seen = first.items.map((contact) => contact.id);
      for (let cursor = first.nextCursor; cursor !== null; ) {
        const page = await call(host, routes.listContacts, { query: { limit: 5, cursor } });
        seen.push(...page.items.map((contact) => contact.id));
        cursor = page.nextCursor;
      }
      expect(seen.toSorted()).toEqual(all.items.map((contact) => contact.id).toSorted());
      expect((await call(host, routes.listContacts, { query: { limit: 1 } })).items[0]?.id).toBe(last.id);
      await call(host, routes.patchContact, { params: { id: last.id }, body: { favourite: false } });
    });

    it('announces a change as the whole person, numbered after the snapshot’s sequence', async () => {
      const username = xmpp.others[0] ?? '';
      const { sequence, items } = await call(host, routes.listContacts, { query: { limit: 500 } });
      const person = items.find(({ identities }) => identities.some(({ userId }) => userId.startsWith(`${username}@`)));
      const stream = await host.events(sequence);
      xmpp.xmpp.setPresence(username, 'desk', { show: 'dnd', status: 'Under water', priority: 5 });
      const heard = await eventually('the change', () =>
        stream.frames.find((frame) => frame.event === 'contact' && JSON.stringify(frame.data).includes('Under water')),
      );
      expect(heard.id).toBeGreaterThan(sequence);
      expect(EVENT_SCHEMAS.contact.parse(heard.data)).toMatchObject({ id: person?.id, status: 'busy' });
      await stream.close();
    });

    it('links two people into one, answers for the other with mergedInto, and gives them back', async () => {
      const { items } = await call(host, routes.listContacts, { query: { limit: 500 } });
      const pair = ['xmpp', 'slack'].map((platform) =>
        items.find(({ identities }) => identities.length === 1 && identities[0]?.platform === platform),
      );
      const [one, other] = pair;
      if (!one || !other) throw new Error('nobody to link');
      const again = await refusal(host, routes.linkContacts, { body: { contactIds: [one.id, one.id] } });
      expect(again.errors?.map((issue) => issue.path)).toEqual(['contactIds']);
      const linked = await call(host, routes.linkContacts, { body: { contactIds: [one.id, other.id] } });
      expect(linked).toMatchObject({ id: one.id });
      expect(linked.identities).toHaveLength(2);
      const merged = await refusal(host, routes.getContact, { params: { id: other.id } });
      expect(merged).toMatchObject({ code: 'merged', mergedInto: one.id });
      const identities = other.identities.map(({ accountId, userId }) => ({ accountId, userId }));
      const back = await call(host, routes.unlinkContact, { params: { id: one.id }, body: { identities } });
      expect(back.id).toBe(other.id);
    });

    it('answers availability in the order asked, unknown users included', async () => {
      const [person] = (await call(host, routes.listContacts, { query: { limit: 1 } })).items;
      const users = ['nobody@example.org', person?.id ?? '', `xmpp:${person?.identities[0]?.userId}`];
      const { results } = await call(host, routes.checkAvailability, { body: { users } });
      expect(results.map(({ user }) => user)).toEqual(users);
      expect(results[0]).toMatchObject({ contactId: null, available: false, status: 'unknown' });
      expect(results[1]?.contactId).toBe(person?.id);
    });

    it('sets the own status on both and reads it back, then clears it', async () => {
      const body = { status: 'busy', message: 'In the workshop', emoji: '🔧', forSeconds: 600 };
      const { results, intent } = await call(host, routes.putOwnStatus, { body });
      expect(intent).toMatchObject({ status: 'busy', message: 'In the workshop' });
      expect(results).toHaveLength(2);
      await eventually('both have read it back', async () => {
        const me = await call(host, routes.getOwnStatus);
        return me.results.every(
          ({ observed, outcome }) => outcome !== 'failed' && observed?.message?.includes(body.message),
        );
      });
      expect(slack.slack.workspace.user(slack.members.me).status.text).toBe('In the workshop');
      await call(host, routes.deleteOwnStatus);
      await eventually('Slack has its earlier status again', () => {
        return slack.slack.workspace.user(slack.members.me).status.text !== 'In the workshop';
      });
      expect((await call(host, routes.getOwnStatus)).intent).toBeNull();
    });

    it('turns do-not-disturb on for a while, and off', async () => {
      const on = await call(host, routes.putDoNotDisturb, { body: { forSeconds: 1_800 } });
      expect(on.doNotDisturb).toMatchObject({ active: true, until: expect.any(String) });
      expect((await call(host, routes.deleteDoNotDisturb)).doNotDisturb.active).toBe(false);
    });

    it('raises an alert for a watched person, with its reason', async () => {
      const username = xmpp.others[1] ?? '';
      const { items } = await call(host, routes.listContacts, { query: { limit: 500 } });
      const person = items.find(({ identities }) => identities.some(({ userId }) => userId.startsWith(`${username}@`)));
      if (!person) throw new Error('nobody to watch');
      const statusIs = (status: string) =>
        eventually(`${username} is ${status}`, async () => {
          return (await call(host, routes.getContact, { params: { id: person.id } })).status === status;
        });
      xmpp.xmpp.setPresence(username, 'desk', { show: 'away', priority: 5 });
      await statusIs('away');
      const watch = await call(host, routes.createWatch, {
        body: { contactId: person.id, to: ['online'], repeat: 'once', note: 'Ask about the boat' },
      });
      xmpp.xmpp.setPresence(username, 'desk', { priority: 5 });
      await statusIs('online');
      const alert = await eventually('the alert', async () => (await call(host, routes.listAlerts)).items[0]);
      expect(alert).toMatchObject({ watchId: watch.id, contactId: person.id, to: 'online', outcome: 'delivered' });
    });

    it('forgets who is opted out, and finds them again when they are not', async () => {
      const username = xmpp.others[2] ?? '';
      const { items } = await call(host, routes.listContacts, { query: { limit: 500 } });
      const person = items.find(({ identities }) => identities.some(({ userId }) => userId.startsWith(`${username}@`)));
      if (!person) throw new Error('nobody to opt out');
      const params = { id: person.id };
      const out = await call(host, routes.patchContact, { params, body: { monitored: false } });
      expect(out).toMatchObject({ monitored: false, status: 'unknown', message: null });
      const back = await call(host, routes.patchContact, { params, body: { monitored: true } });
      expect(back.monitored).toBe(true);
    });

    it('reconnects, renames and disables an account', async () => {
      const params = { id: await idOf('xmpp') };
      await call(host, routes.reconnectAccount, { params });
      const renamed = await call(host, routes.patchAccount, { params, body: { label: 'Workshop' } });
      expect(renamed.label).toBe('Workshop');
      const off = await call(host, routes.patchAccount, { params, body: { enabled: false } });
      expect(off.state).toBe('disabled');
      await call(host, routes.patchAccount, { params, body: { enabled: true } });
      await eventually('it is connected again', async () => {
        return (await call(host, routes.getAccount, { params })).state === 'connected';
      });
    });

    it('removes an account with its people', async () => {
      const id = await idOf('xmpp');
      await call(host, routes.deleteAccount, { params: { id } });
      expect((await refusal(host, routes.getAccount, { params: { id } })).code).toBe('not-found');
      const { items } = await call(host, routes.listContacts, { query: { limit: 500 } });
      expect(items.flatMap(({ identities }) => identities).filter(({ accountId }) => accountId === id)).toEqual([]);
    });

    it('erases everything when it is confirmed, and only then', async () => {
      expect((await refusal(host, routes.eraseAll, { body: { confirm: 'yes' } })).code).toBe('invalid');
      expect(await accounts()).toHaveLength(1);
      await call(host, routes.eraseAll, { body: { confirm: 'erase' } });
      expect(await accounts()).toEqual([]);
      expect((await call(host, routes.listContacts)).total).toBe(0);
    });
  });
}
