/**
 * One account's life: connect → sync the roster → follow pushes and polls → on loss back off and reconnect, until it is stopped or
 * needs a person. Owns every task and timer of the account; `stop` ends them all. A failure here never touches another account.
 */

import { MusterError, toMusterError } from '../../domain/errors.ts';
import { addMs, type EpochMs, SECOND_MS } from '../../domain/time.ts';
import type { AdapterContext, Connection, IdentityReport } from '../../platforms/platform.ts';
import type { CallBudget } from '../../ports/call-budget.ts';
import type { Dispose } from '../../ports/clock.ts';
import type { HttpClient } from '../../ports/http-client.ts';
import { failureFields } from '../failure-fields.ts';
import { AccountMeter } from '../health/account-meter.ts';
import { type ChannelState, ChannelWatch } from '../health/channel-watch.ts';
import { Vigil } from '../health/vigil.ts';
import { backOffMs } from '../polling/back-off.ts';
import { AccountBudgets } from '../polling/call-budgets.ts';
import { CircuitBreaker } from '../polling/circuit-breaker.ts';
import { AccountPolls } from './account-polls.ts';
import { type AccountHealth, type AccountState, retriedReason } from './account-record.ts';
import { adapterContext } from './adapter-context.ts';
import { type CheckManner, ConnectionCheck } from './connection-check.ts';
import { DirectorySearch } from './directory-search.ts';
import { RosterSync } from './roster-sync.ts';
import type { SessionOptions } from './session-options.ts';
import { isAway } from './trouble.ts';
import { atMost, within } from './within.ts';

/** A sign-in that takes longer counts as unreachable. */
const CONNECT_TIMEOUT_MS = 30 * SECOND_MS;
/** How long a clean sign-out may hold anything up. */
const CLOSE_TIMEOUT_MS = 3 * SECOND_MS;

