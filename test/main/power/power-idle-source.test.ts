import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { PowerIdleSource } from '../../../main/power/power-idle-source.ts';
import type { PowerEvent } from '../../../src/ports/idle-source.ts';
import { FakeClock } from '../../support/fake-clock.ts';

class Signals extends EventEmitter {
  idleSeconds = 0;
  getSystemIdleTime = () => this.idleSeconds;
}

describe('what the system says about its user', () => {
  it('reaches the core: sleep, wake, lock, unlock', () => {
    const signals = new Signals();
    const events: PowerEvent[] = [];
    const stop = new PowerIdleSource(new FakeClock(), signals).subscribe((event) => events.push(event));
    for (const name of ['suspend', 'resume', 'lock-screen', 'unlock-screen']) signals.emit(name);
    expect(events).toEqual(['suspend', 'resume', 'locked', 'unlocked']);
    stop();
    signals.emit('suspend');
    expect(events).toHaveLength(4);
  });

  it('reaches the core: five minutes without a key, and being back, once each', async () => {
    const signals = new Signals();
    const clock = new FakeClock();
    const events: PowerEvent[] = [];
    const stop = new PowerIdleSource(clock, signals).subscribe((event) => events.push(event));
    signals.idleSeconds = 299;
    await clock.advance(60_000);
    expect(events).toEqual([]);
    signals.idleSeconds = 300;
    await clock.advance(60_000);
    expect(events).toEqual(['idle']);
    signals.idleSeconds = 3;
    await clock.advance(15_000);
    expect(events).toEqual(['idle', 'active']);
    stop();
    expect(clock.pending).toBe(0);
  });
});
