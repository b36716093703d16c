import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  FRESH_MS,
  freshUntil,
  isFresh,
  NEVER_CONNECTED,
  type StreamState,
  streamBroke,
  streamOpened,
} from '../../../src/domain/presence/freshness.ts';
import type { ObservationSource } from '../../../src/domain/presence/observation.ts';
import { epochMs, MINUTE_MS } from '../../../src/domain/time.ts';

const minute = (n: number) => epochMs(n * MINUTE_MS);
const seen = (source: ObservationSource, at: number) => ({ source, observedAt: minute(at) });
const UP = streamOpened(NEVER_CONNECTED);

/** A stream that broke and came back at these minutes, in turn. */
const stream = (...minutes: number[]) =>
  minutes.reduce<StreamState>((past, at, n) => (n % 2 === 0 ? streamBroke(past, minute(at)) : streamOpened(past)), UP);

describe('how long an observation counts', () => {
  it('is the larger of five minutes and twice the planned interval when it was polled', () => {
    expect(freshUntil(seen('poll', 10), null, MINUTE_MS)).toBe(minute(15));
    expect(freshUntil(seen('poll', 10), null, 4 * MINUTE_MS)).toBe(minute(18));
    expect(freshUntil(seen('poll', 10), UP)).toBe(minute(15));
  });

  it('is five minutes by webhook without a channel that is up, and from an earlier run whatever the stream does', () => {
    expect(freshUntil(seen('webhook', 10), null)).toBe(minute(15));
    expect(freshUntil(seen('webhook', 10), UP)).toBe('while-up');
    expect(freshUntil(seen('webhook', 10), stream(60))).toBe(minute(65));
    expect(freshUntil(seen('cache', 10), UP, 60 * MINUTE_MS)).toBe(minute(15));
  });

  it('is as long as the stream is up when it was pushed, and five minutes after it broke', () => {
    expect(freshUntil(seen('push', 10), UP)).toBe('while-up');
    expect(freshUntil(seen('push', 10), stream(60))).toBe(minute(65));
    expect(freshUntil(seen('push', 10), { up: false, brokeAt: minute(60) })).toBe(minute(65));
  });

  it('is five minutes when it was pushed without a stream, or after that broke', () => {
    expect(freshUntil(seen('push', 10), null)).toBe(minute(15));
    expect(freshUntil(seen('push', 10), NEVER_CONNECTED)).toBe(minute(15));
    expect(freshUntil(seen('push', 70), stream(60))).toBe(minute(75));
  });

  it('is not extended by a reconnect, but what is pushed then counts anew', () => {
    expect(freshUntil(seen('push', 10), stream(60, 62))).toBe(minute(65));
    expect(freshUntil(seen('push', 62), stream(60, 62))).toBe('while-up');
    expect(freshUntil(seen('push', 60), stream(60, 60))).toBe('while-up');
  });

  it('goes on as if nothing had happened when the stream was resumed', () => {
    const resumed = streamOpened(stream(20, 22, 60), true);
    expect(freshUntil(seen('push', 30), resumed)).toBe('while-up');
    expect(freshUntil(seen('push', 10), resumed)).toBe(minute(25));
    expect(freshUntil(seen('push', 10), streamOpened(stream(60), true))).toBe('while-up');
  });

  it('is not extended by a stream that breaks again and again', () => {
    const flapping = stream(...Array.from({ length: 41 }, (_, n) => 60 + n));
    expect(isFresh(freshUntil(seen('push', 10), flapping), minute(100))).toBe(false);
    expect(flapping.earlierBreaks?.length).toBeLessThan(5);
  });

  it('has an end that no longer counts', () => {
    expect([isFresh(minute(5), epochMs(minute(5) - 1)), isFresh(minute(5), minute(5))]).toEqual([true, false]);
    expect(isFresh('while-up', minute(1e6))).toBe(true);
  });
});

describe('any history of a stream', () => {
  it('makes a pushed observation stale five minutes after the first break that followed it, for good', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 30 }),
        fc.nat(60),
        fc.nat(30),
        (steps, at, wait) => {
          let clock = 0;
          const minutes = steps.map((step) => {
            clock += step;
            return clock;
          });
          const past = stream(...minutes);
          const broke = minutes.find((moment, n) => n % 2 === 0 && moment >= at);
          const now = minute(Math.max(clock, at) + wait);
          const wasUp = minutes.filter((moment) => moment <= at).length % 2 === 0;
          fc.pre(wasUp && !minutes.includes(at));
          const fresh = isFresh(freshUntil(seen('push', at), past), now);
          expect(fresh).toBe(broke === undefined || now < minute(broke) + FRESH_MS);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
