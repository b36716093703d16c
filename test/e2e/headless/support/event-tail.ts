import { z } from 'zod';
import { EVENT_NAMES, EVENT_SCHEMAS, type EventName, type MusterEvent } from '../../../../src/contract/index.ts';
import type { Carry } from './api-client.ts';

type DataOf<Name extends EventName> = Extract<MusterEvent, { event: Name }>['data'];
/** One event as it came, with when (epoch ms of this process). */
export type Heard = MusterEvent & { readonly at: number };

/** Follows `GET /v1/events`, keeps what came in order, and fails on anything the contract does not know. */
export class EventTail {
  readonly heard: Heard[] = [];
  /** Everything as it came over the wire. */
  text = '';
  resets = 0;
  readonly #abort = new AbortController();
  readonly #listeners = new Set<() => void>();
  readonly #done: Promise<void>;
  #failure: unknown = null;
  #ended = false;

  private constructor(response: Response) {
    this.#done = this.#read(response).catch((error: unknown) => {
      if (!this.#abort.signal.aborted) this.#failure = error;
      this.#tell();
    });
  }

  /** Opens the stream; resolves when it is open. */
  static async open(carry: Carry, lastEventId?: number): Promise<EventTail> {
    const headers = new Headers();
    if (lastEventId !== undefined) headers.set('last-event-id', String(lastEventId));
    const response = await carry('/v1/events', { method: 'GET', headers });
    if (response.status !== 200) throw new Error(`/v1/events answered ${response.status}`);
    return new EventTail(response);
  }

  /** Those of one kind. */
  of<Name extends EventName>(name: Name): DataOf<Name>[] {
    const data: DataOf<Name>[] = [];
    for (const event of this.heard) if (event.event === name) data.push(event.data as DataOf<Name>);
    return data;
  }

  /** The first event, past or coming, that fits; events before index `from` do not count. */
  async next<Name extends EventName>(
    name: Name,
    fits: (data: DataOf<Name>) => boolean,
    options: { from?: number; withinMs?: number } = {},
  ): Promise<Heard & { readonly event: Name; readonly data: DataOf<Name> }> {
    const { from = 0, withinMs = 8_000 } = options;
    const find = () =>
      this.heard.slice(from).find((event) => event.event === name && fits(event.data as DataOf<Name>)) ?? null;
    const found = await this.#waitFor(find, withinMs, name);
    return found as Heard & { readonly event: Name; readonly data: DataOf<Name> };
  }

  /** Waits until what came so far satisfies. */
  async until(what: string, holds: (heard: readonly Heard[]) => boolean, withinMs = 8_000): Promise<void> {
    await this.#waitFor(() => (holds(this.heard) ? true : null), withinMs, what);
  }

  async close(): Promise<void> {
    this.#abort.abort();
    await this.#done;
  }

  #waitFor<T>(find: () => T | null, withinMs: number, what: string): Promise<T> {
    return new Promise((resolve, reject) => {
      const finish = () => {
        clearTimeout(timer);
        this.#listeners.delete(look);
      };
      const fail = (why: string) => {
        finish();
        const last = this.heard.slice(-5).map((event) => JSON.stringify(event).slice(0, 600));
        reject(new Error(`${why} while waiting for: ${what}. The last events:\n${last.join('\n')}`));
      };
      const look = () => {
        const found = find();
        if (found !== null) {
          finish();
          resolve(found);
        } else if (this.#failure) fail(`The stream broke (${String(this.#failure)})`);
        else if (this.#ended) fail('The stream ended');
      };
      const timer = setTimeout(() => fail(`${withinMs} ms passed`), withinMs);
      this.#listeners.add(look);
      look();
    });
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  async #read(response: Response): Promise<void> {
    const reader = response.body?.getReader();
    if (!reader) throw new Error('The stream has no body.');
    this.#abort.signal.addEventListener('abort', () => void reader.cancel().catch(() => undefined));
    const decoder = new TextDecoder();
    let waiting = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      const text = decoder.decode(value, { stream: true });
      this.text += text;
      waiting += text;
      const frames = waiting.split('\n\n');
      waiting = frames.pop() ?? '';
      for (const frame of frames) this.#take(frame);
      this.#tell();
    }
    this.#ended = true;
    this.#tell();
  }

  #take(frame: string): void {
    const fields = new Map(
      frame
        .split('\n')
        .filter((line) => !line.startsWith(':') && line.includes(': '))
        .map((line): [string, string] => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]),
    );
    const name = fields.get('event');
    if (name === undefined) return;
    if (name === 'reset') {
      this.resets += 1;
      return;
    }
    const event = z.enum(EVENT_NAMES).parse(name);
    const id = z.coerce.number().int().parse(fields.get('id'));
    const data = EVENT_SCHEMAS[event].parse(JSON.parse(fields.get('data') ?? ''));
    this.heard.push({ id, event, data, at: Date.now() } as Heard);
  }
}
