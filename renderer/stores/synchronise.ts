import type { MusterEvent } from '../../src/contract/index.ts';
import type { Call } from '../transport/client.ts';
import { parseEvent } from '../transport/event.ts';
import type { EventListener } from '../transport/event-stream.ts';
import { applyEvents } from './apply-events.ts';
import { useConnectionStore } from './connection-store.ts';
import { createEventQueue, type Schedule } from './event-queue.ts';
import { loadContacts, loadRest, markFailed } from './snapshot.ts';

/** What keeps the mirrors true: the client, the shared stream and the page's frames. */
export type SynchroniseOptions = {
  readonly call: Call;
  readonly listen: (listener: EventListener) => () => void;
  readonly schedule?: Schedule;
  readonly now: () => number;
  /** Told of every event once, after the mirrors know it: for notifications. */
  readonly onEvent?: (event: MusterEvent) => void;
};

const retryMs = 3_000;

/**
 * Keeps the mirrors in step with the core until it is stopped:
 * 1. the stream opens, and from then on events are collected;
 * 2. a snapshot is loaded beside it;
 * 3. the collected events that the snapshot does not include yet are applied, then each batch as it comes.
 * A `reset`, an event that cannot be understood or a stream that starts anew begins at 1 again; what is shown stays.
 */
export const synchronise = ({ call, listen, schedule, now, onEvent }: SynchroniseOptions): (() => void) => {
  let versions: ReadonlyMap<string, number> = new Map();
  let snapshot: AbortController | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  const queue = createEventQueue((events) => {
    applyEvents(events, (contactId, eventId) => eventId > (versions.get(contactId) ?? -1));
    for (const event of events) onEvent?.(event);
  }, schedule);

  const takeSnapshot = async (): Promise<void> => {
    snapshot?.abort();
    clearTimeout(timer);
    const current = new AbortController();
    snapshot = current;
    queue.hold();
    try {
      const [loaded] = await Promise.all([loadContacts(call, current.signal), loadRest(call, current.signal)]);
      if (current.signal.aborted) return;
      versions = loaded;
      snapshot = null;
      queue.release();
      useConnectionStore.setState({ state: 'live', lastLiveAt: now() });
    } catch {
      // A newer snapshot is under way, or we were stopped.
      if (current.signal.aborted || stopped) return;
      markFailed();
      if (useConnectionStore.getState().state === 'signed-out') return;
      useConnectionStore.setState({ state: 'lost' });
      timer = setTimeout(() => void takeSnapshot(), retryMs);
    }
  };

  const stopListening = listen({
    onOpen: (resumed) => {
      if (resumed && snapshot === null) useConnectionStore.setState({ state: 'live', lastLiveAt: now() });
      else {
        queue.clear();
        void takeSnapshot();
      }
    },
    onEvent: (raw) => {
      const event = parseEvent(raw);
      if (event !== null) queue.push(event);
      else void takeSnapshot();
    },
    onLost: () => {
      // A stream does not say why it was refused; a call does: 401 turns into the sign-in page.
      if (useConnectionStore.getState().state !== 'signed-out') call('getSettings', {}).catch(() => undefined);
      if (snapshot === null) {
        useConnectionStore.setState(({ state, lastLiveAt }) =>
          state === 'signed-out' ? {} : { state: 'lost', lastLiveAt: state === 'live' ? now() : lastLiveAt },
        );
        markFailed();
      }
    },
  });

  return () => {
    stopped = true;
    stopListening();
    snapshot?.abort();
    clearTimeout(timer);
    queue.clear();
  };
};
