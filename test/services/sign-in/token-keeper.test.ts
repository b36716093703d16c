import { describe, expect, it } from 'vitest';
import { MusterError } from '../../../src/domain/errors.ts';
import { addMs, DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../src/domain/time.ts';
import { pastedRecord } from '../../../src/services/sign-in/token-record.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { keeperBench, provider } from './keeper-bench.ts';

const unreachable = () => new MusterError('platform-unreachable', 'no network');
const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (thrown: unknown) => (thrown instanceof MusterError ? thrown : null),
  );

describe('the token keeper', () => {
  it('gives the token as long as it is good for a while, and asks nobody', async () => {
    const { keeper, server, clock } = keeperBench();
    expect(await keeper.current()).toBe('access-0');
    await clock.advance(54 * MINUTE_MS);
    expect(await keeper.current()).toBe('access-0');
    expect(server.calls).toBe(0);
  });

  it('asks once for 50 callers at the same time, and gives all the same new token', async () => {
    const { keeper, server, clock } = keeperBench();
    await clock.advance(2 * HOUR_MS);
    const tokens = await Promise.all(Array.from({ length: 50 }, () => keeper.current()));
    expect(new Set(tokens)).toEqual(new Set(['access-1']));
    expect(server.calls).toBe(1);
  });

  it('keeps new tokens before anybody gets them', async () => {
    const { keeper, store, clock, server } = keeperBench();
    await clock.advance(2 * HOUR_MS);
    store.failures.push(new MusterError('secret-store-locked', 'locked'));
    expect(await failureOf(keeper.current())).toMatchObject({ code: 'secret-store-locked', retry: 'later' });
    expect(server.calls).toBe(1);
    await clock.advance(2 * SECOND_MS);
    expect(await keeper.current()).toBe('access-1');
    expect(store.record?.refreshToken).toBe('refresh-1');
    // It was the store that was asked again, not the platform.
    expect(server.calls).toBe(1);
  });

  it('stores access token, refresh token and ends as one', async () => {
    const { keeper, store, clock } = keeperBench();
    await clock.advance(2 * HOUR_MS);
    await keeper.current();
    expect(store.saved).toEqual([
      expect.objectContaining({
        accessToken: 'access-1',
        refreshToken: 'refresh-1',
        accessExpiresAt: clock.now() + HOUR_MS,
        refreshExpiresAt: clock.now() + 30 * DAY_MS,
        scopes: ['read', 'write'],
      }),
    ]);
  });

  it('renews ahead of the end without being asked, day after day', async () => {
    const { keeper, server, clock, store } = keeperBench();
    keeper.start();
    await clock.advance(DAY_MS);
    expect(server.calls).toBeGreaterThanOrEqual(24);
    expect(server.calls).toBeLessThan(30);
    expect((store.record?.accessExpiresAt ?? 0) - clock.now()).toBeGreaterThan(0);
    keeper.pause();
    const { calls } = server;
    await clock.advance(DAY_MS);
    expect(server.calls).toBe(calls);
    expect(clock.pending).toBe(0);
  });

  it.each([
    ['slept through the end', 8 * HOUR_MS],
    ['had its clock set a day ahead', DAY_MS],
  ])('renews at once when the machine %s', async (_what, ms) => {
    const { keeper, server, clock } = keeperBench();
    keeper.start();
    await clock.flush();
    clock.jump(ms);
    await clock.flush();
    expect(server.calls).toBe(1);
    expect(await keeper.current()).toBe('access-1');
    keeper.pause();
  });

  it('goes on with a token that is still good when the network is not', async () => {
    const { keeper, server, clock, told } = keeperBench();
    await clock.advance(56 * MINUTE_MS);
    server.troubles.push({ when: 'before', error: unreachable() });
    expect(await keeper.current()).toBe('access-0');
    expect(told).toEqual(['failed platform-unreachable']);
  });

  it('rejects with the network’s trouble once the token is over, asks with back-off, and recovers by itself', async () => {
    const { keeper, server, clock, told } = keeperBench();
    await clock.advance(2 * HOUR_MS);
    for (let index = 0; index < 3; index += 1) server.troubles.push({ when: 'before', error: unreachable() });
    for (let index = 0; index < 100; index += 1)
      expect(await failureOf(keeper.current())).toMatchObject({ code: 'platform-unreachable', retry: 'later' });
    expect(server.calls).toBe(1);
    for (let second = 0; second < 30; second += 1) {
      await clock.advance(SECOND_MS);
      await keeper.current().catch(() => undefined);
    }
    expect(await keeper.current()).toBe('access-1');
    expect(told).toEqual([...Array(3).fill('failed platform-unreachable'), 'renewed access-1']);
  });

  it('waits as long as the platform asks', async () => {
    const { keeper, server, clock } = keeperBench();
    await clock.advance(2 * HOUR_MS);
    const asked = new MusterError('rate-limited', 'slow', { retryAfterMs: 90_000, params: { answered: true } });
    server.troubles.push({ when: 'before', error: asked });
    await failureOf(keeper.current());
    await clock.advance(89 * SECOND_MS);
    expect(await failureOf(keeper.current())).toMatchObject({ code: 'rate-limited' });
    expect(server.calls).toBe(1);
    await clock.advance(2 * SECOND_MS);
    expect(await keeper.current()).toBe('access-1');
  });

  it('renews a token that the platform refused before its time, and leaves newer ones alone', async () => {
    const { keeper, server } = keeperBench();
    const token = await keeper.current();
    keeper.refused(token);
    expect(await keeper.current()).toBe('access-1');
    keeper.refused(token);
    expect(await keeper.current()).toBe('access-1');
    expect(server.calls).toBe(1);
  });

  it('ends once and for all when the platform revoked the sign-in, says so once, and asks no more', async () => {
    const { keeper, server, clock, told, restart } = keeperBench();
    server.valid = 'another';
    await clock.advance(2 * HOUR_MS);
    for (let index = 0; index < 5; index += 1)
      expect(await failureOf(keeper.current())).toMatchObject({ code: 'token-revoked', retry: 'reauth' });
    expect(await failureOf(restart().current())).toMatchObject({ code: 'token-revoked', retry: 'reauth' });
    expect(server.calls).toBe(1);
    expect(told).toEqual(['ended token-revoked']);
  });

  it('calls it run out when it was not used for longer than the platform allows', async () => {
    const { keeper, server, clock } = keeperBench();
    server.valid = 'another';
    await clock.advance(31 * DAY_MS);
    expect(await failureOf(keeper.current())).toMatchObject({
      code: 'token-expired',
      message: expect.stringMatching(/not used for too long/),
    });
  });

  it('tries once more when a person asks for it', async () => {
    const { keeper, server, clock } = keeperBench();
    server.valid = 'another';
    await clock.advance(2 * HOUR_MS);
    await failureOf(keeper.current());
    server.valid = 'refresh-0';
    keeper.tryAgain();
    expect(await keeper.current()).toBe('access-1');
  });

  it('lets one caller give up without ending the renewal for the others', async () => {
    const { keeper, server, clock } = keeperBench();
    await clock.advance(2 * HOUR_MS);
    let answer: (value?: unknown) => void = () => undefined;
    server.slow = new Promise((resolve) => {
      answer = resolve;
    });
    const impatient = new AbortController();
    const first = failureOf(keeper.current(impatient.signal));
    const second = keeper.current();
    await clock.flush();
    impatient.abort(new MusterError('cancelled', 'enough'));
    expect(await first).toMatchObject({ code: 'cancelled' });
    answer();
    expect(await second).toBe('access-1');
    expect(server.calls).toBe(1);
  });

  it('lets tokens of a new sign-in win over a renewal of the old ones that is under way', async () => {
    const { keeper, server, store, clock } = keeperBench();
    await clock.advance(2 * HOUR_MS);
    let answer: (value?: unknown) => void = () => undefined;
    server.slow = new Promise((resolve) => {
      answer = resolve;
    });
    const old = keeper.current();
    await clock.flush();
    const replaced = keeper.replace(async () => {
      const { record } = store;
      if (record)
        store.record = {
          ...record,
          generation: record.generation + 9,
          accessToken: 'signed-in',
          accessExpiresAt: null,
        };
    });
    answer();
    await replaced;
    await old;
    expect(await keeper.current()).toBe('signed-in');
    expect(store.record?.accessToken).toBe('signed-in');
  });

  it('lets a renewal under way end before the place for secrets is moved, and begins none meanwhile', async () => {
    const { keeper, server, clock, store } = keeperBench();
    await clock.advance(2 * HOUR_MS);
    let answer: (value?: unknown) => void = () => undefined;
    server.slow = new Promise((resolve) => {
      answer = resolve;
    });
    const first = keeper.current();
    await clock.flush();
    const over = Promise.withResolvers<void>();
    let still = false;
    const resting = keeper.rest(over.promise).then(() => {
      still = true;
    });
    await clock.flush();
    expect(still).toBe(false);
    answer();
    await resting;
    expect(store.record?.accessToken).toBe('access-1');
    keeper.refused(await first);
    const second = keeper.current();
    await clock.advance(30_000);
    expect(server.calls).toBe(1);
    over.resolve();
    expect(await second).toBe('access-2');
  });

  it('keeps every token that it sees out of the log', async () => {
    const { keeper, clock, secrets } = keeperBench();
    await clock.advance(2 * HOUR_MS);
    await keeper.current();
    expect(secrets).toEqual(['access-0', 'refresh-0', 'access-1', 'refresh-1']);
  });
});

