import { describe, expect, it } from 'vitest';
import { routes } from '../../../src/contract/index.ts';
import { discordBench } from '../../conformance/discord-bench.ts';
import { closeAfterEach } from './support/cleaning.ts';
import { staged } from './support/platform-stages.ts';
import type { Stride } from './support/virtual-core.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Well within the 15 s that Discord has for answering a heartbeat; each step leaves the sockets a moment. */
const STRIDE: Stride = { stepMs: 10 * SECOND, breathMs: 4 };
const closing = closeAfterEach();

describe('a day with 500 people on discord', () => {
  // The bench counts what Discord publishes: 120 sends a minute, 1,000 sign-ins a day, an activity every 15 s, chunks once in 30 s.
  it('passes no limit, however often it starts, breaks, sleeps and is pressed', { timeout: 240_000 }, async () => {
    const { virtual, stage, account, power, state, recovers, close } = await staged('discord', discordBench, 500);
    closing(close);
    const { api, clock } = virtual;
    const pass = async (ms: number) => {
      for (let passed = 0; passed < ms; passed += 30 * MINUTE) {
        await stage.arrive();
        await virtual.pass(Math.min(15 * MINUTE, ms - passed), STRIDE);
        await stage.leave();
        await virtual.pass(Math.max(0, Math.min(15 * MINUTE, ms - passed - 15 * MINUTE)), STRIDE);
      }
    };
    const began = clock.now();
    await pass(4 * HOUR);
    for (let press = 0; press < 20; press += 1) {
      await api.call(routes.reconnectAccount, { params: { id: account.id } });
      await api.call(routes.putOwnStatus, { body: { status: press % 2 ? 'busy' : 'away', message: `${press}` } });
      await virtual.pass(3 * SECOND);
    }
    await api.call(routes.deleteOwnStatus);
    for (let restart = 0; restart < 5; restart += 1) {
      await stage.restart();
      await virtual.pass(20 * SECOND);
    }
    for (const enabled of [false, true, false, true]) {
      await api.call(routes.patchAccount, { params: { id: account.id }, body: { enabled } });
      await virtual.pass(10 * SECOND);
    }
    await pass(4 * HOUR);
    for (let nap = 0; nap < 5; nap += 1) {
      power('suspend');
      clock.jump(5 * MINUTE);
      power('resume');
      await virtual.pass(20 * SECOND);
    }
    power('suspend');
    clock.jump(8 * HOUR);
    power('resume');
    await recovers(clock.now(), 30 * SECOND);
    await pass(7 * HOUR + 30 * MINUTE);
    expect(clock.now() - began).toBeGreaterThan(23.5 * HOUR);
    expect((await state()).state).toBe('connected');
    expect(stage.limitsPassed()).toEqual([]);
  });
});
