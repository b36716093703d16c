/**
 * Publishes to one account: read → plan each part → journal → write → read back → journal. One run at a time; what changes during
 * a run starts another, and ends one that only waits for its turn. Failures are retried with back-off; no account waits for another.
 */

import { MusterError, toMusterError } from '../../domain/errors.ts';
import { combineOutcomes, type PartOutcome } from '../../domain/own-status/outcome.ts';
import { addMs, type EpochMs, epochMs, MINUTE_MS, SECOND_MS } from '../../domain/time.ts';
import type { OwnReading, OwnStatusBundle, OwnTarget, PartResult } from '../../platforms/platform.ts';
import type { Clock, Dispose } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Random } from '../../ports/random.ts';
import type { JournalRepository } from '../../ports/repositories.ts';
import { failureFields } from '../failure-fields.ts';
import { backOffMs } from '../polling/back-off.ts';
import { driftOf, isRestoring, RESTORING } from './publication-drift.ts';
import { type AccountWish, type PartPlan, type PublicationPart, planPart } from './publication-plan.ts';
import { SupervisedRun } from './supervised-run.ts';

/** How publishing to an account went. */
export interface PublicationResult extends PartOutcome {
  /** When Muster goes on by itself; null when that is not known, or not needed. */
  readonly retryAt: EpochMs | null;
}

/** While something of ours is in force, how often to look whether the user changed it elsewhere. */
const WATCH_MS = 20 * SECOND_MS;
/** How often to read when nothing of ours is in force, for what the tray shows. */
const IDLE_READ_MS = 5 * MINUTE_MS;

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
  /** Milliseconds until a call that waits for its place in the account's budgets can go on; null when none waits. */
  readonly waitMs: () => number | null;
  /** Something that the interface shows changed. */
  readonly changed: () => void;
  /** A try has ended, however. */
  readonly tried: () => void;
}

/** One account's publications. */
export class AccountPublisher {
  readonly #options: AccountPublisherOptions;
  readonly #abort = new AbortController();
  #running: Promise<void> | null = null;
  #run: { readonly supervised: SupervisedRun; readonly asked: AccountWish } | null = null;
  #again = false;
  #attempt = 0;
  #timer: Dispose | null = null;
  #result: PartOutcome | null = null;
  /** The result is what the platform made of the present wish, and nothing was written since. */
  #told = false;
  /** How the last run failed; null when it did not. */
  #failure: PartOutcome | null = null;
  /** When the next try after a failure is due. */
  #retryAt: EpochMs | null = null;
  #reading: { readonly at: EpochMs; readonly value: OwnReading } | null = null;

  constructor(options: AccountPublisherOptions) {
    this.#options = options;
  }

  /** What became of the wish; null when there is none. */
  get result(): PublicationResult | null {
    return this.#result && this.#withTime(this.#result);
  }

