import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addMs, DAY_MS, HOUR_MS } from '../../../src/domain/time.ts';
import { SystemClock } from '../../../src/infra/clock/system-clock.ts';

describe('the system clock', () => {
  const clock = new SystemClock();
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.parse('2026-03-02T08:00:00Z') });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('waits longer than a single timer of Node can', () => {
    let fired = 0;
    clock.after(60 * DAY_MS, () => {
      fired += 1;
    });
    vi.advanceTimersByTime(60 * DAY_MS - 1);
    expect(fired).toBe(0);
    vi.advanceTimersByTime(1);
    expect(fired).toBe(1);
    vi.advanceTimersByTime(60 * DAY_MS);
    expect(fired).toBe(1);
  });

  it('runs what is due at an instant on time, also months away', () => {
    let fired = 0;
    clock.at(addMs(clock.now(), 60 * DAY_MS), () => {
      fired += 1;
    });
    vi.advanceTimersByTime(60 * DAY_MS - 1);
    expect(fired).toBe(0);
    vi.advanceTimersByTime(1);
    expect(fired).toBe(1);
  });

  it('notices within a minute that an instant passed while the machine slept', () => {
    let fired = 0;
    clock.at(addMs(clock.now(), 8 * HOUR_MS), () => {
      fired += 1;
    });
    vi.advanceTimersByTime(1_000);
    vi.setSystemTime(Date.now() + 9 * HOUR_MS);
    vi.advanceTimersByTime(60_000);
    expect(fired).toBe(1);
  });

  it('does not run early when the wall clock is set back', () => {
    let fired = 0;
    clock.at(addMs(clock.now(), 30_000), () => {
      fired += 1;
    });
    vi.setSystemTime(Date.now() - HOUR_MS);
    vi.advanceTimersByTime(30_000);
    expect(fired).toBe(0);
    vi.advanceTimersByTime(HOUR_MS);
    expect(fired).toBe(1);
  });

  it('runs nothing after it was disposed of, however often', () => {
    const dispose = clock.after(10, () => expect.unreachable());
    dispose();
    dispose();
    vi.advanceTimersByTime(100);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('runs what is already due soon, not at once', () => {
    let fired = 0;
    clock.at(addMs(clock.now(), -5), () => {
      fired += 1;
    });
    expect(fired).toBe(0);
    vi.advanceTimersByTime(1);
    expect(fired).toBe(1);
  });

  it('knows the zone', () => {
    expect(() => new Intl.DateTimeFormat('en', { timeZone: clock.timeZone() })).not.toThrow();
  });
});
