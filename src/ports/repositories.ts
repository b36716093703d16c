/**
 * Where the core keeps things. Every method is synchronous: what has returned is on the disk (while that takes no writes: in memory
 * until it does, see `Database.onlyInMemory`), and nothing else can come between two calls inside `Database.transaction`. What
 * cannot be read any more (an unknown value, broken JSON) is left out of the answers and left alone on the disk.
 */
import type { Alert, Watch } from '../domain/alerts/watch.ts';
import type { Contact, Identity, Membership } from '../domain/contacts/contact.ts';
import type { DoNotDisturbIntent, Intent, OwnStatus } from '../domain/own-status/intent.ts';
import type { IdentityKey, Observation } from '../domain/presence/observation.ts';
import type { Schedule } from '../domain/schedule/schedule.ts';
import type { EpochMs } from '../domain/time.ts';
import type { AuditRepository } from './audit-trail.ts';

/** A value that survives JSON. */
export type StoredJson =
  | string
  | number
  | boolean
  | null
  | readonly StoredJson[]
  | { readonly [key: string]: StoredJson };

/** A signed-in account, as it is kept. Its secrets are in the secret store. */
export interface StoredAccount {
  readonly id: string;
  readonly platform: string;
  readonly label: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly enabled: boolean;
  readonly createdAt: EpochMs;
  readonly self: { readonly userId: string; readonly displayName: string } | null;
}

/** The accounts, in the order in which they were added. */
export interface AccountRepository {
  all(): StoredAccount[];
  find(id: string): StoredAccount | null;
  save(account: StoredAccount): void;
  /** Deletes the account and everything that was read through it. True when there was one. */
  delete(id: string): boolean;
}

/** What of the contact book has to be written. */
export interface StoredBookDiff {
  readonly contacts: readonly Contact[];
  readonly identities: readonly Identity[];
  readonly memberships: readonly Membership[];
  readonly goneContacts: readonly string[];
  readonly goneIdentities: readonly IdentityKey[];
}

/** The contact book. A contact that goes takes its watches and alerts along, an identity its observation. */
export interface BookRepository {
  load(): { contacts: Contact[]; identities: Identity[]; memberships: Membership[] };
  /** All or nothing. */
  save(diff: StoredBookDiff): void;
}

/** The newest observation of each identity. */
export interface ObservationRepository {
  all(): Observation[];
  /** Observations through accounts that are gone are not kept. */
  save(observations: readonly Observation[]): void;
  delete(keys: readonly IdentityKey[]): void;
}

/** Wishes about the own status; those of the manual layer, which have to outlive a restart. */
export interface IntentRepository {
  all(): Intent[];
  save(intent: Intent): void;
  delete(id: string): void;
}

/** Wishes about do-not-disturb. */
export interface DoNotDisturbIntentRepository {
  all(): DoNotDisturbIntent[];
  save(intent: DoNotDisturbIntent): void;
  delete(id: string): void;
}

/** What was done about one part of one account's own status; written before and after each write to the platform. */
export interface StoredJournalEntry {
  readonly accountId: string;
  readonly part: 'status' | 'doNotDisturb';
  readonly intentId: string;
  readonly desired: StoredJson;
  readonly previous: StoredJson;
  readonly written: StoredJson;
  readonly state: 'writing' | 'in-force' | 'overridden';
  readonly attemptedAt: EpochMs;
}

/** The publication journal. */
export interface JournalRepository {
  find(accountId: string, part: StoredJournalEntry['part']): StoredJournalEntry | null;
  save(entry: StoredJournalEntry): void;
  delete(accountId: string, part: StoredJournalEntry['part']): void;
}

/** Do-not-disturb schedules, in the order in which they were made. */
export interface ScheduleRepository {
  all(): Schedule[];
  save(schedule: Schedule): void;
  delete(id: string): boolean;
}

/** Watches, in the order in which they were made. */
export interface WatchRepository {
  all(): Watch[];
  save(watch: Watch): void;
  delete(id: string): boolean;
}

/** Alerts, delivered and held back. */
export interface AlertRepository {
  newestFirst(limit: number): Alert[];
  /** A watch's alerts from `since` on, and its last that was delivered, whenever that was. */
  recentOf(watchId: string, since: EpochMs): Alert[];
  add(alert: Alert): void;
  /** Forgets all but the newest. */
  prune(keep: number): void;
  /** Forgets what was kept about a person. */
  deleteAbout(contactId: string): void;
}

