import { describe, expect, it } from 'vitest';
import { MusterError } from '../../../src/domain/errors.ts';
import type { Status } from '../../../src/domain/presence/status.ts';
import { epochMs } from '../../../src/domain/time.ts';
import { backOffMs } from '../../../src/services/polling/back-off.ts';
import { CircuitBreaker } from '../../../src/services/polling/circuit-breaker.ts';
import { ATTENDED_PACE, type Priority } from '../../../src/services/polling/poll-planner.ts';
import { PollRunner } from '../../../src/services/polling/poll-runner.ts';
import { SlidingBudget } from '../../../src/services/polling/sliding-budget.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const failed = (retryAfterMs: number | null = null) =>
  new MusterError('platform-unavailable', 'Down.', { retryAfterMs });

/** An account's runners on one breaker; `poll` is asked for each look. */
function bench(
  poll: (name: string, userIds: readonly string[]) => Promise<void>,
  options: {
    names?: string[];
    people?: string[];
    perMinute?: number;
    batchSize?: number;
    everySeconds?: number;
    calledAt?: number;
  } = {},
) {
  const { names = ['look'], people = ['ann', 'ben'], perMinute = 50, batchSize = 1 } = options;
  const clock = new FakeClock();
  const breaker = new CircuitBreaker(seededRandom());
  const looks: { name: string; userIds: readonly string[]; at: number }[] = [];
  const errors: string[] = [];
  const subjects = {
    people: () => people.map((userId) => ({ userId, priority: 'rest' as Priority, status: 'away' as Status })),
    pace: () => ATTENDED_PACE,
  };
  const runners = names.map((name) => {
    const budget = new SlidingBudget(name, perMinute, clock);
    return new PollRunner({
      method: {
        name,
        facet: 'presence',
        batchSize,
        limits: perMinute,
        ...(options.everySeconds === undefined ? {} : { everySeconds: options.everySeconds }),
        ...(options.calledAt === undefined ? {} : { calledAt: () => epochMs(options.calledAt ?? 0) }),
        poll: async (userIds, signal) => {
          await budget.take(signal);
          looks.push({ name, userIds, at: clock.monotonicMs() });
          await poll(name, userIds);
        },
      },
      budget,
      breaker,
      subjects,
      clock,
      random: seededRandom(),
      onError: (error) => errors.push(error.code),
      onLook: () => undefined,
    });
  });
  const [runner] = runners;
  if (!runner) throw new Error('no runner');
  return { clock, breaker, looks, errors, runners, runner, people };
}

describe('a poll of the whole account', () => {
  it('is made at once and then at its own pace, for nobody in particular, even when nobody is known', async () => {
    const { clock, looks, runner } = bench(async () => undefined, { people: [], everySeconds: 3_600 });
    runner.wake();
    await clock.advance(60_000);
    expect(looks).toMatchObject([{ userIds: [] }]);
    for (let hour = 0; hour < 3; hour += 1) await clock.advance(3_600_000);
    runner.wake();
    await clock.advance(1_000);
    expect(looks).toHaveLength(4);
    runner.slept(3_600_000);
    await clock.advance(60_000);
    expect(looks).toHaveLength(5);
    runner.stop();
  });

  it('waits for the rest of its time when it was made before a restart, and not for what a wrong clock noted', async () => {
    const now = new FakeClock().now();
    const { clock, looks, runner } = bench(async () => undefined, { everySeconds: 3_600, calledAt: now - 2_400_000 });
    runner.wake();
    await clock.advance(1_199_000);
    expect(looks).toHaveLength(0);
    await clock.advance(2_000);
    expect(looks).toHaveLength(1);
    await clock.advance(3_500_000);
    expect(looks).toHaveLength(1);
    runner.stop();
    const skewed = bench(async () => undefined, { everySeconds: 3_600, calledAt: now + 86_400_000 });
    skewed.runner.wake();
    await skewed.clock.advance(1_000);
    expect(skewed.looks).toHaveLength(1);
    skewed.runner.stop();
  });

  it('is tried again after the breaker’s pause, not after its own pace', async () => {
    let broken = true;
    const { clock, looks, errors, runner } = bench(
      async () => {
        if (broken) throw failed();
      },
      { people: [], everySeconds: 3_600 },
    );
    runner.wake();
    await clock.advance(1_000);
    broken = false;
    await clock.advance(5 * 60_000);
    expect(errors.length).toBeGreaterThan(0);
    expect(looks.length).toBe(errors.length + 1);
    runner.stop();
  });
});

describe('a poll of the whole account that is not permitted any more', () => {
  it('is trouble of the account, not of somebody in it', async () => {
    const { clock, errors, runner } = bench(
      async () => {
        throw new MusterError('not-permitted', 'Not here.');
      },
      { people: [], everySeconds: 3_600 },
    );
    runner.wake();
    await clock.advance(1_000);
    expect(errors).toEqual(['not-permitted']);
    // Asked again at its own pace, not at the breaker's.
    await clock.advance(1_800_000);
    expect(errors).toHaveLength(1);
    await clock.advance(1_860_000);
    expect(errors).toHaveLength(2);
    runner.stop();
  });
});

