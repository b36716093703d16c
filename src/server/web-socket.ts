/** `GET /v1/stream`: the events of `/v1/events` as WebSocket text frames, for programs that have no event streams. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { follow, MAX_WAITING, parseId } from '../api/event-stream.ts';
import type { Clock, Dispose } from '../ports/clock.ts';
import type { EventLog } from '../services/events/event-log.ts';
import { answerRaw } from './raw-answer.ts';

/** RFC 6455, 7.4.1 and the IANA registry: going away; try again later. */
const GOING_AWAY = 1_001;
const TRY_AGAIN_LATER = 1_013;
/** Nothing that a reader says is used. */
const MOST_INPUT_BYTES = 1_024;

/** The WebSocket side of the HTTP host. */
export interface EventSockets {
  /** Takes over a request that the guard has let pass. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

/** What the sockets are fed from. */
export interface EventSocketsOptions {
  readonly events: EventLog;
  readonly clock: Clock;
  /** Somebody reads; the answer says that they left. */
  readonly opened: () => Dispose;
}

/**
 * Feeds every reader. `Last-Event-ID` as a header, or `lastEventId` in the query where headers cannot be set (browsers), resumes.
 * A reader for whom too much waits gets a `reset` frame and is closed with 1013.
 */
export function eventSockets(options: EventSocketsOptions): EventSockets {
  const server = new WebSocketServer({ noServer: true, maxPayload: MOST_INPUT_BYTES, perMessageDeflate: false });
  // Instead of the library's own pages.
  server.on('wsClientError', (_error, socket) =>
    answerRaw(socket, 'malformed-request', 'This is no WebSocket handshake (RFC 6455, version 13).'),
  );
  return {
    accept(request, socket, head) {
      const query = new URL(request.url ?? '/', 'http://localhost').searchParams.get('lastEventId');
      const header = request.headers['last-event-id'];
      const lastEventId = typeof header === 'string' ? header : (query ?? undefined);
      server.handleUpgrade(request, socket, head, (reader) => feed(reader, parseId(lastEventId), options));
    },
    close() {
      for (const reader of server.clients) {
        reader.close(GOING_AWAY, 'Muster stops.');
        // Whoever does not answer the closing must not keep us.
        options.clock.after(500, () => reader.terminate());
      }
      server.close();
    },
  };
}

function feed(reader: WebSocket, lastEventId: number | null, options: EventSocketsOptions): void {
  const left = options.opened();
  let waiting = 0;
  let answered = true;
  let open = true;
  let stop: Dispose = () => undefined;
  const send = (id: number, event: string, data: unknown) => {
    waiting += 1;
    reader.send(JSON.stringify({ id, event, data }), () => {
      waiting -= 1;
    });
  };
  const end = () => {
    if (!open) return;
    open = false;
    stop();
    left();
  };
  reader.on('close', end);
  reader.on('error', () => reader.terminate());
  reader.on('pong', () => {
    answered = true;
  });
  const { events } = options;
  stop = follow(events, options.clock, lastEventId, {
    event(event) {
      if (!open) return;
      if (waiting < MAX_WAITING) return send(event.id, event.event, event.data);
      send(events.sequence, 'reset', {});
      end();
      reader.close(TRY_AGAIN_LATER, 'Too slow; take a new snapshot.');
    },
    reset: (sequence) => send(sequence, 'reset', {}),
    keepAlive() {
      if (!answered) return reader.terminate();
      answered = false;
      reader.ping();
    },
  });
  if (!open) stop();
}