/** One tap: a status with message, emoji and length. */
export interface Preset {
  readonly id: string;
  readonly name: string;
  readonly status: OwnStatus;
  readonly message: string | null;
  readonly emoji: string | null;
  readonly doNotDisturb: boolean;
  readonly forSeconds: number | null;
}

/** Presets, in the order in which they were made. */
export interface PresetRepository {
  all(): Preset[];
  save(preset: Preset): void;
  delete(id: string): boolean;
}

/** Suggestions to link that the user has dismissed, by their keys. */
export interface DismissalRepository {
  all(): string[];
  add(key: string): void;
  delete(key: string): void;
}

/** Event numbers: reserved in blocks, so that they only grow, across restarts and after a kill too. */
export interface SequenceRepository {
  /** The first number of a fresh block of `size`, never handed out before. */
  reserve(size: number): number;
}

/** What a picture is of: a person of an account, or one of the account's own emoji. */
export type PictureKind = 'avatar' | 'emoji';

/** A picture's bytes. */
export interface StoredPicture {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

/** Pictures, kept once per content and found again by what an account calls them. */
export interface PictureRepository {
  /** `hash` is null when the platform had none; the whole answer is null when it was never asked. */
  find(accountId: string, kind: PictureKind, key: string): { hash: string | null; loadedAt: EpochMs } | null;
  /** Every picture that an account calls something, to fill a directory at the start. */
  references(): { accountId: string; kind: PictureKind; key: string; hash: string | null; loadedAt: EpochMs }[];
  read(hash: string): StoredPicture | null;
  /** Keeps the picture (null: there is none) under its SHA-256 in hex, which it answers. */
  save(accountId: string, kind: PictureKind, key: string, picture: StoredPicture | null, at: EpochMs): string | null;
  delete(accountId: string, kind: PictureKind, key: string): void;
  /** Drops bytes that nothing refers to any more. */
  sweep(): void;
}

/** One event of a webhook, as it waits for its account. */
export interface StoredWebhookEvent {
  readonly accountId: string;
  /** The platform's own id: the same event twice is one. */
  readonly eventId: string;
  readonly payload: StoredJson;
  readonly receivedAt: EpochMs;
}

/** Webhook events between their acknowledgement and the work on them, and the ids of those of the last days. */
export interface WebhookRepository {
  /**
   * Keeps those that were never seen; answers how many. On the disk when it returns. Throws for an account that is gone, and while
   * the disk takes no writes: the sender still has them.
   */
  keep(events: readonly StoredWebhookEvent[]): number;
  /** The oldest that wait, in the order in which they came. */
  waiting(accountId: string, limit: number): { sequence: number; eventId: string; payload: StoredJson }[];
  countWaiting(accountId: string): number;
  /** The work on all up to this one is done: what they said is forgotten, their ids are not. */
  finish(accountId: string, upTo: number): void;
  /** Forgets whatever came before then, also what still waits, and ids too. */
  forgetBefore(instant: EpochMs): void;
}

/** Small values that belong to no aggregate, by name. */
export interface ValueRepository {
  get(name: string): StoredJson | undefined;
  set(name: string, value: StoredJson): void;
  delete(name: string): void;
  /** Deletes every value whose name begins so. */
  deleteUnder(prefix: string): void;
}

/** The home's database. One connection, one process. */
export interface Database {
  readonly accounts: AccountRepository;
  readonly book: BookRepository;
  readonly observations: ObservationRepository;
  readonly intents: IntentRepository;
  readonly doNotDisturbIntents: DoNotDisturbIntentRepository;
  readonly journal: JournalRepository;
  readonly schedules: ScheduleRepository;
  readonly watches: WatchRepository;
  readonly alerts: AlertRepository;
  readonly presets: PresetRepository;
  readonly dismissals: DismissalRepository;
  readonly sequence: SequenceRepository;
  readonly pictures: PictureRepository;
  readonly values: ValueRepository;
  readonly webhooks: WebhookRepository;
  readonly audit: AuditRepository;
  /** What happened to the file at opening; null when all was well. */
  readonly recovered: { readonly keptAside: string; readonly message: string } | null;
  /** Whether changes wait in memory since the disk takes none (it is full); they are written as soon as it does. */
  onlyInMemory(): boolean;
  /** Runs `fn` as one change: all of it is on the disk, or, when it throws, none. It may run twice, and must not wait for anything. */
  transaction<T>(fn: () => T): T;
  /** Forgets everything but the event numbers, which must go on growing. */
  erase(): void;
  close(): void;
}
