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
import type { DoNotDisturbIntent, Intent } from '../../domain/own-status/intent.ts';
import { type Resolution, resolve } from '../../domain/own-status/resolve.ts';
import { STATUS_RANK, type Status } from '../../domain/presence/status.ts';
import { addMs, type EpochMs, SECOND_MS } from '../../domain/time.ts';
import type { OwnStatusBundle } from '../../platforms/platform.ts';
import type { Clock, Dispose } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Random } from '../../ports/random.ts';
import type { JournalRepository } from '../../ports/repositories.ts';
import type { Schedules } from '../automation/schedules.ts';
import type { EventLog } from '../events/event-log.ts';
import { fromIso } from '../iso.ts';
import { AccountPublisher } from './account-publisher.ts';
import { type GiveBack, GiveBacks } from './give-backs.ts';
import { LeavingJournal } from './leaving-journal.ts';
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
    const { clock, random } = this.#options;
    const id = random.id('i');
    const expiresAt = this.#end(request);
    this.#requireAccounts(request.accounts ?? []);
    const intent: Intent = {
      id,
      layer: 'manual',
      status: request.status,
      message: request.message || null,
      emoji: request.emoji ?? null,
      // What is said last counts, also within one millisecond or when the clock was set back.
      createdAt: this.#intents.reduce((at, { createdAt }) => (createdAt >= at ? addMs(createdAt, 1) : at), clock.now()),
      expiresAt,
      origin: { kind: 'hand', id, name: null },
      accountIds: request.accounts ?? null,
    };
    const covered = (other: Intent) =>
      request.accounts === undefined ||
      (other.accountIds?.every((account) => request.accounts?.includes(account)) ?? false);
    const intents = [...this.#intents.filter((other) => !covered(other)), intent];
    let doNotDisturb = this.#withoutCompanions(this.#intents.filter(covered));
    if (request.doNotDisturb !== undefined) {
      doNotDisturb = [this.#manualDoNotDisturb(request.doNotDisturb, expiresAt, id)];
    }
    this.#options.wishes.save(intents, doNotDisturb);
    await this.#applyInTime();
    return { intent: intentView(intent), results: this.#results() };
  }

  /** Clears the manual layer; what was there before comes back. */
  async clear(): Promise<{ intent: IntentView | null; results: PublicationView[] }> {
    const touched = new Set(this.#options.accounts.ids().filter((id) => this.#wishOf(id).status !== null));
    this.#options.wishes.save([], this.#withoutCompanions(this.#intents));
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
    this.#options.wishes.save(this.#intents, [this.#manualDoNotDisturb(true, this.#end(request), null)]);
    await this.#applyInTime();
    return this.view();
  }

  /** Ends do-not-disturb; one that a schedule set is off until a schedule next begins. */
  async clearDoNotDisturb(): Promise<MeView> {
    const scheduled = this.#options.schedules.active().some((active) => active.schedule.doNotDisturb);
    this.#options.wishes.save(this.#intents, scheduled ? [this.#manualDoNotDisturb(false, null, null)] : []);
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

  /** The account was switched off and is here again. */
  accountBack(accountId: string): void {
    this.#leaving.forget(accountId);
  }

  /** It is about to go from the disk; what has to be given back is kept in memory until `accountRemoved`. */
  accountGoing(accountId: string): void {
    this.#journal.leave(accountId);
    this.#wishes.delete(accountId);
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
    this.#changed();
  }

  #end(request: { readonly until?: string | undefined; readonly forSeconds?: number | undefined }): EpochMs | null {
    const now = this.#options.clock.now();
    if (request.until === undefined) {
      return request.forSeconds === undefined ? null : addMs(now, request.forSeconds * SECOND_MS);
    }
    const end = fromIso(request.until);
    if (end > now) return end;
    throw new MusterError('invalid-request', 'The end has passed already, so that nothing was changed.', {
      issues: [{ path: 'until', message: 'This has passed already.' }],
    });
  }

  #requireAccounts(named: readonly string[]): void {
    const known = new Set(this.#options.accounts.ids());
    const issues = named.flatMap((id, index) =>
      known.has(id) ? [] : [{ path: `accounts.${index}`, message: 'There is no such account.' }],
    );
    if (issues.length === 0) return;
    throw new MusterError('invalid-request', 'Some of these accounts do not exist, so that nothing was changed.', {
      issues,
    });
  }

  #manualDoNotDisturb(active: boolean, expiresAt: EpochMs | null, companionOf: string | null): DoNotDisturbIntent {
    const { clock, random } = this.#options;
    return {
      id: random.id('d'),
      layer: 'manual',
      active,
      createdAt: clock.now(),
      expiresAt,
      origin: { kind: 'hand', id: companionOf, name: null },
    };
  }

  /** Do-not-disturb that was set together with a status goes with it. */
  #withoutCompanions(intents: readonly Intent[]): readonly DoNotDisturbIntent[] {
    return this.#doNotDisturb.filter((wish) => !intents.some((intent) => intent.id === wish.origin.id));
  }

  get #intents(): readonly Intent[] {
    return this.#options.wishes.intents;
  }

  get #doNotDisturb(): readonly DoNotDisturbIntent[] {
    return this.#options.wishes.doNotDisturb;
  }

  #resolve(accountId?: string): Resolution {
    const scheduled = scheduleIntents(this.#options.schedules.active());
    return resolve([...this.#intents, ...scheduled.intents], [...this.#doNotDisturb, ...scheduled.doNotDisturb], {
      now: this.#options.clock.now(),
      layerOrder: ['manual', 'schedule', 'default'],
      ...(accountId === undefined ? {} : { accountId }),
    });
  }

  #wishOf(accountId: string): AccountWish {
    if (this.#leaving.has(accountId)) return { status: null, doNotDisturb: null };
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
    const syncs = this.#options.accounts.ids().flatMap((accountId) => {
      const wish = JSON.stringify(this.#wishOf(accountId));
      if (this.#wishes.get(accountId) === wish) return [];
      this.#wishes.set(accountId, wish);
      const publisher = this.#publisher(accountId);
      publisher.expect();
      return [publisher.sync()];
    });
    this.#changed();
    await Promise.all(syncs);
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
    const now = this.#options.clock.now();
    const lives = (wish: { readonly expiresAt: EpochMs | null }) => wish.expiresAt === null || wish.expiresAt > now;
    const scheduled = this.#options.schedules.active().filter((active) => active.schedule.doNotDisturb);
    // "Off" without an end is meant against the schedules that were on then; it goes with the last of them.
    const counts = (wish: DoNotDisturbIntent) =>
      lives(wish) &&
      (wish.active || wish.expiresAt !== null || scheduled.some((active) => active.since <= wish.createdAt));
    if (this.#intents.every(lives) && this.#doNotDisturb.every(counts)) return;
    this.#options.wishes.save(this.#intents.filter(lives), this.#doNotDisturb.filter(counts));
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
