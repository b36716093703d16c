/**
 * Avatars and emoji: given out under an opaque hash, loaded from the platform when somebody first asks, and kept in the home, so
 * that the interface loads nothing from elsewhere and people who are never on screen cost nothing.
 */
import { toMusterError } from '../../domain/errors.ts';
import { DAY_MS } from '../../domain/time.ts';
import type { Connection } from '../../platforms/platform.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import type { PictureKind, PictureRepository, StoredPicture } from '../../ports/repositories.ts';
import { digest } from '../digest.ts';
import { failureFields } from '../failure-fields.ts';

/** What the platform did not have, or what may have changed under the same name, is asked for again after a day. */
const ASK_AGAIN_MS = DAY_MS;

interface Source {
  readonly accountId: string;
  readonly kind: PictureKind;
  readonly key: string;
}

/** Loads and keeps pictures. */
export class Pictures {
  readonly #repository: PictureRepository;
  readonly #connectionOf: (accountId: string) => Connection | null;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #sources = new Map<string, Source>();
  readonly #loading = new Map<string, Promise<StoredPicture | null>>();
  readonly #abort = new AbortController();

  constructor(options: {
    repository: PictureRepository;
    connectionOf: (accountId: string) => Connection | null;
    clock: Clock;
    logger: Logger;
  }) {
    this.#repository = options.repository;
    this.#connectionOf = options.connectionOf;
    this.#clock = options.clock;
    this.#logger = options.logger;
  }

  /** The path under which the interface finds the picture; the platform is asked when somebody first wants it. */
  urlOf(accountId: string, avatarKey: string): string {
    const hash = digest(`avatar\n${accountId}\n${avatarKey}`);
    if (!this.#sources.has(hash)) this.#sources.set(hash, { accountId, kind: 'avatar', key: avatarKey });
    return `/v1/avatars/${hash}`;
  }

  /** The avatar behind a hash that `urlOf` gave; null when there is none or the platform cannot be reached. */
  async avatar(hash: string): Promise<StoredPicture | null> {
    const source = this.#sources.get(hash);
    return source ? this.#load(hash, source) : null;
  }

  /** One of an account's own emoji, by its name without colons. */
  emoji(accountId: string, name: string): Promise<StoredPicture | null> {
    return this.#load(digest(`emoji\n${accountId}\n${name}`), { accountId, kind: 'emoji', key: name });
  }

  /** Forgets one person's picture: opted out, or gone. */
  forget(accountId: string, avatarKey: string): void {
    this.#sources.delete(digest(`avatar\n${accountId}\n${avatarKey}`));
    this.#repository.delete(accountId, 'avatar', avatarKey);
    this.#repository.sweep();
  }

  /** Forgets where an account's pictures come from; the bytes go with the account. */
  forgetAccount(accountId: string): void {
    for (const [hash, source] of this.#sources) if (source.accountId === accountId) this.#sources.delete(hash);
    this.#repository.sweep();
  }

  stop(): void {
    this.#abort.abort();
  }

  #load(hash: string, source: Source): Promise<StoredPicture | null> {
    const under = this.#loading.get(hash);
    if (under) return under;
    const loading = this.#loadOnce(hash, source).finally(() => this.#loading.delete(hash));
    this.#loading.set(hash, loading);
    return loading;
  }

  async #loadOnce(hash: string, { accountId, kind, key }: Source): Promise<StoredPicture | null> {
    const known = this.#repository.find(accountId, kind, key);
    const kept = known?.hash ? this.#repository.read(known.hash) : null;
    if (kept) return kept;
    if (known && known.hash === null && this.#clock.now() - known.loadedAt < ASK_AGAIN_MS) return null;
    const connection = this.#connectionOf(accountId);
    const loader = kind === 'avatar' ? connection?.avatars : connection?.emoji;
    if (!loader) return null;
    try {
      const picture = await loader.load(key, this.#abort.signal);
      if (this.#abort.signal.aborted || this.#connectionOf(accountId) !== connection) return picture;
      // Forgotten while it was under way: nothing is kept of who opted out.
      if (kind === 'avatar' && !this.#sources.has(hash)) return null;
      this.#repository.save(accountId, kind, key, picture, this.#clock.now());
      return picture;
    } catch (thrown) {
      this.#logger.debug('a picture could not be loaded', {
        account: accountId,
        ...failureFields(toMusterError(thrown)),
      });
      return null;
    }
  }
}
