/**
 * The adapter contract. A platform is a manifest (data) and an adapter: `connect(context)` gives a `Connection`, whose optional
 * bundles say what the platform can do; what it cannot do is absent, never a no-op. An adapter gets everything through its context
 * and only reports; it never touches a store. `xmpp/` is the full push example, `slack/` the polling one.
 */
import type { Identity } from '../domain/contacts/contact.ts';
import type { MusterError } from '../domain/errors.ts';
import type { OwnStatus } from '../domain/own-status/intent.ts';
import type { Observation } from '../domain/presence/observation.ts';
import type { Status } from '../domain/presence/status.ts';
import type { EpochMs } from '../domain/time.ts';
import type { BudgetLimits, CallBudget } from '../ports/call-budget.ts';
import type { Clock } from '../ports/clock.ts';
import type { HttpClient } from '../ports/http-client.ts';
import type { Logger } from '../ports/logger.ts';
import type { Random } from '../ports/random.ts';
import type { SecretReader } from '../ports/secret-store.ts';
import type { JsonValue } from './json.ts';
import type { PlatformManifest } from './manifest.ts';
import type { AccessTokens, OAuthProvider } from './oauth.ts';
import type { WebhookReceiver } from './webhook.ts';

export type { JsonValue } from './json.ts';

/** An identity as an adapter reports it; the account is known from the context. */
export type IdentityReport = Omit<Identity, 'accountId'>;

/** An observation as an adapter reports it; the account is known from the context. */
export type ObservationReport = Omit<Observation, 'accountId'>;

/** What an adapter tells the core. Every call is synchronous, cheap and idempotent; after `signal` aborted they do nothing. */
export interface AdapterReport {
  /** New or changed people of the roster. */
  identities(identities: readonly IdentityReport[]): void;
  /** People who left the roster (deactivated, unsubscribed). */
  removed(userIds: readonly string[]): void;
  observations(observations: readonly ObservationReport[]): void;
  /** The connection broke after it was up. The core backs off and calls `reconnect`, or connects anew; `retry: 'reauth'` ends in needs-sign-in. */
  lost(error: MusterError): void;
  /** Something of the own status changed on the platform (by ourselves or by the user's own client): time to read it back. */
  ownChanged(): void;
  /**
   * The push channel beside the polls (a webhook subscription, an event socket) came up or broke. While it is up, what came by
   * `webhook` or `push` stays fresh; an outage counts from the moment it is told.
   */
  channel(state: 'up' | 'down'): void;
}

/** Small values that an account keeps over restarts: cursors, ids of subscriptions. Gone with the account. Never a secret. */
export interface AccountMemory {
  get(name: string): JsonValue | undefined;
  set(name: string, value: JsonValue): void;
  delete(name: string): void;
}

/** Everything that an adapter gets from outside. */
export interface AdapterContext<Settings = unknown> {
  readonly accountId: string;
  readonly settings: Settings;
  readonly secrets: SecretReader;
  /** The access token, refreshed in time. For platforms with an `oauth` part; elsewhere it rejects. */
  readonly tokens: AccessTokens;
  readonly memory: AccountMemory;
  /**
   * Where the platform can send events to this very account: the public address, its key included, or one on this machine when the
   * platform is there too; null when there is neither.
   */
  readonly webhookUrl: string | null;
  /** With time-outs and a size cap. Retry and back-off are the core's: adapters try once. */
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Aborted when the account is closed; everything the adapter started ends then. */
  readonly signal: AbortSignal;
  readonly report: AdapterReport;
  /** The account's budget for one method, or for methods that share a limit, made at first use. Every call takes a place first. */
  budget(name: string, limits: BudgetLimits): CallBudget;
  /** True when the user opted this person out: nothing may be read or reported about them. */
  isOptedOut(userId: string): boolean;
}

