import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { xml } from '@xmpp/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ContactView, routes, type Status } from '../../../src/contract/index.ts';
import { startFaultProxy } from '../../../src/simulator/tcp/fault-proxy.ts';
import { findProsody, type ProsodyServer, startProsody } from '../../support/prosody.ts';
import { describeWith } from '../../support/requirement.ts';
import { startXmppSession, type XmppSession } from '../../support/xmpp-session.ts';
import { closeAfterEach } from './support/cleaning.ts';
import type { EventTail, Heard } from './support/event-tail.ts';
import { accountsOf, alertsOf, allContacts, contactOf, xmppSignIn } from './support/queries.ts';
import { makeHome, type ServedMuster, serveMuster } from './support/served.ts';

const names = Array.from({ length: 50 }, (_, index) => `c${String(index).padStart(2, '0')}`);
const addresses = names.map((name) => `${name}@localhost`);
const closing = closeAfterEach();

/** What a client says, and what Muster has to make of it. */
const ROUNDS: readonly {
  says: Parameters<typeof say>[1];
  status: Status;
  rawStatus: string;
  message: string | null;
}[] = [
  { says: {}, status: 'online', rawStatus: 'available', message: null },
  { says: { show: 'away', status: 'At lunch' }, status: 'away', rawStatus: 'away', message: 'At lunch' },
  { says: { show: 'chat' }, status: 'online', rawStatus: 'chat', message: null },
  { says: { show: 'xa' }, status: 'away', rawStatus: 'xa', message: null },
  { says: { show: 'dnd', status: 'Größer <&> 📅' }, status: 'busy', rawStatus: 'dnd', message: 'Größer <&> 📅' },
  { says: { idle: '2026-01-02T07:00:00Z' }, status: 'idle', rawStatus: 'available', message: null },
];

function say(session: XmppSession, { show, status, idle }: { show?: string; status?: string; idle?: string }) {
  return session.send(
    xml(
      'presence',
      {},
      show === undefined ? undefined : xml('show', {}, show),
      status === undefined ? undefined : xml('status', {}, status),
      idle === undefined ? undefined : xml('idle', { xmlns: 'urn:xmpp:idle:1', since: idle }),
    ),
  );
}

const addressOf = (event: Heard) =>
  event.event === 'contact' && 'identities' in event.data ? event.data.identities[0]?.userId : undefined;

/** What events said of somebody, one after another, without repetitions. */
function course(events: readonly Heard[], address: string): Status[] {
  const statuses = events.flatMap((event) =>
    event.event === 'contact' && 'identities' in event.data && addressOf(event) === address ? [event.data.status] : [],
  );
  return statuses.filter((status, index) => status !== statuses[index - 1]);
}

/** Waits until the last event about each of them fits. */
function eachShown(tail: EventTail, who: readonly string[], what: string, fits: (person: ContactView) => boolean) {
  return tail.until(
    what,
    (heard) => {
      const last = new Map<string, ContactView>();
      for (const event of heard)
        if (event.event === 'contact' && 'identities' in event.data) last.set(addressOf(event) ?? '', event.data);
      return who.every((address) => {
        const person = last.get(address);
        return person !== undefined && fits(person);
      });
    },
    20_000,
  );
}

