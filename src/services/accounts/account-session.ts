/**
 * One account's life: connect → sync the roster → follow pushes and polls → on loss back off and reconnect, until it is stopped or
 * needs a person. Owns every task and timer of the account; `stop` ends them all. A failure here never touches another account.
 */
import { MusterError, toMusterError } from '../../domain/errors.ts';
import { addMs, type EpochMs, SECOND_MS } from '../../domain/time.ts';
import type { AccessTokens } from '../../platforms/oauth.ts';
import type {
  AccountMemory,
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
import { AccountBudgets } from '../polling/call-budgets.ts';
import { CircuitBreaker } from '../polling/circuit-breaker.ts';
import { plannedIntervalMs } from '../polling/poll-planner.ts';
import { PollRunner, type PollSubjects } from '../polling/poll-runner.ts';
import type { AccountHealth, AccountState } from './account-record.ts';
import { RosterSync } from './roster-sync.ts';
import { atMost, within } from './within.ts';

/** A sign-in that takes longer counts as unreachable. */
const CONNECT_TIMEOUT_MS = 30 * SECOND_MS;
/** How long a check after sleep may take before the connection counts as lost. */
const VERIFY_TIMEOUT_MS = 10 * SECOND_MS;
/** How long a clean sign-out may hold anything up. */
const CLOSE_TIMEOUT_MS = 3 * SECOND_MS;

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
  /** The push channel beside the polls came up or broke. */
  channel(accountId: string, state: 'up' | 'down', at: EpochMs): void;
}

/** What a session needs from outside. */
export interface SessionOptions {
  readonly record: StoredAccount;
  readonly adapter: PlatformAdapter;
  readonly settings: unknown;
  readonly secrets: SecretReader;
  readonly tokens: AccessTokens;
  readonly memory: AccountMemory;
  readonly webhookUrl: string | null;
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly listener: SessionListener;
  readonly isOptedOut: (userId: string) => boolean;
  readonly subjects: PollSubjects;
  /** Budgets that outlive this session; absent: it begins with none spent. */
  readonly budgets?: AccountBudgets;
}

