/**
 * Publishes to one account: read → plan each part → journal → write → read back → journal. One run at a time; what changes during
 * a run starts another. Failures are retried with back-off; one account never waits for another.
 */
import { MusterError, toMusterError } from '../../domain/errors.ts';
import type { Outcome } from '../../domain/own-status/intent.ts';
import { combineOutcomes } from '../../domain/own-status/outcome.ts';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '../../domain/time.ts';
import type { JsonValue, OwnReading, OwnStatusBundle, OwnTarget, PartResult } from '../../platforms/platform.ts';
import type { Clock, Dispose } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Random } from '../../ports/random.ts';
import type { JournalRepository, StoredJournalEntry } from '../../ports/repositories.ts';
import { within } from '../accounts/within.ts';
import { backOffMs } from '../polling/back-off.ts';
import { type AccountWish, type Drift, type PartPlan, type PublicationPart, planPart } from './publication-plan.ts';

/** How publishing to an account went. */
export interface PublicationResult {
  readonly outcome: Outcome;
  readonly detail: string | null;
}

/** While something of ours is in force, how often to look whether the user changed it elsewhere. */
const WATCH_MS = 20 * SECOND_MS;
/** How often to read when nothing of ours is in force, for what the tray shows. */
const IDLE_READ_MS = 5 * MINUTE_MS;

/**
 * A platform that takes longer to answer counts as failed; it is tried again. Longer than a minute, since waiting for a place in
 * the minute's budget is no failure.
 */
const RUN_TIMEOUT_MS = 75 * SECOND_MS;

const PARTS = ['status', 'doNotDisturb'] as const satisfies readonly PublicationPart[];

/** What a publisher needs. */
export interface AccountPublisherOptions {
  readonly accountId: string;
  readonly journal: JournalRepository;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** The present wish. */
  readonly wish: () => AccountWish;
  /** The live bundle; `offline` while not connected, `unsupported` where the platform cannot write. */
  readonly bundle: () => OwnStatusBundle | 'offline' | 'unsupported';
  /** Something that the interface shows changed. */
  readonly changed: () => void;
}

/** One account's publications. */
export class AccountPublisher {
  readonly #options: AccountPublisherOptions;
  readonly #abort = new AbortController();
  #running: Promise<void> | null = null;
  #again = false;
  #attempt = 0;
  #timer: Dispose | null = null;
  #result: PublicationResult | null = null;
  /** Why the last run failed; null when it did not. */
  #failure: string | null = null;
  #reading: { readonly at: EpochMs; readonly value: OwnReading } | null = null;

  constructor(options: AccountPublisherOptions) {
    this.#options = options;
  }

  /** What became of the wish; null when there is none. */
  get result(): PublicationResult | null {
    return this.#result;
  }

