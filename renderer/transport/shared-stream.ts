import type { RawEvent } from './event.ts';
import { type EventListener, listenToStream } from './event-stream.ts';

/** What the tab that holds the stream tells the others (`to` one of them, or all), and what they ask it. */
type Message =
  | { readonly kind: 'event'; readonly event: RawEvent }
  | { readonly kind: 'open'; readonly resumed: boolean; readonly to: string | null }
  | { readonly kind: 'lost'; readonly to: string | null }
  | { readonly kind: 'ask'; readonly from: string };

const name = 'muster-events';

const kinds: ReadonlySet<unknown> = new Set(['event', 'open', 'lost', 'ask'] satisfies Message['kind'][]);

/** Only pages of this origin can post here; a page of another version may still be open. */
const isMessage = (value: unknown): value is Message =>
  typeof value === 'object' && value !== null && 'kind' in value && kinds.has(value.kind);

/** The part of a BroadcastChannel that is used. */
export type ChannelLike = Pick<BroadcastChannel, 'postMessage' | 'close'> & {
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
};

/** The parts of the browser that are used, so that tests can stand in for them. */
export type TabEnvironment = {
  /** Runs `lead` once this tab is the leader, until the promise that it returns settles; rejects when aborted before. */
  readonly elect: ((signal: AbortSignal, lead: () => Promise<void>) => Promise<unknown>) | undefined;
  readonly createChannel: () => ChannelLike;
  readonly listen: (listener: EventListener) => () => void;
  readonly tabId: string;
};

const browser = (): TabEnvironment => ({
  elect: navigator.locks === undefined ? undefined : (signal, lead) => navigator.locks.request(name, { signal }, lead),
  createChannel: () => new BroadcastChannel(name),
  listen: listenToStream,
  tabId: crypto.randomUUID(),
});

/**
 * One stream for all tabs and windows of this origin (a browser allows six a host). Whoever holds the lock listens and
 * passes every event on; when its tab closes, the next one takes over and everybody takes a new snapshot. Returns the stop.
 */
export const listenShared = (listener: EventListener, environment: TabEnvironment = browser()): (() => void) => {
  const { elect, createChannel, listen, tabId } = environment;
  if (elect === undefined) return listen(listener);

  const abort = new AbortController();
  const channel = createChannel();
  const post = (message: Message): void => channel.postMessage(message);
  let leading = false;
  /** Undefined while the first attempt is under way: then there is nothing to tell yet. */
  let open: boolean | undefined;

  const follow = (message: Exclude<Message, { kind: 'ask' }>): void => {
    if (message.kind === 'event') {
      listener.onEvent(message.event);
    } else if (message.to === null || message.to === tabId) {
      if (message.kind === 'open') listener.onOpen(message.resumed);
      else listener.onLost();
    }
  };
  channel.onmessage = ({ data }) => {
    if (abort.signal.aborted || !isMessage(data)) return;
    if (data.kind !== 'ask') {
      if (!leading) follow(data);
    } else if (leading && open !== undefined) {
      post(open ? { kind: 'open', resumed: false, to: data.from } : { kind: 'lost', to: data.from });
    }
  };
  post({ kind: 'ask', from: tabId });

  const lead = async (): Promise<void> => {
    if (abort.signal.aborted) return;
    leading = true;
    const stop = listen({
      onOpen: (resumed) => {
        open = true;
        post({ kind: 'open', resumed, to: null });
        listener.onOpen(resumed);
      },
      onEvent: (event) => {
        post({ kind: 'event', event });
        listener.onEvent(event);
      },
      onLost: () => {
        open = false;
        post({ kind: 'lost', to: null });
        listener.onLost();
      },
    });
    await new Promise<void>((resolve) => abort.signal.addEventListener('abort', () => resolve(), { once: true }));
    stop();
  };
  // Rejects when we stop while waiting for our turn: nothing was held then.
  elect(abort.signal, lead).catch(() => undefined);

  return () => {
    abort.abort();
    channel.close();
  };
};