describe('a renewal that was cut off', () => {
  it('is told honestly when the platform’s answer was lost with a kill', async () => {
    const { keeper, server, clock, store, told, restart } = keeperBench();
    await clock.advance(2 * HOUR_MS);
    // The process dies between the answer and the store.
    store.failures.push(new Error('killed'));
    await failureOf(keeper.current());
    const next = restart();
    expect(await failureOf(next.current())).toMatchObject({
      code: 'token-revoked',
      message: expect.stringMatching(/cut off/),
      retry: 'reauth',
    });
    await failureOf(next.current());
    await failureOf(restart().current());
    expect(told).toEqual(['ended token-revoked']);
    expect(server.calls).toBe(2);
  });

  it('does no harm when the kill came before the platform took the token', async () => {
    const { keeper, server, clock, restart } = keeperBench();
    await clock.advance(2 * HOUR_MS);
    server.troubles.push({ when: 'before', error: unreachable() });
    await failureOf(keeper.current());
    expect(await restart().current()).toBe('access-1');
  });

  it('is asked about at once at the next start, while the platform may still forgive, though the token is good', async () => {
    const { keeper, server, clock, restart } = keeperBench();
    await clock.advance(56 * MINUTE_MS);
    server.troubles.push({ when: 'before', error: unreachable() });
    expect(await keeper.current()).toBe('access-0');
    const next = restart();
    expect(await next.current()).toBe('access-1');
    expect(server.calls).toBe(2);
  });

  it('is nothing any more once the tokens were stored, whenever the kill came', async () => {
    const { keeper, server, clock, store, values, restart } = keeperBench();
    await clock.advance(2 * HOUR_MS);
    const before = values.get('sign-in/a');
    await keeper.current();
    // As if the kill had come between storing the tokens and forgetting the note.
    values.set('sign-in/a', { generation: 1, renewing: true, ended: null });
    expect(before).toBeUndefined();
    expect(await restart().current()).toBe('access-1');
    expect(server.calls).toBe(1);
    expect(store.record?.accessToken).toBe('access-1');
  });

  it('is told too when only the answer was lost on the way', async () => {
    const { keeper, server, clock } = keeperBench();
    await clock.advance(2 * HOUR_MS);
    server.troubles.push({ when: 'after', error: unreachable() });
    expect(await failureOf(keeper.current())).toMatchObject({ code: 'platform-unreachable' });
    await clock.advance(2 * SECOND_MS);
    expect(await failureOf(keeper.current())).toMatchObject({
      code: 'token-revoked',
      message: expect.stringMatching(/cut off/),
    });
  });

  it('is not blamed after the platform refused to serve at all', async () => {
    const { keeper, server, clock } = keeperBench();
    await clock.advance(2 * HOUR_MS);
    const busy = new MusterError('rate-limited', 'slow', { params: { answered: true } });
    server.troubles.push({ when: 'before', error: busy });
    await failureOf(keeper.current());
    await clock.advance(2 * SECOND_MS);
    server.valid = 'another';
    expect(await failureOf(keeper.current())).toMatchObject({
      message: expect.stringMatching(/has ended this sign-in/),
    });
  });
});

