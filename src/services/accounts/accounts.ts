/**
 * The signed-in accounts: checks credentials before anything is kept, runs one session each, and takes everything of an account
 * away when it is removed. What sessions report goes to the listener, never back up.
 */
import type { AccountPatch, AccountView, NewAccount, PlatformView } from '../../contract/schemas/account.ts';
import type { OAuthRequest } from '../../contract/schemas/oauth.ts';
import { MusterError } from '../../domain/errors.ts';
import { SECOND_MS } from '../../domain/time.ts';
import { PLATFORM_IDS, type PlatformId } from '../../platforms/manifest.ts';
import type { Connection, PlatformAdapter } from '../../platforms/platform.ts';
import type { Clock } from '../../ports/clock.ts';
import type { HttpClient } from '../../ports/http-client.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Random } from '../../ports/random.ts';
import type { AccountRepository, StoredAccount, ValueRepository } from '../../ports/repositories.ts';
import type { SecretReader } from '../../ports/secret-store.ts';
import type { Audit } from '../audit/audit.ts';
import type { EventLog } from '../events/event-log.ts';
import type { AccountMeters } from '../health/account-meters.ts';
import type { CallBudgets } from '../polling/call-budgets.ts';
import type { PollSubjects } from '../polling/poll-runner.ts';
import type { LeftTokens } from '../sign-in/token-keeper.ts';
import type { TokenKeepers } from '../sign-in/token-keepers.ts';
import { sealRecord, type TokenRecord } from '../sign-in/token-record.ts';
import { REFRESH_TOKEN_KEY, TOKENS_KEY } from '../sign-in/token-vault.ts';
import { accountMemory, forgetMemory } from './account-memory.ts';
import { type AccountHealth, disabledSince } from './account-record.ts';
import type { AccountSecrets } from './account-secrets.ts';
import { AccountSession } from './account-session.ts';
import { accountView, platformView } from './account-view.ts';
import { announcing } from './announcing.ts';
import { CredentialChecks } from './credential-checks.ts';
import { InTurn } from './in-turn.ts';
import { type PreparedSignIn, requireSameUser, twinOf } from './prepared-sign-in.ts';
import type { SessionListener } from './session-options.ts';
import { atMost } from './within.ts';

/** Every platform by its id. */
export type PlatformRegistry = Readonly<Record<PlatformId, PlatformAdapter>>;

/** What the accounts need. */
export interface AccountsOptions {
  readonly repository: AccountRepository;
  readonly registry: PlatformRegistry;
  readonly secrets: AccountSecrets;
  readonly keepers: TokenKeepers;
  readonly audit: Audit;
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
  /** Where the platform can send events to the account; null when it could reach none, or sends none. */
  readonly webhookUrlOf: (account: StoredAccount) => string | null;
  readonly isOptedOut: (accountId: string, userId: string) => boolean;
  /** Called before an account goes or is switched off, while it is still connected: own status is given back. */
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
  readonly #commands = new InTurn();
  readonly #checks: CredentialChecks;

  constructor(options: AccountsOptions) {
    this.#options = options;
    this.#checks = new CredentialChecks(options);
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
    this.#options.keepers.stop();
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
    return this.#options.secrets.reader(accountId);
  }

  session(accountId: string): AccountSession | null {
    return this.#sessions.get(accountId) ?? null;
  }

  sessions(): Iterable<AccountSession> {
    return this.#sessions.values();
  }

  /** Signs in. Throws `invalid-settings`, the platform's reason, or `conflict` for an account that is there already. */
  create(wanted: NewAccount): Promise<AccountView> {
    return this.#commands.run('', () => this.#create(wanted));
  }

  /** Renames, disables, or signs in again; new settings and secrets are checked before they replace the old. */
  patch(accountId: string, patch: AccountPatch): Promise<AccountView> {
    return this.#commands.run(accountId, () => this.#patch(accountId, patch));
  }

  /** Signs out and deletes its secrets and everything read through it. */
  delete(accountId: string): Promise<void> {
    return this.#commands.run(accountId, () => this.#delete(accountId));
  }

  /** Deletes every secret of this home, also those that no account owns any more. */
  forgetSecrets(): Promise<void> {
    return this.#commands.run('', () => this.#options.secrets.deleteEverything());
  }

