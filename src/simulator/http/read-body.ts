import type { IncomingMessage } from 'node:http';

/** Reads a request's body as UTF-8; rejects beyond `maxBytes`, or when the client goes away before its end. */
export function readBody(request: IncomingMessage, maxBytes = 1_000_000): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) reject(new Error('The request body is too large.'));
      else chunks.push(chunk);
    });
    request.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    request.once('error', reject);
    request.once('close', () => reject(new Error('The client closed the connection inside its request.')));
  });
}