describe('tokens that were pasted', () => {
  const now = new FakeClock().now();

  it('are used until they are refused, then renewed by the refresh token, and stored as a sign-in’s', async () => {
    const { keeper, server, store } = keeperBench({ record: pastedRecord('pasted', 'refresh-0', now) });
    expect(await keeper.current()).toBe('pasted');
    keeper.refused('pasted');
    expect(await keeper.current()).toBe('access-1');
    expect(store.record).toMatchObject({ accessToken: 'access-1', refreshExpiresAt: now + 30 * DAY_MS });
    expect(server.calls).toBe(1);
  });

  it('may be a refresh token alone', async () => {
    const { keeper } = keeperBench({ record: pastedRecord('', ' refresh-0\n', now) });
    expect(await keeper.current()).toBe('access-1');
  });

  it('stay refused when nothing can renew them, until a person asks again', async () => {
    const { keeper, server, told } = keeperBench({ record: pastedRecord('pasted', null, now) });
    keeper.refused(await keeper.current());
    expect(await failureOf(keeper.current())).toMatchObject({ code: 'token-expired', retry: 'reauth' });
    expect(await failureOf(keeper.current())).toMatchObject({ code: 'token-expired' });
    expect(told).toEqual(['ended token-expired']);
    keeper.tryAgain();
    expect(await keeper.current()).toBe('pasted');
    expect(server.calls).toBe(0);
  });

  it('are missed when there are none', async () => {
    const { keeper } = keeperBench({ record: null });
    expect(await failureOf(keeper.current())).toMatchObject({ code: 'credentials-refused' });
  });
});

describe('a sign-in without renewal', () => {
  it('runs out when the platform said, and says so', async () => {
    const start = new FakeClock().now();
    const { keeper, clock } = keeperBench({
      provider: { ...provider, lifetimes: { ...provider.lifetimes, refreshDays: null } },
      record: {
        generation: 5,
        accessToken: 'once',
        refreshToken: null,
        obtainedAt: start,
        accessExpiresAt: addMs(start, 60 * DAY_MS),
        refreshExpiresAt: null,
        scopes: null,
      },
    });
    await clock.advance(59 * DAY_MS);
    expect(await keeper.current()).toBe('once');
    await clock.advance(2 * DAY_MS);
    expect(await failureOf(keeper.current())).toMatchObject({
      code: 'token-expired',
      message: expect.stringMatching(/has run out/),
    });
  });
});
