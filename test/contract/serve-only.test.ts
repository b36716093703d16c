import { existsSync, readFileSync, statSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { routes, streamFrameSchema } from '../../src/contract/index.ts';
import { call, eventually, problemOf } from './caller.ts';
import type { Answered } from './host.ts';
import { type ServeHost, startServe } from './serve-host.ts';

/** A request as no browser's `fetch` lets one write it: with its own Host, Origin and path. */
function raw(
  host: ServeHost,
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string; token?: boolean } = {},
): Promise<Answered> {
  const { port, token } = host.server();
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        port,
        host: '127.0.0.1',
        path,
        method: options.method ?? 'GET',
        headers: { ...(options.token === false ? {} : { authorization: `Bearer ${token}` }), ...options.headers },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => {
          const headers = Object.fromEntries(
            Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
          );
          resolve({ status: response.statusCode ?? 0, headers, text });
        });
      },
    );
    request.on('error', reject);
    request.end(options.body);
  });
}

/** What comes back on a socket for bytes that no HTTP client would send. */
function spoken(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    socket.on('error', reject).on('close', () => resolve(text));
  });
}

function socketOf(host: ServeHost, options: { path?: string; headers?: Record<string, string>; token?: boolean } = {}) {
  const { url, token } = host.server();
  const socket = new WebSocket(`${url.replace('http', 'ws')}${options.path ?? '/v1/stream'}`, {
    headers: { ...(options.token === false ? {} : { authorization: `Bearer ${token}` }), ...options.headers },
  });
  const frames: ReturnType<typeof streamFrameSchema.parse>[] = [];
  socket.on('message', (data) => frames.push(streamFrameSchema.parse(JSON.parse(String(data)))));
  const opened = new Promise<number>((resolve) => {
    socket.once('open', () => resolve(101));
    socket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('error', () => undefined);
  });
  return { socket, frames, opened };
}

const theme = (host: ServeHost, value: string) => call(host, routes.patchSettings, { body: { theme: value } });

