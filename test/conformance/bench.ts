import type { ErrorCode } from '../../src/domain/errors.ts';
import type { OwnStatus } from '../../src/domain/own-status/intent.ts';
import type { EpochMs } from '../../src/domain/time.ts';
import type { ObservationReport } from '../../src/platforms/platform.ts';

/** What may go wrong under way; a bench answers for each, so that none is forgotten. */
export const TROUBLES = [
  'rate limit with Retry-After',
  'server error',
  'service unavailable',
  'no answer',
  'half-closed connection',
  'reset connection',
  'truncated answer',
  'malformed answer',
  'something else entirely',
  'wrong types',
  'unknown values',
  'expired credentials',
  'revoked credentials',
  'clock skew',
] as const;
export type Trouble = (typeof TROUBLES)[number];

/** How a trouble is made and what it must come to. */
export interface TroublePlan {
  /** Makes the trouble, until what it answers is called. */
  readonly cause: (stage: Stage) => Promise<() => void> | (() => void);
  /**
   * `call`: the next look rejects; `loss`: the connection is reported lost by itself; `ending`: as `call` or `loss`, and only signing in
   * again helps; `none`: nothing breaks, and what is reported is still true.
   */
  readonly effect: 'call' | 'loss' | 'ending' | 'none';
  /** The codes that it may be told as; empty for `none`. */
  readonly codes: readonly ErrorCode[];
  readonly retryAfterMs?: number;
  /** What is reported of the colleague during the trouble (`none` only); they are online. */
  readonly expected?: Partial<ObservationReport>;
}

/** One documented native status, how it is played and what it must be in Muster's words. */
export interface NativeStatus {
  readonly name: string;
  readonly play: (stage: Stage) => Promise<void> | void;
  /** Of a platform that tells nothing of others: what is read of oneself. */
  readonly expected: Partial<ObservationReport>;
}

/** What the server holds about oneself, in the server's own words; compared for equality only. */
export type HeldStatus = Readonly<Record<string, unknown>>;

/** A running simulated platform with the user's account and people on it. */
export interface Stage {
  readonly settings: unknown;
  readonly secrets: Readonly<Record<string, string>>;
  /** Somebody of the roster, whose own client the stage can play. */
  readonly colleague: string;
  /** Everybody whom the roster must list. */
  readonly roster: ReadonlySet<string>;
  /** The colleague is at the keyboard / has gone, in the platform's plainest way. */
  arrive(): Promise<void> | void;
  leave(): Promise<void> | void;
  /** What the server tells others about oneself. */
  held(): HeldStatus;
  /** The user changes their status in the platform's own app. */
  changeOwn(): Promise<void> | void;
  /** Stops the server and starts it again on the same address. */
  restart(): Promise<void>;
  /** From now on nothing arrives and nothing is refused, as after a sleep behind a router that forgot us; undone by what it answers. */
  blackhole(): Promise<() => void> | (() => void);
  /** Connections that the account holds open at the server. */
  sockets(): number;
  /** Calls about this person that reached the server. */
  asked(userId: string): number;
  /** Methods that were called more often in some 60 s than the platform allows. */
  limitsPassed(): readonly string[];
  close(): Promise<void>;
}

/** A platform's side of the suite. */
export interface Bench {
  /** Starts the platform with so many colleagues. `now` is the server's clock. */
  start(options: {
    readonly colleagues: number;
    readonly now: () => EpochMs;
    /** Where the platform may send events; null where the platform has no webhook. */
    readonly webhookUrl: string | null;
  }): Promise<Stage>;
  /** Ways of signing in that the platform refuses. */
  readonly refusals: readonly {
    readonly what: string;
    readonly secrets: (stage: Stage) => Readonly<Record<string, string>>;
    readonly code: ErrorCode;
  }[];
  readonly natives: readonly NativeStatus[];
  /** How somebody looks who arrived, and who left, in the platform's plainest way (of oneself where it tells nothing of others). */
  readonly here: Partial<ObservationReport>;
  readonly gone: Partial<ObservationReport>;
  /** The status that is read back after each was set, and how far the platform goes along; null where nothing of one's own can be set. */
  readonly own: Readonly<
    Record<OwnStatus, { readonly outcome: 'applied' | 'partial' | 'unsupported'; readonly reads: readonly string[] }>
  > | null;
  /** How far one's own do-not-disturb goes. */
  readonly ownDoNotDisturb: 'applied' | 'partial' | 'unsupported';
  /** How far the clock goes at a time while one's own status is set, where the platform makes one wait for it. */
  readonly ownStepMs?: number;
  /** Null where the manifest says that the platform has no such thing. */
  readonly troubles: Readonly<Record<Trouble, TroublePlan | null>>;
}

/** The platform stops taking the account's credentials, for good: the connection ends with one of these codes. */
export const credentialsGone = (codes: TroublePlan['codes'], take: (stage: Stage) => void): TroublePlan => ({
  effect: 'ending',
  codes,
  cause: (stage) => {
    take(stage);
    return () => {};
  },
});
