/**
 * The signed-in accounts: checks credentials before anything is kept, runs one session each, and takes everything of an account
 * away when it is removed. What sessions report goes to the listener, never back up.
 */
import type { AccountPatch, AccountView, NewAccount, PlatformView } from '../../contract/schemas/account.ts';
import type { OAuthRequest } from '../../contract/schemas/oauth.ts';
import { MusterError } from '../../domain/errors.ts';
import { PLATFORM_IDS } from '../../platforms/manifest.ts';
import type { Connection, PlatformAdapter } from '../../platforms/platform.ts';
import type { StoredAccount } from '../../ports/repositories.ts';
import type { SecretReader } from '../../ports/secret-store.ts';
import { sealRecord, type TokenRecord } from '../sign-in/token-record.ts';
import { REFRESH_TOKEN_KEY, TOKENS_KEY } from '../sign-in/token-vault.ts';
import { accountMemory } from './account-memory.ts';
import { type AccountHealth, disabledSince } from './account-record.ts';
import { endAccount, REMOVED, STATUS_KEPT } from './account-removal.ts';
import { AccountSession } from './account-session.ts';
import { accountView, platformView } from './account-view.ts';
import type { AccountsOptions } from './accounts-options.ts';
import { announcing } from './announcing.ts';
import { CredentialChecks } from './credential-checks.ts';
import { Farewells } from './farewells.ts';
import { InTurn } from './in-turn.ts';
import { type PreparedSignIn, requireSameUser, twinOf } from './prepared-sign-in.ts';

/** Queries and commands about accounts. */
export class Accounts {
  readonly #options: AccountsOptions;
  readonly #records = new Map<string, StoredAccount>();
  readonly #sessions = new Map<string, AccountSession>();
  readonly #disabledSince = new Map<string, AccountHealth['since']>();
  /** Commands about one account run one after the other: a check takes seconds, in which the account could go or come twice. */
  readonly #commands = new InTurn();
  readonly #checks: CredentialChecks;
  readonly #farewells: Farewells;

  constructor(options: AccountsOptions) {
    this.#options = options;
    this.#checks = new CredentialChecks(options);
    this.#farewells = new Farewells({ clock: options.clock, giveBack: (id) => options.ownStatus().accountLeaving(id) });
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
    await Promise.all([...sessions.map((session) => session.stop()), this.#farewells.stop()]);
    this.#options.keepers.stop();
    this.#options.budgets.stop();
  }

  platforms(): PlatformView[] {
    return PLATFORM_IDS.map((id) => platformView(this.#options.registry[id]));
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

  /** Also of an account that only gives one's own status back any more. */
  publishing(accountId: string): AccountSession | null {
    return this.#sessions.get(accountId) ?? this.#farewells.session(accountId);
  }

  sessions(): Iterable<AccountSession> {
    return [...this.#sessions.values(), ...this.#farewells.sessions()];
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

  /** Ends what removed and switched-off accounts still give back. */
  endFarewells(): Promise<void> {
    return this.#farewells.stop();
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

  async #begin(
    id: string,
    adapter: PlatformAdapter,
    settings: Readonly<Record<string, unknown>>,
    self: Connection['self'],
    label: string,
    scopes: readonly string[] | null,
  ): Promise<AccountView> {
    const createdAt = this.#options.clock.now();
    const record = { id, platform: adapter.manifest.id, label, settings, enabled: true, createdAt, self };
    this.#save(record);
    this.#recordSignIn(record, scopes);
    const left = twinOf(this.#farewells.records(), adapter, settings, self.userId);
    if (left) {
      this.#options.ownStatus().accountReturned(left.id, id);
      await this.#farewells.end(left.id, true);
    }
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
    await this.#farewells.end(accountId);
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
      // Under other settings it may be another server, or not ours to change any more.
      const moves = JSON.stringify(settings) !== JSON.stringify(record.settings);
      if (moves && record.enabled) await this.#farewells.say(accountId, this.#sessions.get(accountId) ?? null);
      record = { ...this.#record(accountId), settings, self };
      await this.#close(accountId);
    }
    const wasOn = record.enabled;
    record = { ...record, label: patch.label ?? record.label, enabled: patch.enabled ?? record.enabled };
    if (wasOn && !record.enabled) await this.#switchOff(record);
    else this.#save(record);
    if (record.enabled && !this.#sessions.has(accountId)) {
      await this.#farewells.end(accountId);
      this.#open(record);
    }
    return this.#announce(accountId);
  }

  /** What we set there would stay for as long as it is switched off. */
  async #switchOff(record: StoredAccount): Promise<void> {
    const session = this.#sessions.get(record.id) ?? null;
    const farewell = await this.#farewells.say(record.id, session);
    this.#save(record);
    if (farewell !== 'going' || session === null) return this.#close(record.id);
    this.#farewells.goOn(record, session, async () => {
      this.#options.keepers.close(record.id);
      await session.stop();
      this.changed(record.id);
    });
    this.#release(record.id);
  }

  async #delete(accountId: string): Promise<void> {
    const record = this.#record(accountId);
    const { keepers, secrets, audit } = this.#options;
    const keeper = keepers.keeper(accountId);
    const left = (await keeper?.leave()) ?? null;
    // First what can fail: a locked keychain must leave the account as it is, not half gone.
    await secrets.deleteAll(accountId).catch((thrown: unknown) => {
      keeper?.stay();
      throw thrown;
    });
    const session = this.#sessions.get(accountId) ?? this.#farewells.take(accountId);
    const farewell = await this.#farewells.say(accountId, session);
    const end = () => endAccount(this.#options, record, session, left);
    if (farewell === 'going' && session !== null) {
      this.#options.ownStatus().accountGoing(accountId);
      this.#farewells.goOn(record, session, async (givenBack) => {
        await end();
        if (!givenBack) audit.record('signed-out', STATUS_KEPT, record);
      });
    }
    this.#release(accountId);
    if (farewell !== 'going') await end();
    audit.record('signed-out', REMOVED[farewell], record);
    this.#records.delete(accountId);
    this.#options.removed(accountId);
    this.#options.repository.delete(accountId);
    this.#options.events.publish('account', { id: accountId, removed: true });
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
      listener: this.#farewells.muted(record.id, {
        ...announcing(listener, (id) => this.#announce(id)),
        health: (id, { state, reason }) => {
          if (state === 'needs-sign-in')
            audit.recordOnce('needs-sign-in', reason ?? 'Sign in again.', this.#record(id));
          this.#announce(id);
        },
        connected: (id, connection, how) => this.#connected(id, connection, how),
      }),
      isOptedOut: (userId) => isOptedOut(record.id, userId),
      subjects: this.#farewells.spared(record.id, subjectsOf(record.id)),
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
    const session = this.#release(accountId);
    this.#options.keepers.close(accountId);
    await session?.stop();
  }

  /** From now on nobody sees the account's session. */
  #release(accountId: string): AccountSession | null {
    const session = this.#sessions.get(accountId);
    if (!session) return null;
    this.#sessions.delete(accountId);
    this.#disabledSince.set(accountId, this.#options.clock.now());
    if (session.connection) this.#options.listener.lost(accountId, this.#options.clock.now());
    return session;
  }

  #view(record: StoredAccount): AccountView {
    const session = this.#sessions.get(record.id);
    const since = this.#disabledSince.get(record.id) ?? record.createdAt;
    const closed = disabledSince(since, this.#farewells.has(record.id));
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