  /** How giving back what was there before stands, for an account that has no wish left. */
  get clearing(): PublicationResult {
    if (!this.#hasEntries()) return { outcome: 'applied', detail: null };
    if (this.#options.bundle() === 'offline') {
      return { outcome: 'pending', detail: 'Not connected now; what was there before comes back with the account.' };
    }
    return this.#failure ? { outcome: 'failed', detail: this.#failure } : { outcome: 'pending', detail: null };
  }

  /** What the platform said last about oneself. */
  get reading(): { readonly at: EpochMs; readonly value: OwnReading } | null {
    return this.#reading;
  }

  /** Brings the account to what is wished; resolves when a run that saw the present wish has ended. */
  sync(): Promise<void> {
    if (this.#abort.signal.aborted) return Promise.resolve();
    if (this.#running) {
      this.#again = true;
      return this.#running;
    }
    this.#timer?.();
    this.#timer = null;
    this.#running = this.#loop().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** A new wish is under way: until it has been tried, the result is pending. */
  expect(): void {
    const wish = this.#options.wish();
    this.#result = wish.status || wish.doNotDisturb ? { outcome: 'pending', detail: null } : null;
    this.#attempt = 0;
  }

  stop(): void {
    this.#timer?.();
    this.#abort.abort(new MusterError('cancelled', 'The account was closed.'));
  }

  async #loop(): Promise<void> {
    do {
      this.#again = false;
      await this.#run();
    } while (this.#again && !this.#abort.signal.aborted);
    if (!this.#abort.signal.aborted) this.#options.changed();
  }

  async #run(): Promise<void> {
    const bundle = this.#options.bundle();
    const asked = this.#options.wish();
    const wish = withImpliedDoNotDisturb(asked, bundle);
    const wanted = wish.status !== null || wish.doNotDisturb !== null;
    if (bundle === 'unsupported') {
      this.#result = wanted ? { outcome: 'unsupported', detail: 'This platform gives no way to set a status.' } : null;
      return;
    }
    if (bundle === 'offline') {
      this.#result = wanted
        ? { outcome: 'pending', detail: 'Not connected now; it is set as soon as the account is back.' }
        : null;
      return;
    }
    try {
      await this.#inTime(async (signal) => {
        const result = await this.#publish(bundle, wish, signal);
        if (!signal.aborted && this.#isStill(asked)) this.#result = result;
      });
      this.#attempt = 0;
      this.#failure = null;
      const { watchSeconds } = bundle;
      const watchMs = watchSeconds === undefined ? WATCH_MS : watchSeconds * SECOND_MS;
      this.#arm(wanted || this.#hasEntries() ? watchMs : IDLE_READ_MS);
    } catch (thrown) {
      if (this.#abort.signal.aborted) return;
      const error = toMusterError(thrown);
      this.#attempt += 1;
      // A session that closes says so itself.
      if (error.code !== 'cancelled')
        this.#options.logger.warn('own status could not be published', { code: error.code, attempt: this.#attempt });
      this.#failure = error.message;
      if (wanted && this.#isStill(asked)) this.#result = { outcome: 'failed', detail: error.message };
      if (error.retry === 'later') this.#arm(backOffMs(this.#attempt, error, this.#options.random));
    }
  }

  /** What became of a wish says nothing about one that took its place meanwhile. */
  #isStill(asked: AccountWish): boolean {
    return JSON.stringify(asked) === JSON.stringify(this.#options.wish());
  }

  /** Runs `work` under a signal of its own, which ends it when it takes too long or the account is closed. */
  async #inTime(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const own = new AbortController();
    const close = () => own.abort(this.#abort.signal.reason);
    this.#abort.signal.addEventListener('abort', close, { once: true });
    try {
      await within(this.#options.clock, RUN_TIMEOUT_MS, work(own.signal), own);
    } finally {
      this.#abort.signal.removeEventListener('abort', close);
    }
  }

  #arm(delayMs: number): void {
    this.#timer?.();
    if (this.#abort.signal.aborted) return;
    this.#timer = this.#options.clock.after(delayMs, () => void this.sync());
  }

  #hasEntries(): boolean {
    return PARTS.some((part) => this.#options.journal.find(this.#options.accountId, part) !== null);
  }

  async #publish(bundle: OwnStatusBundle, wish: AccountWish, signal: AbortSignal): Promise<PublicationResult | null> {
    const before = await this.#read(bundle, signal);
    signal.throwIfAborted();
    const plans = {
      status: this.#plan('status', wish, bundle, before),
      doNotDisturb: this.#plan('doNotDisturb', wish, bundle, before),
    };
    // What stands after a restart is written once more: only the platform can say again how much of it it can show.
    const untold = this.#result === null || this.#result.outcome === 'pending' || this.#result.outcome === 'failed';
    const writes = PARTS.some(
      (part) =>
        plans[part].kind === 'set' || plans[part].kind === 'restore' || (untold && plans[part].kind === 'stands'),
    );
    this.#journalBefore(plans, wish, before, writes);
    if (!writes) return this.#standing(plans, wish);
    const results = await bundle.apply(this.#target(plans, wish), signal);
    const after = await this.#read(bundle, signal);
    signal.throwIfAborted();
    this.#journalAfter(plans, wish, after, results);
    return this.#outcome(plans, wish, results);
  }

  async #read(bundle: OwnStatusBundle, signal: AbortSignal): Promise<OwnReading> {
    const value = await bundle.read(signal);
    this.#reading = { at: this.#options.clock.now(), value };
    return value;
  }

  #plan(part: PublicationPart, wish: AccountWish, bundle: OwnStatusBundle, reading: OwnReading): PartPlan {
    const { journal, accountId, clock } = this.#options;
    const entry = journal.find(accountId, part);
    const wished = wish[part];
    const sameWish = entry !== null && wished !== null && JSON.stringify(entry.desired) === JSON.stringify(wished);
    return planPart(wished !== null, entry, sameWish, driftOf(part, entry, reading, bundle, clock.now()));
  }

  #journalBefore(
    plans: Record<PublicationPart, PartPlan>,
    wish: AccountWish,
    reading: OwnReading,
    writes: boolean,
  ): void {
    const { journal, accountId, clock } = this.#options;
    for (const part of PARTS) {
      const plan = plans[part];
      const entry = journal.find(accountId, part);
      const wished = wish[part];
      if (plan.kind === 'forget') journal.delete(accountId, part);
      if (plan.kind === 'restore' && entry && !isRestoring(entry)) {
        journal.save({ ...entry, desired: RESTORING, state: 'writing', attemptedAt: clock.now() });
      }
      if (plan.kind === 'yield' && entry) journal.save({ ...entry, state: 'overridden' });
      // What stands is written again along with the other part, and may read differently then (a snooze's end).
      const written = plan.kind === 'set' || (plan.kind === 'stands' && writes);
      if (!written || !wished) continue;
      journal.save({
        accountId,
        part,
        intentId: wished.intentId,
        desired: { ...wished },
        previous:
          entry && (plan.kind === 'stands' || (plan.kind === 'set' && plan.previous === 'kept'))
            ? entry.previous
            : reading[part].snapshot,
        // Killed before the new words arrive, the old ones are still there, and still ours.
        written: entry && entry.state !== 'overridden' ? entry.written : null,
        state: 'writing',
        attemptedAt: clock.now(),
      });
    }
  }

  /** The whole wish each time: platforms that show one thing only compose it from both parts. */
  #target(plans: Record<PublicationPart, PartPlan>, wish: AccountWish): OwnTarget {
    const restore = (part: PublicationPart) => ({
      kind: 'restore' as const,
      snapshot: this.#options.journal.find(this.#options.accountId, part)?.previous ?? null,
    });
    const sets = (part: PublicationPart) => plans[part].kind === 'set' || plans[part].kind === 'stands';
    return {
      status:
        plans.status.kind === 'restore'
          ? restore('status')
          : sets('status') && wish.status
            ? { kind: 'set', ...wish.status }
            : null,
      doNotDisturb:
        plans.doNotDisturb.kind === 'restore'
          ? restore('doNotDisturb')
          : sets('doNotDisturb') && wish.doNotDisturb
            ? { kind: 'set', ...wish.doNotDisturb }
            : null,
    };
  }

  #journalAfter(
    plans: Record<PublicationPart, PartPlan>,
    wish: AccountWish,
    reading: OwnReading,
    results: Record<PublicationPart, PartResult | null>,
  ): void {
    const { journal, accountId } = this.#options;
    for (const part of PARTS) {
      const kind = plans[part].kind;
      const entry = journal.find(accountId, part);
      if (kind === 'restore') journal.delete(accountId, part);
      if ((kind !== 'set' && kind !== 'stands') || !entry || !wish[part]) continue;
      // What the platform cannot show is not there to be restored either.
      if (results[part]?.outcome === 'unsupported') journal.delete(accountId, part);
      else journal.save({ ...entry, state: 'in-force', written: reading[part].snapshot });
    }
  }

