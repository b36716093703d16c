import { afterEach, describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../../src/domain/time.ts';
import type { Connection } from '../../../src/platforms/platform.ts';
import { teamsWebhook } from '../../../src/platforms/teams/webhook.ts';
import { ADA, ME, TeamsBench } from './bench.ts';

let bench: TeamsBench;
afterEach(() => bench.close());

const subscriptions = () => bench.simulator.subscriptions;
const count = (name: string, verb?: string) =>
  bench.simulator.calls.filter((call) => call.name === name && (verb === undefined || call.verb === verb)).length;

async function following(): Promise<Connection> {
  bench = await TeamsBench.start({ webhook: true });
  return bench.signedIn();
}

async function passing(minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) {
    await bench.seat.clock.advance(MINUTE_MS);
    await bench.seat.until('calls to end', () => bench.seat.inFlight === 0);
  }
}

/** Ada's own Teams says something, and Graph tells. */
async function pushes(availability: string, activity = availability): Promise<void> {
  const before = bench.seat.observations.length;
  bench.simulator.organisation.client(ADA, availability, activity);
  const isTold = (): boolean => bench.seat.observations.slice(before).some(({ source }) => source === 'webhook');
  await bench.seat.until('what Graph tells', isTold, 20);
}

async function told(deed: () => void): Promise<void> {
  const before = subscriptions().deliveries.length;
  deed();
  await bench.seat.until('the delivery', () => subscriptions().deliveries.length > before);
}

