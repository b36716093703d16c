import {
  FRESH_MS,
  type FreshUntil,
  freshUntil,
  NEVER_CONNECTED,
  type StreamState,
  streamBroke,
  streamOpened,
} from '../../domain/presence/freshness.ts';
import { type IdentityKey, identityKeyOf, type Observation } from '../../domain/presence/observation.ts';
import type { UnifyInput } from '../../domain/presence/unify.ts';
import { addMs, type EpochMs, epochMs, SECOND_MS } from '../../domain/time.ts';
import type { ObservationReport } from '../../platforms/platform.ts';
import type { Clock, Dispose } from '../../ports/clock.ts';
import type { ObservationRepository } from '../../ports/repositories.ts';

/** Why an observation is new: what alerts have to know. */
export type ObservationCause = 'observed' | 'first-snapshot' | 'reconnected' | 'replayed';

/** Told about identities whose observations, or whose observations' freshness, changed. */
export type ObservationListener = (
  changes: readonly { readonly key: IdentityKey; readonly cause: ObservationCause | 'freshness' }[],
) => void;

/** Observations reach the disk in batches, so that a first sync of thousands is not thousands of writes. */
const SAVE_AFTER_MS = 2 * SECOND_MS;

/** Platforms' clocks, by which some observations are dated, may go before ours by so much. */
const CLOCK_SLACK_MS = 60 * SECOND_MS;

/** The only writer of observations: the newest of each identity, and until when it counts. */
export class PresenceStore {
  readonly #repository: ObservationRepository;
  readonly #clock: Clock;
  readonly #plannedIntervalMs: (accountId: string) => number;
  readonly #observations = new Map<string, Observation>();
  /** The polling interval that was planned when each polled observation came: a later pace does not change how long it counts. */
  readonly #intervals = new Map<string, number>();
  readonly #byAccount = new Map<string, Set<string>>();
  readonly #streams = new Map<string, StreamState>();
  /** Identities seen since the account's present sign-in; the first look at anybody after it is no news. */
  readonly #seenThisSession = new Map<string, Set<string>>();
  readonly #reconnected = new Set<string>();
  readonly #listeners = new Set<ObservationListener>();
  readonly #unsaved = new Map<string, Observation>();
  #saving: Dispose | null = null;

  constructor(options: {
    repository: ObservationRepository;
    clock: Clock;
    plannedIntervalMs: (accountId: string) => number;
  }) {
    this.#repository = options.repository;
    this.#clock = options.clock;
    this.#plannedIntervalMs = options.plannedIntervalMs;
    const now = options.clock.now();
    for (const observation of options.repository.all()) {
      // What was kept by a clock that went before says nothing of its age.
      const observedAt = observation.observedAt > now + CLOCK_SLACK_MS ? addMs(now, -FRESH_MS) : observation.observedAt;
      this.#keep({ ...observation, observedAt, source: 'cache', replayed: true });
    }
  }