  #outcome(
    plans: Record<PublicationPart, PartPlan>,
    wish: AccountWish,
    results: Record<PublicationPart, PartResult | null>,
  ): PublicationResult | null {
    const parts = PARTS.flatMap((part) => {
      if (!wish[part]) return [];
      if (plans[part].kind === 'yield' || plans[part].kind === 'leave') return [OVERRIDDEN];
      const result = results[part];
      return result ? [{ outcome: result.outcome, detail: result.detail }] : [];
    });
    return parts.length === 0 ? null : combineOutcomes(parts);
  }

  /** Nothing had to be written: the last result stands, unless the user took over. */
  #standing(plans: Record<PublicationPart, PartPlan>, wish: AccountWish): PublicationResult | null {
    const wished = PARTS.filter((part) => wish[part] !== null);
    if (wished.length === 0) return null;
    if (wished.some((part) => plans[part].kind === 'yield' || plans[part].kind === 'leave')) return OVERRIDDEN;
    return this.#result ?? { outcome: 'applied', detail: null };
  }
}

/** In place of a wish: the earlier value is being put back. Killed in between, that is done again, whatever half of it is there. */
const RESTORING: JsonValue = null;
/** For how long something else that is there counts as a half-finished restore; later it is the user's own change. */
const HALF_RESTORED_MS = 2 * MINUTE_MS;

