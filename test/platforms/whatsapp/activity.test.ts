import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE_MS, SECOND_MS } from '../../../src/domain/time.ts';
import type { Connection } from '../../../src/platforms/platform.ts';
import { BEFORE, BOTH, HIDDEN, whatsappSeat } from './signed-in.ts';

const LABEL = [{ kind: 'other', detail: 'active just now' }];

describe('what WhatsApp tells about people', () => {
  let at: Awaited<ReturnType<typeof whatsappSeat>>;
  let connection: Connection;
  const last = () => at.seat.observations.at(-1);
  beforeEach(async () => {
    at = await whatsappSeat();
    connection = await at.connect();
  });
  afterEach(() => at.close());

  it('labels a message as active just now for a minute, and never says a status', async () => {
    const sent = at.seat.clock.now();
    at.simulator.webhooks.message(at.number, BEFORE);
    await at.arrived();
    expect(last()).toMatchObject({ userId: BEFORE.waId, status: 'unknown', activities: LABEL, lastSeen: sent });
    await at.seat.clock.advance(MINUTE_MS - SECOND_MS);
    expect(last()).toMatchObject({ activities: LABEL });
    await at.seat.clock.advance(SECOND_MS);
    expect(last()).toMatchObject({ status: 'unknown', activities: [], lastSeen: sent, source: 'webhook' });
    expect(at.seat.clock.pending).toBe(0);
  });

  it('labels no message that comes late, and says that it is no news', async () => {
    const sent = at.seat.clock.now() - 10 * MINUTE_MS;
    at.simulator.webhooks.message(at.number, BEFORE, { at: sent });
    await at.arrived();
    expect(last()).toMatchObject({ activities: [], lastSeen: sent, replayed: true });
  });

  it('keeps the latest time, whatever order deliveries come in', async () => {
    const now = at.seat.clock.now();
    for (const ago of [5, 2, 9, 2]) {
      at.simulator.webhooks.status(at.number, BEFORE, 'read', { at: now - ago * MINUTE_MS });
    }
    await at.arrived();
    expect(at.seat.observations.map(({ lastSeen }) => lastSeen)).toEqual([5, 2, 2].map((ago) => now - ago * MINUTE_MS));
  });

  it('takes nothing from what the device or the business did', async () => {
    for (const status of ['sent', 'delivered', 'failed', 'deleted']) {
      at.simulator.webhooks.status(at.number, BEFORE, status);
    }
    await at.arrived();
    expect(at.seat.observations).toEqual([]);
  });

  it('knows a person by either kind of id, under the one that they had first', async () => {
    for (const user of [BEFORE, BOTH, HIDDEN]) at.simulator.webhooks.status(at.number, user, 'read');
    await at.arrived();
    await at.seat.clock.advance(SECOND_MS);
    at.simulator.webhooks.message(at.number, HIDDEN);
    await at.arrived();
    expect(new Set(at.seat.observations.map(({ userId }) => userId))).toEqual(new Set([BEFORE.waId]));
    expect(connection.chatUrl(BEFORE.waId)).toBe(`https://wa.me/${BEFORE.waId}`);
  });

  it('has no chat link to somebody who hides their number', async () => {
    at.simulator.webhooks.message(at.number, HIDDEN);
    await at.arrived();
    expect(last()?.userId).toBe(HIDDEN.userId);
    expect(connection.chatUrl(HIDDEN.userId ?? '')).toBe(null);
  });

  it('follows somebody to another number, and does not take that for being there', async () => {
    at.simulator.webhooks.message(at.number, BEFORE);
    await at.arrived();
    const moved = { ...BEFORE, waId: '4917098765432' };
    const known = at.seat.observations.length;
    at.simulator.webhooks.numberChanged(at.number, BEFORE, moved);
    await at.arrived();
    expect(at.seat.observations).toHaveLength(known);
    await at.seat.clock.advance(2 * MINUTE_MS);
    at.simulator.webhooks.message(at.number, moved);
    await at.arrived();
    expect(last()).toMatchObject({ userId: BEFORE.waId, lastSeen: at.seat.clock.now() });
  });

  it.each([
    ['with both kinds of id', BOTH],
    ['who hides their number', HIDDEN],
  ])('follows somebody %s to another number, which gives them another business-scoped id', async (_who, user) => {
    at.simulator.webhooks.message(at.number, user);
    const moved = { ...user, waId: '4917098765432', userId: 'DE.445566' };
    at.simulator.webhooks.numberChanged(at.number, user, moved);
    at.simulator.webhooks.message(at.number, moved);
    await at.arrived();
    expect(new Set(at.seat.observations.map(({ userId }) => userId))).toEqual(new Set([user.userId]));
    // An older delivery comes late, under the id from before.
    at.simulator.webhooks.status(at.number, user, 'read', { at: at.seat.clock.now() });
    await at.arrived();
    expect(last()?.userId).toBe(user.userId);
  });

  it('gives a number that was passed on to its new owner', async () => {
    at.simulator.webhooks.message(at.number, BOTH);
    const successor = { ...BOTH, userId: 'DE.112233', name: 'Somebody Else' };
    at.simulator.webhooks.message(at.number, successor);
    await at.arrived();
    expect(at.seat.observations.map(({ userId }) => userId)).toEqual([BOTH.userId, successor.userId]);
  });

  it('still knows everybody after a restart, and ends a label that the stop left behind', async () => {
    at.simulator.webhooks.message(at.number, BOTH);
    await at.arrived();
    await connection.close();
    expect(last()?.activities).toEqual([]);
    at.seat.observations.length = 0;
    await at.connect();
    expect(at.seat.observations).toMatchObject([{ userId: BOTH.userId, activities: [], status: 'unknown' }]);
    await at.seat.clock.advance(SECOND_MS);
    at.simulator.webhooks.message(at.number, BEFORE);
    await at.arrived();
    expect(last()?.userId).toBe(BOTH.userId);
  });

  it('keeps nothing of somebody who is opted out by either id', async () => {
    at.simulator.webhooks.message(at.number, BOTH);
    await at.arrived();
    at.seat.optedOut.add(BOTH.userId ?? '');
    const known = at.seat.observations.length;
    await at.seat.clock.advance(MINUTE_MS);
    at.simulator.webhooks.message(at.number, BEFORE);
    await at.arrived();
    expect(at.seat.observations).toHaveLength(known);
    expect(at.seat.memory.get(`person/${BOTH.userId}`)).toBeUndefined();
  });

  it.each([
    ['shows another kind of id', BEFORE, HIDDEN, false],
    ['moves to another number', BOTH, { ...BOTH, waId: '4917098765432', userId: 'DE.445566' }, true],
    ['hides the number and moves', HIDDEN, { ...HIDDEN, waId: '4917098765432', userId: 'DE.445566' }, true],
  ])('still recognises somebody who is opted out and then %s', async (_how, before, after, moves) => {
    at.simulator.webhooks.message(at.number, before);
    await at.arrived();
    at.seat.optedOut.add(last()?.userId ?? '');
    const told = [at.seat.observations.length, at.seat.identities.length];
    if (moves) at.simulator.webhooks.numberChanged(at.number, before, after);
    // As long as numbers are shared, deliveries have both kinds of id.
    else at.simulator.webhooks.message(at.number, BOTH);
    at.simulator.webhooks.message(at.number, after);
    await at.arrived();
    expect([at.seat.observations.length, at.seat.identities.length]).toEqual(told);
  });

  it('drops what it kept of people who were opted out, also when they are not heard of any more', async () => {
    for (const user of [BOTH, { ...BOTH, waId: '16505551234', userId: 'US.1', name: 'Ada' }]) {
      at.simulator.webhooks.message(at.number, user);
    }
    await at.arrived();
    at.seat.optedOut.add(BOTH.userId ?? '');
    await at.seat.settled(connection.verify(at.seat.signal));
    expect(at.seat.memory.get(`person/${BOTH.userId}`)).toBeUndefined();
    expect(at.seat.memory.get('person/US.1')).toMatchObject({ name: 'Ada' });
    at.seat.optedOut.add('US.1');
    await connection.close();
    await at.connect();
    expect(at.seat.memory.get('person/US.1')).toBeUndefined();
  });

  it('says the same when a delivery comes again, and nothing more', async () => {
    at.simulator.webhooks.message(at.number, BEFORE);
    at.simulator.webhooks.repeatLast();
    await at.arrived();
    at.simulator.webhooks.repeatLast();
    await at.arrived();
    expect(at.simulator.webhooks.attempts).toHaveLength(2);
    const [first, second] = at.seat.observations;
    expect(second).toEqual(first);
    expect(at.seat.identities).toHaveLength(1);
    await at.seat.clock.advance(MINUTE_MS);
    expect(at.seat.observations).toHaveLength(3);
    expect(last()?.activities).toEqual([]);
  });

  it('leaves what comes after its end for the next sign-in', async () => {
    await connection.close();
    const payload = { what: 'message: text', at: 1, waId: '1', userId: null, name: null, became: null };
    await expect(connection.webhook?.deliver(payload)).rejects.toMatchObject({ retry: 'later' });
    expect(at.seat.observations).toEqual([]);
  });

  it('sees nobody in the future when Meta’s clock is ahead', async () => {
    at.simulator.webhooks.message(at.number, BEFORE, { at: at.seat.clock.now() + 60 * MINUTE_MS });
    await at.arrived();
    expect(last()?.lastSeen).toBe(at.seat.clock.now());
  });
});

