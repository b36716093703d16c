/**
 * Inbound webhooks: a delivery is judged by its platform on the raw bytes, kept on the disk, acknowledged, and worked off afterwards.
 * What is not authentic costs a signature check and is counted; what comes twice does nothing the second time.
 */

import { randomBytes } from 'node:crypto';
import { MusterError, toMusterError } from '../../domain/errors.ts';
import { addMs, DAY_MS, HOUR_MS, SECOND_MS } from '../../domain/time.ts';
import { isLoopback } from '../../platforms/base-url.ts';
import type { Connection, PlatformAdapter } from '../../platforms/platform.ts';
import type { RawDelivery, WebhookEvent, WebhookVerdict } from '../../platforms/webhook.ts';
import type { Clock, Dispose } from '../../ports/clock.ts';
import type { HttpClient } from '../../ports/http-client.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Random } from '../../ports/random.ts';
import type { StoredAccount, WebhookRepository } from '../../ports/repositories.ts';
import type { SecretReader, SecretStore } from '../../ports/secret-store.ts';
import { within } from '../accounts/within.ts';
import { failureFields } from '../failure-fields.ts';
import { addressBehind, addressKeyOf, webhookAddress } from './address.ts';
import { CommitTogether } from './commit-together.ts';
import { Rejections } from './rejections.ts';
import { WebhookWorker } from './webhook-worker.ts';

/** The secret store's name for the key that all addresses come from. */
const KEY_NAME = 'webhooks/address-key';
/** Events that may wait for one account; more are asked to come again. */
const MOST_WAITING = 50_000;
/**
 * How long ids are remembered, so that a repeated delivery is recognised (Meta tries again for days, Zoom and Graph for hours), and how
 * long events may wait for their account: what WhatsApp told nobody can ask for again, and all say when they happened.
 */
const REMEMBERED_MS = 7 * DAY_MS;
/** How long a delivery may be judged: fetching keys included. */
const JUDGE_TIMEOUT_MS = 5 * SECOND_MS;
/** How long secrets are kept at hand, so that a burst does not ask the keychain ten thousand times. */
const AT_HAND_MS = 30 * SECOND_MS;

/** What a delivery is answered with. */
export type HookAnswer =
  | { readonly kind: 'unknown' | 'too-large' | 'rejected' }
  | { readonly kind: 'too-many' | 'full' | 'busy'; readonly retryAfterSeconds: number }
  | { readonly kind: 'answer'; readonly status: 200 | 202 | 403; readonly contentType: string; readonly body: string };

/** What webhooks need. */
export interface WebhooksOptions {
  readonly repository: WebhookRepository;
  readonly accounts: {
    record(accountId: string): StoredAccount | null;
    connection(accountId: string): Connection | null;
    secrets(accountId: string): SecretReader;
  };
  readonly adapterOf: (platform: string) => PlatformAdapter | null;
  readonly secretStore: () => SecretStore;
  readonly redact: (secret: string) => void;
  /** Where the user's own proxy admits `/hooks/…`; null when nothing comes from outside. */
  readonly publicUrl: URL | null;
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Told of the first rejected delivery of an account within an hour. */
  readonly rejected: (accountId: string, reason: string) => void;
}

/** Receives what platforms send. */
export class Webhooks {
  readonly #options: WebhooksOptions;
  readonly #rejections: Rejections;
  readonly #commits: CommitTogether;
  readonly #workers = new Map<string, WebhookWorker>();
  readonly #waiting = new Map<string, number>();
  readonly #atHand = new Map<string, { readonly reader: SecretReader; readonly until: number }>();
  #key: Buffer | null = null;
  #served: URL | null = null;
  #tidying: Dispose | null = null;

  constructor(options: WebhooksOptions) {
    this.#options = options;
    this.#rejections = new Rejections(options.clock);
    this.#commits = new CommitTogether(options);
  }