  /** How giving back what was there before stands, for an account that has no wish left. */
  get clearing(): PublicationResult {
    if (!this.#hasEntries()) return { outcome: 'applied', detail: null, retryAt: null };
    if (this.#options.bundle() === 'offline') {
      const detail = 'Not connected now; what was there before comes back with the account.';
      return { outcome: 'pending', detail, retryAt: null };
    }
    return this.#withTime(this.#failure ?? { outcome: 'pending', detail: null });
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
      // The turn that it waits for is for the newer wish.
      if (this.#run && !this.#isStill(this.#run.asked) && this.#options.waitMs() !== null)
        this.#run.supervised.end(SUPERSEDED);
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
    this.#told = false;
    this.#retryAt = null;
    this.#attempt = 0;
  }

  stop(): void {
    this.#timer?.();
    const closed = new MusterError('cancelled', 'The account was closed.');
    this.#abort.abort(closed);
    this.#run?.supervised.end(closed);
  }

  /** With when it goes on: while it waits for its turn, that is what there is to say. */
  #withTime(result: PartOutcome): PublicationResult {
    if (this.#run === null) return { ...result, retryAt: this.#retryAt };
    const waitMs = result.outcome === 'pending' ? this.#options.waitMs() : null;
    if (waitMs === null) return { ...result, retryAt: null };
    // In whole seconds, so that it is the same whenever it is asked.
    const at = Math.ceil(addMs(this.#options.clock.now(), waitMs) / SECOND_MS) * SECOND_MS;
    return { outcome: 'pending', detail: WAITS_FOR_ITS_TURN, retryAt: epochMs(at) };
  }

  async #loop(): Promise<void> {
    do {
      this.#again = false;
      await this.#once();
    } while (this.#again && !this.#abort.signal.aborted);
    if (this.#abort.signal.aborted) return;
    this.#options.tried();
    this.#options.changed();
  }

  async #once(): Promise<void> {
    const bundle = this.#options.bundle();
    const asked = this.#options.wish();
    const wish = withImpliedDoNotDisturb(asked, bundle);
    const wanted = wish.status !== null || wish.doNotDisturb !== null;
    this.#retryAt = null;
    if (typeof bundle === 'string') {
      this.#told = false;
      this.#result = wanted ? WITHOUT[bundle] : null;
      return;
    }
    try {
      await this.#supervised(asked, async (signal) => {
        const result = await this.#publish(bundle, wish, signal);
        if (signal.aborted || !this.#isStill(asked)) return;
        this.#result = result;
        this.#told = true;
      });
      this.#attempt = 0;
      this.#failure = null;
      const { watchSeconds } = bundle;
      const watchMs = watchSeconds === undefined ? WATCH_MS : watchSeconds * SECOND_MS;
      this.#arm(wanted || this.#hasEntries() ? watchMs : IDLE_READ_MS);
    } catch (thrown) {
      if (this.#abort.signal.aborted || thrown === SUPERSEDED) return;
      this.#failed(toMusterError(thrown), wanted && this.#isStill(asked));
    }
  }

  /** `counts`: it is about the present wish. */
  #failed(error: MusterError, counts: boolean): void {
    const { clock, logger, random } = this.#options;
    this.#attempt += 1;
    // A session that closes says so itself.
    if (error.code !== 'cancelled')
      logger.warn('own status could not be published', { ...failureFields(error), attempt: this.#attempt });
    const again = error.retry === 'later';
    // A platform that asks for quiet has refused nothing.
    this.#failure = { outcome: again && error.code === 'rate-limited' ? 'pending' : 'failed', detail: error.message };
    // What stands there is not gone because looking at it failed.
    if (counts && !this.#told) this.#result = this.#failure;
    if (!again) return;
    const waitMs = backOffMs(this.#attempt, error, random);
    if (!this.#told) this.#retryAt = addMs(clock.now(), waitMs);
    this.#arm(waitMs);
  }

  /** What became of a wish says nothing about one that took its place meanwhile. */
  #isStill(asked: AccountWish): boolean {
    return JSON.stringify(asked) === JSON.stringify(this.#options.wish());
  }

  async #supervised(asked: AccountWish, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const { clock, waitMs, changed } = this.#options;
    const supervised = new SupervisedRun();
    this.#run = { supervised, asked };
    try {
      await supervised.of(clock, { waits: () => waitMs() !== null, looked: changed }, work);
    } finally {
      this.#run = null;
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

  async #publish(bundle: OwnStatusBundle, wish: AccountWish, signal: AbortSignal): Promise<PartOutcome | null> {
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
    this.#told = false;
    const results = await bundle.apply(this.#target(plans, wish), signal);
    const after = await this.#read(bundle, signal);
    signal.throwIfAborted();
    this.#journalAfter(plans, wish, after, results);
    const outcome = this.#outcome(plans, wish, results);
    const halved = bundle.busyImpliesDoNotDisturb && wish.status?.status === 'busy' && wish.undisturbed;
    return outcome && halved ? combineOutcomes([outcome, UNDISTURBED]) : outcome;
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
  ): PartOutcome | null {
    const parts = PARTS.flatMap((part) => {
      if (!wish[part]) return [];
      if (plans[part].kind === 'yield' || plans[part].kind === 'leave') return [OVERRIDDEN];
      const result = results[part];
      return result ? [{ outcome: result.outcome, detail: result.detail }] : [];
    });
    return parts.length === 0 ? null : combineOutcomes(parts);
  }

  /** Nothing had to be written: the last result stands, unless the user took over. */
  #standing(plans: Record<PublicationPart, PartPlan>, wish: AccountWish): PartOutcome | null {
    const wished = PARTS.filter((part) => wish[part] !== null);
    if (wished.length === 0) return null;
    if (wished.some((part) => plans[part].kind === 'yield' || plans[part].kind === 'leave')) return OVERRIDDEN;
    return this.#result ?? { outcome: 'applied', detail: null };
  }
}

const SUPERSEDED = new MusterError('cancelled', 'A newer wish took its place.');

const WAITS_FOR_ITS_TURN =
  'It waits for its turn: the platform takes only so many calls in a time. Muster sets it by itself then.';

/** Where there is nothing to write through. */
const WITHOUT: Readonly<Record<'offline' | 'unsupported', PartOutcome>> = {
  offline: { outcome: 'pending', detail: 'Not connected now; it is set as soon as the account is back.' },
  unsupported: { outcome: 'unsupported', detail: 'This platform gives no way to set a status.' },
};

const UNDISTURBED: PartOutcome = {
  outcome: 'partial',
  detail: 'This platform shows busy through do-not-disturb alone, which you want off: only the rest is shown.',
};

const OVERRIDDEN: PartOutcome = {
  outcome: 'overridden',
  detail: "You changed it in the platform's own app meanwhile; Muster leaves that as it is.",
};

/** Where busy can be shown only through do-not-disturb, a busy wish asks for both. */
function withImpliedDoNotDisturb(wish: AccountWish, bundle: OwnStatusBundle | 'offline' | 'unsupported'): AccountWish {
  if (typeof bundle === 'string' || !bundle.busyImpliesDoNotDisturb) return wish;
  if (wish.doNotDisturb || wish.status?.status !== 'busy' || wish.undisturbed) return wish;
  return { ...wish, doNotDisturb: { intentId: wish.status.intentId, active: true, until: wish.status.until } };
}
