/** `/v1/events` for the command line: resumes by itself, until it is told to end. */
import { z } from 'zod';
import { EVENT_NAMES, EVENT_SCHEMAS, type MusterEvent } from '../contract/index.ts';
import { SECOND_MS } from '../domain/time.ts';
import { systemClock } from '../infra/clock/system-clock.ts';
import { sleep } from '../ports/sleep.ts';
import type { Client } from './client.ts';
import { CommandFailure, EXIT } from './io.ts';

const RETRY_MS = SECOND_MS;
/** A server that does not come back within this many tries is gone. */
const MOST_TRIES = 5;

/**
 * Every event from now on; `opened` first and whenever something may have been missed. Ends when the signal aborts; rejects with
 * exit code 3 when the server is gone.
 */
export async function* readEvents(client: Client, signal: AbortSignal): AsyncGenerator<MusterEvent | 'opened'> {
  let lastEventId: string | null = null;
  for (let tries = 0; !signal.aborted; tries += 1) {
    const response: Response | null = await open(client, lastEventId, signal);
    if (response?.body) {
      tries = 0;
      if (lastEventId === null) yield 'opened';
      for await (const frame of frames(response.body, signal)) {
        if (frame.id !== undefined) lastEventId = frame.id;
        if (frame.event === 'reset') yield 'opened';
        const event = parse(frame);
        if (event) yield event;
      }
    }
    if (signal.aborted) return;
    if (tries >= MOST_TRIES) throw new CommandFailure(EXIT.server, 'no-server', 'The server is gone.');
    await sleep(systemClock, RETRY_MS, signal).catch(() => undefined);
  }
}

/** Null when nobody answers. */
async function open(client: Client, lastEventId: string | null, signal: AbortSignal): Promise<Response | null> {
  try {
    const response = await fetch(new URL('/v1/events', client.server.url), {
      headers: { ...client.headers(), ...(lastEventId === null ? {} : { 'last-event-id': lastEventId }) },
      signal,
    });
    if (response.ok) return response;
    await response.body?.cancel();
    return null;
  } catch {
    return null;
  }
}

interface Frame {
  readonly id?: string;
  readonly event?: string;
  readonly data?: string;
}

/** Frames of an event stream (WHATWG HTML, 9.2.6), as far as our own server uses them. Ends when the stream breaks. */
async function* frames(body: ReadableStream<Uint8Array>, signal: AbortSignal): AsyncGenerator<Frame> {
  const decoder = new TextDecoder();
  let waiting = '';
  try {
    for await (const chunk of body) {
      waiting += decoder.decode(chunk, { stream: true });
      const parts = waiting.split('\n\n');
      waiting = parts.pop() ?? '';
      for (const part of parts) {
        const lines = part.split('\n').flatMap((line): [string, string][] => {
          const match = /^(id|event|data): (.*)$/.exec(line);
          return match?.[1] !== undefined && match[2] !== undefined ? [[match[1], match[2]]] : [];
        });
        yield Object.fromEntries(lines);
      }
    }
  } catch (thrown) {
    if (!signal.aborted && !(thrown instanceof TypeError)) throw thrown;
  }
}

/** Null for what this version does not know. */
function parse({ id, event, data }: Frame): MusterEvent | null {
  const name = z.enum(EVENT_NAMES).safeParse(event);
  const number = z.coerce.number().int().safeParse(id);
  if (!name.success || !number.success || data === undefined) return null;
  const parsed = EVENT_SCHEMAS[name.data].safeParse(JSON.parse(data));
  // The name and the schema's answer belong together: the schema was chosen by the name.
  return parsed.success ? ({ id: number.data, event: name.data, data: parsed.data } as MusterEvent) : null;
}
