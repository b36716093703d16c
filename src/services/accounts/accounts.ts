/**
 * The signed-in accounts: checks credentials before anything is kept, runs one session each, and takes everything of an account
 * away when it is removed. What sessions report goes to the listener, never back up.
 */
import type { AccountPatch, AccountView, NewAccount, PlatformView } from '../../contract/schemas/account.ts';
import { MusterError } from '../../domain/errors.ts';
import { SECOND_MS } from '../../domain/time.ts';
import { PLATFORM_IDS, type PlatformId } from '../../platforms/manifest.ts';
import type { AccessTokens } from '../../platforms/oauth.ts';
import type { Connection, PlatformAdapter } from '../../platforms/platform.ts';
import type { Clock } from '../../ports/clock.ts';
import type { HttpClient } from '../../ports/http-client.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Random } from '../../ports/random.ts';
import type { AccountRepository, StoredAccount, ValueRepository } from '../../ports/repositories.ts';
import type { SecretReader, SecretStore } from '../../ports/secret-store.ts';
import type { EventLog } from '../events/event-log.ts';
import type { AccountMeters } from '../health/account-meters.ts';
import type { CallBudgets } from '../polling/call-budgets.ts';
import type { PollSubjects } from '../polling/poll-runner.ts';
import { accountMemory, forgetMemory } from './account-memory.ts';
import { type AccountHealth, secretName } from './account-record.ts';
import { AccountSession } from './account-session.ts';
import { accountView, platformView } from './account-view.ts';
import { checkSecrets, parseSettings } from './credentials.ts';
import { pastedTokens } from './pasted-tokens.ts';
import { probeAccount } from './probe.ts';
import type { SessionListener } from './session-options.ts';
import { atMost } from './within.ts';

/** Every platform by its id. */
export type PlatformRegistry = Readonly<Record<PlatformId, PlatformAdapter>>;

/** What the accounts need. */
export interface AccountsOptions {
  readonly repository: AccountRepository;
  readonly registry: PlatformRegistry;
  readonly secretStore: () => SecretStore;
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly events: EventLog;
  /** A secret passed by: the log must never show it. */
  readonly redact: (secret: string) => void;
  readonly listener: Omit<SessionListener, 'health'>;
  readonly subjectsOf: (accountId: string) => PollSubjects;
  readonly budgets: CallBudgets;
  readonly meters: AccountMeters;
  readonly values: ValueRepository;
  /** Where the platform can send events to the account; null when no public address is configured or it sends none. */
  readonly webhookUrlOf: (account: StoredAccount) => string | null;
  readonly isOptedOut: (accountId: string, userId: string) => boolean;
  /** Called before an account goes, while it is still connected: own status is given back. */
  readonly beforeRemove: (accountId: string) => Promise<void>;
  /** Called after it went: people, observations and pictures go too. */
  readonly removed: (accountId: string) => void;
}

/** How long giving the own status back may hold up a removal. */
const FAREWELL_MS = 5 * SECOND_MS;

/** Queries and commands about accounts. */
export class Accounts {
  readonly #options: AccountsOptions;
  readonly #records = new Map<string, StoredAccount>();
  readonly #sessions = new Map<string, AccountSession>();
  readonly #disabledSince = new Map<string, AccountHealth['since']>();
  /** Commands about one account run one after the other: a check takes seconds, in which the account could go or come twice. */
  readonly #commands = new Map<string, Promise<unknown>>();

  constructor(options: AccountsOptions) {
    this.#options = options;
    for (const record of options.repository.all()) {
      // An account of a platform that this version does not know stays on disk, untouched.
      if (isPlatformId(record.platform)) this.#records.set(record.id, record);
    }
  }