  /**
   * Checks what a sign-in by OAuth needs before the browser is asked. Throws `unsupported`, `invalid-settings`, `not-found`, or
   * `conflict` for an account of another platform.
   */
  async prepareSignIn(wanted: OAuthRequest): Promise<PreparedSignIn> {
    return this.#checks.prepare(wanted, wanted.accountId === undefined ? null : this.#record(wanted.accountId));
  }

  /** Takes the tokens of a sign-in: for a new account, or into the one that is repaired. Throws as `create` and `patch` do. */
  signIn(prepared: PreparedSignIn, tokens: TokenRecord): Promise<AccountView> {
    return this.#commands.run(prepared.accountId ?? '', () => this.#signIn(prepared, tokens));
  }

  async #create(wanted: NewAccount): Promise<AccountView> {
    const adapter = this.#checks.adapter(wanted.platform);
    const id = this.#options.random.id('a');
    const { settings, self, label, secrets } = await this.#checks.pasted(id, adapter, wanted);
    const twin = twinOf(this.#records.values(), adapter, settings, self.userId);
    if (twin)
      throw new MusterError('conflict', `This account is here already, as “${twin.label}”.`, {
        params: { accountId: twin.id },
      });
    await this.#options.secrets.write(id, secrets);
    return this.#begin(id, adapter, settings, self, wanted.label ?? label, null);
  }

  async #signIn(prepared: PreparedSignIn, tokens: TokenRecord): Promise<AccountView> {
    const { adapter, settings, given } = prepared;
    const id = prepared.accountId ?? this.#options.random.id('a');
    const { self, label, record } = await this.#checks.signedIn(id, prepared, tokens);
    // Signing in to an account that is here repairs it: the new consent may have ended the tokens that it had.
    const known = prepared.accountId ?? twinOf(this.#records.values(), adapter, settings, self.userId)?.id ?? null;
    if (known !== null) {
      const repair = () => this.#repair(known, prepared, self, record);
      return known === prepared.accountId ? repair() : this.#commands.run(known, repair);
    }
    await this.#options.secrets.write(id, { ...given, [TOKENS_KEY]: sealRecord(record) });
    return this.#begin(id, adapter, settings, self, prepared.label ?? label, record.scopes);
  }

