import { isLoopback } from '../base-url.ts';
import { mediaTypeOf } from '../media-type.ts';
import type { AdapterContext, Picture } from '../platform.ts';
import type { SlackClient } from './client.ts';
import { emojiListSchema } from './schema.ts';

const MAX_BYTES = 2 * 1024 * 1024;
const TIMEOUT_MS = 15_000;
const MAX_REDIRECTS = 3;
const MAX_ALIASES = 5;
/** The workspace's emoji are listed again after this time, and then only when somebody uses a name that is not known. */
const LIST_AGAIN_MS = 600_000;

/** Avatars and the workspace's own emoji. They come from other hosts than the API, and never with the token. */
export class Pictures {
  readonly #context: Pick<AdapterContext, 'http' | 'clock'>;
  readonly #client: SlackClient;
  readonly #apiUrl: URL;
  #emoji: ReadonlyMap<string, string> = new Map();
  #listedAt = Number.NEGATIVE_INFINITY;

  constructor(context: Pick<AdapterContext, 'http' | 'clock'>, client: SlackClient, apiUrl: URL) {
    this.#context = context;
    this.#client = client;
    this.#apiUrl = apiUrl;
  }

  /** The picture at an avatar key; null when there is none to show. */
  async avatar(avatarKey: string, signal: AbortSignal): Promise<Picture | null> {
    return this.#load(avatarKey, signal);
  }

  /** The picture of one of the workspace's own emoji, by name without colons; aliases are followed. */
  async emoji(name: string, signal: AbortSignal): Promise<Picture | null> {
    if (!this.#emoji.has(name) && this.#context.clock.monotonicMs() - this.#listedAt >= LIST_AGAIN_MS) {
      const { emoji } = await this.#client.call('emoji.list', {}, emojiListSchema, { signal });
      this.#emoji = new Map(Object.entries(emoji));
      this.#listedAt = this.#context.clock.monotonicMs();
    }
    let target = this.#emoji.get(name);
    for (let hops = 0; hops < MAX_ALIASES && target?.startsWith('alias:'); hops += 1) {
      target = this.#emoji.get(target.slice('alias:'.length));
    }
    return target === undefined || target.startsWith('alias:') ? null : this.#load(target, signal);
  }

  async #load(address: string, signal: AbortSignal): Promise<Picture | null> {
    let url = URL.parse(address);
    for (let hop = 0; hop <= MAX_REDIRECTS && url !== null && this.#mayLoad(url); hop += 1) {
      const response = await this.#context.http.fetch(url, {
        signal,
        redirect: 'manual',
        timeoutMs: TIMEOUT_MS,
        maxBytes: MAX_BYTES,
      });
      const location = response.headers.get('location');
      if (response.status >= 300 && response.status < 400 && location !== null) {
        await response.body?.cancel();
        url = URL.parse(location, url.href);
        continue;
      }
      if (response.status !== 200) {
        await response.body?.cancel();
        return null;
      }
      const bytes = new Uint8Array(await response.arrayBuffer());
      const mediaType = mediaTypeOf(bytes);
      return mediaType === null ? null : { bytes, mediaType };
    }
    return null;
  }

  /** https only, or the API's own host when that is on this machine: nobody's profile may make Muster call the user's other local services. */
  #mayLoad(url: URL): boolean {
    if (url.protocol === 'https:') return !isLoopback(url) || url.host === this.#apiUrl.host;
    return url.protocol === 'http:' && isLoopback(url) && url.host === this.#apiUrl.host;
  }
}
