/** The built interface for browsers. Nothing outside of its folder is reachable, and its pages load nothing from elsewhere. */
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Everything from our own origin, nothing inline, nothing evaluated, nothing embedded. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

const NOT_BUILT = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Muster</title>
<h1>Muster runs; its interface is not built yet</h1>
<p>Run <code>npm run build</code> in Muster's folder, then load this page again. The API and the <code>muster</code> command work already.</p>
</html>
`;

/**
 * Serves the files of `folder`; a path without an extension is a place of the interface and gets its page. Files under `/assets/`
 * carry their content's hash in the name and may be kept for good.
 */
export function staticInterface(folder: string): (pathname: string) => Promise<Response> {
  return async (pathname) => {
    const path = decoded(pathname);
    if (path === null) return plain(400, 'This address cannot be read.\n');
    const isPage = extname(path) === '';
    const file = normalize(join(folder, isPage ? 'index.html' : path));
    const type = TYPES[extname(file)];
    if (!file.startsWith(folder + sep) || type === undefined)
      return plain(404, 'There is nothing under this address.\n');
    try {
      const content = new Uint8Array(await readFile(file));
      const forGood = path.startsWith('/assets/');
      return answer(200, content, type, forGood ? 'public, max-age=31536000, immutable' : 'no-cache');
    } catch {
      return isPage
        ? answer(503, NOT_BUILT, 'text/html; charset=utf-8', 'no-store')
        : plain(404, 'There is nothing under this address.\n');
    }
  };
}

/** Null for what cannot be a path. */
function decoded(pathname: string): string | null {
  try {
    const path = decodeURIComponent(pathname);
    return path.includes('\0') ? null : path;
  } catch {
    return null;
  }
}

const plain = (status: number, text: string) => answer(status, text, 'text/plain; charset=utf-8', 'no-store');

function answer(status: number, body: Uint8Array<ArrayBuffer> | string, type: string, cache: string): Response {
  return new Response(body, {
    status,
    headers: { ...SECURITY_HEADERS, 'content-type': type, 'cache-control': cache },
  });
}
