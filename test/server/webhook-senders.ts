/** Senders of webhooks in a thread of their own, so that what they measure is Muster's time and not also theirs. */
import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';

const { port, path, host, token, count, senders, run } = z
  .object({
    port: z.number(),
    path: z.string(),
    host: z.string(),
    token: z.string(),
    count: z.number(),
    senders: z.number(),
    /** Tells the ids of one burst from those of another. */
    run: z.string().default('burst'),
  })
  .parse(workerData);
const agent = new Agent({ keepAlive: true, maxSockets: senders });

function deliver(id: string): Promise<{ status: number; ms: number }> {
  const body = JSON.stringify({ id });
  const headers = { host, 'x-signature': createHmac('sha256', token).update(body).digest('hex') };
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve({ status: response.statusCode ?? 0, ms: performance.now() - began }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const results: { status: number; ms: number }[] = [];
let next = 0;
async function send(): Promise<void> {
  while (next < count) {
    next += 1;
    results.push(await deliver(`${run}-${next}`));
  }
}
await Promise.all(Array.from({ length: senders }, send));
agent.destroy();
parentPort?.postMessage(results);