  /** Starts a session for every enabled account; returns at once. */
  start(): void {
    for (const record of this.#records.values()) if (record.enabled) this.#open(record);
  }

  async stop(): Promise<void> {
    const sessions = [...this.#sessions.values()];
    this.#sessions.clear();
    await Promise.all(sessions.map((session) => session.stop()));
    this.#options.budgets.stop();
  }

  platforms(): PlatformView[] {
    return PLATFORM_IDS.map((id) => platformView(this.#options.registry[id].manifest));
  }

  ids(): string[] {
    return [...this.#records.keys()];
  }

  list(): AccountView[] {
    return [...this.#records.values()].map((record) => this.#view(record));
  }

  /** Throws `not-found`. */
  get(accountId: string): AccountView {
    return this.#view(this.#record(accountId));
  }

  record(accountId: string): StoredAccount | null {
    return this.#records.get(accountId) ?? null;
  }

  connection(accountId: string): Connection | null {
    return this.#sessions.get(accountId)?.connection ?? null;
  }

  /** The account's own secrets; nobody else's. */
  secrets(accountId: string): SecretReader {
    return this.#reader(accountId);
  }

  session(accountId: string): AccountSession | null {
    return this.#sessions.get(accountId) ?? null;
  }

  sessions(): Iterable<AccountSession> {
    return this.#sessions.values();
  }

  /** Signs in. Throws `invalid-settings`, the platform's reason, or `conflict` for an account that is there already. */
  create(wanted: NewAccount): Promise<AccountView> {
    return this.#inTurn('', () => this.#create(wanted));
  }

  /** Renames, disables, or signs in again; new settings and secrets are checked before they replace the old. */
  patch(accountId: string, patch: AccountPatch): Promise<AccountView> {
    return this.#inTurn(accountId, () => this.#patch(accountId, patch));
  }

  /** Signs out and deletes its secrets and everything read through it. */
  delete(accountId: string): Promise<void> {
    return this.#inTurn(accountId, () => this.#delete(accountId));
  }

  /** Deletes every secret of this home, also those that no account owns any more. */
  forgetSecrets(): Promise<void> {
    return this.#inTurn('', async () => {
      const store = this.#options.secretStore();
      for (const name of await store.names()) await store.delete(name);
    });
  }

  #inTurn<T>(accountId: string, command: () => Promise<T>): Promise<T> {
    const turn = (this.#commands.get(accountId) ?? Promise.resolve()).then(command);
    const settled = turn
      .catch(() => undefined)
      .then(() => {
        if (this.#commands.get(accountId) === settled) this.#commands.delete(accountId);
      });
    this.#commands.set(accountId, settled);
    return turn;
  }

  async #create(wanted: NewAccount): Promise<AccountView> {
    const adapter = this.#adapter(wanted.platform);
    const settings = parseSettings(adapter.manifest, wanted.settings);
    checkSecrets(adapter.manifest, wanted.secrets);
    const id = this.#options.random.id('a');
    const { self, label } = await this.#probe(id, adapter, settings, wanted.secrets);
    this.#refuseTwin(adapter, settings, self.userId);
    await this.#keepSecrets(id, wanted.secrets);
    const record: StoredAccount = {
      id,
      platform: adapter.manifest.id,
      label: wanted.label ?? label,
      settings,
      enabled: true,
      createdAt: this.#options.clock.now(),
      self,
    };
    this.#save(record);
    this.#open(record);
    return this.#announce(id);
  }

  async #patch(accountId: string, patch: AccountPatch): Promise<AccountView> {
    let record = this.#record(accountId);
    const adapter = this.#adapter(record.platform);
    if (patch.settings || patch.secrets) {
      const settings = parseSettings(adapter.manifest, { ...record.settings, ...patch.settings });
      const secrets = { ...(await this.#storedSecrets(record)), ...patch.secrets };
      checkSecrets(adapter.manifest, secrets);
      const { self } = await this.#probe(accountId, adapter, settings, secrets);
      record = this.#record(accountId);
      if (record.self && record.self.userId !== self.userId) {
        throw new MusterError(
          'conflict',
          'These credentials are for somebody else. Add them as an account of their own instead.',
        );
      }
      await this.#keepSecrets(accountId, patch.secrets ?? {});
      record = { ...record, settings, self };
      await this.#close(accountId);
    }
    record = { ...record, label: patch.label ?? record.label, enabled: patch.enabled ?? record.enabled };
    this.#save(record);
    if (!record.enabled) await this.#close(accountId);
    else if (!this.#sessions.has(accountId)) this.#open(record);
    return this.#announce(accountId);
  }

  async #delete(accountId: string): Promise<void> {
    const record = this.#record(accountId);
    const store = this.#options.secretStore();
    // First what can fail: a locked keychain must leave the account as it is, not half gone.
    for (const field of this.#adapter(record.platform).manifest.secrets)
      await store.delete(secretName(accountId, field.key));
    await atMost(this.#options.clock, FAREWELL_MS, this.#options.beforeRemove(accountId));
    await this.#close(accountId);
    this.#records.delete(accountId);
    this.#options.budgets.forget(accountId);
    this.#options.meters.forget(accountId);
    forgetMemory(this.#options.values, accountId);
    this.#options.removed(accountId);
    this.#options.repository.delete(accountId);
    this.#options.events.publish('account', { id: accountId, removed: true });
  }

  /** Tries to connect now. Throws `not-found`. */
  reconnect(accountId: string): AccountView {
    const record = this.#record(accountId);
    const session = this.#sessions.get(accountId);
    if (session) session.retryNow();
    else if (record.enabled) this.#open(record);
    return this.#view(record);
  }

  #record(accountId: string): StoredAccount {
    const record = this.#records.get(accountId);
    if (!record) throw new MusterError('not-found', 'There is no such account.');
    return record;
  }

  #adapter(platform: string): PlatformAdapter {
    const id = PLATFORM_IDS.find((known) => known === platform);
    if (id) return this.#options.registry[id];
    throw new MusterError('invalid-request', 'Muster has no such platform.', {
      issues: [{ path: 'platform', message: `One of ${PLATFORM_IDS.join(', ')}.` }],
    });
  }

  #probe(id: string, adapter: PlatformAdapter, settings: unknown, secrets: Readonly<Record<string, string>>) {
    for (const secret of Object.values(secrets)) this.#options.redact(secret);
    return probeAccount(adapter, settings, secrets, { accountId: id, ...this.#options });
  }

  #refuseTwin(adapter: PlatformAdapter, settings: Readonly<Record<string, unknown>>, userId: string): void {
    const twin = [...this.#records.values()].find(
      (record) =>
        record.platform === adapter.manifest.id &&
        record.self?.userId === userId &&
        JSON.stringify(record.settings) === JSON.stringify(settings),
    );
    if (twin)
      throw new MusterError('conflict', `This account is here already, as “${twin.label}”.`, {
        params: { accountId: twin.id },
      });
  }

  async #keepSecrets(accountId: string, secrets: Readonly<Record<string, string>>): Promise<void> {
    const store = this.#options.secretStore();
    const before = new Map<string, string | null>();
    try {
      for (const [key, value] of Object.entries(secrets)) {
        before.set(key, await store.get(secretName(accountId, key)));
        await store.set(secretName(accountId, key), value);
      }
    } catch (thrown) {
      for (const [key, earlier] of before) {
        const name = secretName(accountId, key);
        await (earlier === null ? store.delete(name) : store.set(name, earlier)).catch(() => undefined);
      }
      throw thrown;
    }
  }

  async #storedSecrets(record: StoredAccount): Promise<Record<string, string>> {
    const secrets: Record<string, string> = {};
    for (const field of this.#adapter(record.platform).manifest.secrets) {
      const value = await this.#options.secretStore().get(secretName(record.id, field.key));
      if (value !== null) secrets[field.key] = value;
    }
    return secrets;
  }

  #reader(accountId: string): SecretReader {
    return {
      get: async (key) => {
        const value = await this.#options.secretStore().get(secretName(accountId, key));
        if (value !== null) this.#options.redact(value);
        return value;
      },
    };
  }

  #tokens(record: StoredAccount): AccessTokens {
    return pastedTokens(this.#reader(record.id), this.#adapter(record.platform).oauth?.accessTokenKey);
  }

  #save(record: StoredAccount): void {
    this.#options.repository.save(record);
    this.#records.set(record.id, record);
  }

  #open(record: StoredAccount): void {
    const { http, clock, random, logger, listener, isOptedOut, subjectsOf } = this.#options;
    this.#disabledSince.delete(record.id);
    const session = new AccountSession({
      record,
      adapter: this.#adapter(record.platform),
      settings: record.settings,
      secrets: this.#reader(record.id),
      tokens: this.#tokens(record),
      memory: accountMemory(this.#options.values, record.id),
      webhookUrl: this.#options.webhookUrlOf(record),
      http,
      clock,
      random,
      logger: logger.with({ account: record.id, platform: record.platform }),
      listener: {
        ...listener,
        health: () => this.#announce(record.id),
        connected: (id, connection, how) => this.#connected(id, connection, how),
      },
      isOptedOut: (userId) => isOptedOut(record.id, userId),
      subjects: subjectsOf(record.id),
      budgets: this.#options.budgets.of(record.id),
      meter: this.#options.meters.of(record.id),
    });
    this.#sessions.set(record.id, session);
    session.start();
  }

  #connected(accountId: string, connection: Connection, how: 'first' | 'fresh' | 'resumed'): void {
    const record = this.#records.get(accountId);
    if (record && JSON.stringify(record.self) !== JSON.stringify(connection.self))
      this.#save({ ...record, self: connection.self });
    this.#options.listener.connected(accountId, connection, how);
  }

  async #close(accountId: string): Promise<void> {
    const session = this.#sessions.get(accountId);
    if (!session) return;
    this.#sessions.delete(accountId);
    this.#disabledSince.set(accountId, this.#options.clock.now());
    if (session.connection) this.#options.listener.lost(accountId, this.#options.clock.now());
    await session.stop();
  }

  #view(record: StoredAccount): AccountView {
    const session = this.#sessions.get(record.id);
    const closed: AccountHealth = {
      state: 'disabled',
      reason: null,
      since: this.#disabledSince.get(record.id) ?? record.createdAt,
      retryAt: null,
    };
    return accountView(record, this.#adapter(record.platform).manifest, session?.health ?? closed, {
      connection: session?.connection ?? null,
      budgets: session?.budgets ?? [],
      syncPeople: session?.syncPeople ?? null,
    });
  }

  #announce(accountId: string): AccountView {
    const view = this.#view(this.#record(accountId));
    this.#options.events.publish('account', view);
    return view;
  }
}

function isPlatformId(id: string): boolean {
  return PLATFORM_IDS.some((known) => known === id);
}
