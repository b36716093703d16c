import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addMs, DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/domain/time.ts';
import type { JsonValue } from '../../../src/platforms/platform.ts';
import { googleSeat } from './signed-in.ts';

describe('one’s own availability at Google', () => {
  let at: Awaited<ReturnType<typeof googleSeat>>;
  let me: Awaited<ReturnType<(typeof at)['signIn']>>;
  beforeEach(async () => {
    at = await googleSeat();
    me = await at.signIn();
  });
  afterEach(() => at.close());
  const google = () => at.simulator.user;
  const inMs = (ms: number) => addMs(at.seat.clock.now(), ms);
  const busy = { kind: 'set', status: 'busy', message: 'Deep work', emoji: '🎧', until: null } as const;
  const kept = (value: JsonValue): JsonValue => JSON.parse(JSON.stringify(value));

  it('asks for do-not-disturb along with busy, and both end together', async () => {
    expect(me.own.busyImpliesDoNotDisturb).toBe(true);
    const before = await me.read();
    const until = inMs(30 * MINUTE_MS);
    await me.apply({ status: { ...busy, until }, doNotDisturb: { kind: 'set', active: true, until } });
    expect(google().state).toBe('DO_NOT_DISTURB');
    expect(await me.read()).toMatchObject({
      status: { status: 'busy', message: 'Deep work', emoji: '🎧', until },
      doNotDisturb: { active: true, until },
    });
    await me.apply({
      status: { kind: 'restore', snapshot: kept(before.status.snapshot) },
      doNotDisturb: { kind: 'restore', snapshot: kept(before.doNotDisturb.snapshot) },
    });
    expect(google().state).toBe('ACTIVE');
    expect(google().customStatus).toBe(null);
  });

  it('gives back what Google leaves behind as away when do-not-disturb ran out', async () => {
    const before = await me.read();
    const until = inMs(30 * MINUTE_MS);
    await me.apply({ doNotDisturb: { kind: 'set', active: true, until } });
    const written = await me.read();
    at.seat.clock.jump(31 * MINUTE_MS);
    expect(google().state).toBe('AWAY');
    const now = await me.read();
    expect(
      me.own.compare(
        'doNotDisturb',
        kept(written.doNotDisturb.snapshot),
        now.doNotDisturb.snapshot,
        at.seat.clock.now(),
      ),
    ).toBe('expired');
    await me.apply({ doNotDisturb: { kind: 'restore', snapshot: kept(before.doNotDisturb.snapshot) } });
    at.seat.clock.jump(MINUTE_MS);
    google().activity = 'idle';
    expect(google().state).toBe('IDLE');
  });

  it('puts an earlier do-not-disturb and status back to the second', async () => {
    const ends = inMs(3 * HOUR_MS);
    google().setCustomStatus({ text: 'On a train', emoji: '🚆', expiresAt: inMs(HOUR_MS) });
    google().markAsDoNotDisturb(ends);
    const held = at.stage.held();
    const before = await me.read();
    const until = inMs(20 * MINUTE_MS);
    await me.apply({ status: { ...busy, until }, doNotDisturb: { kind: 'set', active: true, until } });
    expect(at.stage.held()).not.toEqual(held);
    await me.apply({
      status: { kind: 'restore', snapshot: kept(before.status.snapshot) },
      doNotDisturb: { kind: 'restore', snapshot: kept(before.doNotDisturb.snapshot) },
    });
    expect(at.stage.held()).toEqual(held);
  });

  it('puts a status back whose emoji Google does not show to apps, with another one, and says so', async () => {
    google().setCustomStatus({ text: 'On a train', emoji: null, expiresAt: null });
    const before = await me.read();
    await me.apply({ status: busy });
    const restored = await me.apply({ status: { kind: 'restore', snapshot: kept(before.status.snapshot) } });
    expect(google().customStatus).toMatchObject({ text: 'On a train', emoji: '💬' });
    expect(restored.status).toMatchObject({ outcome: 'partial', detail: expect.stringMatching(/emoji/) });
  });

  it('clears what has run out meanwhile instead of putting it back', async () => {
    google().setCustomStatus({ text: 'On a train', emoji: '🚆', expiresAt: inMs(HOUR_MS) });
    const before = await me.read();
    await me.apply({ status: busy });
    at.seat.clock.jump(2 * HOUR_MS);
    await me.apply({ status: { kind: 'restore', snapshot: kept(before.status.snapshot) } });
    expect(google().customStatus).toBe(null);
  });

  it('says that away before us may not have been by hand', async () => {
    google().markAsAway();
    const before = await me.read();
    await me.apply({ status: { ...busy, status: 'online' } });
    const { status } = await me.apply({ status: { kind: 'restore', snapshot: kept(before.status.snapshot) } });
    expect(status).toMatchObject({ outcome: 'partial', detail: expect.stringContaining('by hand') });
  });

  it('leaves the user’s own do-not-disturb alone when only a status is wished', async () => {
    google().markAsDoNotDisturb(inMs(HOUR_MS));
    const { status } = await me.apply({ status: { ...busy, status: 'online' } });
    expect(status).toMatchObject({ outcome: 'partial', detail: expect.stringContaining('do-not-disturb') });
    expect(google().state).toBe('DO_NOT_DISTURB');
    expect(google().customStatus?.text).toBe('Deep work');
  });

  it('gives do-not-disturb without an end a day, and one beyond a year a year', async () => {
    await me.apply({ doNotDisturb: { kind: 'set', active: true, until: null } });
    expect(google().doNotDisturbUntil).toBe(inMs(DAY_MS));
    await me.apply({ doNotDisturb: { kind: 'set', active: true, until: inMs(3 * 365 * DAY_MS) } });
    expect(google().doNotDisturbUntil).toBe(inMs(364 * DAY_MS));
    await me.apply({ doNotDisturb: { kind: 'set', active: false, until: null } });
    expect(google().doNotDisturbUntil).toBe(null);
  });

  it('tells away by hand from what follows activity', async () => {
    const compare = async (written: JsonValue) =>
      me.own.compare('status', kept(written), (await me.read()).status.snapshot, at.seat.clock.now());
    await me.apply({ status: { ...busy, status: 'online', until: inMs(HOUR_MS) } });
    const online = (await me.read()).status.snapshot;
    google().markAsAway();
    expect(await compare(online)).toBe('changed');
    at.seat.clock.jump(HOUR_MS);
    expect(await compare(online)).toBe('expired');
    await me.apply({ status: { ...busy, status: 'away' } });
    const away = (await me.read()).status.snapshot;
    expect(await compare(away)).toBe('same');
    google().markAsAutomatic();
    expect(await compare(away)).toBe('changed');
  });

  it.each([
    ['x'.repeat(64), '🎧', 'applied', { text: 'x'.repeat(64), emoji: '🎧' }],
    ['x'.repeat(65), '🎧', 'partial', { text: `${'x'.repeat(63)}…`, emoji: '🎧' }],
    ['Lunch', null, 'applied', { text: 'Lunch', emoji: '💬' }],
    ['Lunch', ':pizza:', 'partial', { text: 'Lunch', emoji: '💬' }],
    [null, '👩‍💻', 'partial', { text: 'Busy', emoji: '👩‍💻' }],
  ])('fits %s and %s to text and emoji', async (message, emoji, outcome, expected) => {
    const { status } = await me.apply({ status: { ...busy, message, emoji } });
    expect(status).toMatchObject({ outcome });
    expect(google().customStatus).toMatchObject(expected);
  });

  it('clears the words for a wish without any', async () => {
    await me.apply({ status: busy });
    await me.apply({ status: { ...busy, message: null, emoji: null } });
    expect(google().customStatus).toBe(null);
  });

  it('refuses a snapshot that is none', async () => {
    await expect(me.apply({ status: { kind: 'restore', snapshot: 7 } })).rejects.toMatchObject({ code: 'internal' });
    await expect(me.apply({ doNotDisturb: { kind: 'restore', snapshot: [] } })).rejects.toMatchObject({
      code: 'internal',
    });
  });
});
