import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { systemClock } from '../../src/infra/clock/system-clock.ts';
import { registry } from '../../src/platforms/registry.ts';
import { type HttpHost, startHttpHost } from '../../src/server/http-host.ts';
import { startCore, type TestCore, until } from '../services/support/core.ts';
import { FakePlatform } from '../services/support/fake-platform.ts';
import { quietLogger } from '../support/quiet-logger.ts';
import { machine } from './machine.ts';

const TOKEN = 'bench';
const BURST = 10_000;

describe(`webhooks on ${machine()}`, () => {
  let core: TestCore;
  let host: HttpHost;
  let path: string;
  beforeAll(async () => {
    core = startCore({ clock: systemClock, registry: { ...registry, slack: new FakePlatform() } });
    const { home, muster } = core;
    const account = await muster.accounts.create({ platform: 'slack', settings: {}, secrets: { token: TOKEN } });
    await until('the account', () => muster.accounts.connection(account.id));
    path = `/hooks/slack/${account.id}`;
    const parts = { home, muster, clock: systemClock, logger: quietLogger(), redact: () => {} };
    host = await startHttpHost({ core: parts, host: '127.0.0.1', port: 0, rendererFolder: '/nonexistent' });
  });
  afterAll(async () => {
    await host.close();
    await core.stop();
  });

  it.each([10, 40])('%i senders deliver 10,000 at once', { timeout: 120_000 }, async (senders) => {
    const workerData = {
      port: host.server.port,
      path,
      host: `127.0.0.1:${host.server.port}`,
      token: TOKEN,
      count: BURST,
      senders,
      run: `${senders}`,
    };
    const began = performance.now();
    const results = await new Promise<{ ms: number }[]>((resolve, reject) => {
      const worker = new Worker(new URL('../server/webhook-senders.ts', import.meta.url), { workerData });
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    const seconds = (performance.now() - began) / 1_000;
    const times = results.map(({ ms }) => ms).toSorted((a, b) => a - b);
    const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(1);
    process.stdout.write(
      `${senders} senders: ${Math.round(BURST / seconds)} a second, acknowledged within ${at(0.5)} ms (half), ${at(0.99)} ms (99 of 100)\n`,
    );
  });
});