  /** Has the addresses' key at hand, so that accounts know theirs when they connect. Does nothing without a public address. */
  async prepare(): Promise<void> {
    if (this.#options.publicUrl !== null) await this.#addressKey();
  }

  start(): void {
    this.#tidy();
  }

  /** Muster answers at this address of this machine from now on; told before the accounts connect. */
  servedAt(url: URL): void {
    this.#served = url;
  }

  /**
   * Where the platform can send events to the account: the public address, or this machine's own for a platform that is on it too. Null
   * without either, or where no webhook helps.
   */
  urlOf(account: StoredAccount): string | null {
    const { publicUrl, adapterOf } = this.#options;
    const adapter = adapterOf(account.platform);
    if (!adapter?.webhook) return null;
    if (publicUrl !== null) return this.#key && webhookAddress(publicUrl, account, this.#key);
    return this.#served && isNeighbour(adapter, account) ? addressBehind(this.#served, account).href : null;
  }

  /** The address that the user enters at the platform: without the key, which only Muster itself hands to a platform. */
  addressOf(account: StoredAccount): string | null {
    const url = this.urlOf(account);
    if (url === null) return null;
    const address = new URL(url);
    address.search = '';
    return address.href;
  }

  /** The largest delivery that is read, in bytes; null for an account or a platform that has no webhook. */
  maxBytes(platform: string, accountId: string): number | null {
    const account = this.#options.accounts.record(accountId);
    if (account?.platform !== platform || !account.enabled) return null;
    return this.#options.adapterOf(platform)?.webhook?.maxBytes ?? null;
  }

  /** Judges, keeps and answers a delivery. Never rejects. */
  async receive(platform: string, accountId: string, delivery: RawDelivery): Promise<HookAnswer> {
    const limit = this.maxBytes(platform, accountId);
    if (limit === null) return { kind: 'unknown' };
    if (delivery.body.byteLength > limit) return this.refuse(accountId, 'too-large', 'the delivery is too large');
    try {
      const verdict = await this.#judge(platform, accountId, delivery);
      if (verdict.kind === 'rejected') return this.refuse(accountId, 'rejected', verdict.reason);
      if (verdict.kind === 'handshake') {
        // Whoever tries tokens is counted as whoever tries signatures.
        const refused =
          verdict.status === 200 ? null : this.refuse(accountId, 'rejected', 'the handshake does not fit');
        return refused?.kind === 'too-many' ? refused : { ...verdict, kind: 'answer' };
      }
      if (!this.#hasRoom(accountId)) return { kind: 'full', retryAfterSeconds: 60 };
      await this.#keep(accountId, verdict.events);
      return { kind: 'answer', status: verdict.status, contentType: 'text/plain; charset=utf-8', body: '' };
    } catch (thrown) {
      const error = toMusterError(thrown);
      this.#options.logger.warn('a webhook delivery could not be taken', {
        account: accountId,
        ...failureFields(error),
      });
      return { kind: 'busy', retryAfterSeconds: 5 };
    }
  }

  /** Counts a delivery that is not taken, and answers it. */
  refuse(accountId: string, kind: 'rejected' | 'too-large', reason: string): HookAnswer {
    const { count, tooMany, retryAfterSeconds } = this.#rejections.add(accountId);
    if (count === 1) {
      this.#options.logger.warn('a webhook delivery was rejected', { account: accountId, reason });
      this.#options.rejected(accountId, reason);
    }
    return tooMany ? { kind: 'too-many', retryAfterSeconds } : { kind };
  }

  /** The account connected, or has new secrets. */
  wake(accountId: string): void {
    this.#atHand.delete(accountId);
    this.#worker(accountId).wake();
  }

  /** The account is gone. */
  forget(accountId: string): void {
    this.#workers.get(accountId)?.stop();
    this.#workers.delete(accountId);
    this.#waiting.delete(accountId);
    this.#atHand.delete(accountId);
    this.#rejections.forget(accountId);
  }