/** Supervises one signed-in account. */
export class AccountSession {
  readonly #options: SessionOptions;
  readonly #budgets: AccountBudgets;
  readonly #breaker: CircuitBreaker;
  readonly #roster: RosterSync;
  #connectionAbort: AbortController | null = null;
  #connection: Connection | null = null;
  #runners: PollRunner[] = [];
  #health: AccountHealth;
  #retry: Dispose | null = null;
  #attempt = 0;
  #everConnected = false;
  /** The log has a line about the present trouble. */
  #lossTold = false;
  #asleep = false;
  #stopped = false;
  readonly #closed = new WeakSet<Connection>();

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#budgets = options.budgets ?? new AccountBudgets(options.clock);
    this.#breaker = new CircuitBreaker(options.random);
    this.#roster = new RosterSync({
      clock: options.clock,
      logger: options.logger,
      breaker: this.#breaker,
      page: (identities) => {
        options.listener.identities(options.record.id, identities);
        this.replan();
      },
      complete: (userIds) => options.listener.rosterComplete(options.record.id, userIds),
      judged: (failure) => this.#judge(failure),
    });
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
    return this.#budgets.all();
  }

  /** People listed so far by a sync under way; null when none is. */
  get syncPeople(): number | null {
    return this.#roster.people;
  }

  /** How often a person of this account is looked at in the long run, in milliseconds; 0 where presence is pushed. */
  plannedIntervalMs(): number {
    const method = this.#connection?.presence?.poll.find((poll) => poll.facet === 'presence');
    if (!method) return 0;
    const { subjects } = this.#options;
    let people = 0;
    for (const _person of subjects.people()) people += 1;
    return plannedIntervalMs(people, method.limits, method.batchSize, subjects.pace());
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

  /** What was seen of them is forgotten: whoever of them may be looked at is, as if for the first time. */
  forget(userIds: readonly string[]): void {
    for (const runner of this.#runners) runner.forget(userIds);
  }

  /** Lists the roster anew. */
  listAgain(): void {
    const roster = this.connection?.roster;
    const signal = this.#connectionAbort?.signal;
    if (roster && signal) void this.#roster.start(roster, signal);
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
    this.#stopped = true;
    this.#endWork();
    this.#retry?.();
    this.#retry = null;
    const connection = this.#connection;
    this.#connection = null;
    // A clean sign-out still needs the connection, so that it is aborted only afterwards.
    if (connection) await this.#close(connection);
    this.#connectionAbort?.abort(new MusterError('cancelled', 'The account was closed.'));
  }

  #setHealth(state: AccountState, reason: string | null, retryAt: EpochMs | null): void {
    const now = this.#options.clock.now();
    const same = this.#health.state === state;
    if (same && this.#health.reason === reason && this.#health.retryAt === retryAt) return;
    this.#health = { state, reason, since: same ? this.#health.since : now, retryAt };
    this.#options.listener.health(this.#options.record.id, this.#health);
  }

  #context(signal: AbortSignal): AdapterContext {
    const { record, settings, secrets, tokens, memory, webhookUrl, http, clock, random, logger, listener, isOptedOut } =
      this.#options;
    const live = () => !signal.aborted && !this.#stopped;
    return {
      accountId: record.id,
      settings,
      secrets,
      tokens,
      memory,
      webhookUrl,
      http,
      clock,
      random,
      logger,
      signal,
      isOptedOut,
      budget: (name, limits) => this.#budgets.of(name, limits),
      report: {
        identities: (identities) => live() && listener.identities(record.id, identities),
        removed: (userIds) => live() && listener.removed(record.id, userIds),
        observations: (observations) => live() && listener.observations(record.id, observations),
        lost: (error) => live() && this.#lost(error),
        ownChanged: () => live() && listener.ownChanged(record.id),
        channel: (state) => live() && listener.channel(record.id, state, clock.now()),
      },
    };
  }

  async #connect(): Promise<void> {
    if (this.#stopped) return;
    this.#retry?.();
    this.#retry = null;
    const abort = new AbortController();
    const stale = this.#drop('A newer connection took over.');
    this.#connectionAbort = abort;
    this.#setHealth('connecting', this.#health.reason, null);
    await stale;
    if (abort.signal.aborted || this.#stopped) return;
    try {
      const connecting = this.#options.adapter.connect(this.#context(abort.signal));
      // One that comes after the time-out, a newer try or the end is closed, whenever it comes.
      connecting.then(
        (late) => (abort.signal.aborted ? this.#close(late) : undefined),
        () => undefined,
      );
      const connection = await within(this.#options.clock, CONNECT_TIMEOUT_MS, connecting, abort);
      if (abort.signal.aborted || this.#stopped) return void (await this.#close(connection));
      this.#connection = connection;
      this.#up(connection, this.#everConnected ? 'fresh' : 'first');
    } catch (thrown) {
      if (this.#connectionAbort !== abort || this.#stopped) return;
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
      const how = await within(this.#options.clock, CONNECT_TIMEOUT_MS, connection.reconnect(abort.signal), abort);
      if (this.#connection === connection && !this.#stopped) this.#up(connection, how);
    } catch (thrown) {
      if (this.#connection !== connection || this.#stopped) return;
      // After a time-out nobody knows how far it came: the next try begins anew.
      if (abort.signal.aborted) void this.#drop('The connection did not come back in time.');
      this.#down(toMusterError(thrown));
    }
  }

  /** Takes the present connection away and closes it. */
  #drop(why: string): Promise<void> {
    const connection = this.#connection;
    this.#connection = null;
    this.#endWork();
    this.#connectionAbort?.abort(new MusterError('cancelled', why));
    return connection ? this.#close(connection) : Promise.resolve();
  }

  /** Signs a connection out, once; one that hangs holds nothing up. */
  async #close(connection: Connection): Promise<void> {
    if (this.#closed.has(connection)) return;
    this.#closed.add(connection);
    await atMost(this.#options.clock, CLOSE_TIMEOUT_MS, connection.close());
  }

  /** Polls and roster syncs of the present connection end. */
  #endWork(): void {
    for (const runner of this.#runners) runner.stop();
    this.#runners = [];
    this.#roster.stop();
  }

  #up(connection: Connection, how: 'first' | 'fresh' | 'resumed'): void {
    const { record, listener, logger } = this.#options;
    if (this.#lossTold || !this.#everConnected)
      logger.info(this.#everConnected ? 'account is back' : 'account connected', { how });
    this.#lossTold = false;
    this.#attempt = 0;
    this.#everConnected = true;
    this.#breaker.restarted();
    this.#setHealth('connected', null, null);
    listener.connected(record.id, connection, how);
    this.#startPolling(connection);
    if (how !== 'resumed') this.listAgain();
  }

  #startPolling(connection: Connection): void {
    const { clock, random, subjects } = this.#options;
    for (const runner of this.#runners) runner.stop();
    this.#runners = (connection.presence?.poll ?? []).map(
      (method) =>
        new PollRunner({
          method,
          budget: this.#budgets.of(method.budgetName ?? method.name, method.limits),
          breaker: this.#breaker,
          subjects,
          clock,
          random,
          onError: (error) => this.#judge(error),
          onLook: () => this.#judge(null),
        }),
    );
    if (this.#asleep) for (const runner of this.#runners) runner.pause();
    else this.replan();
  }

  /** Degraded while some kind of call keeps failing, else connected; lost when the sign-in does not hold any more. */
  #judge(failure: MusterError | null): void {
    if (failure?.retry === 'reauth') this.#lost(failure);
    if (!this.connection) return;
    const { trouble } = this.#breaker;
    if (trouble) this.#setHealth('degraded', trouble.error.message, trouble.until);
    else this.#setHealth('connected', null, null);
  }

  async #verify(): Promise<void> {
    const connection = this.#connection;
    const signal = this.#connectionAbort?.signal;
    if (!connection || !signal) return;
    const check = new AbortController();
    const onAbort = () => check.abort(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      await within(this.#options.clock, VERIFY_TIMEOUT_MS, connection.verify(check.signal), check);
    } catch (thrown) {
      if (this.#connection === connection && !signal.aborted) this.#lost(toMusterError(thrown));
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  #lost(error: MusterError): void {
    if (!this.connection || this.#stopped) return;
    const { clock, listener, record } = this.#options;
    // Before anybody is told: whoever asks must not be given a connection that is gone.
    this.#health = { ...this.#health, state: 'connecting' };
    listener.lost(record.id, clock.now());
    this.#down(error);
  }

  /** Ends polling, and plans the next try unless only a person can help; then nothing stays open either. */
  #down(error: MusterError): void {
    const { clock, random, logger } = this.#options;
    if (!this.#lossTold) {
      logger.warn(this.#everConnected ? 'account lost' : 'account could not connect', { code: error.code });
    }
    this.#lossTold = true;
    this.#endWork();
    if (error.retry !== 'later') {
      void this.#drop('The account is closed until it is signed in again.');
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
