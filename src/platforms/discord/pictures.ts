import { mediaTypeOf } from '../media-type.ts';
import type { AdapterContext, Picture } from '../platform.ts';
import type { EmojiNames } from './emoji-names.ts';

const MAX_BYTES = 2 * 1024 * 1024;
const TIMEOUT_MS = 15_000;
/** Pixels; the CDN takes powers of two. */
const AVATAR_SIZE = 128;
const EMOJI_SIZE = 64;
/** What `avatarKeyOf` makes; keys come back from a database. */
const AVATAR_KEY = /^avatars\/\d{1,20}\/[\w-]{1,64}\.png$/;

/** Avatars and the servers' own emoji, from Discord's CDN, which needs no token (docs.discord.com/developers/reference, “Image Formatting”). */
export class Pictures {
  readonly #http: AdapterContext['http'];
  readonly #cdn: URL;
  readonly #emoji: EmojiNames;

  constructor(http: AdapterContext['http'], cdn: URL, emoji: EmojiNames) {
    this.#http = http;
    this.#cdn = cdn;
    this.#emoji = emoji;
  }

  /** The picture of an avatar key; null when there is none to show. */
  async avatar(key: string, signal: AbortSignal): Promise<Picture | null> {
    return AVATAR_KEY.test(key) ? this.#load(key, AVATAR_SIZE, signal) : null;
  }

  /** The picture of an emoji, by the name that Muster gave it. */
  async byEmojiName(name: string, signal: AbortSignal): Promise<Picture | null> {
    const id = this.#emoji.idOf(name);
    return id === undefined || !/^\d{1,20}$/.test(id) ? null : this.#load(`emojis/${id}.png`, EMOJI_SIZE, signal);
  }

  async #load(path: string, size: number, signal: AbortSignal): Promise<Picture | null> {
    const url = new URL(path, this.#cdn);
    url.searchParams.set('size', String(size));
    const response = await this.#http.fetch(url, {
      signal,
      redirect: 'error',
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      return null;
    }
    const bytes = new Uint8Array(await response.arrayBuffer());
    const mediaType = mediaTypeOf(bytes);
    return mediaType === null ? null : { bytes, mediaType };
  }
}
