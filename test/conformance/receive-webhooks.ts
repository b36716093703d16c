import { createServer, type IncomingMessage } from 'node:http';
import type { Connection, JsonValue, PlatformAdapter } from '../../src/platforms/platform.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { HttpClient } from '../../src/ports/http-client.ts';
import type { Stage } from './bench.ts';

const ADDRESS_KEY = 'conformance-address-key';

/** What a sign-in needs of a stage. */
export type SignInFacts = Pick<Stage, 'settings' | 'secrets'>;

/** An address that takes a platform's deliveries. */
export interface ReceivedWebhooks {
  readonly url: string;
  /** Delivers what came before there was a connection. */
  workOff(): Promise<void>;
  close(): Promise<void>;
}

/** Serves the platform's webhook address, as the core does with its queue in memory. */
export async function receiveWebhooks(
  adapter: PlatformAdapter,
  parts: { stage: () => SignInFacts; clock: Clock; http: HttpClient; connection: () => Connection | null },
): Promise<ReceivedWebhooks> {
  /** What came before anybody was signed in, as the core's queue keeps it. */
  const kept: JsonValue[] = [];
  const server = createServer((request, response) => {
    void answer(request).then(
      ({ status, contentType = 'text/plain', body = '' }) =>
        response.writeHead(status, { 'content-type': contentType }).end(body),
      () => response.writeHead(500).end(),
    );
  });
  async function answer(request: IncomingMessage): Promise<{ status: number; contentType?: string; body?: string }> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const { stage, clock, http } = parts;
    const { settings, secrets } = stage();
    const verdict = await adapter.webhook?.receive(
      {
        method: request.method === 'GET' ? 'GET' : 'POST',
        query: new URL(request.url ?? '/', 'http://127.0.0.1').searchParams,
        headers: new Map(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
        body: Buffer.concat(chunks),
      },
      {
        accountId: 'a_conformance',
        settings: adapter.manifest.settings.parse(settings),
        secrets: { get: async (key) => secrets[key] ?? null },
        clock,
        http,
        addressKey: ADDRESS_KEY,
      },
    );
    if (verdict === undefined || verdict.kind === 'rejected') return { status: 401 };
    if (verdict.kind === 'handshake') return verdict;
    kept.push(...verdict.events.map(({ payload }) => payload));
    await workOff();
    return { status: verdict.status };
  }
  async function workOff(): Promise<void> {
    const { connection } = parts;
    for (let taker = connection()?.webhook; taker !== undefined && kept.length > 0; taker = connection()?.webhook) {
      const payload = kept.shift();
      if (payload !== undefined) await taker.deliver(payload);
    }
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return {
    url: `http://127.0.0.1:${port}/hooks/${adapter.manifest.id}/a_conformance?key=${ADDRESS_KEY}`,
    workOff,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
