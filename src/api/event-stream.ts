import type { MusterEvent } from '../contract/index.ts';
import type { Clock, Dispose } from '../ports/clock.ts';
import type { EventLog } from '../services/events/event-log.ts';

/** A comment line as often as this keeps proxies and readers from giving up. */
const KEEP_ALIVE_MS = 15_000;
/** How many events may wait for a slow reader before it is told to begin anew. */
export const MAX_WAITING = 1_000;

/** Where events are written to. */
export interface EventSink {
  event(event: MusterEvent): void;
  /** The reader has to take a new snapshot. */
  reset(sequence: number): void;
  keepAlive(): void;
}

/**
 * Feeds one reader: first what it missed since `lastEventId` (or a reset when that is not known any more), then every event as it
 * comes. Returns how to stop.
 */
export function follow(events: EventLog, clock: Clock, lastEventId: number | null, sink: EventSink): Dispose {
  if (lastEventId !== null) {
    const missed = events.since(lastEventId);
    if (missed) for (const event of missed) sink.event(event);
    else sink.reset(events.sequence);
  }
  const unsubscribe = events.subscribe((event) => sink.event(event));
  let cancel: Dispose = () => undefined;
  const beat = () => {
    cancel = clock.after(KEEP_ALIVE_MS, () => {
      sink.keepAlive();
      beat();
    });
  };
  beat();
  return () => {
    cancel();
    unsubscribe();
  };
}

/** `GET /v1/events`: Server-Sent Events (WHATWG HTML, 9.2). */
export function eventStream(options: {
  events: EventLog;
  clock: Clock;
  lastEventId: string | undefined;
  opened: () => Dispose;
  /** A HEAD request: nobody will read, so that nothing is followed. */
  headOnly?: boolean;
}): Response {
  const { events, clock, lastEventId, opened } = options;
  const headers = {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  };
  if (options.headOnly) return new Response(null, { headers });
  const encoder = new TextEncoder();
  let stop: Dispose = () => undefined;
  const stream = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const left = opened();
        let closed = false;
        const write = (text: string) => {
          if (!closed) controller.enqueue(encoder.encode(text));
        };
        const close = () => {
          if (closed) return;
          closed = true;
          unfollow();
          left();
        };
        write(`: muster ${events.sequence}\nretry: 2000\n\n`);
        const unfollow = follow(events, clock, parseId(lastEventId), {
          event(event) {
            if ((controller.desiredSize ?? 0) > 0) return write(frame(event.id, event.event, event.data));
            // Too slow: what waits is delivered, then it has to begin anew.
            write(frame(events.sequence, 'reset', {}));
            close();
            controller.close();
          },
          reset: (sequence) => write(frame(sequence, 'reset', {})),
          keepAlive: () => write(': keep-alive\n\n'),
        });
        stop = close;
      },
      cancel: () => stop(),
    },
    new CountQueuingStrategy({ highWaterMark: MAX_WAITING }),
  );
  return new Response(stream, { headers });
}

function frame(id: number, event: string, data: unknown): string {
  return `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** An id that is none counts as unknown: -1 is never known. Null when none was sent. */
export function parseId(text: string | undefined): number | null {
  if (text === undefined || text === '') return null;
  return /^\d{1,15}$/.test(text) ? Number(text) : -1;
}
