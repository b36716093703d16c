/**
 * One account's life: connect → sync the roster → follow pushes and polls → on loss back off and reconnect, until it is stopped or
 * needs a person. Owns every task and timer of the account; `stop` ends them all. A failure here never touches another account.
 */
import { MusterError, toMusterError } from '../../domain/errors.ts';
import { addMs, type EpochMs, SECOND_MS } from '../../domain/time.ts';
import type {
  AdapterContext,
  Connection,
  IdentityReport,
  ObservationReport,
  PlatformAdapter,
} from '../../platforms/platform.ts';
import type { CallBudget } from '../../ports/call-budget.ts';
import type { Clock, Dispose } from '../../ports/clock.ts';
import type { HttpClient } from '../../ports/http-client.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Random } from '../../ports/random.ts';
import type { StoredAccount } from '../../ports/repositories.ts';
import type { SecretReader } from '../../ports/secret-store.ts';
import { backOffMs } from '../polling/back-off.ts';
import { CircuitBreaker } from '../polling/circuit-breaker.ts';
import { plannedIntervalMs } from '../polling/poll-planner.ts';
import { PollRunner, type PollSubjects } from '../polling/poll-runner.ts';
import { SlidingBudget } from '../polling/sliding-budget.ts';
import type { AccountHealth, AccountState } from './account-record.ts';

/** A sign-in that takes longer counts as unreachable. */
const CONNECT_TIMEOUT_MS = 30 * SECOND_MS;
/** How long a check after sleep may take before the connection counts as lost. */
const VERIFY_TIMEOUT_MS = 10 * SECOND_MS;

/** What the session tells the rest of the core. */
export interface SessionListener {
  health(accountId: string, health: AccountHealth): void;
  /** `fresh`: people's statuses may have changed unseen; `resumed`: nothing was missed. */
  connected(accountId: string, connection: Connection, how: 'first' | 'fresh' | 'resumed'): void;
  lost(accountId: string, at: EpochMs): void;
  identities(accountId: string, identities: readonly IdentityReport[]): void;
  removed(accountId: string, userIds: readonly string[]): void;
  /** The roster was listed to its end: who is not among these has left it. */
  rosterComplete(accountId: string, userIds: ReadonlySet<string>): void;
  observations(accountId: string, observations: readonly ObservationReport[]): void;
  ownChanged(accountId: string): void;
}

/** What a session needs from outside. */
export interface SessionOptions {
  readonly record: StoredAccount;
  readonly adapter: PlatformAdapter;
  readonly settings: unknown;
  readonly secrets: SecretReader;
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly listener: SessionListener;
  readonly isOptedOut: (userId: string) => boolean;
  readonly subjects: PollSubjects;
}