describe('the subscription', () => {
  it('follows the roster, not oneself, and brings changes at once', async () => {
    await following();
    expect(bench.seat.channels).toEqual(['up']);
    const made = bench.simulator.calls.find(({ name }) => name === 'subscriptions');
    expect(made?.body).toContain(bench.ada);
    expect(made?.body).not.toContain(bench.me);
    await pushes('DoNotDisturb', 'Presenting');
    expect(bench.seat.latest(bench.ada)).toMatchObject({
      status: 'busy',
      doNotDisturb: true,
      source: 'webhook',
      replayed: false,
    });
  });

  it('leaves out people who are opted out, and tells nothing about one who opts out later', async () => {
    bench = await TeamsBench.start({ webhook: true });
    bench.seat.optedOut.add(bench.ada);
    await bench.signedIn();
    expect(bench.simulator.calls.some(({ body }) => body.includes(bench.ada))).toBe(false);
    bench.seat.optedOut.clear();
    await bench.close();
    await following();
    bench.seat.optedOut.add(bench.ada);
    const looks = count('getPresencesByUserId');
    await told(() => bench.simulator.organisation.client(ADA, 'Busy'));
    await told(() => bench.simulator.organisation.client(ADA, 'Away'));
    expect(count('getPresencesByUserId')).toBe(looks);
    expect(bench.seat.latest(bench.ada)).toBeUndefined();
  });

  it('takes 650 people at most: the rest is polled', async () => {
    bench = await TeamsBench.start({
      webhook: true,
      more: (organisation) => {
        for (let index = 0; index < 700; index += 1) organisation.add({ displayName: `Person ${index}` });
      },
    });
    await bench.signedIn();
    const made = bench.simulator.calls.find(({ name }) => name === 'subscriptions');
    expect(made?.status).toBe(201);
    expect(made?.body.match(/'[0-9a-f-]{36}'/g)).toHaveLength(650);
  });

  it('takes up others by a new one in its place, and catches up with what happened between the two', async () => {
    let ben = '';
    bench = await TeamsBench.start({
      webhook: true,
      more: (organisation) => {
        ben = organisation.add({ displayName: 'Ben Okoro' }).id;
        organisation.client(ben, 'Available');
      },
    });
    const connection = await bench.signedIn();
    const { following } = connection.presence ?? {};
    if (following === undefined) throw new Error('no choice');
    expect(following.most).toBe(650);
    await bench.seat.settled(following.follow([bench.ada], bench.seat.signal));
    const [first] = subscriptions().active();
    const made = () => bench.simulator.calls.filter(({ name, status }) => name === 'subscriptions' && status === 201);
    await bench.seat.settled(following.follow([bench.ada], bench.seat.signal));
    expect(made()).toHaveLength(2);

    subscriptions().sending = false;
    bench.simulator.organisation.client(ADA, 'Away');
    subscriptions().sending = true;
    await bench.seat.settled(following.follow([bench.ada, ben], bench.seat.signal));
    expect(made()).toHaveLength(3);
    expect(made().at(-1)?.body).toContain(ben);
    expect(subscriptions().active()).toHaveLength(1);
    expect(subscriptions().active()).not.toContain(first);
    expect(bench.seat.latest(bench.ada)).toMatchObject({ status: 'away', source: 'poll' });
    expect(bench.seat.channels).toEqual(['up']);
    await pushes('Busy');
    expect(bench.seat.latest(bench.ada)).toMatchObject({ status: 'busy', source: 'webhook' });
  });

  it('that cannot be replaced is told, and tried again', async () => {
    bench = await TeamsBench.start({ webhook: true, more: (organisation) => organisation.add({ displayName: 'Ben' }) });
    const connection = await bench.signedIn();
    const undo = bench.simulator.faults.add({ kind: 'http-status', status: 503 }, { method: 'subscriptions' });
    const { following: choice } = connection.presence ?? {};
    await bench.seat.settled(choice?.follow([bench.ada], bench.seat.signal) ?? Promise.reject(new Error('no choice')));
    expect(bench.seat.channels).toEqual(['up', 'down']);
    undo();
    await passing(2);
    await bench.seat.until('the subscription', () => bench.seat.channels.at(-1) === 'up');
    expect(subscriptions().active()).toHaveLength(1);
  });

  it('ends when nobody is left to be followed, and is not asked for without anybody', async () => {
    const connection = await following();
    const { following: choice } = connection.presence ?? {};
    await bench.seat.settled(choice?.follow([], bench.seat.signal) ?? Promise.reject(new Error('no choice')));
    expect(subscriptions().active()).toEqual([]);
    const calls = count('subscriptions') + count('subscriptions/{id}');
    await passing(10);
    expect(count('subscriptions') + count('subscriptions/{id}')).toBe(calls);
  });

  it('is renewed before it ends, hour after hour, and stays the same one', async () => {
    await following();
    const [id] = subscriptions().active();
    await passing(200);
    expect(subscriptions().active()).toEqual([id]);
    expect(count('subscriptions')).toBe(1);
    expect(count('subscriptions/{id}', 'PATCH')).toBe(4);
    await pushes('Away');
    expect(bench.seat.latest(bench.ada)).toMatchObject({ status: 'away', source: 'webhook' });
  });

  it('is renewed when Graph wants it authorised again', async () => {
    await following();
    await subscriptions().announce('reauthorizationRequired');
    await bench.seat.until('the renewal', () => count('subscriptions/{id}', 'PATCH') === 1);
    await pushes('Busy');
    expect(bench.seat.latest(bench.ada)?.status).toBe('busy');
  });

  it('is made anew when Graph removed it, and what was missed meanwhile is caught up', async () => {
    await following();
    subscriptions().sending = false;
    bench.simulator.organisation.client(ADA, 'BeRightBack');
    subscriptions().sending = true;
    await subscriptions().dropAll(true);
    await bench.seat.until('the next one', () => subscriptions().active().length === 1);
    await bench.seat.until('the look', () => bench.seat.latest(bench.ada)?.status === 'away');
    expect(bench.seat.channels).toEqual(['up', 'down', 'up']);
    await pushes('Available');
    expect(bench.seat.latest(bench.ada)).toMatchObject({ status: 'online', source: 'webhook' });
  });

  it('is made anew when it turns out to be gone', async () => {
    await following();
    await subscriptions().dropAll(false);
    bench.simulator.organisation.client(ADA, 'Away');
    await passing(46);
    await bench.seat.until('the look', () => bench.seat.latest(bench.ada)?.status === 'away');
    expect(subscriptions().active()).toHaveLength(1);
  });

  it('is made anew after a sleep in which it ran out', async () => {
    await following();
    bench.seat.clock.jump(8 * HOUR_MS);
    bench.simulator.organisation.client(ADA, 'Busy', 'InACall');
    await passing(1);
    await bench.seat.until('the look', () => bench.seat.latest(bench.ada)?.status === 'busy');
    expect(subscriptions().active()).toHaveLength(1);
    expect(bench.seat.channels.at(-1)).toBe('up');
  });

  it('can be set up anew when it is silent', async () => {
    const connection = await following();
    subscriptions().sending = false;
    bench.simulator.organisation.client(ADA, 'Away');
    subscriptions().sending = true;
    await bench.seat.settled(
      connection.presence?.resubscribe?.(bench.seat.signal) ?? Promise.reject(new Error('none')),
    );
    expect(bench.seat.latest(bench.ada)?.status).toBe('away');
    expect(subscriptions().active()).toHaveLength(1);
    await pushes('Busy');
    expect(bench.seat.latest(bench.ada)?.source).toBe('webhook');
  });

  it('looks at everybody when Graph says that something was missed', async () => {
    await following();
    subscriptions().sending = false;
    bench.simulator.organisation.client(ADA, 'Away');
    await subscriptions().announce('missed');
    await bench.seat.until('the look', () => bench.seat.latest(bench.ada)?.status === 'away');
  });

  it('that cannot be had is told and tried again; polls go on', async () => {
    bench = await TeamsBench.start({ webhook: true });
    const undo = bench.simulator.faults.add({ kind: 'http-status', status: 503 }, { method: 'subscriptions' });
    const connection = await bench.signedIn();
    expect(bench.seat.channels).toEqual(['down']);
    expect(bench.seat.lost).toEqual([]);
    await bench.look(connection);
    expect(bench.seat.latest(bench.ada)).toMatchObject({ status: 'online', source: 'poll' });
    undo();
    await passing(2);
    await bench.seat.until('the subscription', () => bench.seat.channels.at(-1) === 'up');
    expect(bench.seat.channels).toEqual(['down', 'up']);
  });

  it('is ended with the account, and one that a crash left behind goes before the next', async () => {
    const first = await following();
    await bench.seat.settled(first.close());
    expect(subscriptions().active()).toEqual([]);
    await bench.signedIn();
    const [left] = subscriptions().active();
    await bench.signedIn();
    expect(subscriptions().active()).toHaveLength(1);
    expect(subscriptions().active()).not.toContain(left);
  });
});

