/**
 * My own status: wishes by hand and by schedule → resolver → one publisher per account → read-back. Keeps the wishes on disk, so
 * that what was in force before a kill is in force, or given back, after it.
 */
import type {
  DoNotDisturbRequest,
  IntentView,
  MeView,
  OwnStatusRequest,
  PublicationView,
} from '../../contract/schemas/me.ts';
import { MusterError } from '../../domain/errors.ts';
import type { DoNotDisturbIntent } from '../../domain/own-status/intent.ts';
import { type Resolution, resolve } from '../../domain/own-status/resolve.ts';
import { STATUS_RANK, type Status } from '../../domain/presence/status.ts';
import { type EpochMs, SECOND_MS } from '../../domain/time.ts';
import type { OwnStatusBundle } from '../../platforms/platform.ts';
import type { Clock, Dispose } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Random } from '../../ports/random.ts';
import type { JournalRepository } from '../../ports/repositories.ts';
import type { Schedules } from '../automation/schedules.ts';
import type { EventLog } from '../events/event-log.ts';
import { AccountPublisher } from './account-publisher.ts';
import { type GiveBack, GiveBacks } from './give-backs.ts';
import { LeavingJournal } from './leaving-journal.ts';
import { endOf, manualDoNotDisturb, stillCounting, withoutCompanions, withStatus } from './manual-wishes.ts';
import { intentView, meView, publicationView } from './me-view.ts';
import type { AccountWish } from './publication-plan.ts';
import { scheduleIntents } from './schedule-intents.ts';
import type { WishStore } from './wish-store.ts';

/** What own status needs to know about accounts. */
export interface PublishingAccounts {
  ids(): readonly string[];
  platformOf(accountId: string): string | null;
  /** The live bundle; `offline` while not connected, `unsupported` where the platform cannot write. */
  bundleOf(accountId: string): OwnStatusBundle | 'offline' | 'unsupported';
  /** Milliseconds until a call of the account that waits for its place in a budget can go on; null when none waits. */
  waitMs(accountId: string): number | null;
}

/** `api.md`: a write answers within 2 s; who is not done by then is pending. */
const ANSWER_WITHIN_MS = 1.7 * SECOND_MS;

/** What own status needs. */
export interface OwnStatusOptions {
  readonly wishes: WishStore;
  readonly journal: JournalRepository;
  readonly accounts: PublishingAccounts;
  readonly schedules: Schedules;
  readonly events: EventLog;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

/** Wishes, the resolver and the publishers. */
export class OwnStatus {
  readonly #options: OwnStatusOptions;
  readonly #publishers = new Map<string, AccountPublisher>();
  readonly #listeners = new Set<() => void>();
  readonly #journal: LeavingJournal;
  readonly #leaving = new GiveBacks();
  readonly #dispose: Dispose;
  #expiry: Dispose | null = null;
  #wishes = new Map<string, string>();
  #announced = '';

  constructor(options: OwnStatusOptions) {
    this.#options = options;
    this.#journal = new LeavingJournal(options.journal);
    this.#dispose = options.schedules.onChange(() => void this.#apply());
  }

  start(): void {
    void this.#apply();
  }