  #begin(
    id: string,
    adapter: PlatformAdapter,
    settings: Readonly<Record<string, unknown>>,
    self: Connection['self'],
    label: string,
    scopes: readonly string[] | null,
  ): AccountView {
    const createdAt = this.#options.clock.now();
    const record = { id, platform: adapter.manifest.id, label, settings, enabled: true, createdAt, self };
    this.#save(record);
    this.#recordSignIn(record, scopes);
    this.#open(record);
    return this.#announce(id);
  }

  /** Other tokens for an account that keeps its people and settings. */
  async #repair(accountId: string, wanted: PreparedSignIn, self: Connection['self'], tokens: TokenRecord) {
    const { adapter, provider, settings, given, label } = wanted;
    const before = this.#record(accountId);
    requireSameUser(before.self, self);
    // What was pasted once is worth nothing any more.
    const pasted = [provider.accessTokenKey, REFRESH_TOKEN_KEY]
      .filter((key) => adapter.manifest.secrets.some((field) => field.key === key))
      .map((key) => [key, null] as const);
    const written = { ...Object.fromEntries(pasted), ...given, [TOKENS_KEY]: sealRecord(tokens) };
    await this.#checks.replaceTokens(accountId, () => this.#options.secrets.write(accountId, written));
    const record = { ...this.#record(accountId), settings, self, enabled: true, label: label ?? before.label };
    await this.#close(accountId);
    this.#save(record);
    this.#recordSignIn(record, tokens.scopes);
    this.#open(record);
    return this.#announce(accountId);
  }

  #recordSignIn(record: StoredAccount, scopes: readonly string[] | null): void {
    const { audit } = this.#options;
    audit.record('signed-in', `Signed in as ${record.self?.displayName ?? 'somebody'}.`, record);
    if (scopes !== null) audit.record('consent-granted', 'Permitted on the platform’s page.', record, scopes);
  }

  async #patch(accountId: string, patch: AccountPatch): Promise<AccountView> {
    let record = this.#record(accountId);
    const adapter = this.#checks.adapter(record.platform);
    if (patch.settings || patch.secrets) {
      const { settings, self } = await this.#checks.patched(record, adapter, patch, () => this.#record(accountId).self);
      record = { ...this.#record(accountId), settings, self };
      await this.#close(accountId);
    }
    // What we set there would stay for as long as it is switched off.
    if (patch.enabled === false && record.enabled)
      await atMost(this.#options.clock, FAREWELL_MS, this.#options.beforeRemove(accountId));
    record = { ...record, label: patch.label ?? record.label, enabled: patch.enabled ?? record.enabled };
    this.#save(record);
    if (!record.enabled) await this.#close(accountId);
    else if (!this.#sessions.has(accountId)) this.#open(record);
    return this.#announce(accountId);
  }

  async #delete(accountId: string): Promise<void> {
    const record = this.#record(accountId);
    const { keepers, secrets, clock } = this.#options;
    const keeper = keepers.keeper(accountId);
    const left = (await keeper?.leave()) ?? null;
    // First what can fail: a locked keychain must leave the account as it is, not half gone.
    await secrets.deleteAll(accountId).catch((thrown: unknown) => {
      keeper?.stay();
      throw thrown;
    });
    await atMost(clock, FAREWELL_MS, this.#options.beforeRemove(accountId));
    await this.#close(accountId);
    // What the farewell renewed is what has to be ended.
    const last = left && { ...left, record: keeper?.record ?? left.record };
    if (last) await atMost(clock, FAREWELL_MS, this.#revoke(record, last));
    this.#options.audit.record(
      'signed-out',
      'The account was removed with its secrets and everything read through it.',
      record,
    );
    this.#records.delete(accountId);
    keepers.forget(accountId);
    this.#options.budgets.forget(accountId);
    this.#options.meters.forget(accountId);
    forgetMemory(this.#options.values, accountId);
    this.#options.removed(accountId);
    this.#options.repository.delete(accountId);
    this.#options.events.publish('account', { id: accountId, removed: true });
  }

  async #revoke(record: StoredAccount, left: LeftTokens): Promise<void> {
    const outcome = await this.#options.keepers.revoke(record, left);
    if (outcome === 'revoked')
      this.#options.audit.record('token-revoked', 'Its tokens were ended at the platform.', record);
  }

  /** What is said about the account has changed elsewhere. */
  changed(accountId: string): void {
    if (this.#records.has(accountId)) this.#announce(accountId);
  }

  /** Tries to connect now. Throws `not-found`. */
  reconnect(accountId: string): AccountView {
    const record = this.#record(accountId);
    const session = this.#sessions.get(accountId);
    this.#options.keepers.keeper(accountId)?.tryAgain();
    if (session) session.retryNow();
    else if (record.enabled) this.#open(record);
    return this.#view(record);
  }

  #record(accountId: string): StoredAccount {
    const record = this.#records.get(accountId);
    if (!record) throw new MusterError('not-found', 'There is no such account.');
    return record;
  }

  #save(record: StoredAccount): void {
    this.#options.repository.save(record);
    this.#records.set(record.id, record);
  }

  #open(record: StoredAccount): void {
    const { http, clock, random, logger, listener, isOptedOut, subjectsOf, keepers, audit } = this.#options;
    const secrets = this.#options.secrets.reader(record.id);
    keepers.open(record.id);
    this.#disabledSince.delete(record.id);
    const session = new AccountSession({
      record,
      adapter: this.#checks.adapter(record.platform),
      settings: record.settings,
      secrets,
      tokens: keepers.of(record, secrets),
      memory: accountMemory(this.#options.values, record.id),
      webhookUrl: this.#options.webhookUrlOf(record),
      http,
      clock,
      random,
      logger: logger.with({ account: record.id, platform: record.platform }),
      listener: {
        ...announcing(listener, (id) => this.#announce(id)),
        health: (id, { state, reason }) => {
          if (state === 'needs-sign-in')
            audit.recordOnce('needs-sign-in', reason ?? 'Sign in again.', this.#record(id));
          this.#announce(id);
        },
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
    this.#options.keepers.close(accountId);
    this.#disabledSince.set(accountId, this.#options.clock.now());
    if (session.connection) this.#options.listener.lost(accountId, this.#options.clock.now());
    await session.stop();
  }

  #view(record: StoredAccount): AccountView {
    const session = this.#sessions.get(record.id);
    const closed = disabledSince(this.#disabledSince.get(record.id) ?? record.createdAt);
    return accountView(record, this.#checks.adapter(record.platform).manifest, session?.health ?? closed, {
      connection: session?.connection ?? null,
      budgets: session?.budgets ?? [],
      syncPeople: session?.syncPeople ?? null,
      notices: session ? this.#options.keepers.notices(record.id) : [],
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