describe('whether WhatsApp’s events come here', () => {
  it('says so when there is no public address', async () => {
    const at = await whatsappSeat({ listen: false });
    const connection = await at.connect();
    expect(connection.notices).toEqual([expect.stringContaining('--public-url')]);
    expect(at.seat.channels).toEqual([]);
    await at.close();
  });

  it('says so when Meta sends them elsewhere, and believes an event that comes all the same', async () => {
    const at = await whatsappSeat();
    const here = at.simulator.webhooks.url;
    at.simulator.webhooks.assume('https://elsewhere.example/hook');
    const connection = await at.connect();
    expect(connection.notices).toEqual([expect.stringContaining('another address')]);
    expect(at.seat.channels).toEqual([]);
    at.simulator.webhooks.assume(here);
    at.simulator.webhooks.message(at.number, BEFORE);
    await at.arrived();
    expect(at.seat.channels).toEqual(['up']);
    at.simulator.webhooks.assume('https://elsewhere.example/hook');
    // Somebody may hand them on from there; only when none comes any more it counts.
    await at.seat.settled(connection.verify(at.seat.signal));
    expect(at.seat.channels).toEqual(['up']);
    await at.seat.settled(connection.verify(at.seat.signal));
    expect(at.seat.channels).toEqual(['up', 'down']);
    expect(connection.notices).toHaveLength(1);
    await at.close();
  });

  it('is asked for once an hour, and notices on the way that the token was withdrawn', async () => {
    const at = await whatsappSeat();
    const connection = await at.connect();
    const [check] = connection.presence?.poll ?? [];
    expect(check).toMatchObject({ everySeconds: 3_600, budgetName: 'graph' });
    at.simulator.webhooks.assume(null);
    await at.seat.settled(check?.poll([], at.seat.signal) ?? Promise.reject(new Error('no check')));
    expect(at.seat.channels).toEqual(['up', 'down']);
    expect(connection.notices).toEqual([expect.stringContaining('nowhere')]);
    const token = at.simulator.business.token(at.stage.secrets.accessToken ?? '');
    if (token === undefined) throw new Error('no token');
    token.revoked = true;
    await expect(at.seat.settled(check?.poll([], at.seat.signal) ?? Promise.resolve())).rejects.toMatchObject({
      code: 'token-revoked',
    });
    expect(at.seat.lost).toHaveLength(1);
    await at.close();
  });

  it('says nothing when they do', async () => {
    const at = await whatsappSeat();
    expect((await at.connect()).notices).toEqual([]);
    expect(at.seat.channels).toEqual(['up']);
    await at.close();
  });
});