describe('what arrives late', () => {
  /** The payload of the newest delivery. */
  async function newest() {
    const body = subscriptions().deliveries.at(-1)?.body ?? '';
    const verdict = await teamsWebhook.receive(
      {
        method: 'POST',
        query: new URLSearchParams({ key: 'conformance-address-key' }),
        headers: new Map(),
        body: Buffer.from(body),
      },
      {
        accountId: 'a_1',
        settings: bench.settings,
        secrets: { get: async () => null },
        clock: bench.seat.clock,
        http: { fetch: (input, init) => fetch(input, init) },
        addressKey: 'conformance-address-key',
      },
    );
    if (verdict.kind !== 'accepted') throw new Error('not accepted');
    return verdict.events[0]?.payload ?? null;
  }

  it.each([
    ['with a version', true],
    ['without one, as in Microsoft’s example', false],
  ])('never overwrites what is newer, whichever way that came: %s', async (_what, versioned) => {
    const connection = await following();
    subscriptions().versioned = versioned;
    await pushes('Busy');
    const old = await newest();
    await pushes('Away');
    const before = bench.seat.observations.length;
    const again = async (): Promise<void> => {
      const looks = count('getPresencesByUserId');
      await connection.webhook?.deliver(old);
      if (!versioned) await bench.seat.until('the look', () => count('getPresencesByUserId') > looks);
      await bench.seat.until('its end', () => bench.seat.inFlight === 0);
    };
    await again();
    expect(bench.seat.latest(bench.ada)?.status).toBe('away');
    subscriptions().sending = false;
    bench.simulator.organisation.client(ADA, 'Available');
    await bench.look(connection);
    await again();
    expect(bench.seat.latest(bench.ada)?.status).toBe('online');
    expect(bench.seat.observations.slice(before).map(({ status }) => status)).not.toContain('busy');
  });

  it('from hundreds at once makes a few looks, and ends with the truth', async () => {
    const ids: string[] = [];
    bench = await TeamsBench.start({
      webhook: true,
      more: (organisation) => {
        for (let index = 0; index < 200; index += 1) ids.push(organisation.add({ displayName: `P ${index}` }).id);
      },
    });
    await bench.signedIn();
    const looks = count('getPresencesByUserId');
    for (const id of ids) bench.simulator.organisation.client(id, 'Busy', 'InACall');
    const busy = (): number => ids.filter((id) => bench.seat.latest(id)?.status === 'busy').length;
    await bench.seat.until('everybody', () => busy() === 200, 50);
    expect(count('getPresencesByUserId') - looks).toBeLessThan(20);
  });

  it('and is not seen yet, is looked at once more, ten seconds later', async () => {
    await following();
    subscriptions().sending = false;
    const { organisation } = bench.simulator;
    organisation.client(ADA, 'Busy', 'InACall');
    const looks = count('getPresencesByUserId');
    // Told of a change that the server which is asked does not know yet.
    const sent = subscriptions().notify(organisation.person(ADA));
    organisation.client(ADA, 'Available');
    await sent;
    await bench.seat.until('the look', () => count('getPresencesByUserId') === looks + 1 && bench.seat.inFlight === 0);
    organisation.client(ADA, 'Busy', 'InACall');
    await bench.seat.clock.advance(9_000);
    expect(count('getPresencesByUserId')).toBe(looks + 1);
    expect(bench.seat.latest(bench.ada)?.status).toBe('online');
    await bench.seat.until('the next look', () => bench.seat.latest(bench.ada)?.status === 'busy', 100);
    await bench.seat.clock.advance(60_000);
    expect(count('getPresencesByUserId')).toBe(looks + 2);
  });

  it('and cannot be looked at now, is looked at with the next', async () => {
    await following();
    const undo = bench.simulator.faults.add({ kind: 'http-status', status: 503 }, { method: 'getPresencesByUserId' });
    const looks = count('getPresencesByUserId');
    await told(() => bench.simulator.organisation.client(ADA, 'Busy'));
    await bench.seat.until('the look', () => count('getPresencesByUserId') > looks && bench.seat.inFlight === 0);
    undo();
    await pushes('Away');
    expect(bench.seat.latest(bench.ada)).toMatchObject({ status: 'away', source: 'webhook' });
    expect(bench.seat.lost).toEqual([]);
  });

  it('of an earlier run, whose key is gone, is left to the next look', async () => {
    const first = await following();
    await pushes('Busy');
    const old = await newest();
    await bench.seat.settled(first.close());
    const second = await bench.connect();
    const known = bench.seat.observations.length;
    await second.webhook?.deliver(old);
    expect(bench.seat.observations).toHaveLength(known);
  });

  it('has no message, which stays as the last look saw it', async () => {
    const connection = await following();
    await told(() => bench.simulator.organisation.say(ADA, 'Pairing'));
    await bench.look(connection);
    await pushes('Busy', 'InACall');
    expect(bench.seat.latest(bench.ada)).toMatchObject({ status: 'busy', message: 'Pairing', source: 'webhook' });
  });
});

describe('without a public address', () => {
  it('nothing is subscribed to and no channel is told of', async () => {
    bench = await TeamsBench.start();
    const connection = await bench.signedIn();
    expect(connection.webhook).toBeUndefined();
    expect(connection.presence?.resubscribe).toBeUndefined();
    expect(count('subscriptions')).toBe(0);
    expect(bench.seat.channels).toEqual([]);
    expect(bench.simulator.organisation.person(ME).id).toBe(connection.self.userId);
  });
});
