import { describe, expect, it } from 'vitest';
import { MusterError } from '../../../src/domain/errors.ts';
import type { OwnStatusBundle } from '../../../src/platforms/platform.ts';
import { AccountMeter } from '../../../src/services/health/account-meter.ts';
import { FakeClock } from '../../support/fake-clock.ts';

/** A meter, and a platform that answers each call by HTTP after 200 ms as told. */
function bench() {
  const clock = new FakeClock();
  const took: number[] = [];
  const meter = new AccountMeter(clock, (ms) => took.push(ms));
  const answers: (number | MusterError)[] = [];
  const http = meter.http({
    fetch: () =>
      new Promise((resolve, reject) => {
        const answer = answers.shift() ?? 200;
        clock.after(200, () =>
          answer instanceof Error ? reject(answer) : resolve(new Response(null, { status: answer })),
        );
      }),
  });
  const ask = async (...next: (number | MusterError)[]) => {
    answers.push(...next);
    const asked = http.fetch('https://example.org').catch(() => undefined);
    await clock.advance(200);
    await asked;
  };
  return { clock, meter, http, took, ask };
}

describe('an account’s meter', () => {
  it('measures every HTTP exchange, and takes “there is no such thing” for an answer', async () => {
    const { meter, took, ask, clock } = bench();
    await ask(200);
    await ask(404);
    expect(meter.calls).toMatchObject({ count: 2, failed: 0 });
    expect(meter.lastSuccessAt).toBe(clock.now());
    expect(took).toEqual([200, 200]);
    for (const status of [401, 429, 503]) await ask(status);
    await ask(new MusterError('platform-unreachable', 'Nobody there.'));
    expect(meter.calls).toMatchObject({ count: 6, failed: 4 });
    expect(meter.lastFailure).toEqual({ at: clock.now(), code: 'platform-unreachable', message: 'Nobody there.' });
    expect([...meter.totals.failures]).toEqual([
      ['credentials-refused', 1],
      ['rate-limited', 1],
      ['platform-unavailable', 1],
      ['platform-unreachable', 1],
    ]);
  });

  it('does not count what we gave up ourselves', async () => {
    const { meter, ask } = bench();
    await ask(new MusterError('cancelled', 'Enough.'));
    await meter.run(() => Promise.reject(new MusterError('cancelled', 'Enough.'))).catch(() => undefined);
    expect(meter.calls).toBeNull();
    expect(meter.lastFailure).toBeNull();
  });

  it('counts an operation once: by its exchanges, or by itself where it has none', async () => {
    const { meter, http, clock } = bench();
    const polling = meter.run(() => http.fetch('https://example.org'));
    await clock.advance(200);
    await polling;
    expect(meter.calls?.count).toBe(1);
    await meter.run(async () => undefined);
    expect(meter.calls?.count).toBe(2);
  });

  it('counts a refusal inside of a good answer as a failure, with the platform’s words', async () => {
    const { meter, http, clock } = bench();
    const refused = meter
      .run(async () => {
        await http.fetch('https://example.org');
        throw new MusterError('token-revoked', 'Slack says that the token was revoked.');
      })
      .catch(() => undefined);
    await clock.advance(200);
    await refused;
    expect(meter.calls).toMatchObject({ count: 2, failed: 1 });
    expect(meter.lastFailure).toMatchObject({ code: 'token-revoked' });
  });

  it('knows how long nothing was heard, awake', async () => {
    const { meter, ask, clock } = bench();
    expect(meter.silentMs()).toBe(Number.POSITIVE_INFINITY);
    await ask(200);
    await clock.advance(30_000);
    await ask(503);
    clock.jump(3_600_000);
    expect(meter.silentMs()).toBe(30_200);
    meter.told([{ source: 'poll' }]);
    expect(meter.silentMs()).toBe(30_200);
    meter.told([{ source: 'push' }, { source: 'push' }, { source: 'webhook' }, { source: 'poll' }]);
    expect(meter.silentMs()).toBe(0);
    expect(meter.totals).toMatchObject({ pushes: 2, webhooks: 1 });
  });

  it('gives the same measured bundle for the same bundle', async () => {
    const { meter } = bench();
    const bundle: OwnStatusBundle = {
      busyImpliesDoNotDisturb: true,
      read: () => Promise.reject(new MusterError('timeout', 'Late.')),
      apply: async () => ({ status: null, doNotDisturb: null }),
      compare: () => 'same',
    };
    const measured = meter.ownStatus(bundle);
    expect(meter.ownStatus(bundle)).toBe(measured);
    expect(measured.busyImpliesDoNotDisturb).toBe(true);
    await measured.read(AbortSignal.abort()).catch(() => undefined);
    await measured.apply({ status: null, doNotDisturb: null }, AbortSignal.abort());
    expect(meter.calls).toMatchObject({ count: 2, failed: 1 });
  });
});
