import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';

/** How many sockets one app may have. Source: docs.slack.dev/apis/events-api/using-socket-mode. */
const MOST_SOCKETS = 10;
/** An address may wait so long to be used. Undocumented; “temporary”. */
const TICKET_MS = 60_000;

/** How deliveries and goodbyes are timed, in real milliseconds; Slack's own numbers by default. */
export interface EventTimes {
  /** An envelope that is not acknowledged within this is sent again. */
  readonly acknowledgeMs: number;
  /** Waits before the first, second and third repetition; then the event is lost. */
  readonly retryMs: readonly number[];
  /** From the announcement to the end of a socket. */
  readonly farewellMs: number;
}

export const SLACK_EVENT_TIMES: EventTimes = {
  acknowledgeMs: 3_000,
  retryMs: [0, 60_000, 300_000],
  farewellMs: 10_000,
};

const acknowledgementSchema = z.object({ envelope_id: z.string() });

/** What became of the envelopes. */
export interface EventCounts {
  /** Frames that were sent, repetitions too. */
  sent: number;
  acknowledged: number;
  repeated: number;
  /** Events that nobody took in four attempts. */
  lost: number;
  /** The most sockets that were open at once. */
  mostOpen: number;
  /** Frames of clients that belong to no envelope. */
  strays: number;
}

/** Socket Mode: hands each event to one of the app's sockets, and again until somebody acknowledges it. */
export class EventSockets {
  readonly counts: EventCounts = { sent: 0, acknowledged: 0, repeated: 0, lost: 0, mostOpen: 0, strays: 0 };
  readonly #server = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  readonly #times: EventTimes;
  readonly #now: () => number;
  readonly #tickets = new Map<string, number>();
  readonly #open: WebSocket[] = [];
  readonly #waiting = new Map<string, () => void>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #used = false;
  #turn = 0;

  constructor(times: EventTimes, now: () => number) {
    this.#times = times;
    this.#now = now;
  }

  /** How many sockets are open. */
  get open(): number {
    return this.#open.length;
  }

  /** Envelopes that wait for their acknowledgement. */
  get unacknowledged(): number {
    return this.#waiting.size;
  }

  /** A ticket for one socket. */
  ticket(): string {
    const ticket = randomUUID();
    this.#tickets.set(ticket, this.#now() + TICKET_MS);
    return ticket;
  }

  /** Takes a connection over that asks for `/link/`. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const ticket = url.searchParams.get('ticket') ?? '';
    const until = this.#tickets.get(ticket) ?? 0;
    this.#tickets.delete(ticket);
    if (url.pathname !== '/link/' || until <= this.#now()) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (client) => this.#welcome(client));
  }

  /** Delivers an event's payload. Before the first socket ever there is no Socket Mode, and nothing is kept. */
  deliver(payload: Readonly<Record<string, unknown>>): void {
    if (this.#used) this.#attempt(payload, 0);
  }

  /** Sends any text to every socket, as a broken Slack might. */
  sendRaw(text: string): void {
    for (const client of this.#open) client.send(text);
  }

  /** Announces the end of every socket (`warning`, `refresh_requested`, `link_disabled`), and ends them a while later. */
  disconnect(reason: string): void {
    for (const client of [...this.#open]) {
      this.#goodbye(client, reason);
      this.#later(this.#times.farewellMs, () => client.close(1000));
    }
  }

  /** Cuts every socket without a word. */
  cut(): void {
    for (const client of [...this.#open]) client.terminate();
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#waiting.clear();
    this.cut();
    this.#server.close();
  }

  #welcome(client: WebSocket): void {
    client.on('error', () => client.terminate());
    if (this.#open.length >= MOST_SOCKETS) {
      this.#goodbye(client, 'too_many_websockets');
      client.close(1000);
      return;
    }
    this.#used = true;
    this.#open.push(client);
    this.counts.mostOpen = Math.max(this.counts.mostOpen, this.#open.length);
    client.on('message', (data) => this.#acknowledge(String(data)));
    client.once('close', () => {
      const index = this.#open.indexOf(client);
      if (index >= 0) this.#open.splice(index, 1);
    });
    send(client, {
      type: 'hello',
      num_connections: this.#open.length,
      debug_info: { host: 'applink-sim', build_number: 1, approximate_connection_time: 18_060 },
      connection_info: { app_id: 'A0SIM00001' },
    });
  }

  #goodbye(client: WebSocket, reason: string): void {
    send(client, { type: 'disconnect', reason, debug_info: { host: 'applink-sim' } });
  }

  #attempt(payload: Readonly<Record<string, unknown>>, attempt: number): void {
    const again = (): void => {
      const wait = this.#times.retryMs[attempt];
      if (wait === undefined) this.counts.lost += 1;
      else this.#later(wait, () => this.#attempt(payload, attempt + 1));
    };
    this.#turn += 1;
    const client = this.#open[this.#turn % Math.max(1, this.#open.length)];
    if (client === undefined) {
      again();
      return;
    }
    const envelopeId = randomUUID();
    const repetition = { retry_attempt: attempt, retry_reason: attempt === 0 ? '' : 'timeout' };
    send(client, {
      envelope_id: envelopeId,
      payload,
      type: 'events_api',
      accepts_response_payload: false,
      ...repetition,
    });
    this.counts.sent += 1;
    if (attempt > 0) this.counts.repeated += 1;
    const stop = this.#later(this.#times.acknowledgeMs, () => {
      this.#waiting.delete(envelopeId);
      again();
    });
    this.#waiting.set(envelopeId, stop);
  }

  #acknowledge(text: string): void {
    const id = acknowledged(text);
    const stop = id === null ? undefined : this.#waiting.get(id);
    if (id === null || stop === undefined) {
      this.counts.strays += 1;
      return;
    }
    stop();
    this.#waiting.delete(id);
    this.counts.acknowledged += 1;
  }

  #later(ms: number, run: () => void): () => void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, ms);
    this.#timers.add(timer);
    return () => {
      clearTimeout(timer);
      this.#timers.delete(timer);
    };
  }
}

function acknowledged(text: string): string | null {
  try {
    return acknowledgementSchema.safeParse(JSON.parse(text)).data?.envelope_id ?? null;
  } catch {
    return null;
  }
}

function send(client: WebSocket, frame: unknown): void {
  client.send(JSON.stringify(frame));
}
