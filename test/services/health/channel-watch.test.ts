import { afterEach, describe, expect, it } from 'vitest';
import { MusterError } from '../../../src/domain/errors.ts';
import type { Status } from '../../../src/domain/presence/status.ts';
import type { Connection, ObservationReport } from '../../../src/platforms/platform.ts';
import { ChannelWatch } from '../../../src/services/health/channel-watch.ts';
import { ATTENDED_PACE } from '../../../src/services/polling/poll-planner.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { quietLogger } from '../../support/quiet-logger.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const SECOND = 1_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let last: ChannelWatch | null = null;
afterEach(() => last?.stop());

/** A polled account with a push channel beside it, which is set up anew as told. */
function watching(
  options: { resubscribes?: (MusterError | null)[]; without?: boolean; following?: readonly string[] } = {},
) {
  const clock = new FakeClock();
  const trusted: string[] = [];
  const failures: string[] = [];
  const resubscribed: number[] = [];
  const { resubscribes = [] } = options;
  const following = [...(options.following ?? [])];
  const watch = new ChannelWatch({
    clock,
    random: seededRandom(),
    logger: quietLogger(),
    subjects: {
      people: () => following.map((userId) => ({ userId, priority: 'rest' as const, status: 'online' as const })),
      pace: () => ATTENDED_PACE,
    },
    trusted: (state) => trusted.push(state),
    failed: (error) => failures.push(error.code),
  });
  last = watch;
  const abort = new AbortController();
  const connection: Connection = {
    self: { userId: 'me', displayName: 'Me' },
    notices: [],
    presence: {
      push: false,
      poll: [],
      ...(options.following && { following: { most: 2, follow: async () => undefined } }),
      ...(options.without
        ? {}
        : {
            resubscribe: async () => {
              resubscribed.push(clock.monotonicMs());
              const answer = resubscribes.shift();
              if (answer) throw answer;
            },
          }),
    },
    chatUrl: () => null,
    verify: async () => undefined,
    close: async () => undefined,
  };
  watch.connected(connection, abort.signal);
  const saw = (source: ObservationReport['source'], who: Readonly<Record<string, Status>>) =>
    watch.noted(
      Object.entries(who).map(([userId, status]) => ({
        userId,
        status,
        source,
        doNotDisturb: false,
        rawStatus: status,
        message: null,
        emoji: null,
        activities: [],
        lastSeen: null,
        observedAt: clock.now(),
        replayed: false,
      })),
    );
  return { clock, watch, trusted, failures, resubscribed, saw, abort, connection, following };
}

