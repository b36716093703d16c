import { describe, expect, it } from 'vitest';
import { ClockWatch } from '../../../src/services/power/clock-watch.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const HOUR = 3_600_000;

function watching() {
  const clock = new FakeClock();
  const jumps: number[] = [];
  const watch = new ClockWatch(clock, ({ missedMs }) => jumps.push(missedMs));
  watch.start();
  return { clock, jumps, watch };
}

describe('a watch over the clocks', () => {
  it('says nothing while time just passes, nor of small corrections', async () => {
    const { clock, jumps, watch } = watching();
    await clock.advance(24 * HOUR);
    clock.jump(3_000);
    await clock.advance(HOUR);
    clock.jump(-3_000);
    await clock.advance(HOUR);
    expect(jumps).toEqual([]);
    watch.stop();
    expect(clock.pending).toBe(0);
  });

  it('finds within 4 s that the machine slept, or that the clock was set, forwards or back; each once', async () => {
    const { clock, jumps, watch } = watching();
    await clock.advance(60_000);
    clock.jump(8 * HOUR);
    await clock.advance(4_000);
    expect(jumps).toEqual([8 * HOUR]);
    clock.jump(-24 * HOUR);
    await clock.advance(60_000);
    expect(jumps).toEqual([8 * HOUR, -24 * HOUR]);
    watch.stop();
  });

  it('does not find again what somebody else was told of', async () => {
    const { clock, jumps, watch } = watching();
    clock.jump(HOUR);
    expect(watch.reset()).toBe(HOUR);
    await clock.advance(60_000);
    expect(jumps).toEqual([]);
    watch.stop();
  });
});
