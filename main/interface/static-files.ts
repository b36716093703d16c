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

/**
 * Answers with a file below `folder`, and with `index.html` for every path without an extension, since those are places of the
 * interface. Nothing outside of the folder is reachable.
 */
export async function staticFile(folder: string, pathname: string): Promise<Response> {
  let path: string;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return new Response(null, { status: 400 });
  }
  if (path.includes('\0')) return new Response(null, { status: 400 });
  const file = normalize(join(folder, extname(path) === '' ? 'index.html' : path));
  if (!file.startsWith(folder + sep)) return new Response(null, { status: 404 });
  const type = TYPES[extname(file)];
  if (type === undefined) return new Response(null, { status: 404 });
  try {
    const content = new Uint8Array(await readFile(file));
    return new Response(content, { headers: { 'content-type': type } });
  } catch {
    return new Response(null, { status: 404 });
  }
}