describe('muster serve', () => {
  let host: ServeHost;
  beforeAll(async () => {
    host = await startServe();
  }, 60_000);
  afterAll(() => host.close());

  it('needs no token for its health, its description and its interface', async () => {
    for (const path of ['/v1/health', '/openapi.json', '/', '/people/c_1']) {
      expect((await raw(host, path, { token: false })).status, path).not.toBe(401);
    }
  });

  it('refuses everything else without the token, or with a wrong one', async () => {
    for (const route of Object.values(routes)) {
      if (route.auth === 'none') continue;
      const path = route.path.replaceAll(/\{\w+\}/g, 'x');
      const answered = await raw(host, path, { method: route.method.toUpperCase(), token: false });
      expect(problemOf(answered).code, route.id).toBe('unauthorized');
    }
    for (const authorization of ['Bearer x', 'Bearer ', 'Basic eDp5', host.server().token]) {
      expect((await raw(host, '/v1/contacts', { token: false, headers: { authorization } })).status).toBe(401);
    }
    for (const path of ['/v1/nothing', '/v1', '/v1/', '/metrics', '/v1/%63ontacts']) {
      const { status, text } = await raw(host, path, { token: false });
      expect([401, 404], path).toContain(status);
      expect(text).not.toContain('items');
    }
  });

  it('refuses a foreign Host even with the token, and even for what is open', async () => {
    const { port } = host.server();
    const foreign = [
      'muster.example',
      `muster.example:${port}`,
      `127.0.0.1.nip.io:${port}`,
      `localhost.evil:${port}`,
      '127.0.0.1:1',
      `[::2]:${port}`,
      `0.0.0.0:${port}`,
    ];
    for (const name of foreign) {
      for (const path of ['/v1/contacts', '/v1/health', '/']) {
        expect(problemOf(await raw(host, path, { headers: { host: name } })).code, name).toBe('foreign-host');
      }
    }
    const mine = `Host: 127.0.0.1:${port}`;
    for (const head of [
      `GET http://evil.example/v1/health HTTP/1.1\r\n${mine}`,
      `GET /v1/health HTTP/1.1\r\n${mine}\r\nHost: evil.example`,
    ]) {
      expect(await spoken(port, `${head}\r\nConnection: close\r\n\r\n`), head).toMatch(/^HTTP\/1.1 403/);
    }
    expect(
      await spoken(port, `GET http://127.0.0.1:${port}/v1/health HTTP/1.1\r\n${mine}\r\nConnection: close\r\n\r\n`),
    ).toMatch(/^HTTP\/1.1 200/);
    for (const name of [`localhost:${port}`, `LOCALHOST:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`]) {
      expect((await raw(host, '/v1/contacts', { headers: { host: name } })).status, name).toBe(200);
    }
  });

  it('refuses a foreign Origin even with the token', async () => {
    const { port, url } = host.server();
    for (const origin of [
      'https://evil.example',
      'null',
      `https://127.0.0.1:${port}`,
      `http://127.0.0.1:${port + 1}`,
      'http://localhost',
    ]) {
      expect(problemOf(await raw(host, '/v1/contacts', { headers: { origin } })).code, origin).toBe('foreign-host');
    }
    expect((await raw(host, '/v1/contacts', { headers: { origin: url } })).status).toBe(200);
  });

  it('has no way for pages of other sites: no CORS header, no framing, nothing inline', async () => {
    const { headers } = await raw(host, '/');
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(headers['content-security-policy']).toMatch(/default-src 'self'.*frame-ancestors 'none'/);
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
  });

  it('serves no file from outside of the interface', async () => {
    for (const path of [
      '/../package.json',
      '/..%2f..%2fpackage.json',
      '/assets/..%2f..%2f..%2fpackage.json',
      '/%2e%2e/%2e%2e/package.json',
    ]) {
      expect((await raw(host, path)).text, path).not.toContain('"muster"');
    }
  });

  it('signs a browser in by a link that works once, and out again', async () => {
    const { newCode } = await import('../../src/server/sessions.ts');
    const { epochMs } = await import('../../src/domain/time.ts');
    const code = newCode(host.server().token, epochMs(Date.now()));
    const redeem = (text: string) =>
      raw(host, '/v1/session', {
        method: 'POST',
        token: false,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code: text }),
      });
    const signedIn = await redeem(code);
    expect(signedIn.status).toBe(204);
    const setCookie = signedIn.headers['set-cookie'] ?? '';
    expect(setCookie).toMatch(/HttpOnly/i);
    expect(setCookie).toMatch(/SameSite=Strict/i);
    const cookie = setCookie.split(';')[0] ?? '';
    const ask = (extra: Record<string, string> = {}) =>
      raw(host, '/v1/contacts', { token: false, headers: { cookie, ...extra } });
    expect((await ask()).status).toBe(200);
    expect((await ask({ 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    // A page of another port on this machine: the cookie comes along, the browser says so.
    expect((await ask({ 'sec-fetch-site': 'same-site' })).status).toBe(403);
    expect(problemOf(await redeem(code)).code).toBe('unauthorized');
    await raw(host, '/v1/session', { method: 'DELETE', token: false, headers: { cookie } });
    expect((await ask()).status).toBe(401);
  });

  it('limits guessing of links', async () => {
    const codes: number[] = [];
    for (let index = 0; index < 15; index += 1) {
      const answered = await raw(host, '/v1/session', {
        method: 'POST',
        token: false,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code: `guess-${index}` }),
      });
      codes.push(answered.status);
      if (answered.status === 429) expect(answered.headers['retry-after']).toMatch(/^\d+$/);
    }
    expect(codes[0]).toBe(401);
    expect(codes.at(-1)).toBe(429);
  });

  it('stops reading a body that is too large', async () => {
    const { port, token } = host.server();
    const sent = await new Promise<{ bytes: number; answer: string }>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      let answer = '';
      let bytes = 0;
      socket.on('data', (chunk) => {
        answer += chunk;
      });
      socket.on('error', () => undefined);
      socket.on('close', () => resolve({ bytes, answer }));
      socket.write(
        `PUT /v1/me/status HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`,
      );
      const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
      const push = () => {
        bytes += 65_536;
        if (socket.destroyed || answer !== '' || bytes > 50_000_000) socket.destroy();
        else socket.write(chunk, push);
      };
      push();
    });
    expect(sent.answer).toMatch(/^HTTP\/1.1 413/);
    expect(sent.bytes).toBeLessThan(20_000_000);
  });

  it('answers what is no request with a problem document too, and notes none of it as its own mistake', async () => {
    const { port, token } = host.server();
    const head = `Host: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\n`;
    const json = `POST /v1/availability HTTP/1.1\r\n${head}Content-Type: application/json\r\n`;
    const cases = [
      ['malformed-request', 'nonsense\r\n\r\n'],
      ['malformed-request', `GET ftp://127.0.0.1:${port}/v1/health HTTP/1.1\r\n${head}\r\n`],
      ['malformed-request', `${json}Transfer-Encoding: chunked\r\n\r\nzz\r\n`],
      ['malformed-request', `GET /v1/stream HTTP/1.1\r\n${head}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`],
      ['headers-too-large', `GET /v1/contacts?query=${'x'.repeat(20_000)} HTTP/1.1\r\n${head}\r\n`],
      ['foreign-host', 'GET /v1/health HTTP/1.1\r\n\r\n'],
      ['unsupported-media-type', `${json}Connection: close\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}`],
    ];
    for (const [code, bytes = ''] of cases) {
      const [, body = ''] = (await spoken(port, bytes)).split('\r\n\r\n');
      expect(body, bytes.slice(0, 60)).toContain(`"code":"${code}"`);
    }
    // Java's HTTP client offers HTTP/2 with every request.
    const offered = `GET /v1/health HTTP/1.1\r\n${head}Connection: Upgrade, close\r\nUpgrade: h2c\r\n\r\n`;
    expect(await spoken(port, offered)).toMatch(/^HTTP\/1.1 200/);
    const log = join(host.home, 'logs', 'muster.log');
    expect(existsSync(log) ? readFileSync(log, 'utf8') : '').not.toContain('a request failed');
  });

  it('sends the events as WebSocket frames, resumes and resets like the stream', async () => {
    const { frames, opened, socket } = socketOf(host);
    expect(await opened).toBe(101);
    await theme(host, 'light');
    const first = await eventually('a frame', () => frames[0]);
    expect(first.event).toBe('settings');
    socket.close();
    await theme(host, 'dark');
    for (const options of [
      { headers: { 'last-event-id': String(first.id) } },
      { path: `/v1/stream?lastEventId=${first.id}` },
    ]) {
      const resumed = socketOf(host, options);
      const missed = await eventually('the missed frame', () => resumed.frames[0]);
      expect(missed).toMatchObject({ event: 'settings', data: { theme: 'dark' } });
      resumed.socket.close();
    }
    const unknown = socketOf(host, { path: '/v1/stream?lastEventId=999999999' });
    expect(await eventually('the reset', () => unknown.frames[0])).toMatchObject({ event: 'reset' });
    unknown.socket.close();
  });

  it('guards the WebSocket as it does everything else', async () => {
    expect(await socketOf(host, { token: false }).opened).toBe(401);
    expect(await socketOf(host, { headers: { origin: 'https://evil.example' } }).opened).toBe(403);
    expect(await socketOf(host, { headers: { host: 'evil.example' } }).opened).toBe(403);
    expect(await socketOf(host, { path: '/v1/other' }).opened).toBe(404);
    expect(problemOf(await raw(host, '/v1/stream')).code).toBe('invalid');
  });

  it('keeps its secrets in files that only their owner can read', () => {
    expect(statSync(join(host.home, 'server.json')).mode & 0o077).toBe(0);
  });
});