  /** Writes what is not on the disk yet, and takes nothing more up. */
  stop(): void {
    this.#commits.flush();
    for (const worker of this.#workers.values()) worker.stop();
    this.#tidying?.();
  }

  async #judge(platform: string, accountId: string, delivery: RawDelivery): Promise<WebhookVerdict> {
    const { accounts, adapterOf, clock, http } = this.#options;
    const receiver = adapterOf(platform)?.webhook;
    const account = accounts.record(accountId);
    if (!receiver || !account) throw new MusterError('not-found', 'There is no such account.');
    const judging = receiver.receive(delivery, {
      accountId,
      settings: account.settings,
      secrets: this.#secretsOf(accountId),
      clock,
      http,
      addressKey: addressKeyOf(account, await this.#addressKey()),
    });
    return within(clock, JUDGE_TIMEOUT_MS, judging, new AbortController());
  }

  async #keep(accountId: string, events: readonly WebhookEvent[]): Promise<void> {
    if (events.length === 0) return;
    const receivedAt = this.#options.clock.now();
    await this.#commits.keep(events.map(({ id, payload }) => ({ accountId, eventId: id, payload, receivedAt })));
    this.#waiting.set(accountId, (this.#waiting.get(accountId) ?? 0) + events.length);
    this.#worker(accountId).wake();
  }

  /** Counted on the disk only when the running count says that it could be full: what came twice is in it, what is done too. */
  #hasRoom(accountId: string): boolean {
    if ((this.#waiting.get(accountId) ?? MOST_WAITING) < MOST_WAITING) return true;
    const waiting = this.#options.repository.countWaiting(accountId);
    this.#waiting.set(accountId, waiting);
    return waiting < MOST_WAITING;
  }

  #worker(accountId: string): WebhookWorker {
    const known = this.#workers.get(accountId);
    if (known) return known;
    const { repository, accounts, clock, random, logger } = this.#options;
    const connection = () => accounts.connection(accountId);
    const made = new WebhookWorker({ accountId, repository, connection, clock, random, logger });
    this.#workers.set(accountId, made);
    return made;
  }

  #secretsOf(accountId: string): SecretReader {
    const now = this.#options.clock.monotonicMs();
    const known = this.#atHand.get(accountId);
    if (known && known.until > now) return known.reader;
    const reader = remembering(this.#options.accounts.secrets(accountId));
    this.#atHand.set(accountId, { reader, until: now + AT_HAND_MS });
    return reader;
  }

  async #addressKey(): Promise<Buffer> {
    if (this.#key) return this.#key;
    const { secretStore, redact } = this.#options;
    const kept = await secretStore().get(KEY_NAME);
    const text = kept ?? randomBytes(32).toString('base64url');
    redact(text);
    if (kept === null) await secretStore().set(KEY_NAME, text);
    this.#key ??= Buffer.from(text, 'base64url');
    return this.#key;
  }

  #tidy(): void {
    const { repository, clock } = this.#options;
    repository.forgetBefore(addMs(clock.now(), -REMEMBERED_MS));
    this.#tidying = clock.after(HOUR_MS, () => this.#tidy());
  }
}

/** Whether the platform is on this machine, by the account's settings, and content with an address there. */
function isNeighbour({ webhook, manifest }: PlatformAdapter, { settings }: StoredAccount): boolean {
  const parsed = manifest.settings.safeParse(settings);
  const sender = parsed.success ? webhook?.sender?.(parsed.data) : undefined;
  return sender !== undefined && isLoopback(sender);
}

function remembering(reader: SecretReader): SecretReader {
  const known = new Map<string, Promise<string | null>>();
  return {
    get(key) {
      const reading = known.get(key) ?? reader.get(key);
      known.set(key, reading);
      // A keychain that was locked is asked again.
      reading.catch(() => known.delete(key));
      return reading;
    },
  };
}