const isRestoring = (entry: StoredJournalEntry): boolean => entry.state === 'writing' && entry.desired === RESTORING;

const OVERRIDDEN: PublicationResult = {
  outcome: 'overridden',
  detail: "You changed it in the platform's own app meanwhile; Muster leaves that as it is.",
};

/** Where busy can be shown only through do-not-disturb, a busy wish asks for both. */
function withImpliedDoNotDisturb(wish: AccountWish, bundle: OwnStatusBundle | 'offline' | 'unsupported'): AccountWish {
  if (typeof bundle === 'string' || !bundle.busyImpliesDoNotDisturb) return wish;
  if (wish.doNotDisturb || wish.status?.status !== 'busy') return wish;
  return { ...wish, doNotDisturb: { intentId: wish.status.intentId, active: true, until: wish.status.until } };
}

function driftOf(
  part: PublicationPart,
  entry: StoredJournalEntry | null,
  reading: OwnReading,
  bundle: OwnStatusBundle,
  now: EpochMs,
): Drift {
  if (!entry) return 'unwritten';
  if (entry.state === 'writing') return interrupted(part, entry, reading, bundle, now);
  return bundle.compare(part, entry.written, reading[part].snapshot, now);
}

/**
 * Killed between writing and reading back: what is there is ours when it says what we wished, or what we had written before that;
 * else nothing of ours is known.
 */
function interrupted(
  part: PublicationPart,
  entry: StoredJournalEntry,
  reading: OwnReading,
  bundle: OwnStatusBundle,
  now: EpochMs,
): Drift {
  const read = reading[part].snapshot;
  if (bundle.compare(part, entry.previous, read, now) === 'same') return 'unwritten';
  if (saysDesired(part, entry.desired, reading)) return 'same';
  if (isRestoring(entry) && now - entry.attemptedAt < HALF_RESTORED_MS) return 'same';
  const earlier = entry.written === null ? 'changed' : bundle.compare(part, entry.written, read, now);
  if (earlier !== 'changed') return earlier;
  return ranOut(entry.desired, now) && saysNothing(part, reading) ? 'expired' : 'changed';
}

function ranOut(desired: JsonValue, now: EpochMs): boolean {
  if (desired === null || typeof desired !== 'object' || Array.isArray(desired)) return false;
  const until = new Map(Object.entries(desired)).get('until');
  return typeof until === 'number' && until <= now;
}

function saysNothing(part: PublicationPart, reading: OwnReading): boolean {
  return part === 'doNotDisturb' ? !reading.doNotDisturb.active : reading.status.message === null;
}

function saysDesired(part: PublicationPart, desired: JsonValue, reading: OwnReading): boolean {
  if (desired === null || typeof desired !== 'object' || Array.isArray(desired)) return false;
  const wished = new Map(Object.entries(desired));
  if (part === 'doNotDisturb') return wished.get('active') === reading.doNotDisturb.active;
  return wished.get('message') === reading.status.message;
}
