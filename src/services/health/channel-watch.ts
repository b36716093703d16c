/**
 * Watches an account's push channel: whether it is up, whom it tells about, and whether it has fallen silent although nothing broke.
 * A subscription can be valid and deliver nothing; polls that see what it should have told give it away.
 */
import { type MusterError, toMusterError } from '../../domain/errors.ts';
import type { Status } from '../../domain/presence/status.ts';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '../../domain/time.ts';
import type { Connection, ObservationReport } from '../../platforms/platform.ts';
import type { Clock, Dispose } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Random } from '../../ports/random.ts';
import { within } from '../accounts/within.ts';
import { backOffMs } from '../polling/back-off.ts';
import { Following } from '../polling/following.ts';
import type { PollSubjects } from '../polling/poll-runner.ts';

/** A push may come so much later than the poll that saw the same; Graph says a minute at most. */
const GRACE_MS = 75 * SECOND_MS;
/** So many people must have changed unheard: one may be the platform's own hiccup. */
const UNHEARD_PEOPLE = 2;
/** A channel that says itself that it is down is set up anew after this, if it did not come back by itself. */
const DOWN_MS = 20 * SECOND_MS;
/** How long setting it up may take. */
const RESUBSCRIBE_TIMEOUT_MS = 20 * SECOND_MS;
/** Between attempts that succeeded and changed nothing: a minute, then twice as long each time, to half an hour. */
const FRUITLESS_MS = MINUTE_MS;
const MOST_FRUITLESS_MS = 30 * MINUTE_MS;

/** `none`: the account is only polled; `silent`: up, but polls saw changes that it did not tell. */
export type ChannelState = 'none' | 'up' | 'down' | 'silent';

/** What the watch needs. */
export interface ChannelWatchOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Whom it may tell about. */
  readonly subjects: PollSubjects;
  /** Whether what was pushed may go on counting as fresh. */
  readonly trusted: (state: 'up' | 'down') => void;
  /** Setting it up anew failed; the owner decides about the account. */
  readonly failed: (error: MusterError) => void;
}

/** One account's push channel. */
export class ChannelWatch {
  readonly #options: ChannelWatchOptions;
  readonly #following: Following;
  #state: ChannelState = 'none';
  #lastEventAt: EpochMs | null = null;
  #resubscribe: ((signal: AbortSignal) => Promise<void>) | null = null;
  #signal: AbortSignal | null = null;
  #timer: Dispose | null = null;
  #busy = false;
  #attempt = 0;
  #fruitless = 0;
  /** Each person's status as it was seen last since the channel came up. */
  readonly #seen = new Map<string, Status>();
  /** People whose changes the channel has told since it came up. */
  readonly #told = new Set<string>();
  /** People whose changes only a poll saw, and when, on the monotonic clock. */
  readonly #unheard = new Map<string, number>();

  constructor(options: ChannelWatchOptions) {
    this.#options = options;
    this.#following = new Following({ ...options, changed: () => this.#others() });
  }

  get state(): ChannelState {
    return this.#state;
  }

  get lastEventAt(): EpochMs | null {
    return this.#lastEventAt;
  }

  /** Whether the channel has shown that it tells about this person. */
  tells(userId: string): boolean {
    return this.#state === 'up' && this.#told.has(userId) && this.#following.includes(userId);
  }

