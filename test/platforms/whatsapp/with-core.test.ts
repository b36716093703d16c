import { createServer, request, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/infra/clock/system-clock.ts';
import { memoryStore } from '../../../src/infra/keychain/memory-store.ts';
import { type HttpHost, startHttpHost } from '../../../src/server/http-host.ts';
import { startWhatsappSimulator, type WhatsappSimulator } from '../../../src/simulator/whatsapp/server.ts';
import { newHome, startCore, type TestCore, until } from '../../services/support/core.ts';
import { quietLogger } from '../../support/quiet-logger.ts';
import { HIDDEN } from './signed-in.ts';

const PUBLIC = new URL('https://muster.example.org');
const VERIFY_TOKEN = 'words between us and Meta';

/** Stands in for the user's own TLS proxy: passes everything on under the public name. */
function startProxy(port: () => number): Promise<Server> {
  const proxy = createServer((incoming, response) => {
    const onward = request(
      {
        host: '127.0.0.1',
        port: port(),
        path: incoming.url,
        method: incoming.method,
        headers: { ...incoming.headers, host: PUBLIC.host },
      },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on('error', () => response.writeHead(502).end());
    incoming.pipe(onward);
  });
  return new Promise((resolve) => proxy.listen(0, '127.0.0.1', () => resolve(proxy)));
}

describe('WhatsApp with the whole core', () => {
  const home = newHome();
  const secretStore = memoryStore();
  let whatsapp: WhatsappSimulator;
  let core: TestCore;
  let host: HttpHost | null = null;
  let proxy: Server;

  async function start(): Promise<void> {
    core = startCore({ clock: systemClock, home, secretStore, publicUrl: PUBLIC });
    host = await startHttpHost({
      core: { home, muster: core.muster, clock: systemClock, logger: quietLogger(), redact: () => {} },
      host: '127.0.0.1',
      port: 0,
      rendererFolder: '/nonexistent',
      publicUrl: PUBLIC,
    });
  }
  async function stop(): Promise<void> {
    await host?.close();
    host = null;
    await core.stop();
  }
  beforeAll(async () => {
    whatsapp = await startWhatsappSimulator({ redeliverAfterMs: 20 });
    proxy = await startProxy(() => host?.server.port ?? 1);
    await start();
  });
  afterAll(async () => {
    await stop();
    await whatsapp.close();
    proxy.closeAllConnections();
    await new Promise((resolve) => proxy.close(resolve));
  });

  it('takes Meta’s handshake and events through the public address, over a restart too', async () => {
    const number = whatsapp.business.addNumber({
      id: '106540352242922',
      displayPhoneNumber: '+1 555-078-3881',
      verifiedName: 'Analytical Engines',
      about: 'We build engines.',
    });
    const account = await core.muster.accounts.create({
      platform: 'whatsapp',
      settings: { apiUrl: whatsapp.apiUrl, phoneNumberId: number.id },
      secrets: {
        accessToken: whatsapp.business.issueToken(),
        appSecret: whatsapp.business.appSecret,
        verifyToken: VERIFY_TOKEN,
      },
    });
    await until('the account', () => core.muster.accounts.connection(account.id));
    const address = proxy.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const hook = `http://127.0.0.1:${port}/hooks/whatsapp/${account.id}`;
    await expect(whatsapp.webhooks.subscribe(hook, 'other words')).rejects.toThrow();
    await whatsapp.webhooks.subscribe(hook, VERIFY_TOKEN);

    const emmy = () => core.muster.contacts.all().find(({ name }) => name === 'Emmy Noether');
    whatsapp.webhooks.message(number, HIDDEN);
    await until('her message', () => emmy()?.lastSeen);
    expect(emmy()).toMatchObject({ status: 'unknown', available: false });
    expect(emmy()?.activities).toEqual([{ kind: 'other', detail: 'active just now' }]);

    // While nobody is there to take it, Meta keeps the next one.
    const first = emmy()?.lastSeen ?? '';
    await stop();
    whatsapp.webhooks.message(number, HIDDEN, { at: Date.now() + 1_000 });
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await start();
    await until('the account again', () => core.muster.accounts.connection(account.id));
    await until('what came meanwhile', () => (emmy()?.lastSeen ?? '') > first);
    expect(whatsapp.webhooks.attempts.some(({ status }) => status === 502)).toBe(true);
    expect(core.muster.contacts.all()).toHaveLength(1);
  });
});
