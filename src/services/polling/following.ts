/**
 * Chooses whom a push channel with few places tells about (Microsoft Graph: 650 people), and changes that rarely: each change sets
 * the channel up anew. `docs/decisions/0013` says why.
 */
import { toMusterError } from '../../domain/errors.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../domain/time.ts';
import type { Connection } from '../../platforms/platform.ts';
import type { Clock, Dispose } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import { type FollowCandidate, type FollowPlan, planFollowing } from './follow-plan.ts';
import type { PollSubjects } from './poll-runner.ts';

/** Pages of a roster and strokes of a scroll wheel come in bursts: chosen when it has been quiet for so long … */
const QUIET_MS = 5 * SECOND_MS;
/** … or after this, if it never is. */
const LONGEST_QUIET_MS = 30 * SECOND_MS;
/** Between two changes, by what depends on the next one. */
const BETWEEN_MS: Readonly<Record<Exclude<FollowPlan['change'], 'not'>, number>> = {
  'at-once': MINUTE_MS,
  soon: 10 * MINUTE_MS,
  someday: 6 * HOUR_MS,
};

type Followed = NonNullable<NonNullable<Connection['presence']>['following']>;

/** What choosing needs. */
export interface FollowingOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly subjects: PollSubjects;
  /** Others are followed now; what was seen before says nothing about the channel. */
  readonly changed: () => void;
}

/** The people whom one account's push channel tells about. */
export class Following {
  readonly #options: FollowingOptions;
  #channel: Followed | null = null;
  #signal: AbortSignal | null = null;
  /** Null: nobody was chosen yet on this connection. */
  #followed: ReadonlySet<string> | null = null;
  #changedAt = Number.NEGATIVE_INFINITY;
  #timer: Dispose | null = null;
  /** When the burst that is waited out began; null: there is none. */
  #since: number | null = null;
  #busy = false;
  readonly #matteredAt = new Map<string, number>();
  readonly #changes = new Map<string, number>();

  constructor(options: FollowingOptions) {
    this.#options = options;
  }

  /** Whether the channel tells about this person: one without a choice tells about everybody. */
  includes(userId: string): boolean {
    return this.#channel === null || this.#followed?.has(userId) === true;
  }

  /** A connection came up; its work ends with `signal`. */
  connected(connection: Connection, signal: AbortSignal): void {
    this.ended();
    this.#channel = connection.presence?.following ?? null;
    this.#signal = signal;
    this.replan();
  }

  /** The connection is gone. */
  ended(): void {
    this.#timer?.();
    this.#timer = null;
    this.#since = null;
    this.#channel = null;
    this.#signal = null;
    this.#followed = null;
    this.#changedAt = Number.NEGATIVE_INFINITY;
  }

  /** This person's status was seen to change. */
  noted(userId: string): void {
    if (this.#channel !== null) this.#changes.set(userId, (this.#changes.get(userId) ?? 0) + 1);
  }

  /** People or what matters changed. */
  replan(): void {
    if (this.#channel === null) return;
    const { clock } = this.#options;
    const now = clock.monotonicMs();
    this.#since ??= now;
    this.#arm(Math.min(QUIET_MS, this.#since + LONGEST_QUIET_MS - now));
  }

  #arm(delayMs: number): void {
    this.#timer?.();
    this.#timer = this.#options.clock.after(Math.max(0, delayMs), () => {
      this.#timer = null;
      this.#since = null;
      void this.#choose();
    });
  }

  async #choose(): Promise<void> {
    const [channel, signal] = [this.#channel, this.#signal];
    if (channel === null || signal === null || signal.aborted || this.#busy) return;
    const { clock, logger, changed } = this.#options;
    const now = clock.monotonicMs();
    const plan = planFollowing(this.#candidates(now), this.#followed ?? new Set(), channel.most);
    if (plan.change === 'not') return;
    const wait = this.#changedAt + BETWEEN_MS[plan.change] - now;
    if (wait > 0) return this.#arm(wait);
    this.#busy = true;
    this.#followed = new Set(plan.userIds);
    this.#changedAt = now;
    try {
      await channel.follow(plan.userIds, signal);
    } catch (thrown) {
      if (!signal.aborted) logger.warn('whom to follow could not be changed', { code: toMusterError(thrown).code });
    } finally {
      this.#busy = false;
    }
    if (this.#channel === channel) changed();
    // What has changed meanwhile, perhaps the connection.
    this.replan();
  }

  /** Nothing is kept about whoever is not among them. */
  #candidates(now: number): readonly FollowCandidate[] {
    const candidates: FollowCandidate[] = [];
    for (const { userId, priority } of this.#options.subjects.people()) {
      const matteredAt = priority === 'rest' ? (this.#matteredAt.get(userId) ?? null) : now;
      candidates.push({ userId, priority, matteredAt, changes: this.#changes.get(userId) ?? 0 });
    }
    this.#matteredAt.clear();
    for (const { userId, matteredAt } of candidates) if (matteredAt !== null) this.#matteredAt.set(userId, matteredAt);
    const known = new Set(candidates.map(({ userId }) => userId));
    for (const userId of this.#changes.keys()) if (!known.has(userId)) this.#changes.delete(userId);
    return candidates;
  }
}
