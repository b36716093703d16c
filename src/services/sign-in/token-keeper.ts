/**
 * Keeps one account's access token valid. One renewal at a time, whoever asks; new tokens are kept before anybody gets them; a renewal
 * that was cut off between the platform's answer and our keeping it is recognised, since a note was written before it was asked for.
 */
import { MusterError, toMusterError } from '../../domain/errors.ts';
import { addMs, type EpochMs, MINUTE_MS, SECOND_MS } from '../../domain/time.ts';
import type { AccessTokens, OAuthProvider } from '../../platforms/oauth.ts';
import type { Clock, Dispose } from '../../ports/clock.ts';
import type { OAuthApp, OAuthClient } from '../../ports/oauth-client.ts';
import type { Random } from '../../ports/random.ts';
import { backOffMs } from '../polling/back-off.ts';
import { interruptedError, renewalError, spentError } from './sign-in-errors.ts';
import type { SignInNotes } from './sign-in-notes.ts';
import { nextRecord, type TokenRecord } from './token-record.ts';
import type { TokenVault } from './token-vault.ts';

/** A token that ends within this is not handed out any more: the call that it is for takes time too. */
const LAST_MS = 10 * SECOND_MS;
/** Renewed so long before the end, or a fifth of its life when that is less. */
const AHEAD_MS = 5 * MINUTE_MS;

/** What a keeper tells. */
export interface KeeperListener {
  loaded(record: TokenRecord): void;
  renewed(before: TokenRecord, record: TokenRecord): void;
  /** A renewal failed; it is tried again. */
  failed(error: MusterError): void;
  /** Only signing in again helps. Told once for each set of tokens. */
  ended(error: MusterError): void;
}

/** What a keeper needs. */
export interface KeeperOptions {
  readonly provider: OAuthProvider;
  /** The settings at the time of asking. */
  readonly settings: () => unknown;
  /** Makes the app from provider, settings and client secret; null: nothing can be renewed. */
  readonly app: (clientSecret: string | null, settings: unknown) => OAuthApp | null;
  readonly vault: TokenVault;
  readonly notes: SignInNotes;
  readonly oauth: OAuthClient;
  readonly clock: Clock;
  readonly random: Random;
  readonly redact: (secret: string, passing: boolean) => void;
  readonly listener: KeeperListener;
}

/** The tokens of an account that is being removed. */
export interface LeftTokens {
  readonly record: TokenRecord | null;
  readonly clientSecret: string | null;
}

/** Keeps tokens. */
export class TokenKeeper implements AccessTokens {
  readonly #options: KeeperOptions;
  #vault: TokenVault;
  #record: TokenRecord | null = null;
  #loading: Promise<TokenRecord> | null = null;
  #renewing: Promise<TokenRecord> | null = null;
  /** Given by the platform and not kept yet: the store refused. */
  #unsaved: TokenRecord | null = null;
  #refused: string | null = null;
  #ended: MusterError | null = null;
  /** The renewal before this start, or before a lost answer, may have been taken. */
  #interrupted = false;
  /** After a failed renewal: the next one begins then, on the monotonic clock. */
  #held: { readonly until: number; readonly error: MusterError } | null = null;
  #attempt = 0;
  #timer: Dispose | null = null;
  #active = false;
  #wasActive = false;
  /** Grows when the tokens are replaced: what a renewal of earlier ones brings is then worth nothing. */
  #epoch = 0;
  /** Renewals begin after it. */
  #gate: Promise<void> | null = null;
  /** Settings and client secret that are being tried and not kept yet. */
  #tried: { readonly settings: unknown; readonly clientSecret: string | null } | null = null;

  constructor(options: KeeperOptions) {
    this.#options = options;
    this.#vault = options.vault;
  }

  /** What is known now, without asking anybody; null before the first use. */
  get record(): TokenRecord | null {
    return this.#record;
  }