  onChange(listener: ObservationListener): Dispose {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  get(key: IdentityKey): Observation | null {
    return this.#observations.get(identityKeyOf(key)) ?? null;
  }

  /** The account's stream came up; after `fresh` sign-ins the first look at anybody is a snapshot, not news. */
  connected(accountId: string, how: 'first' | 'fresh' | 'resumed', push: boolean): void {
    if (how !== 'resumed') this.#seenThisSession.set(accountId, new Set());
    if (how === 'fresh') this.#reconnected.add(accountId);
    if (!push) return;
    this.#streams.set(accountId, streamOpened(this.#streams.get(accountId) ?? NEVER_CONNECTED, how === 'resumed'));
    this.#freshnessChanged(accountId);
  }

  /** A push channel beside the account's polls came up. */
  channelUp(accountId: string): void {
    this.#streams.set(accountId, streamOpened(this.#streams.get(accountId) ?? NEVER_CONNECTED));
    this.#freshnessChanged(accountId);
  }

  /** The account's stream broke: what was pushed counts five minutes more. */
  lost(accountId: string, at: EpochMs): void {
    const stream = this.#streams.get(accountId);
    if (!stream) return;
    this.#streams.set(accountId, streamBroke(stream, at));
    this.#freshnessChanged(accountId);
  }

  /** Takes what an adapter reported; older observations of the same identity never replace newer ones. */
  apply(accountId: string, reports: readonly ObservationReport[]): void {
    const changes: { key: IdentityKey; cause: ObservationCause }[] = [];
    const interval = this.#plannedIntervalMs(accountId);
    const now = this.#clock.now();
    for (const report of reports) {
      const observation: Observation = { ...report, accountId };
      const known = this.#observations.get(identityKeyOf(observation));
      // What seems to come from the future came before the clock was set back.
      const newer = known && known.observedAt > observation.observedAt && known.observedAt <= now + CLOCK_SLACK_MS;
      if (newer && known.source !== 'cache') continue;
      const cause = this.#causeOf(observation);
      this.#keep(observation);
      if (known?.observedAt !== observation.observedAt) this.#intervals.set(identityKeyOf(observation), interval);
      this.#unsaved.set(identityKeyOf(observation), observation);
      changes.push({ key: { accountId, userId: observation.userId }, cause });
    }
    if (changes.length === 0) return;
    this.#saving ??= this.#clock.after(SAVE_AFTER_MS, () => this.flush());
    for (const listener of this.#listeners) listener(changes);
  }

  /** Forgets people, on disk too: opted out, or gone from the roster. */
  forget(keys: readonly IdentityKey[]): void {
    for (const key of keys) {
      const id = identityKeyOf(key);
      this.#observations.delete(id);
      this.#intervals.delete(id);
      this.#unsaved.delete(id);
      this.#byAccount.get(key.accountId)?.delete(id);
      this.#seenThisSession.get(key.accountId)?.delete(key.userId);
    }
    this.#repository.delete(keys);
    for (const listener of this.#listeners) listener(keys.map((key) => ({ key, cause: 'freshness' })));
  }

  forgetAccount(accountId: string): void {
    const keys = this.#keysOf(accountId);
    this.#streams.delete(accountId);
    this.#seenThisSession.delete(accountId);
    this.#reconnected.delete(accountId);
    this.forget(keys);
  }

  /** The identities' newest observations, each with until when it counts. */
  inputs(keys: readonly IdentityKey[]): UnifyInput[] {
    const inputs: UnifyInput[] = [];
    for (const key of keys) {
      const observation = this.#observations.get(identityKeyOf(key));
      if (observation) inputs.push({ observation, freshUntil: this.freshUntil(observation) });
    }
    return inputs;
  }

  /** How old what is known of each of the account's people is, in milliseconds; 0 while a stream that is up vouches for it. */
  ages(accountId: string): number[] {
    const now = this.#clock.now();
    return this.#keysOf(accountId).flatMap((key) => {
      const observation = this.get(key);
      if (!observation) return [];
      return [this.freshUntil(observation) === 'while-up' ? 0 : Math.max(0, now - observation.observedAt)];
    });
  }

  /** The clock went before by `ms` and was set right: what was seen while it did was seen so much earlier. */
  clockSetBack(ms: number): void {
    const now = this.#clock.now();
    const earlier = (instant: EpochMs) => (instant > now ? epochMs(Math.min(now, instant - ms)) : instant);
    for (const [accountId, stream] of this.#streams) {
      const { brokeAt, earlierBreaks } = stream;
      this.#streams.set(accountId, {
        ...stream,
        brokeAt: brokeAt === null ? null : earlier(brokeAt),
        ...(earlierBreaks ? { earlierBreaks: earlierBreaks.map(earlier) } : {}),
      });
    }
    const changes: { key: IdentityKey; cause: 'freshness' }[] = [];
    for (const observation of [...this.#observations.values()]) {
      const { accountId, userId, observedAt, lastSeen } = observation;
      changes.push({ key: { accountId, userId }, cause: 'freshness' });
      if (observedAt <= now) continue;
      const right = { ...observation, observedAt: earlier(observedAt), lastSeen: lastSeen && earlier(lastSeen) };
      this.#keep(right);
      this.#unsaved.set(identityKeyOf(right), right);
    }
    if (this.#unsaved.size > 0) this.#saving ??= this.#clock.after(SAVE_AFTER_MS, () => this.flush());
    if (changes.length > 0) for (const listener of this.#listeners) listener(changes);
  }

  freshUntil(observation: Observation): FreshUntil {
    const interval = this.#intervals.get(identityKeyOf(observation)) ?? 0;
    return freshUntil(observation, this.#streams.get(observation.accountId) ?? null, interval);
  }

  /** Writes what is not on disk yet. */
  flush(): void {
    this.#saving?.();
    this.#saving = null;
    if (this.#unsaved.size === 0) return;
    this.#repository.save([...this.#unsaved.values()]);
    this.#unsaved.clear();
  }

  /** Writes nothing more. */
  stop(): void {
    this.#saving?.();
    this.#listeners.clear();
  }

  #keep(observation: Observation): void {
    const id = identityKeyOf(observation);
    this.#observations.set(id, observation);
    const ofAccount = this.#byAccount.get(observation.accountId) ?? new Set();
    ofAccount.add(id);
    this.#byAccount.set(observation.accountId, ofAccount);
  }

  /** Pushing platforms mark what they replay; a poll's first look after a sign-in is a snapshot by itself. */
  #causeOf(observation: Observation): ObservationCause {
    const seen = this.#seenThisSession.get(observation.accountId);
    const first = !seen?.has(observation.userId);
    seen?.add(observation.userId);
    if (observation.replayed) return this.#reconnected.has(observation.accountId) ? 'reconnected' : 'replayed';
    if (!first || observation.source !== 'poll') return 'observed';
    return this.#reconnected.has(observation.accountId) ? 'reconnected' : 'first-snapshot';
  }

  #keysOf(accountId: string): IdentityKey[] {
    const keys: IdentityKey[] = [];
    for (const id of this.#byAccount.get(accountId) ?? []) {
      const observation = this.#observations.get(id);
      if (observation) keys.push({ accountId, userId: observation.userId });
    }
    return keys;
  }

  #freshnessChanged(accountId: string): void {
    const changes = this.#keysOf(accountId).map((key) => ({ key, cause: 'freshness' as const }));
    if (changes.length > 0) for (const listener of this.#listeners) listener(changes);
  }
}
