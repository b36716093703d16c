import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import { connect } from 'node:net';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../src/infra/clock/system-clock.ts';
import { registry } from '../../src/platforms/registry.ts';
import { type HttpHost, startHttpHost } from '../../src/server/http-host.ts';
import { startCore, type TestCore, until } from '../services/support/core.ts';
import { FakePlatform } from '../services/support/fake-platform.ts';
import { quietLogger } from '../support/quiet-logger.ts';

const TOKEN = 'canary-webhook';
const PUBLIC = new URL('https://muster.example.org');
const BURST = 10_000;
/** Senders that deliver at the same time, as platforms do. */
const SENDERS = 40;

let core: TestCore;
let host: HttpHost;
let platform: FakePlatform;
let path: string;

beforeAll(async () => {
  platform = new FakePlatform();
  core = startCore({ clock: systemClock, registry: { ...registry, slack: platform }, publicUrl: PUBLIC });
  const { home, muster } = core;
  const account = await muster.accounts.create({ platform: 'slack', settings: {}, secrets: { token: TOKEN } });
  await until('the account', () => muster.accounts.connection(account.id));
  path = `/hooks/slack/${account.id}`;
  host = await startHttpHost({
    core: { home, muster, clock: systemClock, logger: quietLogger(), redact: () => {} },
    host: '127.0.0.1',
    port: 0,
    rendererFolder: '/nonexistent',
    publicUrl: PUBLIC,
  });
});
afterAll(async () => {
  await host.close();
  await core.stop();
});

const sign = (body: string, token = TOKEN) => createHmac('sha256', token).update(body).digest('hex');

interface Sent {
  readonly status: number;
  readonly ms: number;
  readonly body: string;
}

/** One delivery over a connection of its own kind; `Host` as the user's proxy passes it on. */
function send(body: string, headers: Readonly<Record<string, string>> = {}, to = path): Promise<Sent> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port: host.server.port,
        path: to,
        method: 'POST',
        headers: { host: PUBLIC.host, ...headers },
      },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, ms: performance.now() - began, body: text }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

const signed = (id: string) => {
  const body = JSON.stringify({ id });
  return send(body, { 'x-signature': sign(body) });
};

describe('webhooks over HTTP', () => {
  it('admits the public host to the hooks and to nothing else', async () => {
    expect((await signed('through-the-proxy')).status).toBe(200);
    expect((await send('', {}, '/v1/health')).status).toBe(403);
    expect((await send('', {}, '/v1/accounts')).status).toBe(403);
    expect((await send('{}', { host: 'evil.example' })).status).toBe(403);
  });

  it('accepts nothing forged, altered, unsigned or oversized', async () => {
    const before = platform.delivered.length;
    const body = JSON.stringify({ id: 'forged' });
    expect((await send(body, { 'x-signature': sign(body, 'guess') })).status).toBe(401);
    expect((await send(`${body} `, { 'x-signature': sign(body) })).status).toBe(401);
    expect((await send(body)).status).toBe(401);
    const large = JSON.stringify({ id: 'large', fill: 'x'.repeat(2_000_000) });
    const answer = await send(large, { 'x-signature': sign(large) }).catch(() => ({ status: 413 }));
    expect(answer.status).toBe(413);
    expect((await send(body, { 'x-signature': sign(body) }, '/hooks/slack/a_nobody')).status).toBe(404);
    expect(platform.delivered.length).toBe(before);
  });

  it('takes what comes twice once', async () => {
    const before = platform.delivered.length;
    expect((await signed('twice')).status).toBe(200);
    expect((await signed('twice')).status).toBe(200);
    await until('the work', () => platform.delivered.length > before);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(platform.delivered.length).toBe(before + 1);
  });

  it('does not wait for ever for a slow sender, and others do not wait for it', { timeout: 20_000 }, async () => {
    const socket = connect(host.server.port, '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString();
    });
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => {});
    socket.write(`POST ${path} HTTP/1.1\r\nHost: ${PUBLIC.host}\r\nContent-Length: 100\r\n\r\n{"id":`);
    expect((await signed('meanwhile')).status).toBe(200);
    const drip = setInterval(() => socket.write(' '), 500);
    await Promise.race([closed, until('the end', () => answer !== '', 15_000)]);
    clearInterval(drip);
    socket.destroy();
    expect(answer).toMatch(/^HTTP\/1\.1 401/);
  });

  it(`keeps ${BURST.toLocaleString('en')} that come in a burst, and takes each up once`, {
    timeout: 120_000,
  }, async () => {
    const before = platform.delivered.length;
    const commits = vi.spyOn(core.database.webhooks, 'keep');
    const results = await burst();
    expect(results.filter(({ status }) => status !== 200)).toEqual([]);
    expect(results).toHaveLength(BURST);
    await until('all the work', () => platform.delivered.length >= before + BURST, 30_000);
    const ids = new Set(platform.delivered.slice(before).map((payload) => JSON.stringify(payload)));
    expect(ids.size).toBe(BURST);
    // How soon is a matter of the machine (`npm run bench`); that those who come together share a commit is not.
    expect(commits.mock.calls.length).toBeLessThan(BURST / 2);
    commits.mockRestore();
  });
});

function burst(): Promise<{ status: number; ms: number }[]> {
  const workerData = { port: host.server.port, path, host: PUBLIC.host, token: TOKEN, count: BURST, senders: SENDERS };
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./webhook-senders.ts', import.meta.url), { workerData });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}
