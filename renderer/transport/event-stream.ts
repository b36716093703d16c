import { type RawEvent, streamEventNames } from './event.ts';

/** What a source of events reports. */
export type EventListener = {
  /**
   * From now on nothing is missed. Not `resumed`: something may have been missed before, so take a snapshot. `resumed`: the
   * stream goes on after its last event (the server sends `reset` if it cannot).
   */
  readonly onOpen: (resumed: boolean) => void;
  readonly onEvent: (event: RawEvent) => void;
  /** Nobody answers; the source keeps trying. */
  readonly onLost: () => void;
};

/** The part of `EventSource` that is used, so that tests can stand in for it. */
export type EventSourceLike = {
  readonly readyState: number;
  addEventListener: (
    name: string,
    listener: (event: { readonly data?: unknown; readonly lastEventId?: string }) => void,
  ) => void;
  close: () => void;
};

const closed = 2;
const firstRetryMs = 1_000;
const lastRetryMs = 30_000;

/**
 * Listens to `/v1/events` until it is stopped. The browser itself reconnects with `Last-Event-ID` after a break; where it
 * gives up (an answer other than 200), we open a new stream, after 1 s, 2 s, 4 s … 30 s. Returns the stop.
 */
export const listenToStream = (
  listener: EventListener,
  openSource: () => EventSourceLike = () => new EventSource('/v1/events'),
): (() => void) => {
  let stopped = false;
  let source: EventSourceLike | null = null;
  let retryMs = firstRetryMs;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Whether this very source brought an event: then it resumes after it. Without one there is no id to resume from. */
  let sawEvent = false;

  const connect = (): void => {
    if (stopped) return;
    sawEvent = false;
    const current = openSource();
    source = current;
    current.addEventListener('open', () => {
      if (stopped) return;
      retryMs = firstRetryMs;
      listener.onOpen(sawEvent);
    });
    current.addEventListener('error', () => {
      if (stopped) return;
      listener.onLost();
      if (current.readyState !== closed) return;
      current.close();
      timer = setTimeout(connect, retryMs);
      retryMs = Math.min(retryMs * 2, lastRetryMs);
    });
    for (const event of streamEventNames) {
      current.addEventListener(event, ({ data, lastEventId }) => {
        if (stopped) return;
        sawEvent = true;
        listener.onEvent({ id: lastEventId ?? '', event, data: typeof data === 'string' ? data : '' });
      });
    }
  };

  connect();
  return () => {
    stopped = true;
    clearTimeout(timer);
    source?.close();
  };
};