/** Supervises one signed-in account. */
export class AccountSession {
  readonly #options: SessionOptions;
  readonly #abort = new AbortController();
  readonly #budgets = new Map<string, CallBudget>();
  readonly #breaker: CircuitBreaker;
  #connectionAbort: AbortController | null = null;
  #connection: Connection | null = null;
  #runners: PollRunner[] = [];
  #health: AccountHealth;
  #retry: Dispose | null = null;
  #refresh: Dispose | null = null;
  #attempt = 0;
  #everConnected = false;
  #asleep = false;
  #syncPeople: number | null = null;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#breaker = new CircuitBreaker(options.random);
    this.#health = { state: 'connecting', reason: null, since: options.clock.now(), retryAt: null };
  }

  get health(): AccountHealth {
    return this.#health;
  }

  /** The live connection; null while there is none. */
  get connection(): Connection | null {
    return this.#health.state === 'connected' || this.#health.state === 'degraded' ? this.#connection : null;
  }

  get budgets(): readonly CallBudget[] {
    return [...this.#budgets.values()];
  }

  /** People listed so far by a sync under way; null when none is. */
  get syncPeople(): number | null {
    return this.#syncPeople;
  }

  /** How often a person of this account is looked at in the long run, in milliseconds; 0 where presence is pushed. */
  plannedIntervalMs(): number {
    const method = this.#connection?.presence?.poll.find((poll) => poll.facet === 'presence');
    if (!method) return 0;
    const { subjects } = this.#options;
    let people = 0;
    for (const _person of subjects.people()) people += 1;
    return plannedIntervalMs(people, method.perMinute, method.batchSize, subjects.pace());
  }

  /** Starts connecting. */
  start(): void {
    void this.#connect();
  }

  /** Tries now, whatever was planned. */
  retryNow(): void {
    this.#attempt = 0;
    this.#retry?.();
    this.#retry = null;
    if (this.connection) void this.#verify();
    else void this.#connect();
  }

  /** People, priorities or the pace changed. */
  replan(): void {
    for (const runner of this.#runners) runner.wake();
  }

  /** Looks at these people before anybody else. */
  lookAgain(userIds: readonly string[]): void {
    for (const runner of this.#runners) {
      runner.forget(userIds);
      runner.wake();
    }
  }

  suspend(): void {
    this.#asleep = true;
    for (const runner of this.#runners) runner.pause();
  }

  /** After sleep: what looks connected is checked before it is believed. */
  resume(): void {
    this.#asleep = false;
    if (this.connection) void this.#verify();
    else if (this.#health.state === 'offline') this.retryNow();
    for (const runner of this.#runners) runner.resume();
  }

  /** Ends everything that the account started. */
  async stop(): Promise<void> {
    this.#retry?.();
    this.#refresh?.();
    for (const runner of this.#runners) runner.stop();
    const connection = this.#connection;
    this.#connection = null;
    await connection?.close();
    this.#abort.abort(new MusterError('cancelled', 'The account was closed.'));
    this.#connectionAbort?.abort(this.#abort.signal.reason);
  }

  #setHealth(state: AccountState, reason: string | null, retryAt: EpochMs | null): void {
    const now = this.#options.clock.now();
    const same = this.#health.state === state;
    if (same && this.#health.reason === reason && this.#health.retryAt === retryAt) return;
    this.#health = { state, reason, since: same ? this.#health.since : now, retryAt };
    this.#options.listener.health(this.#options.record.id, this.#health);
  }

  #budget = (name: string, perMinute: number): CallBudget => {
    const known = this.#budgets.get(name);
    if (known) return known;
    const made = new SlidingBudget(name, perMinute, this.#options.clock);
    this.#budgets.set(name, made);
    return made;
  };

  #context(signal: AbortSignal): AdapterContext {
    const { record, settings, secrets, http, clock, random, logger, listener, isOptedOut } = this.#options;
    const live = () => !signal.aborted;
    return {
      accountId: record.id,
      settings,
      secrets,
      http,
      clock,
      random,
      logger,
      signal,
      isOptedOut,
      budget: this.#budget,
      report: {
        identities: (identities) => live() && listener.identities(record.id, identities),
        removed: (userIds) => live() && listener.removed(record.id, userIds),
        observations: (observations) => live() && listener.observations(record.id, observations),
        lost: (error) => live() && this.#lost(error),
        ownChanged: () => live() && listener.ownChanged(record.id),
      },
    };
  }

  async #connect(): Promise<void> {
    if (this.#abort.signal.aborted) return;
    this.#retry?.();
    this.#retry = null;
    this.#connectionAbort?.abort(new MusterError('cancelled', 'A newer connection took over.'));
    const stale = this.#connection;
    this.#connection = null;
    const abort = new AbortController();
    this.#connectionAbort = abort;
    this.#setHealth('connecting', this.#health.reason, null);
    await stale?.close();
    try {
      const connecting = this.#options.adapter.connect(this.#context(abort.signal));
      const connection = await this.#within(CONNECT_TIMEOUT_MS, connecting, abort);
      if (this.#abort.signal.aborted) return void (await connection.close());
      this.#connection = connection;
      this.#up(connection, this.#everConnected ? 'fresh' : 'first');
    } catch (thrown) {
      if (this.#connectionAbort !== abort || this.#abort.signal.aborted) return;
      abort.abort(new MusterError('cancelled', 'The connection failed.'));
      this.#down(toMusterError(thrown));
    }
  }

  async #reconnect(): Promise<void> {
    const connection = this.#connection;
    const abort = this.#connectionAbort;
    if (!connection?.reconnect || !abort) return this.#connect();
    this.#setHealth('connecting', this.#health.reason, null);
    try {
      const how = await this.#within(CONNECT_TIMEOUT_MS, connection.reconnect(abort.signal), null);
      if (this.#connection === connection && !this.#abort.signal.aborted) this.#up(connection, how);
    } catch (thrown) {
      if (this.#connection === connection && !this.#abort.signal.aborted) this.#down(toMusterError(thrown));
    }
  }

  /** Rejects with `timeout` when `promise` takes longer; aborts what it belongs to. */
  async #within<T>(limitMs: number, promise: Promise<T>, abort: AbortController | null): Promise<T> {
    const late = new MusterError(
      'timeout',
      'The platform did not answer in time. Muster keeps trying; nothing else is affected.',
    );
    let timer: Dispose | null = null;
    const timeout = new Promise<never>((_resolve, reject) => {
      timer = this.#options.clock.after(limitMs, () => {
        abort?.abort(late);
        reject(late);
      });
    });
    try {
      return await Promise.race([promise, timeout]);
    } finally {
      (timer as Dispose | null)?.();
    }
  }

  #up(connection: Connection, how: 'first' | 'fresh' | 'resumed'): void {
    const { record, listener, logger } = this.#options;
    if (this.#attempt > 0 || !this.#everConnected)
      logger.info(this.#everConnected ? 'account is back' : 'account connected', { how });
    this.#attempt = 0;
    this.#everConnected = true;
    this.#breaker.succeeded();
    this.#setHealth('connected', null, null);
    listener.connected(record.id, connection, how);
    this.#startPolling(connection);
    if (how !== 'resumed') void this.#syncRoster(connection);
  }

  #startPolling(connection: Connection): void {
    const { clock, random, subjects } = this.#options;
    for (const runner of this.#runners) runner.stop();
    this.#runners = (connection.presence?.poll ?? []).map(
      (method) =>
        new PollRunner({
          method,
          budget: this.#budget(method.name, method.perMinute),
          breaker: this.#breaker,
          subjects,
          clock,
          random,
          onError: (error) => this.#pollFailed(error),
          onLook: () => this.#setHealth('connected', null, null),
        }),
    );
    if (this.#asleep) for (const runner of this.#runners) runner.pause();
    else this.replan();
  }

  #pollFailed(error: MusterError): void {
    if (error.retry === 'reauth') {
      this.#lost(error);
      return;
    }
    const trouble = this.#breaker.trouble;
    if (trouble && this.connection) {
      this.#setHealth('degraded', trouble.message, this.#breaker.openUntil(this.#options.clock.now()));
    }
  }

  async #syncRoster(connection: Connection): Promise<void> {
    const roster = connection.roster;
    const signal = this.#connectionAbort?.signal;
    if (!roster || !signal) return;
    const { record, listener, logger, clock, random } = this.#options;
    this.#refresh?.();
    let nextMs = roster.refreshSeconds === null ? null : roster.refreshSeconds * SECOND_MS;
    try {
      const seen = new Set<string>();
      this.#syncPeople = 0;
      for await (const page of roster.list(signal)) {
        if (signal.aborted || this.#connection !== connection) return;
        listener.identities(record.id, page);
        for (const identity of page) seen.add(identity.userId);
        this.#syncPeople = seen.size;
        this.replan();
      }
      if (signal.aborted || this.#connection !== connection) return;
      listener.rosterComplete(record.id, seen);
    } catch (thrown) {
      if (signal.aborted || this.#connection !== connection) return;
      const error = toMusterError(thrown);
      if (error.retry === 'reauth') {
        this.#lost(error);
        return;
      }
      logger.warn('the roster could not be listed', { code: error.code });
      this.#breaker.failed(error, clock.now());
      nextMs = backOffMs(2, error, random, 5 * SECOND_MS);
    } finally {
      if (this.#connection === connection) this.#syncPeople = null;
    }
    if (nextMs !== null) this.#refresh = clock.after(nextMs, () => void this.#syncRoster(connection));
  }

  async #verify(): Promise<void> {
    const connection = this.#connection;
    const signal = this.#connectionAbort?.signal;
    if (!connection || !signal) return;
    try {
      await this.#within(VERIFY_TIMEOUT_MS, connection.verify(signal), null);
    } catch (thrown) {
      if (this.#connection === connection && !signal.aborted) this.#lost(toMusterError(thrown));
    }
  }

  #lost(error: MusterError): void {
    if (this.#health.state !== 'connected' && this.#health.state !== 'degraded') return;
    const { clock, listener, logger, record } = this.#options;
    logger.warn('account lost', { code: error.code });
    listener.lost(record.id, clock.now());
    this.#down(error);
  }

  /** Ends polling, and plans the next try unless only a person can help. */
  #down(error: MusterError): void {
    const { clock, random } = this.#options;
    for (const runner of this.#runners) runner.stop();
    this.#runners = [];
    this.#refresh?.();
    if (error.retry !== 'later') {
      this.#setHealth(error.retry === 'reauth' ? 'needs-sign-in' : 'offline', error.message, null);
      return;
    }
    this.#attempt += 1;
    const at = addMs(clock.now(), backOffMs(this.#attempt, error, random));
    this.#setHealth('offline', error.message, at);
    this.#retry?.();
    this.#retry = clock.at(at, () => void this.#reconnect());
  }
}