  /** A connection came up; its work ends with `signal`. */
  connected(connection: Connection, signal: AbortSignal): void {
    const { presence } = connection;
    this.#signal = signal;
    this.#resubscribe = presence?.resubscribe?.bind(presence) ?? null;
    // A channel beside the polls tells its state by itself, maybe before `connect` was over.
    if (presence?.push) this.#enter('up');
    else if (this.#state === 'down') this.#plan(DOWN_MS);
    this.#following.connected(connection, signal);
  }

  /** People or what matters changed: a channel with few places may have to tell about others. */
  replan(): void {
    this.#following.replan();
  }

  /** The connection is gone. */
  ended(): void {
    this.#following.ended();
    this.#resubscribe = null;
    this.#signal = null;
    if (this.#state !== 'none') this.#enter('down');
  }

  /** The channel said so itself. */
  report(state: 'up' | 'down'): void {
    if (this.#state !== state) this.#enter(state);
    this.#options.trusted(state);
    if (state === 'down' && !this.#busy && !this.#timer) this.#plan(DOWN_MS);
  }

  /** After sleep nobody knows what was missed: what was seen before does not count against the channel. */
  slept(): void {
    this.#seen.clear();
    this.#unheard.clear();
  }

  /** Something was observed, in whatever way. */
  noted(observations: readonly ObservationReport[]): void {
    for (const { userId, status, source } of observations) {
      const before = this.#seen.get(userId);
      this.#seen.set(userId, status);
      const changed = before !== undefined && before !== status;
      if (changed) this.#following.noted(userId);
      if (source === 'push' || source === 'webhook') this.#heard(userId, changed);
      else if (source === 'poll' && changed) this.#missed(userId);
    }
  }

  /** Ends every wait. */
  stop(): void {
    this.#timer?.();
    this.#timer = null;
  }

  #enter(state: ChannelState): void {
    this.stop();
    this.#state = state;
    if (state === 'up') this.#attempt = 0;
    this.#seen.clear();
    this.#told.clear();
    this.#unheard.clear();
  }

  #heard(userId: string, changed: boolean): void {
    this.#lastEventAt = this.#options.clock.now();
    this.#unheard.clear();
    this.#fruitless = 0;
    if (changed) this.#told.add(userId);
    if (this.#state !== 'silent') return;
    this.#enter('up');
    this.#options.trusted('up');
  }

  /** Others are followed: while that was being changed nothing was told, and who was left out will not be heard of. */
  #others(): void {
    this.slept();
    for (const userId of this.#told) if (!this.#following.includes(userId)) this.#told.delete(userId);
  }

  #missed(userId: string): void {
    if (this.#state !== 'up' || this.#resubscribe === null || !this.#following.includes(userId)) return;
    if (!this.#unheard.has(userId)) this.#unheard.set(userId, this.#options.clock.monotonicMs());
    if (this.#unheard.size < UNHEARD_PEOPLE || this.#timer) return;
    this.#timer = this.#options.clock.after(GRACE_MS, () => {
      this.#timer = null;
      this.#judge();
    });
  }

  #judge(): void {
    const { clock, logger, trusted } = this.#options;
    if (this.#state !== 'up' || this.#unheard.size < UNHEARD_PEOPLE) return;
    const [, since] = [...this.#unheard.values()].sort((a, b) => a - b);
    const left = (since ?? 0) + GRACE_MS - clock.monotonicMs();
    if (left > 0) {
      this.#timer = clock.after(left, () => {
        this.#timer = null;
        this.#judge();
      });
      return;
    }
    logger.warn('the push channel fell silent', { people: this.#unheard.size });
    const wait = this.#fruitless === 0 ? 0 : Math.min(MOST_FRUITLESS_MS, FRUITLESS_MS * 2 ** (this.#fruitless - 1));
    this.#enter('silent');
    trusted('down');
    this.#plan(wait);
  }

  #plan(waitMs: number): void {
    if (this.#resubscribe === null) return;
    this.stop();
    this.#timer = this.#options.clock.after(waitMs, () => {
      this.#timer = null;
      void this.#anew();
    });
  }

  async #anew(): Promise<void> {
    const [resubscribe, signal] = [this.#resubscribe, this.#signal];
    if (resubscribe === null || signal === null || signal.aborted || this.#busy) return;
    const { clock, random, logger, trusted, failed } = this.#options;
    const attempt = new AbortController();
    const onAbort = () => attempt.abort(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    this.#busy = true;
    try {
      await within(clock, RESUBSCRIBE_TIMEOUT_MS, resubscribe(attempt.signal), attempt);
      if (signal.aborted) return;
      logger.info('the push channel was set up anew');
      this.#fruitless += 1;
      // It may have said so itself already; then this changes nothing.
      if (this.#state !== 'up') {
        this.#enter('up');
        trusted('up');
      }
    } catch (thrown) {
      if (signal.aborted) return;
      const error = toMusterError(thrown);
      this.#attempt += 1;
      failed(error);
      if (error.retry === 'later' && this.#resubscribe === resubscribe)
        this.#plan(backOffMs(this.#attempt, error, random));
    } finally {
      this.#busy = false;
      signal.removeEventListener('abort', onAbort);
    }
  }
}