  async current(signal?: AbortSignal): Promise<string> {
    signal?.throwIfAborted();
    const record = await this.#load();
    if (this.#ended) throw this.#ended;
    const need = this.#need(record);
    if (need === 'none') return record.accessToken;
    if (record.refreshToken === null && need === 'soon') return record.accessToken;
    try {
      return (await orAborted(this.#renewed(), signal)).accessToken;
    } catch (thrown) {
      // Still good for a while: what has to be renewed soon can be renewed later.
      if (need === 'soon' && !signal?.aborted && !this.#ended && !this.#unsaved) return record.accessToken;
      throw thrown;
    }
  }

  refused(token: string): void {
    if (token === this.#record?.accessToken) this.#refused = token;
  }

  /** From now on tokens are renewed ahead of their end, whether anybody asks or not. */
  start(): void {
    this.#active = true;
    if (this.#record) this.#plan();
    // A store that is locked now is asked again by whoever needs a token.
    else void this.#load().catch(() => undefined);
  }

  /** No renewals but for whoever asks. */
  pause(): void {
    this.#active = false;
    this.#timer?.();
    this.#timer = null;
  }

  /** The machine woke, or its clock was set: what is due is done now. */
  wake(): void {
    this.#held = null;
    if (this.#active) this.#plan();
  }

  /** A person asks for another try: what was given up is tried once more. */
  tryAgain(): void {
    this.#held = null;
    this.#refused = null;
    this.#ended = null;
  }

  /** Runs something with other settings and another client secret, while one and the same keeper keeps the tokens. */
  async trying<T>(settings: unknown, clientSecret: string | null, run: () => Promise<T>): Promise<T> {
    this.#tried = { settings, clientSecret };
    this.tryAgain();
    try {
      return await run();
    } finally {
      this.#tried = null;
    }
  }

  /** Begins no renewal before `over`; resolves when none is under way. */
  async rest(over: Promise<unknown>): Promise<void> {
    const gate = over.then(
      () => undefined,
      () => undefined,
    );
    this.#gate = gate;
    void gate.then(() => {
      if (this.#gate === gate) this.#gate = null;
    });
    await this.#renewing?.catch(() => undefined);
  }

  /** Other tokens take the place of these: by a sign-in, or pasted. `write` keeps them; when it rejects nothing has changed. */
  async replace(write: () => Promise<void>): Promise<void> {
    await this.#renewing?.catch(() => undefined);
    this.#epoch += 1;
    await write();
    this.#options.notes.clear();
    this.#record = null;
    this.#loading = null;
    this.#unsaved = null;
    this.#interrupted = false;
    this.tryAgain();
    if (this.#active) this.start();
  }

  /** Works on from memory and keeps nothing any more: its secrets are being deleted. Answers what to revoke. */
  async leave(): Promise<LeftTokens> {
    const clientSecret = await this.#vault.clientSecret();
    const record = await this.#load().catch((thrown: unknown) => {
      if (thrown instanceof MusterError && thrown.code === 'credentials-refused') return null;
      throw thrown;
    });
    await this.#renewing?.catch(() => undefined);
    this.#wasActive = this.#active;
    this.pause();
    this.#vault = {
      load: async () => this.#record,
      save: async () => undefined,
      clientSecret: async () => clientSecret,
    };
    return { record: this.#unsaved ?? this.#record ?? record, clientSecret };
  }

  /** The deletion failed: as before. */
  stay(): void {
    this.#vault = this.#options.vault;
    // A renewal meanwhile was kept in memory alone.
    const record = this.#record;
    if (record && record.generation > 0) void this.#vault.save(record).catch(() => undefined);
    if (this.#wasActive) this.start();
  }

  async #load(): Promise<TokenRecord> {
    if (this.#record) return this.#record;
    this.#loading ??= this.#read().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  async #read(): Promise<TokenRecord> {
    const { notes, redact } = this.#options;
    const record = await this.#vault.load();
    if (!record) throw new MusterError('credentials-refused', 'The access token is missing. Sign in again.');
    for (const token of [record.accessToken, record.refreshToken]) if (token) redact(token, true);
    const note = notes.read();
    if (note?.generation === record.generation) {
      this.#ended = note.ended;
      this.#interrupted = note.renewing;
    }
    this.#record = record;
    this.#options.listener.loaded(record);
    if (this.#active) this.#plan();
    return record;
  }

  #need(record: TokenRecord): 'none' | 'soon' | 'now' {
    if (this.#unsaved || record.accessToken === '' || record.accessToken === this.#refused) return 'now';
    const { accessExpiresAt } = record;
    const now = this.#options.clock.now();
    if (accessExpiresAt !== null && accessExpiresAt - now <= LAST_MS) return 'now';
    // Asked at once, while the platform may still forgive that it was asked before.
    if (this.#interrupted) return 'soon';
    return accessExpiresAt !== null && now >= aheadOf(record, accessExpiresAt) ? 'soon' : 'none';
  }

  #renewed(): Promise<TokenRecord> {
    if (this.#renewing) return this.#renewing;
    const held = this.#held;
    if (held && held.until > this.#options.clock.monotonicMs()) return Promise.reject(held.error);
    this.#renewing = this.#renew()
      .catch((thrown: unknown) => {
        if (!this.#ended) this.#hold(toMusterError(thrown));
        throw thrown;
      })
      .finally(() => {
        this.#renewing = null;
        this.#plan();
      });
    return this.#renewing;
  }

  #hold(error: MusterError): void {
    const { clock, random } = this.#options;
    this.#attempt += 1;
    this.#held = { until: clock.monotonicMs() + backOffMs(this.#attempt, error, random), error };
  }

  async #renew(): Promise<TokenRecord> {
    if (this.#gate) await this.#gate;
    if (this.#unsaved) return this.#save(this.#unsaved);
    const record = await this.#load();
    const tried = this.#tried ?? { settings: this.#options.settings(), clientSecret: await this.#vault.clientSecret() };
    const app = this.#options.app(tried.clientSecret, tried.settings);
    // Not kept: whoever tries again by hand may find that it was the platform's mistake.
    if (!app || record.refreshToken === null)
      throw this.#end(record, spentError(record, this.#options.clock.now()), false);
    const epoch = this.#epoch;
    const next = await this.#ask(app, record, record.refreshToken);
    if (epoch !== this.#epoch) return this.#load();
    return this.#save(nextRecord(record, next, this.#options.provider, this.#options.clock.now(), []));
  }

  async #ask(app: OAuthApp, record: TokenRecord, refreshToken: string) {
    const { oauth, notes, clock, redact, listener } = this.#options;
    const { generation } = record;
    const epoch = this.#epoch;
    notes.write({ generation, renewing: true, ended: null });
    try {
      const tokens = await oauth.refresh(app, refreshToken);
      for (const token of [tokens.accessToken, tokens.refreshToken]) if (token) redact(token, true);
      return tokens;
    } catch (thrown) {
      const error = toMusterError(thrown);
      if (epoch !== this.#epoch) throw error;
      if (error.retry === 'reauth') {
        const why = this.#interrupted ? interruptedError(error) : renewalError(error, record, clock.now());
        throw this.#end(record, why, true);
      }
      // A refusal to serve took nothing; without an answer nobody knows.
      this.#interrupted ||= error.params.answered !== true;
      notes.write({ generation, renewing: this.#interrupted, ended: null });
      listener.failed(error);
      throw error;
    }
  }

  async #save(next: TokenRecord): Promise<TokenRecord> {
    const { notes, listener } = this.#options;
    const before = this.#record ?? next;
    this.#unsaved = next;
    try {
      await this.#vault.save(next);
    } catch (thrown) {
      const { code } = toMusterError(thrown);
      throw new MusterError(
        code,
        'The sign-in was renewed, but the new tokens cannot be kept: the place for secrets refuses. Muster tries again; unlock it.',
        { retry: 'later', cause: thrown },
      );
    }
    this.#unsaved = null;
    this.#record = next;
    this.#refused = null;
    this.#interrupted = false;
    this.#held = null;
    this.#attempt = 0;
    notes.write({ generation: next.generation, renewing: false, ended: null });
    listener.renewed(before, next);
    return next;
  }

  #end(record: TokenRecord, error: MusterError, keep: boolean): MusterError {
    this.#ended = error;
    if (keep) this.#options.notes.write({ generation: record.generation, renewing: false, ended: error });
    this.#options.listener.ended(error);
    return error;
  }

  #plan(): void {
    this.#timer?.();
    this.#timer = null;
    const due = this.#active ? this.#due() : null;
    if (due !== null) this.#timer = this.#options.clock.at(due, () => void this.#ahead());
  }

  /** When the next renewal without being asked is due. */
  #due(): EpochMs | null {
    const { clock } = this.#options;
    const record = this.#record;
    if (!record || this.#ended || (record.refreshToken === null && !this.#unsaved)) return null;
    const held = this.#held ? Math.max(0, this.#held.until - clock.monotonicMs()) : 0;
    const soonest = addMs(clock.now(), held);
    if (this.#interrupted || this.#unsaved) return soonest;
    if (record.accessExpiresAt === null) return null;
    const due = aheadOf(record, record.accessExpiresAt);
    return due > soonest ? due : soonest;
  }

  async #ahead(): Promise<void> {
    const record = this.#record;
    if (!this.#active || !record) return;
    // What it leads to is told by the renewal itself.
    if (this.#need(record) !== 'none') await this.#renewed().catch(() => undefined);
    if (!this.#timer) this.#plan();
  }
}

function aheadOf(record: TokenRecord, expiresAt: EpochMs): EpochMs {
  return addMs(expiresAt, -Math.min(AHEAD_MS, (expiresAt - record.obtainedAt) / 5));
}

/** The promise's outcome, or the signal's reason; the renewal itself goes on for the others. */
function orAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