describe('the watch over a push channel', () => {
  it('is none until the platform has one, and follows what it says of itself', () => {
    const { watch, trusted } = watching();
    expect(watch.state).toBe('none');
    watch.report('up');
    watch.report('down');
    expect(watch.state).toBe('down');
    expect(trusted).toEqual(['up', 'down']);
  });

  it('takes a channel for silent when polls see two people change of whom it told nothing, and sets it up anew', async () => {
    const { watch, clock, saw, trusted, resubscribed } = watching();
    watch.report('up');
    saw('poll', { ann: 'away', ben: 'away' });
    saw('poll', { ann: 'online', ben: 'busy' });
    await clock.advance(70 * SECOND);
    expect(watch.state).toBe('up');
    await clock.advance(10 * SECOND);
    expect(resubscribed).toHaveLength(1);
    expect(watch.state).toBe('up');
    expect(trusted).toEqual(['up', 'down', 'up']);
  });

  it('gives a push that is late its minute, and forgives one person', async () => {
    const { watch, clock, saw, resubscribed } = watching();
    watch.report('up');
    saw('poll', { ann: 'away', ben: 'away' });
    saw('poll', { ann: 'online', ben: 'busy' });
    await clock.advance(50 * SECOND);
    saw('webhook', { ann: 'online' });
    await clock.advance(10 * MINUTE);
    saw('poll', { ann: 'busy' });
    await clock.advance(HOUR);
    expect(resubscribed).toEqual([]);
    expect(watch.lastEventAt).not.toBeNull();
  });

  it('does not blame the channel for what happened before it was up, or during sleep', async () => {
    const { watch, clock, saw, resubscribed } = watching();
    saw('poll', { ann: 'away', ben: 'away' });
    watch.report('up');
    saw('poll', { ann: 'online', ben: 'busy' });
    watch.slept();
    saw('poll', { ann: 'away', ben: 'away' });
    await clock.advance(HOUR);
    expect(resubscribed).toEqual([]);
  });

  it('tries again with back-off, at most 30 s, while setting up fails, and stays silent meanwhile', async () => {
    const later = () => new MusterError('platform-unavailable', 'Down.');
    const { watch, clock, saw, resubscribed, failures } = watching({
      resubscribes: Array.from({ length: 12 }, later),
    });
    watch.report('up');
    saw('poll', { ann: 'away', ben: 'away' });
    saw('poll', { ann: 'online', ben: 'busy' });
    await clock.advance(80 * SECOND);
    expect(watch.state).toBe('silent');
    while (watch.state === 'silent') await clock.advance(SECOND);
    expect(failures).toHaveLength(12);
    const gaps = resubscribed.slice(1).map((at, index) => at - (resubscribed[index] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(30 * SECOND);
    expect(Math.min(...gaps.slice(6))).toBeGreaterThanOrEqual(15 * SECOND);
  });

  it('stops trying when only a person can help', async () => {
    const { watch, clock, saw, resubscribed, failures } = watching({
      resubscribes: [new MusterError('missing-scope', 'Not allowed.')],
    });
    watch.report('up');
    saw('poll', { ann: 'away', ben: 'away' });
    saw('poll', { ann: 'online', ben: 'busy' });
    await clock.advance(HOUR);
    expect(resubscribed).toHaveLength(1);
    expect(failures).toEqual(['missing-scope']);
    expect(watch.state).toBe('silent');
  });

  it('comes later each time when setting it up changes nothing, until an event arrives', async () => {
    const { watch, clock, saw, resubscribed } = watching();
    watch.report('up');
    let status: Status = 'away';
    const deaf = async (ms: number) => {
      for (let passed = 0; passed < ms; passed += MINUTE) {
        status = status === 'away' ? 'online' : 'away';
        saw('poll', { ann: status, ben: status });
        await clock.advance(MINUTE);
      }
    };
    await deaf(4 * HOUR);
    const gaps = resubscribed.slice(1).map((at, index) => at - (resubscribed[index] ?? 0));
    expect(gaps[0]).toBeLessThan(6 * MINUTE);
    expect(Math.max(...gaps)).toBeGreaterThan(25 * MINUTE);
    expect(resubscribed.length).toBeLessThan(16);
    while (watch.state !== 'up') await deaf(MINUTE);
    saw('webhook', { ann: 'busy' });
    const before = resubscribed.length;
    await deaf(5 * MINUTE);
    expect(resubscribed.length).toBeGreaterThan(before);
  });

  it('is believed again as soon as it tells something', async () => {
    const { watch, clock, saw, trusted } = watching({
      resubscribes: Array.from({ length: 50 }, () => new MusterError('timeout', 'Late.')),
    });
    watch.report('up');
    saw('poll', { ann: 'away', ben: 'away' });
    saw('poll', { ann: 'online', ben: 'busy' });
    await clock.advance(90 * SECOND);
    expect(watch.state).toBe('silent');
    saw('push', { ann: 'busy' });
    expect(watch.state).toBe('up');
    expect(trusted.at(-1)).toBe('up');
    await clock.advance(MINUTE);
    expect(clock.pending).toBe(0);
  });

  it('sets a channel up that says itself that it is down, unless it comes back by itself', async () => {
    const { watch, clock, resubscribed } = watching();
    watch.report('up');
    watch.report('down');
    await clock.advance(10 * SECOND);
    watch.report('up');
    await clock.advance(MINUTE);
    expect(resubscribed).toEqual([]);
    watch.report('down');
    await clock.advance(25 * SECOND);
    expect(resubscribed).toHaveLength(1);
    expect(watch.state).toBe('up');
  });

  it('judges only channels that can be set up anew', async () => {
    const { watch, clock, saw } = watching({ without: true });
    watch.report('up');
    saw('poll', { ann: 'away', ben: 'away' });
    saw('poll', { ann: 'online', ben: 'busy' });
    await clock.advance(HOUR);
    expect(watch.state).toBe('up');
  });

  it('knows whose changes it has told: they are looked at less often', () => {
    const { watch, saw } = watching();
    watch.report('up');
    saw('poll', { ann: 'away', ben: 'away' });
    saw('push', { ann: 'online', ben: 'away' });
    expect([watch.tells('ann'), watch.tells('ben')]).toEqual([true, false]);
    watch.report('down');
    expect(watch.tells('ann')).toBe(false);
  });

  it('does nothing more once the connection ended', async () => {
    const { watch, clock, saw, resubscribed } = watching();
    watch.report('up');
    saw('poll', { ann: 'away', ben: 'away' });
    saw('poll', { ann: 'online', ben: 'busy' });
    watch.ended();
    expect(watch.state).toBe('down');
    await clock.advance(HOUR);
    expect(resubscribed).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it('is not silent because it tells nothing about people whom it has no place for', async () => {
    const { watch, clock, saw, resubscribed } = watching({ following: ['ann', 'ben', 'cay', 'dan', 'eve'] });
    watch.report('up');
    await clock.advance(10 * SECOND);
    saw('poll', { ann: 'online', ben: 'online', cay: 'online', dan: 'online', eve: 'online' });
    saw('poll', { cay: 'away', dan: 'away', eve: 'away' });
    await clock.advance(10 * MINUTE);
    expect(resubscribed).toEqual([]);
    saw('poll', { ann: 'away', ben: 'away' });
    await clock.advance(2 * MINUTE);
    expect(resubscribed).toHaveLength(1);
  });

  it('is not trusted about people whom it has told about and has no place for any more', async () => {
    const { watch, clock, saw, following } = watching({ following: ['ann', 'ben'] });
    watch.report('up');
    await clock.advance(10 * SECOND);
    saw('webhook', { ann: 'online', ben: 'online' });
    saw('webhook', { ann: 'away', ben: 'away' });
    expect([watch.tells('ann'), watch.tells('ben')]).toEqual([true, true]);
    following.splice(0, 1, 'cay');
    watch.replan();
    await clock.advance(2 * MINUTE);
    expect([watch.tells('ann'), watch.tells('ben')]).toEqual([false, true]);
  });
});
