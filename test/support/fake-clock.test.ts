import { describe, expect, it } from 'vitest';
import { addMs } from '../../src/domain/time.ts';
import { sleep } from '../../src/ports/sleep.ts';
import { FakeClock } from './fake-clock.ts';

describe('the fake clock', () => {
  it('runs timers in order, with promises settled in between', async () => {
    const clock = new FakeClock();
    const seen: string[] = [];
    clock.after(20, () => seen.push('b'));
    clock.after(10, () => {
      seen.push('a');
      void sleep(clock, 5).then(() => seen.push('a then'));
    });
    clock.at(addMs(clock.now(), 20), () => seen.push('c'));
    await clock.advance(20);
    expect(seen).toEqual(['a', 'a then', 'b', 'c']);
    expect(clock.pending).toBe(0);
  });

  it('runs a timer at its own instant', async () => {
    const clock = new FakeClock({ now: '2026-01-01T00:00:00Z' });
    const at: string[] = [];
    clock.after(1_500, () => at.push(new Date(clock.now()).toISOString()));
    await clock.advanceTo('2026-01-01T01:00:00Z');
    expect(at).toEqual(['2026-01-01T00:00:01.500Z']);
    expect(clock.monotonicMs()).toBe(3_600_000);
  });

  it('lets a jump pass instants without running anything, until time goes on', async () => {
    const clock = new FakeClock();
    const seen: string[] = [];
    clock.at(addMs(clock.now(), 60_000), () => seen.push('instant'));
    clock.after(60_000, () => seen.push('delay'));
    clock.jump(3_600_000);
    expect(seen).toEqual([]);
    await clock.flush();
    expect(seen).toEqual(['instant']);
    await clock.advance(60_000);
    expect(seen).toEqual(['instant', 'delay']);
  });

  it('fails rather than hangs on a timer that reschedules itself without delay', async () => {
    const clock = new FakeClock();
    const again = () => {
      clock.after(0, again);
    };
    again();
    await expect(clock.advance(1)).rejects.toThrow('reschedules itself');
  }, 60_000);

  it('counts what is still waiting', () => {
    const clock = new FakeClock();
    const dispose = clock.after(10, () => undefined);
    clock.after(10, () => undefined);
    dispose();
    expect(clock.pending).toBe(1);
  });
});