describe('a poll runner', () => {
  it('has one look under way at a time, whatever wakes it', async () => {
    let open: () => void = () => undefined;
    const { clock, looks, runner } = bench(
      () =>
        new Promise<void>((resolve) => {
          open = resolve;
        }),
    );
    runner.wake();
    await clock.advance(100);
    for (let time = 0; time < 5; time += 1) {
      runner.wake();
      runner.pause();
      runner.resume();
      await clock.advance(1_000);
    }
    expect(looks).toHaveLength(1);
    open();
    await clock.advance(2_000);
    expect(looks).toHaveLength(2);
    runner.stop();
    expect(clock.pending).toBe(0);
  });

  it('does nothing more after it was stopped, also when that came in mid-look', async () => {
    let open: () => void = () => undefined;
    const { clock, looks, errors, runner } = bench(
      () =>
        new Promise<void>((_resolve, reject) => {
          open = () => reject(failed());
        }),
    );
    runner.wake();
    await clock.advance(100);
    runner.stop();
    open();
    runner.wake();
    runner.resume();
    await clock.advance(600_000);
    expect(looks).toHaveLength(1);
    expect(errors).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it('pauses and goes on', async () => {
    const { clock, looks, runner } = bench(async () => undefined);
    runner.wake();
    runner.pause();
    runner.wake();
    await clock.advance(600_000);
    expect(looks).toHaveLength(0);
    runner.resume();
    await clock.advance(59_000);
    expect(looks.map((look) => look.userIds)).toEqual([['ann'], ['ben']]);
    runner.stop();
  });

  it('obeys Retry-After in every method of the account, though another one’s call still succeeds', async () => {
    let finish: () => void = () => undefined;
    let refuse: () => void = () => undefined;
    const { clock, looks, runners } = bench(
      (name) =>
        new Promise<void>((resolve, reject) => {
          if (name === 'other') finish = resolve;
          else refuse = () => reject(new MusterError('rate-limited', 'Slow down.', { retryAfterMs: 90_000 }));
        }),
      { names: ['limited', 'other'], people: ['ann', 'ben', 'cid'] },
    );
    for (const runner of runners) runner.wake();
    await clock.advance(50);
    refuse();
    await clock.advance(50);
    finish();
    await clock.advance(89_000);
    expect(looks.map((look) => look.name)).toEqual(['limited', 'other']);
    await clock.advance(2_000);
    expect(
      looks
        .map((look) => look.name)
        .slice(2)
        .sort(),
    ).toEqual(['limited', 'other']);
    for (const runner of runners) runner.stop();
  });

  it('backs off with jitter, at most 26 s between tries', async () => {
    const { clock, looks, errors, runner } = bench(() => Promise.reject(failed()));
    runner.wake();
    await clock.advance(900_000);
    runner.stop();
    const gaps = looks.slice(1).map((look, index) => look.at - (looks[index]?.at ?? 0));
    expect(gaps[0]).toBeLessThanOrEqual(1_100);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(26_000);
    expect(Math.min(...gaps.slice(5))).toBeGreaterThanOrEqual(13_000);
    expect(new Set(gaps.slice(5)).size).toBeGreaterThan(3);
    expect(errors).toHaveLength(looks.length);
  });

  it('goes on with the others when somebody cannot be looked at, and is not in trouble', async () => {
    const { clock, looks, errors, breaker, runner } = bench(
      async (_name, [userId]) => {
        if (userId === 'ann') throw new MusterError('not-found', 'No such user.');
      },
      { people: ['ann', 'ben', 'cid'] },
    );
    runner.wake();
    await clock.advance(10 * 60_000);
    const of = (userId: string) => looks.filter((look) => look.userIds[0] === userId).length;
    expect(of('ben')).toBeGreaterThanOrEqual(9);
    expect(of('cid')).toBeGreaterThanOrEqual(9);
    expect(of('ann')).toBeLessThanOrEqual(4);
    expect(errors).toEqual([]);
    expect(breaker.trouble).toBeNull();
    runner.stop();
  });

  it('counts nobody of a failed batch as looked at', async () => {
    const answers = [failed(), null];
    const { clock, looks, runner } = bench(
      async () => {
        const answer = answers.shift();
        if (answer) throw answer;
      },
      { batchSize: 10 },
    );
    runner.wake();
    await clock.advance(30_000);
    expect(looks.map((look) => look.userIds)).toEqual([
      ['ann', 'ben'],
      ['ann', 'ben'],
    ]);
    runner.stop();
  });

  it('notices within a minute that there is somebody to look at', async () => {
    const { clock, looks, people, runner } = bench(async () => undefined, { people: [] });
    runner.wake();
    await clock.advance(10_000);
    people.push('dan');
    await clock.advance(60_000);
    expect(looks).toHaveLength(1);
    runner.stop();
  });

  it('leaves a part of each minute to calls that a user waits for', async () => {
    const { clock, looks, runner } = bench(async () => undefined, {
      people: Array.from({ length: 200 }, (_, index) => `p${index}`),
      perMinute: 20,
    });
    runner.wake();
    await clock.advance(60_000);
    expect(looks.length).toBeGreaterThanOrEqual(15);
    expect(looks.length).toBeLessThanOrEqual(17);
    runner.stop();
  });
});

describe('backing off', () => {
  it('doubles to 26 s, never below half of that, and never below what the server asks', () => {
    const [least, most] = [0, 0.999_999].map((value) => ({ next: () => value, id: () => '' }));
    for (const [attempt, ceiling] of [
      [1, 1_000],
      [2, 2_000],
      [5, 16_000],
      [6, 26_000],
      [5_000, 26_000],
    ] as const) {
      expect(least && backOffMs(attempt, null, least)).toBe(ceiling / 2);
      expect(most && backOffMs(attempt, null, most)).toBeLessThanOrEqual(ceiling);
      expect(most && backOffMs(attempt, failed(3_600_000), most)).toBe(3_600_000);
    }
  });
});
