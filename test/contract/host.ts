import type { MusterEvent } from '../../src/contract/index.ts';

/** What came back, read whole: nothing here depends on where the call was made from. */
export interface Answered {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** One frame of the event stream, as it came. */
export interface HeardFrame {
  readonly id: number;
  readonly event: MusterEvent['event'] | 'reset';
  readonly data: unknown;
}

/** An open event stream. */
export interface HeardStream {
  /** Everything so far. */
  readonly frames: readonly HeardFrame[];
  close(): Promise<void>;
}

/**
 * A running Muster as its callers see it. The suite needs no more, so that it runs over a socket (`muster serve`) and over a real
 * window's `fetch` and `EventSource` alike.
 */
export interface ContractHost {
  fetch(
    path: string,
    init?: { method?: string; headers?: Readonly<Record<string, string>>; body?: string },
  ): Promise<Answered>;
  /** Opens `/v1/events`; resolves when it is open. */
  events(lastEventId?: number): Promise<HeardStream>;
  close(): Promise<void>;
}

/** Starts a host on a fresh home of its own, with its secrets in memory. */
export type StartHost = () => Promise<ContractHost>;
