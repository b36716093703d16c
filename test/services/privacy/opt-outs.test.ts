import { afterEach, expect, it } from 'vitest';
import { systemClock } from '../../../src/infra/clock/system-clock.ts';
import { startXmppSimulator } from '../../../src/simulator/xmpp/server.ts';
import { startCore, until } from '../support/core.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

it('shows what somebody on an XMPP server is now when they are opted in again, not what they were before', async () => {
  const xmpp = await startXmppSimulator();
  closing.push(() => xmpp.close());
  xmpp.addUser('robin', { password: 'secret', name: 'Robin' });
  xmpp.addUser('ada', { password: 'secret', name: 'Ada Byron' });
  xmpp.befriend('robin', 'ada');
  xmpp.setPresence('ada', 'desk');
  const core = startCore({ clock: systemClock });
  closing.push(() => core.stop());
  await core.muster.accounts.create({
    platform: 'xmpp',
    settings: { service: xmpp.service, domain: xmpp.domain, username: 'robin', allowInsecureLoopback: true },
    secrets: { password: 'secret' },
  });
  const ada = () => core.muster.contacts.all().find((one) => one.identities[0]?.userId.startsWith('ada'));
  const { id } = await until('Ada is online', () => (ada()?.status === 'online' ? ada() : null));
  const { contacts } = core.muster;
  expect(contacts.patch(id, { monitored: false })).toMatchObject({ status: 'unknown', monitored: false });
  xmpp.setPresence('ada', 'desk', { show: 'dnd' });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(contacts.get(id).status).toBe('unknown');
  contacts.patch(id, { monitored: true });
  await until('Ada is busy', () => contacts.get(id).status === 'busy');
  xmpp.setPresence('ada', 'desk', { show: 'away' });
  await until('Ada is away', () => contacts.get(id).status === 'away');
});
