import type { REST } from 'discord.js';
import type { z } from 'zod';
import { MusterError } from '../../domain/errors.ts';
import type { AdapterContext } from '../platform.ts';
import { closed, rateLimited, refusalOf, silent, unreachable, unreadable } from './errors.ts';

const TIMEOUT_MS = 15_000;
const MAX_BYTES = 1024 * 1024;
/** Discord allows 50 calls a second and bot; Muster makes a handful at each sign-in (docs.discord.com/developers/topics/rate-limits). */
const CALLS: readonly { calls: number; seconds: number }[] = [{ calls: 10, seconds: 1 }];

type Context = Pick<AdapterContext, 'http' | 'budget' | 'signal'>;

/**
 * Discord's REST API through discord.js' client for it, whose own retries, waits and timers are off: each call takes its place in the
 * budget, goes out once through our HTTP client as `Authorization: Bot …`, and ends in a parsed answer or a MusterError. Each has a
 * client of its own: one that is kept refuses calls by the wall clock after a 429, and forgets the token after a 401.
 */
export class RestClient {
  readonly #context: Context;
  readonly #token: string;
  readonly #apiUrl: string;

  constructor(context: Context, token: string, apiUrl: string) {
    this.#context = context;
    this.#token = token;
    this.#apiUrl = apiUrl;
  }

  /** `GET` of a route such as `/gateway/bot`. */
  async get<T>(route: `/${string}`, schema: z.ZodType<T>, signal: AbortSignal): Promise<T> {
    // Loaded at the first sign-in: discord.js takes a third of a second, which nobody without Discord should wait for.
    const discord = await import('discord.js');
    const both = AbortSignal.any([this.#context.signal, signal]);
    let body: unknown;
    try {
      both.throwIfAborted();
      await this.#context.budget('rest', CALLS).take(both, true);
      body = await this.#client(discord).get(route, { signal: both });
    } catch (thrown) {
      if (both.aborted) throw closed();
      if (thrown instanceof MusterError) throw inWords(thrown);
      if (thrown instanceof discord.RateLimitError) throw rateLimited(route, waitOf(thrown.retryAfter));
      if (thrown instanceof discord.DiscordAPIError) throw refusalOf(route, thrown.status, thrown.code);
      if (thrown instanceof discord.HTTPError) throw refusalOf(route, thrown.status, thrown.status);
      throw unreadable(route, thrown);
    }
    const parsed = schema.safeParse(body);
    if (!parsed.success) throw unreadable(route, parsed.error);
    return parsed.data;
  }

  #client(discord: typeof import('discord.js')): REST {
    const rest = new discord.REST({
      api: this.#apiUrl,
      version: '10',
      retries: 0,
      offset: 0,
      rejectOnRateLimit: () => true,
      hashSweepInterval: 0,
      handlerSweepInterval: 0,
      // Ours is shorter, and on the clock port.
      timeout: 10 * TIMEOUT_MS,
      makeRequest: async (url, init) => {
        const { method, headers, signal } = init;
        const response = await this.#context.http.fetch(url, {
          ...(method === undefined ? {} : { method }),
          headers: new Headers(Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)])),
          ...(signal ? { signal } : {}),
          redirect: 'error',
          timeoutMs: TIMEOUT_MS,
          maxBytes: MAX_BYTES,
        });
        const { ok, status, statusText, bodyUsed } = response;
        return {
          ok,
          status,
          statusText,
          bodyUsed,
          headers: response.headers,
          body: null,
          arrayBuffer: () => response.arrayBuffer(),
          json: () => response.json(),
          text: () => response.text(),
        };
      },
    });
    return rest.setToken(this.#token);
  }
}

/** Milliseconds; what is no number, or none at all (a proxy's 429), leaves the wait to the core. */
function waitOf(retryAfterMs: number): number | null {
  return Number.isFinite(retryAfterMs) && retryAfterMs > 0 ? retryAfterMs : null;
}

/** The HTTP client's errors with Discord's name. */
function inWords(error: MusterError): MusterError {
  if (error.code === 'timeout') return silent();
  return error.code === 'platform-unreachable' ? unreachable(error) : error;
}