describe('muster serve, stopped and started', () => {
  let host: ServeHost;
  beforeAll(async () => {
    host = await startServe();
  }, 60_000);
  afterAll(() => host.close());

  it('numbers events onward after kill -9, and resets who comes back from before', async () => {
    const stream = await host.events();
    await theme(host, 'light');
    const before = await eventually('an event', () => stream.frames[0]);
    const { token, instance } = host.server();
    await host.restart('SIGKILL');
    expect(host.server()).not.toMatchObject({ token });
    expect(host.server()).not.toMatchObject({ instance });
    expect((await call(host, routes.getSettings)).theme).toBe('light');
    const resumed = await host.events(before.id);
    const reset = await eventually('the reset', () => resumed.frames[0]);
    expect(reset.event).toBe('reset');
    expect(reset.id).toBeGreaterThan(before.id);
    await theme(host, 'dark');
    const after = await eventually('an event', () => resumed.frames[1]);
    expect(after.id).toBeGreaterThan(reset.id);
  });

  it('stops within five seconds with streams open, and leaves no server.json', async () => {
    await host.events();
    const { opened } = socketOf(host);
    await opened;
    const started = performance.now();
    const ended = new Promise<number | null>((resolve) => host.process.child.once('exit', resolve));
    host.process.child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(() => host.server()).toThrow();
  });
});