/** One platform method that looks at people. */
export interface PollMethod {
  /** The platform's name for it, also the budget's: `users.getPresence`. */
  readonly name: string;
  /** `presence` decides the status (planned by the index policy); `details` (do-not-disturb windows) goes round in batches. */
  readonly facet: 'presence' | 'details';
  /** How many people one call can look at. */
  readonly batchSize: number;
  /**
   * Set where one call tells about everybody, also about people whom nobody knew yet (a log of the whole account): it is then called
   * with no ids once in so many seconds, whoever is known.
   */
  readonly everySeconds?: number;
  /** Along with it: when it was called last, before this connection too (as the adapter remembers); null: never. Absent: it is due at once. */
  calledAt?(): EpochMs | null;
  /** How often it may be called. */
  readonly limits: BudgetLimits;
  /** The budget that it takes its places from, where several methods share one; absent: its own, under its name. */
  readonly budgetName?: string;
  /** Looks at the people, having taken one place in the budget per call, and reports what it saw. Rejects with a MusterError; then nobody in the batch counts as looked at. */
  poll(userIds: readonly string[], signal: AbortSignal): Promise<void>;
}

/** What one wants one's own status to be on the platform. `null` parts are not ours and stay as they are. */
export interface OwnTarget {
  readonly status:
    | null
    | {
        readonly kind: 'set';
        readonly status: OwnStatus;
        readonly message: string | null;
        readonly emoji: string | null;
        readonly until: EpochMs | null;
      }
    /** Back to exactly what `snapshot` (of an earlier reading) held; what has expired meanwhile is cleared. */
    | { readonly kind: 'restore'; readonly snapshot: JsonValue };
  readonly doNotDisturb:
    | null
    | { readonly kind: 'set'; readonly active: boolean; readonly until: EpochMs | null }
    | { readonly kind: 'restore'; readonly snapshot: JsonValue };
}

/** How applying one part went. Failures are thrown as MusterErrors. */
export interface PartResult {
  readonly outcome: 'applied' | 'partial' | 'unsupported';
  /** One sentence for people, whenever it is not `applied`. */
  readonly detail: string | null;
  /** Who ends it at `until`: the platform itself, or Muster. */
  readonly expiresBy: 'platform' | 'muster';
}

/** What the platform says about oneself. The snapshots hold what `restore` and `compare` need. */
export interface OwnReading {
  readonly status: {
    readonly status: Status;
    readonly message: string | null;
    readonly emoji: string | null;
    readonly until: EpochMs | null;
    readonly snapshot: JsonValue;
  };
  readonly doNotDisturb: { readonly active: boolean; readonly until: EpochMs | null; readonly snapshot: JsonValue };
}

/** Writing one's own status. */
export interface OwnStatusBundle {
  /** True where `busy` can be shown only through do-not-disturb (Slack): the core then asks for both. */
  readonly busyImpliesDoNotDisturb: boolean;
  /** How often to look whether the user changed it elsewhere while it is ours, where calls are scarce; often when left out. */
  readonly watchSeconds?: number;
  /** The platform's present truth. */
  read(signal: AbortSignal): Promise<OwnReading>;
  /** Makes it so; both parts are the whole wish, each time. A part that is `null` gives a null result. */
  apply(
    target: OwnTarget,
    signal: AbortSignal,
  ): Promise<{ status: PartResult | null; doNotDisturb: PartResult | null }>;
  /** Pure: is what was read still what we wrote, did that only run out, or did somebody change it? */
  compare(
    part: 'status' | 'doNotDisturb',
    written: JsonValue,
    read: JsonValue,
    now: EpochMs,
  ): 'same' | 'expired' | 'changed';
}

/** A picture's bytes. */
export interface Picture {
  readonly bytes: Uint8Array;
  /** `image/png`, `image/jpeg`, `image/gif`, `image/webp`. SVG is refused. */
  readonly mediaType: string;
}

