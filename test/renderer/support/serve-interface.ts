import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { extname, join, normalize } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

const policy = "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'";

/** A built interface and an API on one loopback address, under the content-security policy that the windows have. */
export type ServedInterface = { readonly url: string; readonly close: () => Promise<void> };

const fileOf = async (folder: string, path: string): Promise<{ body: Buffer; type: string }> => {
  const extension = extname(path);
  // History fallback: a path of the interface is its page.
  const name = extension === '' ? 'index.html' : normalize(path).replace(/^(\.\.[/\\])+/, '');
  return { body: await readFile(join(folder, name)), type: types[extname(name)] ?? 'application/octet-stream' };
};

const listening = (server: Server): Promise<number> =>
  new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    }),
  );

/** Serves `folder` at `/` and `handle` at `/v1`. */
export const serveInterface = async (
  folder: string,
  handle: (request: Request) => Promise<Response>,
): Promise<ServedInterface> => {
  const server = createServer(async (incoming, outgoing) => {
    const path = new URL(incoming.url ?? '/', 'http://localhost').pathname;
    if (!path.startsWith('/v1/')) {
      const file = await fileOf(folder, path).catch(() => null);
      outgoing.writeHead(file === null ? 404 : 200, {
        'content-type': file?.type ?? 'text/plain',
        'content-security-policy': policy,
      });
      outgoing.end(file?.body);
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const response = await handle(
      new Request(`http://localhost${incoming.url ?? '/'}`, {
        method: incoming.method ?? 'GET',
        ...(body.length > 0 ? { body } : {}),
      }),
    );
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.flushHeaders();
    const reader = response.body?.getReader();
    outgoing.on('close', () => void reader?.cancel());
    for (;;) {
      const part = await reader?.read();
      if (part === undefined || part.done) break;
      outgoing.write(part.value);
    }
    outgoing.end();
  });
  const port = await listening(server);
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
