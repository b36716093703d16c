/**
 * Avatars and emoji: given out under an opaque hash, loaded from the platform when somebody first asks, and kept in the home, so
 * that the interface loads nothing from elsewhere and people who are never on screen cost nothing.
 */
import { toMusterError } from '../../domain/errors.ts';
import type { Connection } from '../../platforms/platform.ts';
import type { Logger } from '../../ports/logger.ts';
import type { CachedPicture, PictureCache } from '../../ports/picture-cache.ts';
import { digest } from '../digest.ts';

/** A missing picture is not asked for again until the next start. */
type Source = { readonly accountId: string; readonly key: string };

/** Loads and keeps pictures. */
export class Pictures {
  readonly #cache: PictureCache;
  readonly #connectionOf: (accountId: string) => Connection | null;
  readonly #logger: Logger;
  readonly #sources = new Map<string, Source>();
  readonly #missing = new Set<string>();
  readonly #loading = new Map<string, Promise<CachedPicture | null>>();
  readonly #abort = new AbortController();

  constructor(options: {
    cache: PictureCache;
    connectionOf: (accountId: string) => Connection | null;
    logger: Logger;
  }) {
    this.#cache = options.cache;
    this.#connectionOf = options.connectionOf;
    this.#logger = options.logger;
  }

  /** The path under which the interface finds the picture. */
  urlOf(accountId: string, avatarKey: string): string | null {
    const hash = digest(`avatar\n${accountId}\n${avatarKey}`);
    if (this.#missing.has(hash)) return null;
    this.#sources.set(hash, { accountId, key: avatarKey });
    return `/v1/avatars/${hash}`;
  }

  /** The avatar behind a hash that `urlOf` gave; null when there is none or the platform cannot be reached. */
  async avatar(hash: string): Promise<CachedPicture | null> {
    const source = this.#sources.get(hash);
    if (!source) return null;
    return this.#load(
      hash,
      source.accountId,
      (connection, signal) => connection.avatars?.load(source.key, signal) ?? Promise.resolve(null),
    );
  }

  /** One of an account's own emoji, by its name without colons. */
  async emoji(accountId: string, name: string): Promise<CachedPicture | null> {
    const hash = digest(`emoji\n${accountId}\n${name}`);
    this.#sources.set(hash, { accountId, key: name });
    return this.#load(
      hash,
      accountId,
      (connection, signal) => connection.emoji?.load(name, signal) ?? Promise.resolve(null),
    );
  }

  /** Deletes an account's pictures. */
  async forgetAccount(accountId: string): Promise<void> {
    await this.#forget((source) => source.accountId === accountId);
  }

  /** Deletes one person's picture: opted out. */
  async forget(accountId: string, avatarKey: string): Promise<void> {
    await this.#forget((source) => source.accountId === accountId && source.key === avatarKey);
  }

  /** Deletes what nobody's avatar is any more; call once everybody's `urlOf` was asked. */
  async sweep(): Promise<void> {
    const gone = (await this.#cache.hashes()).filter((hash) => !this.#sources.has(hash));
    if (gone.length > 0) await this.#cache.delete(gone);
  }

  stop(): void {
    this.#abort.abort();
  }

  async #forget(concerns: (source: Source) => boolean): Promise<void> {
    const hashes = [...this.#sources].filter(([, source]) => concerns(source)).map(([hash]) => hash);
    for (const hash of hashes) this.#sources.delete(hash);
    await this.#cache.delete(hashes);
  }

  #load(
    hash: string,
    accountId: string,
    load: (connection: Connection, signal: AbortSignal) => Promise<CachedPicture | null>,
  ): Promise<CachedPicture | null> {
    const under = this.#loading.get(hash);
    if (under) return under;
    const loading = this.#loadOnce(hash, accountId, load).finally(() => this.#loading.delete(hash));
    this.#loading.set(hash, loading);
    return loading;
  }

  async #loadOnce(
    hash: string,
    accountId: string,
    load: (connection: Connection, signal: AbortSignal) => Promise<CachedPicture | null>,
  ): Promise<CachedPicture | null> {
    const kept = await this.#cache.read(hash);
    if (kept) return kept;
    const connection = this.#connectionOf(accountId);
    if (!connection || this.#missing.has(hash)) return null;
    try {
      const picture = await load(connection, this.#abort.signal);
      if (!picture) this.#missing.add(hash);
      else if (this.#sources.has(hash)) await this.#cache.write(hash, picture);
      return picture;
    } catch (thrown) {
      this.#logger.debug('a picture could not be loaded', { account: accountId, code: toMusterError(thrown).code });
      return null;
    }
  }
}