/** Supervises one signed-in account. */
export class AccountSession {
  readonly #options: SessionOptions;
  readonly #budgets: AccountBudgets;
  /** What holds the account's calls back. */
  readonly breaker: CircuitBreaker;
  readonly #meter: AccountMeter;
  readonly #http: HttpClient;
  readonly #check: ConnectionCheck;
  readonly #roster: RosterSync;
  readonly #directory: DirectorySearch;
  readonly #polls: AccountPolls;
  readonly #channel: ChannelWatch;
  readonly #vigil: Vigil;
  #connectionAbort: AbortController | null = null;
  #connection: Connection | null = null;
  #health: AccountHealth;
  /** When the last try to connect began, on the monotonic clock. */
  #triedAt = Number.NEGATIVE_INFINITY;
  /** The present trouble, while a next try is planned. */
  #trouble: MusterError | null = null;
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
    this.breaker = new CircuitBreaker(options.random);
    this.#meter = options.meter ?? new AccountMeter(options.clock);
    this.#http = this.#meter.http(options.http);
    const shared = {
      ...options,
      budgets: this.#budgets,
      breaker: this.breaker,
      meter: this.#meter,
      judged: (failure: MusterError | null) => this.#judge(failure),
    };
    this.#check = new ConnectionCheck(shared);
    this.#roster = new RosterSync({
      ...shared,
      page: (identities) => {
        options.listener.identities(options.record.id, identities);
        this.replan();
      },
      complete: (userIds) => options.listener.rosterComplete(options.record.id, userIds),
    });
    this.#directory = new DirectorySearch(shared);
    this.#polls = new AccountPolls({ ...shared, told: (userId) => this.#channel.tells(userId) });
    this.#channel = new ChannelWatch({
      ...options,
      trusted: (state) => options.listener.channel(options.record.id, state, options.clock.now()),
      failed: (error) => this.#judge(error),
    });
    this.#vigil = new Vigil({
      clock: options.clock,
      silentMs: () => this.#meter.silentMs(),
      mayCheck: () => this.#check.allowed(),
      check: () => this.#verify('patient'),
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

  /** How the push channel is, and when it last told something. */
  get push(): { readonly state: ChannelState; readonly lastEventAt: EpochMs | null } {
    return { state: this.#channel.state, lastEventAt: this.#channel.lastEventAt };
  }

  /** People listed so far by a sync under way; null when none is. */
  get syncPeople(): number | null {
    return this.#roster.people;
  }

  /** How often a person of this account is looked at in the long run, in milliseconds; 0 where presence is pushed. */
  plannedIntervalMs(): number {
    return this.#polls.intervalMs();
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
    if (this.connection) void this.#verify('strict');
    else void this.#connect();
  }

  /** People, priorities or the pace changed. */
  replan(): void {
    this.#polls.replan();
    this.#channel.replan();
  }

  /** What was seen of them is forgotten: whoever of them may be looked at is, as if for the first time. */
  forget(userIds: readonly string[]): void {
    this.#polls.forget(userIds);
  }

  /** Lists the roster anew. */
  listAgain(): void {
    const roster = this.connection?.roster;
    const signal = this.#connectionAbort?.signal;
    if (roster && signal) void this.#roster.start(roster, signal);
  }

  /** Searches the platform's directory; null while there is no connection. Throws as `DirectorySearch`. */
  async searchDirectory(query: string, signal: AbortSignal): Promise<readonly IdentityReport[] | null> {
    return this.connection && this.#directory.find(this.connection, query, signal);
  }

  suspend(): void {
    this.#asleep = true;
    this.#vigil.stop();
    this.#polls.suspend();
  }

  /**
   * After sleep, or when the clock jumped: what looks connected is checked before it is believed, and who waits to try again tries
   * now. `missedMs`: how far the wall clock went on without the monotonic one; below 0 when it was set back.
   */
  resume(missedMs = 0): void {
    this.#asleep = false;
    if (missedMs < 0) this.breaker.shift(missedMs);
    this.#channel.slept();
    if (this.connection) {
      this.#vigil.start();
      void this.#verify('woken');
      if (this.#roster.overdue(missedMs)) this.listAgain();
    } else if (this.#retry) this.#tryAfterJump(missedMs);
    else if (this.#health.state === 'offline') this.retryNow();
    this.#polls.resume(Math.max(0, missedMs));
  }

  /** A wait that the server asked for goes on, also on a clock that was set back; ours is over. */
  #tryAfterJump(missedMs: number): void {
    const { clock } = this.#options;
    if (this.#trouble?.code === 'rate-limited')
      this.#planRetry(this.#trouble, addMs(this.#health.retryAt ?? clock.now(), Math.min(0, missedMs)));
    else this.retryNow();
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
    const before = this.#health;
    if (before.state === state && before.reason === reason && before.retryAt === retryAt) return;
    // How long it has been away is asked, not how long the present try takes.
    const same = before.state === state || (isAway(state, reason) && isAway(before.state, before.reason));
    this.#health = { state, reason, since: same ? before.since : now, retryAt };
    this.#options.listener.health(this.#options.record.id, this.#health);
  }

  #context(signal: AbortSignal): AdapterContext {
    return adapterContext(this.#options, {
      signal,
      http: this.#http,
      budgets: this.#budgets,
      meter: this.#meter,
      channel: this.#channel,
      live: () => !signal.aborted && !this.#stopped,
      lost: (error) => this.#lost(error),
    });
  }

  async #connect(): Promise<void> {
    if (this.#stopped) return;
    this.#retry?.();
    this.#retry = null;
    const abort = new AbortController();
    const stale = this.#drop('A newer connection took over.');
    this.#connectionAbort = abort;
    this.#triedAt = this.#options.clock.monotonicMs();
    this.#setHealth('connecting', this.#health.reason, null);
    await stale;
    if (abort.signal.aborted || this.#stopped) return;
    try {
      const connecting = this.#meter.run(() => this.#options.adapter.connect(this.#context(abort.signal)));
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
    this.#triedAt = this.#options.clock.monotonicMs();
    this.#setHealth('connecting', this.#health.reason, null);
    try {
      const how = await within(
        this.#options.clock,
        CONNECT_TIMEOUT_MS,
        this.#meter.run(() => connection.reconnect?.(abort.signal) ?? Promise.resolve('fresh' as const)),
        abort,
      );
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

  /** Checks, polls and roster syncs of the present connection end. */
  #endWork(): void {
    this.#vigil.stop();
    this.#polls.stop();
    this.#channel.ended();
    this.#roster.stop();
  }

  #up(connection: Connection, how: 'first' | 'fresh' | 'resumed'): void {
    const { record, listener, logger } = this.#options;
    if (this.#lossTold || !this.#everConnected)
      logger.info(this.#everConnected ? 'account is back' : 'account connected', { how });
    this.#lossTold = false;
    this.#attempt = 0;
    this.#everConnected = true;
    this.#trouble = null;
    this.breaker.restarted();
    this.#setHealth('connected', null, null);
    const { signal } = this.#connectionAbort ?? new AbortController();
    this.#channel.connected(connection, signal);
    listener.connected(record.id, connection, how);
    this.#polls.start(connection.presence?.poll ?? []);
    if (!this.#asleep) this.#vigil.start();
    if (how !== 'resumed') this.listAgain();
  }

  /** Degraded while some kind of call keeps failing, else connected; lost when the sign-in does not hold any more. */
  #judge(failure: MusterError | null): void {
    if (failure?.retry === 'reauth') this.#lost(failure);
    if (!this.connection) return;
    // Whatever succeeded is as good a sign of life as a check.
    if (failure === null) this.breaker.succeeded('verify');
    const { trouble } = this.breaker;
    if (trouble) this.#setHealth('degraded', retriedReason(trouble.error), trouble.until);
    else this.#setHealth('connected', null, null);
  }

  /** A platform that asks for quiet lives. */
  async #verify(manner: CheckManner): Promise<void> {
    const connection = this.#connection;
    const signal = this.#connectionAbort?.signal;
    if (!connection || !signal) return;
    const failure = await this.#check.failureOf(connection, signal, manner);
    if (this.#connection !== connection || signal.aborted || !this.connection) return;
    if (failure === null) this.#judge(null);
    else if (failure.code !== 'rate-limited') this.#lost(failure);
    else {
      this.breaker.failed('verify', failure, this.#options.clock.now());
      this.#judge(failure);
    }
  }

  #lost(error: MusterError): void {
    if (!this.connection || this.#stopped) return;
    const { clock, listener, record } = this.#options;
    // Before anybody is told: whoever asks must not be given a connection that is gone.
    this.#health = { ...this.#health, state: 'connecting', reason: null };
    listener.lost(record.id, clock.now());
    this.#triedAt = clock.monotonicMs();
    this.#down(error);
  }

  /** Ends polling, and plans the next try unless only a person can help; then nothing stays open either. */
  #down(error: MusterError): void {
    const { clock, random, logger } = this.#options;
    if (!this.#lossTold) {
      logger.warn(this.#everConnected ? 'account lost' : 'account could not connect', failureFields(error));
    }
    this.#lossTold = true;
    this.#endWork();
    if (error.retry !== 'later') {
      void this.#drop('The account is closed until it is signed in again.');
      this.#setHealth(error.retry === 'reauth' ? 'needs-sign-in' : 'offline', error.message, null);
      return;
    }
    this.#attempt += 1;
    // Counted from the try's beginning: one that hung has waited long enough already.
    const hung = Math.max(0, clock.monotonicMs() - this.#triedAt);
    const wait = Math.max(SECOND_MS / 2, backOffMs(this.#attempt, null, random) - hung, error.retryAfterMs ?? 0);
    this.#planRetry(error, addMs(clock.now(), wait));
  }

  #planRetry(error: MusterError, at: EpochMs): void {
    this.#trouble = error;
    this.#setHealth('offline', retriedReason(error), at);
    this.#retry?.();
    this.#retry = this.#options.clock.at(at, () => {
      this.#retry = null;
      void this.#reconnect();
    });
  }
}