  stop(): void {
    this.#dispose();
    this.#expiry?.();
    for (const publisher of this.#publishers.values()) publisher.stop();
  }

  onChange(listener: () => void): Dispose {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  view(): MeView {
    const resolution = this.#resolve();
    return meView({
      resolution,
      status: resolution.winner?.status ?? this.#readStatus(),
      results: this.#results(),
      upcoming: this.#options.schedules.upcoming(),
      nextTransition: this.#options.schedules.nextDoNotDisturbTransition(),
    });
  }

  /** Sets the manual layer on all accounts, or on those named. Rejects with `invalid-request` for an unknown account or an end that has passed. */
  async set(request: OwnStatusRequest): Promise<{ intent: IntentView | null; results: PublicationView[] }> {
    const { clock, random, wishes } = this.#options;
    const now = clock.now();
    const expiresAt = endOf(request, now);
    this.#requireAccounts(request.accounts ?? []);
    const made = { id: random.id('i'), doNotDisturbId: random.id('d'), now, expiresAt };
    const { intent, intents, doNotDisturb } = withStatus(wishes, request, made);
    wishes.save(intents, doNotDisturb);
    await this.#applyInTime();
    return { intent: intentView(intent), results: this.#results() };
  }

  /** Clears the manual layer; what was there before comes back. */
  async clear(): Promise<{ intent: IntentView | null; results: PublicationView[] }> {
    const touched = new Set(this.#options.accounts.ids().filter((id) => this.#wishOf(id).status !== null));
    const { wishes } = this.#options;
    wishes.save([], withoutCompanions(wishes.doNotDisturb, wishes.intents));
    await this.#applyInTime();
    const { winner } = this.#resolve();
    const wished = this.#results();
    const restored = [...touched]
      .filter((id) => !wished.some((result) => result.accountId === id))
      .filter((id) => this.#options.accounts.bundleOf(id) !== 'unsupported')
      .flatMap((id) => this.#restored(id));
    return { intent: winner ? intentView(winner) : null, results: [...wished, ...restored] };
  }

  /** Do not disturb by hand. Rejects with `invalid-request` for an end that has passed. */
  async setDoNotDisturb(request: DoNotDisturbRequest): Promise<MeView> {
    const { wishes, clock } = this.#options;
    wishes.save(wishes.intents, [this.#doNotDisturb(true, endOf(request, clock.now()))]);
    await this.#applyInTime();
    return this.view();
  }

  /** Ends do-not-disturb; one that a schedule set is off until a schedule next begins. */
  async clearDoNotDisturb(): Promise<MeView> {
    const { wishes, schedules } = this.#options;
    const scheduled = schedules.active().some((active) => active.schedule.doNotDisturb);
    wishes.save(wishes.intents, scheduled ? [this.#doNotDisturb(false, null)] : []);
    await this.#applyInTime();
    return this.view();
  }

  /** Whether alerts are held back now, and whether favourites may pass. */
  quiet(): { readonly active: boolean; readonly favouritesPass: boolean } {
    const { active, winner } = this.#resolve().doNotDisturb;
    if (!active) return { active: false, favouritesPass: true };
    const schedules = this.#options.schedules.active().filter((entry) => entry.schedule.doNotDisturb);
    const byScheduleAlone = winner?.layer === 'schedule';
    return {
      active: true,
      favouritesPass: byScheduleAlone && schedules.every((entry) => entry.schedule.allow.includes('favourites')),
    };
  }

  /** The account connected, or something changed on it: bring it to what is wished. */
  accountConnected(accountId: string): void {
    this.#expect(accountId);
    void this.#publisher(accountId).sync();
  }

  /** The account is offline now: what is wished waits. */
  accountLost(accountId: string): void {
    if (this.#publishers.has(accountId)) void this.#publisher(accountId).sync();
  }

  /** Gives the account's own status back before it is removed or switched off. */
  accountLeaving(accountId: string): GiveBack {
    const givenBack = this.#leaving.begin(accountId);
    return { givenBack, tried: this.#publisher(accountId).sync() };
  }

  /** The account was on its way out and is here again. */
  accountBack(accountId: string): void {
    if (!this.#leaving.has(accountId)) return;
    this.#leaving.forget(accountId);
    this.#wishes.delete(accountId);
  }

  /** It is about to go from the disk; what has to be given back is kept in memory until `accountRemoved`. */
  accountGoing(accountId: string): void {
    this.#journal.leave(accountId);
  }

  /** Who left as one account is here as another. */
  accountReturned(from: string, to: string): void {
    this.#journal.inherit(from, to);
  }

  accountRemoved(accountId: string): void {
    this.#publishers.get(accountId)?.stop();
    this.#publishers.delete(accountId);
    this.#leaving.forget(accountId);
    this.#journal.forget(accountId);
    this.#wishes.delete(accountId);
  }

  /** The machine woke, or its clock was set: what waited is tried, and what changed meanwhile is seen. */
  resumed(): void {
    for (const publisher of this.#publishers.values()) void publisher.sync();
  }

  /** There are fewer accounts: what was wished for those alone counts no more. */
  accountsChanged(): void {
    void this.#apply();
  }

  #requireAccounts(named: readonly string[]): void {
    const { accounts } = this.#options;
    const on = new Set(accounts.ids());
    const issues = named.flatMap((id, index) => {
      if (on.has(id)) return [];
      const message = accounts.platformOf(id) === null ? 'There is no such account.' : 'This account is switched off.';
      return [{ path: `accounts.${index}`, message }];
    });
    if (issues.length === 0) return;
    const message = 'Some of these accounts do not exist or are switched off, so that nothing was changed.';
    throw new MusterError('invalid-request', message, { issues });
  }

  #doNotDisturb(active: boolean, expiresAt: EpochMs | null): DoNotDisturbIntent {
    const { clock, random } = this.#options;
    return manualDoNotDisturb({ id: random.id('d'), active, createdAt: clock.now(), expiresAt }, null);
  }

  #resolve(accountId?: string): Resolution {
    const { wishes, schedules, clock } = this.#options;
    const scheduled = scheduleIntents(schedules.active());
    return resolve([...wishes.intents, ...scheduled.intents], [...wishes.doNotDisturb, ...scheduled.doNotDisturb], {
      now: clock.now(),
      layerOrder: ['manual', 'schedule', 'default'],
      ...(accountId === undefined ? {} : { accountId }),
    });
  }

  #wishOf(accountId: string): AccountWish {
    if (this.#leaving.has(accountId)) return { status: null, doNotDisturb: null, undisturbed: false };
    const { winner, doNotDisturb } = this.#resolve(accountId);
    return {
      status: winner && {
        intentId: winner.id,
        status: winner.status,
        message: winner.message,
        emoji: winner.emoji,
        until: winner.expiresAt,
      },
      doNotDisturb:
        doNotDisturb.active && doNotDisturb.winner
          ? { intentId: doNotDisturb.winner.id, active: true, until: doNotDisturb.until }
          : null,
      undisturbed: doNotDisturb.winner !== null && !doNotDisturb.active,
    };
  }

  #publisher(accountId: string): AccountPublisher {
    const known = this.#publishers.get(accountId);
    if (known) return known;
    const { clock, random, logger, accounts } = this.#options;
    const made = new AccountPublisher({
      accountId,
      journal: this.#journal,
      clock,
      random,
      logger: logger.with({ account: accountId }),
      wish: () => this.#wishOf(accountId),
      bundle: () => accounts.bundleOf(accountId),
      waitMs: () => accounts.waitMs(accountId),
      changed: () => this.#changed(),
      tried: () => this.#leaving.tried(accountId, made.clearing),
    });
    this.#publishers.set(accountId, made);
    return made;
  }

  /** Publishes where the wish differs from the one before, and waits for the next expiry. Resolves when all are done. */
  async #apply(): Promise<void> {
    this.#dropExpired();
    this.#arm();
    const changed = this.#options.accounts.ids().filter((accountId) => this.#expect(accountId));
    const syncs = changed.map((accountId) => this.#publisher(accountId).sync());
    this.#changed();
    await Promise.all(syncs);
  }

  /** Whether something else is wished for the account than when it was asked last: what became of that says nothing about this. */
  #expect(accountId: string): boolean {
    const wish = JSON.stringify(this.#wishOf(accountId));
    if (this.#wishes.get(accountId) === wish) return false;
    this.#wishes.set(accountId, wish);
    this.#publisher(accountId).expect();
    return true;
  }

  async #applyInTime(): Promise<void> {
    let cancel: Dispose = () => undefined;
    const late = new Promise<void>((resolve) => {
      cancel = this.#options.clock.after(ANSWER_WITHIN_MS, resolve);
    });
    await Promise.race([this.#apply(), late]);
    cancel();
  }

  #dropExpired(): void {
    const { wishes, clock, schedules, accounts } = this.#options;
    const exists = (accountId: string) => accounts.platformOf(accountId) !== null;
    const { intents, doNotDisturb } = stillCounting(wishes, clock.now(), schedules.active(), exists);
    if (intents !== wishes.intents || doNotDisturb !== wishes.doNotDisturb) wishes.save(intents, doNotDisturb);
  }

  #arm(): void {
    this.#expiry?.();
    this.#expiry = null;
    const next = this.#resolve().nextExpiry;
    if (next !== null) this.#expiry = this.#options.clock.at(next, () => void this.#apply());
  }

  #results(): PublicationView[] {
    return this.#options.accounts.ids().flatMap((accountId) => {
      const publisher = this.#publishers.get(accountId);
      const platform = this.#options.accounts.platformOf(accountId);
      if (!publisher || platform === null) return [];
      // Without a wish, what was there before may still be on its way back.
      const { result, clearing } = publisher;
      const shown = result ?? (clearing.outcome === 'applied' ? null : clearing);
      return shown ? [publicationView(accountId, platform, shown, publisher.reading)] : [];
    });
  }

  /** What clearing came to on an account that has no wish left. */
  #restored(accountId: string): PublicationView[] {
    const publisher = this.#publishers.get(accountId);
    const platform = this.#options.accounts.platformOf(accountId);
    if (!publisher || platform === null) return [];
    return [publicationView(accountId, platform, publisher.clearing, publisher.reading)];
  }

  /** Without a wish: the highest that any account reads for me. */
  #readStatus(): Status {
    let best: Status = 'unknown';
    for (const [accountId, publisher] of this.#publishers) {
      // What an account said before it was lost is not what it says now.
      if (this.#options.accounts.bundleOf(accountId) === 'offline') continue;
      const status = publisher.reading?.value.status.status ?? 'unknown';
      if (STATUS_RANK[status] > STATUS_RANK[best]) best = status;
    }
    return best;
  }

  #changed(): void {
    const view = this.view();
    // That it was read again, and says the same, is no news.
    const said = JSON.stringify(view, (key, value: unknown) => (key === 'at' ? undefined : value));
    if (said === this.#announced) return;
    this.#announced = said;
    this.#options.events.publish('me', view);
    for (const listener of this.#listeners) listener();
  }
}
