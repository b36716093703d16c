import { randomBytes } from 'node:crypto';

/** An event as it was sent, so that it can be sent again. */
export interface SentEvent {
  readonly s: number;
  readonly t: string;
  readonly d: unknown;
}

/** A sign-in on the gateway; outlives its connection, so that it can be resumed. */
export interface GatewaySessionState {
  readonly id: string;
  readonly token: string;
  readonly intents: number;
  readonly largeThreshold: number;
  sequence: number;
  readonly sent: SentEvent[];
  /** Null while nobody is connected: events are kept. */
  send: ((event: SentEvent) => void) | null;
}

/** Discord lets more sign-ins than this in 24 h reset the bot's token. */
const IDENTIFIES_A_DAY = 1000;
const DAY_MS = 86_400_000;
/** Sign-ins at once: one in 5 s. */
const CONCURRENCY_MS = 5_000;
/** Events that a session keeps for being resumed. */
const MOST_KEPT = 5_000;

/** The gateway's sessions, and how many may still be begun. */
export class SessionStore {
  readonly #now: () => number;
  readonly #sessions = new Map<string, GatewaySessionState>();
  #identifies: number[] = [];
  /** Takes the place of the daily number, for tests. */
  remainingOverride: number | null = null;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** When sign-ins were made. */
  get identifies(): readonly number[] {
    return this.#identifies;
  }

  limit(): { total: number; remaining: number; reset_after: number; max_concurrency: number } {
    this.#identifies = this.#identifies.filter((at) => at > this.#now() - DAY_MS);
    const oldest = this.#identifies[0] ?? this.#now();
    return {
      total: IDENTIFIES_A_DAY,
      remaining: this.remainingOverride ?? IDENTIFIES_A_DAY - this.#identifies.length,
      reset_after: oldest + DAY_MS - this.#now(),
      max_concurrency: 1,
    };
  }

  /** Takes a place. `too-many`: the day's are used up. `too-fast`: another came less than 5 s ago. */
  identify(): 'ok' | 'too-many' | 'too-fast' {
    const { remaining } = this.limit();
    if (remaining <= 0) return 'too-many';
    const fast = this.#identifies.some((at) => at > this.#now() - CONCURRENCY_MS);
    if (!fast) this.#identifies.push(this.#now());
    return fast ? 'too-fast' : 'ok';
  }

  begin(token: string, intents: number, largeThreshold: number): GatewaySessionState {
    const id = randomBytes(16).toString('hex');
    const session = { id, token, intents, largeThreshold, sequence: 0, sent: [], send: null };
    this.#sessions.set(id, session);
    return session;
  }

  get(id: string): GatewaySessionState | undefined {
    return this.#sessions.get(id);
  }

  end(session: GatewaySessionState): void {
    this.#sessions.delete(session.id);
  }

  /** As after a longer outage of the gateway: nothing can be resumed. */
  endAll(): void {
    this.#sessions.clear();
  }

  /** Hands an event to a session; it is kept until it can be sent. */
  dispatch(session: GatewaySessionState, type: string, data: unknown): void {
    session.sequence += 1;
    const event: SentEvent = { s: session.sequence, t: type, d: data };
    session.sent.push(event);
    if (session.sent.length > MOST_KEPT) session.sent.shift();
    session.send?.(event);
  }

  all(): GatewaySessionState[] {
    return [...this.#sessions.values()];
  }
}