/** Everybody of the organisation, to add people from. */
export interface Directory {
  /**
   * People whose name or address has words that begin so; the best 25 at most, without oneself and without whoever is opted out.
   * A user is waiting for it: it takes a place in the budget as one. Nothing is reported, and nothing kept. Rejects with a MusterError.
   */
  search(query: string, signal: AbortSignal): Promise<readonly IdentityReport[]>;
}

/** One live sign-in. */
export interface Connection {
  /** Who we are on the platform. */
  readonly self: { readonly userId: string; readonly displayName: string };
  /** What to call the account until the user says otherwise (the workspace's name); absent: one's own name there. */
  readonly label?: string;
  /** What works less than usual, in sentences (an optional permission that is missing). */
  readonly notices: readonly string[];
  readonly roster?: {
    /** Pages of the whole roster. What it yields is complete when it ends without throwing. */
    list(signal: AbortSignal): AsyncIterable<readonly IdentityReport[]>;
    /** How often to list again, in seconds; null when changes are pushed. */
    readonly refreshSeconds: number | null;
  };
  /** Absent where the platform has none; there exactly when the manifest says so. */
  readonly directory?: Directory;
  readonly presence?: {
    /** True when presence is pushed on this connection: observations then stay fresh while it is up. */
    readonly push: boolean;
    readonly poll: readonly PollMethod[];
    /** Sets the push channel beside the polls up anew: called when polls see changes that it did not tell. */
    resubscribe?(signal: AbortSignal): Promise<void>;
    /** Where that channel tells of so many people only: the core chooses them. Absent: it tells of everybody. */
    readonly following?: {
      readonly most: number;
      /**
       * Follows these people, never more than `most`, instead of those before; the most important first. Resolves when what they did
       * while it was being changed is known too, or when it failed: the adapter then tries again, and tells how the channel is.
       */
      follow(userIds: readonly string[], signal: AbortSignal): Promise<void>;
    };
  };
  /** Takes what a webhook brought, one event after the other; called again, also after a restart, for one that rejected with `retry: 'later'`. */
  readonly webhook?: { deliver(payload: JsonValue): Promise<void> };
  readonly ownStatus?: OwnStatusBundle;
  readonly avatars?: { load(avatarKey: string, signal: AbortSignal): Promise<Picture | null> };
  /** The account's own emoji, by name without colons. */
  readonly emoji?: { load(name: string, signal: AbortSignal): Promise<Picture | null> };
  /** A link that opens a chat with the person in the platform's own app; null when there is none. */
  chatUrl(userId: string): string | null;
  /** A cheap check that the connection lives (after the machine slept). Rejects with a MusterError when it does not. */
  verify(signal: AbortSignal): Promise<void>;
  /** Brings a lost connection back on the same state; absent where connecting anew is the same. Tells whether the session was resumed (nothing missed). */
  reconnect?(signal: AbortSignal): Promise<'resumed' | 'fresh'>;
  /** Signs out cleanly, closing sockets and timers. Never rejects; called once. */
  close(): Promise<void>;
}

/** A platform: its data and how to connect. */
export interface PlatformAdapter<Settings = unknown> {
  readonly manifest: PlatformManifest<Settings>;
  /** Sign-in by OAuth; absent where the platform has none. */
  readonly oauth?: OAuthProvider<Settings>;
  /** Inbound webhooks; absent where the platform sends none that help. */
  readonly webhook?: WebhookReceiver<Settings>;
  /**
   * Checks the credentials where signing in is dear (Discord counts sign-ins) or seen by others (XMPP); absent: signing in and out again
   * is the check. Rejects as `connect`, with the same reasons.
   */
  check?(context: AdapterContext<Settings>): Promise<Pick<Connection, 'self' | 'label'>>;
  /** Checks the credentials against the platform and signs in. Rejects with a MusterError that carries the platform's reason. */
  connect(context: AdapterContext<Settings>): Promise<Connection>;
}
