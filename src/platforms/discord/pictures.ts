import type { AdapterContext, Picture } from '../platform.ts';
import type { EmojiNames } from './emoji-names.ts';

const MAX_BYTES = 2 * 1024 * 1024;
const TIMEOUT_MS = 15_000;
/** Pixels; the CDN takes powers of two. */
const AVATAR_SIZE = 128;
const EMOJI_SIZE = 64;
/** What `avatarKeyOf` makes; keys come back from a database. */
const AVATAR_KEY = /^avatars\/\d{1,20}\/[\w-]{1,64}\.png$/;

/** Pictures' media types by their first bytes; what a server claims does not count. SVG has none of these, and is thus refused. */
const SIGNATURES: readonly (readonly [mediaType: string, offset: number, bytes: string])[] = [
  ['image/png', 0, '\x89PNG\r\n'],
  ['image/jpeg', 0, '\xff\xd8\xff'],
  ['image/gif', 0, 'GIF8'],
  ['image/webp', 8, 'WEBP'],
];

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
    const start = String.fromCharCode(...bytes.subarray(0, 16));
    const mediaType = SIGNATURES.find(([, offset, signature]) => start.startsWith(signature, offset))?.[0];
    return mediaType === undefined ? null : { bytes, mediaType };
  }
}
