import { addMs, type EpochMs, epochMs } from '../../domain/time.ts';
import type { Dispose } from '../../ports/clock.ts';
import type { AdapterContext, ObservationReport } from '../platform.ts';
import { boundariesOf, type DndWindow, type Known, observationOf, type ProfileState } from './mapping.ts';

const NOTHING: Known = { look: null, profile: null, dnd: null };

/**
 * Puts together what the different calls say about each person and reports it: at each look, when a profile or a window changes
 * what an earlier look means, and when a window, a status or a huddle begins or ends while nobody asks. Keeps nothing about people
 * who are opted out.
 */
export class People {
  readonly #context: Pick<AdapterContext, 'clock' | 'report' | 'isOptedOut'>;
  readonly #known = new Map<string, Known>();
  #closed = false;
  #timer: { readonly at: EpochMs; readonly dispose: Dispose } | null = null;

  constructor(context: Pick<AdapterContext, 'clock' | 'report' | 'isOptedOut'>) {
    this.#context = context;
  }

  /** A look at the presence, always reported. */
  looked(userId: string, raw: string): void {
    if (this.#closed || this.#context.isOptedOut(userId)) return;
    const before = this.#known.get(userId) ?? NOTHING;
    const look = { raw, at: this.#context.clock.now(), replayed: before.look === null };
    this.#keep(userId, { ...before, look });
    this.#report([userId]);
  }

  /** Profiles of a roster page, or of an event, which is news. */
  profiles(entries: Iterable<readonly [string, ProfileState]>, news = false): void {
    this.#learn(entries, (known, profile) => ({ ...known, profile }), news);
  }

  /** Do-not-disturb windows; null = none. */
  windows(entries: Iterable<readonly [string, DndWindow | null]>, news = false): void {
    this.#learn(entries, (known, dnd) => ({ ...known, dnd }), news);
  }

  forget(userIds: Iterable<string>): void {
    for (const userId of userIds) this.#known.delete(userId);
  }

  /** Ends the timer. */
  close(): void {
    this.#closed = true;
    this.#timer?.dispose();
    this.#timer = null;
    this.#known.clear();
  }

  /** `news`: it has just become so, also when the look itself was the first one. */
  #learn<T>(entries: Iterable<readonly [string, T]>, apply: (known: Known, told: T) => Known, news: boolean): void {
    if (this.#closed) return;
    const now = this.#context.clock.now();
    const changed: string[] = [];
    for (const [userId, told] of entries) {
      if (this.#context.isOptedOut(userId)) continue;
      const before = this.#known.get(userId) ?? NOTHING;
      let after = apply(before, told);
      if (!sameMeaning(observationOf(userId, before, now), observationOf(userId, after, now))) {
        if (news && after.look !== null) after = { ...after, look: { ...after.look, replayed: false } };
        changed.push(userId);
      }
      this.#keep(userId, after);
    }
    this.#report(changed);
  }

  #keep(userId: string, known: Known): void {
    this.#known.set(userId, known);
    const next = Math.min(...boundariesOf(known, this.#context.clock.now()));
    if (next < (this.#timer?.at ?? Number.POSITIVE_INFINITY)) this.#schedule(epochMs(next));
  }

  #schedule(at: EpochMs): void {
    this.#timer?.dispose();
    this.#timer = { at, dispose: this.#context.clock.at(at, () => this.#passed(at)) };
  }

  /** A boundary was passed: what has just become true is news, also when the look itself was the first one. */
  #passed(boundary: EpochMs): void {
    this.#timer = null;
    const now = this.#context.clock.now();
    const changed: string[] = [];
    let next: EpochMs | null = null;
    for (const [userId, known] of this.#known) {
      if (this.#context.isOptedOut(userId)) {
        this.#known.delete(userId);
        continue;
      }
      const before = observationOf(userId, known, addMs(boundary, -1));
      if (known.look !== null && !sameMeaning(before, observationOf(userId, known, now))) {
        this.#known.set(userId, { ...known, look: { ...known.look, replayed: false } });
        changed.push(userId);
      }
      for (const instant of boundariesOf(known, now)) if (next === null || instant < next) next = instant;
    }
    if (next !== null) this.#schedule(next);
    this.#report(changed);
  }

  #report(userIds: readonly string[]): void {
    const now = this.#context.clock.now();
    const observations: ObservationReport[] = [];
    for (const userId of userIds) {
      const observation = observationOf(userId, this.#known.get(userId) ?? NOTHING, now);
      if (observation !== null) observations.push(observation);
    }
    if (observations.length > 0) this.#context.report.observations(observations);
  }
}

/** Whether two readings of the same look tell the same. */
function sameMeaning(before: ObservationReport | null, after: ObservationReport | null): boolean {
  if (before === null || after === null) return before === after;
  return (
    before.status === after.status &&
    before.doNotDisturb === after.doNotDisturb &&
    before.message === after.message &&
    before.emoji === after.emoji &&
    before.activities.length === after.activities.length
  );
}