describeWith(findProsody(), 'muster serve beside a real Prosody', ({ prosody }) => {
  let server: ProsodyServer;
  beforeAll(async () => {
    server = await startProsody(prosody, { team: ['alice', 'bob', ...names] });
  });
  afterAll(() => server?.dispose());

  const join = async (username: string, resource = 'desk'): Promise<XmppSession> => {
    const session = await startXmppSession({ service: server.service, username, resource });
    // Who is thrown out stays out until the test says otherwise.
    session.entity.reconnect.stop();
    closing(() => session.stop());
    return session;
  };

  async function served(): Promise<ServedMuster> {
    const { home, remove } = makeHome();
    closing(remove);
    const muster = await serveMuster(home);
    closing(() => muster.stop());
    return muster;
  }

  async function signedIn(service = server.service) {
    const muster = await served();
    const { api } = muster;
    const tail = await muster.events();
    const body = xmppSignIn(service, 'localhost', 'alice', 'secret-alice');
    const account = await api.call(routes.createAccount, { body });
    await tail.next('account', (data) => 'state' in data && data.state === 'connected');
    await eachShown(tail, addresses, 'everybody is known', (person) => person.status !== 'unknown');
    return { muster, api, tail, account };
  }

  it('shows 50 contacts through every show value, each change as an event in order', { timeout: 60_000 }, async () => {
    const { api, tail, account } = await signedIn();
    expect(account).toMatchObject({ platform: 'xmpp', account: { userId: 'alice@localhost' } });
    expect(await allContacts(api, { platform: 'xmpp' })).toHaveLength(51);
    const sessions = await Promise.all(names.map((name) => join(name)));
    const from = tail.heard.length;
    for (const { says, status, rawStatus, message } of ROUNDS) {
      await Promise.all(sessions.map((session) => say(session, says)));
      await eachShown(tail, addresses, `all ${status} (${rawStatus})`, (person) => {
        const [identity] = person.identities;
        return (
          person.status === status &&
          person.message === message &&
          identity?.rawStatus === rawStatus &&
          identity.source === 'push' &&
          !person.stale &&
          person.why.userId === identity.userId
        );
      });
    }
    expect((await contactOf(api, 'c31@localhost')).lastSeen).toBe('2026-01-02T07:00:00.000Z');
    await Promise.all(sessions.map((session) => session.send(xml('presence', { type: 'unavailable' }))));
    await eachShown(tail, addresses, 'all offline', (person) => person.status === 'offline');
    const events = tail.heard.slice(from);
    for (const address of addresses)
      expect(course(events, address)).toEqual([...ROUNDS.map(({ status }) => status), 'offline']);
    const ids = tail.heard.map(({ id }) => id);
    expect(ids).toEqual([...ids].sort((one, other) => one - other));
    expect(new Set(ids).size).toBe(ids.length);
    expect(tail.resets).toBe(0);
    // A snapshot says up to which event it reaches: nothing came after it.
    expect((await api.call(routes.listContacts)).sequence).toBe(ids.at(-1));
  });

  it('tells a change within moments of its being said', async () => {
    const { tail } = await signedIn();
    const bob = await join('bob');
    const late: number[] = [];
    for (const [index, show] of ['away', 'dnd', 'xa', 'chat', 'away', 'dnd'].entries()) {
      const saidAt = Date.now();
      await say(bob, { show, status: `round ${index}` });
      const { at } = await tail.next('contact', (data) => 'message' in data && data.message === `round ${index}`);
      late.push(at - saidAt);
    }
    const median = [...late].sort((one, other) => one - other)[3] ?? 0;
    expect(median).toBeLessThan(500);
  });

  it('folds several resources of one person into one status', async () => {
    const { api, tail } = await signedIn();
    const from = tail.heard.length;
    const shown = (status: Status, message: string | null) =>
      eachShown(tail, ['bob@localhost'], `bob is ${status}`, (bob) => bob.status === status && bob.message === message);
    const phone = await join('bob', 'phone');
    await phone.presence({ show: 'away', status: 'on the phone', priority: 1 });
    await shown('away', 'on the phone');
    const desk = await join('bob', 'desk');
    await desk.presence({ show: 'dnd', status: 'at the desk', priority: 5 });
    await shown('busy', 'at the desk');
    await phone.presence({ status: 'still there', priority: 5 });
    await shown('online', 'still there');
    await phone.send(xml('presence', { type: 'unavailable' }));
    await shown('busy', 'at the desk');
    await desk.stop();
    await eachShown(tail, ['bob@localhost'], 'bob is offline', (bob) => bob.status === 'offline');
    expect(course(tail.heard.slice(from), 'bob@localhost')).toEqual(['away', 'busy', 'online', 'busy', 'offline']);
    expect((await contactOf(api, 'bob@localhost')).identities).toHaveLength(1);
  });

  it('recovers by itself from a restart of the server, and alerts nobody of it', { timeout: 60_000 }, async () => {
    const cable = await startFaultProxy({ port: server.port });
    closing(() => cable.close());
    const { api, tail } = await signedIn(`xmpp://127.0.0.1:${cable.port}`);
    const early = names.slice(0, 20);
    const there = early.map((name) => `${name}@localhost`);
    const signIn = async () => {
      const sessions = await Promise.all(early.map((name) => join(name)));
      await Promise.all(sessions.map((session) => say(session, {})));
    };
    await signIn();
    await eachShown(tail, there, 'twenty are online', (one) => one.status === 'online');
    for (const { id } of await allContacts(api))
      await api.call(routes.createWatch, {
        body: { contactId: id, to: ['online', 'busy', 'away', 'idle', 'offline'], repeat: 'always' },
      });
    const from = tail.heard.length;
    const state = (wanted: string) =>
      tail.next('account', (data) => 'state' in data && data.state === wanted, { from, withinMs: 30_000 });
    await server.stop();
    expect((await state('offline')).data).toMatchObject({ stateReason: expect.any(String) });
    await cable.refuse();
    await server.start();
    // They are back before Muster is: nothing of that is news.
    await signIn();
    const back = tail.heard.length;
    await cable.heal();
    await tail.next('account', (data) => 'state' in data && data.state === 'connected', {
      from: back,
      withinMs: 30_000,
    });
    await eachShown(tail, there, 'twenty are back', (one) => one.status === 'online' && !one.stale);
    expect((await api.call(routes.getHealth)).status).toBe('ok');
    const alerts = await alertsOf(api);
    expect(alerts.filter(({ outcome }) => outcome === 'delivered')).toEqual([]);
  });

  it('alerts once of a real change, and of nothing that was so at login', { timeout: 30_000 }, async () => {
    const { muster, api, tail } = await signedIn();
    const people = new Map((await allContacts(api)).map((one) => [one.identities[0]?.userId, one.id]));
    for (const address of ['bob@localhost', 'c01@localhost'])
      await api.call(routes.createWatch, {
        body: { contactId: people.get(address) ?? '', to: ['online'], repeat: 'always' },
      });
    await muster.stop();
    const early = await join('c01');
    await say(early, {});
    const again = await serveMuster(muster.home);
    closing(() => again.stop());
    const second = await again.events();
    await second.until('Muster has seen c01 again', (heard) => course(heard, 'c01@localhost').at(-1) === 'online');
    const bob = await join('bob');
    await say(bob, {});
    const alert = await second.next('alert', (data) => data.contactId === people.get('bob@localhost'));
    expect(alert.data).toMatchObject({ from: 'offline', to: 'online', outcome: 'delivered', reason: 'matched' });
    await say(bob, { status: 'only the words change' });
    await second.next('contact', (data) => 'message' in data && data.message === 'only the words change');
    const alerts = await alertsOf(again.api);
    expect(alerts.filter(({ outcome }) => outcome === 'delivered')).toHaveLength(1);
    expect(alerts.find(({ contactId }) => contactId === people.get('c01@localhost'))).toMatchObject({
      outcome: 'suppressed',
      reason: 'replayed',
    });
    expect(tail.of('alert')).toEqual([]);
  });

  it('refuses a wrong password with the platform’s reason, and keeps nothing of it', async () => {
    const { api, home, events } = await served();
    const tail = await events();
    const body = xmppSignIn(server.service, 'localhost', 'alice', 'wr0ng-Passw0rd-canary');
    const problem = await api.refusal(api.call(routes.createAccount, { body }));
    expect(problem).toMatchObject({ status: 422, code: 'credentials-refused' });
    expect(problem.detail).not.toContain('wr0ng');
    expect(await accountsOf(api)).toEqual([]);
    expect((await api.call(routes.listContacts)).total).toBe(0);
    expect(tail.heard).toEqual([]);
    for (const entry of readdirSync(home, { recursive: true, withFileTypes: true })) {
      if (entry.isFile())
        expect(readFileSync(path.join(entry.parentPath, entry.name), 'latin1'), entry.name).not.toContain('wr0ng');
    }
  });
});
