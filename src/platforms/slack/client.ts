import { WebAPIPlatformError, WebAPIRequestError, WebClient } from '@slack/web-api';
import type { z } from 'zod';
import { type ErrorCode, MusterError } from '../../domain/errors.ts';
import { retryAfterMs } from '../http-date.ts';
import type { AdapterContext } from '../platform.ts';
import { missingScopes, refusalOf, transportErrorOf, unreadable } from './errors.ts';
import { SLACK_METHODS, type SlackMethod } from './methods.ts';
import { quietLogger } from './quiet-logger.ts';
import { ServerTime } from './server-time.ts';

const TIMEOUT_MS = 20_000;
/** A page of 200 members is about 400 KB; a workspace's emoji list can hold thousands of URLs. */
const MAX_BYTES = 8 * 1024 * 1024;

/** Slack's codes look like this; what the SDK puts in their place for an unreadable body does not. */
const ERROR_WORD = /^[a-z][a-z0-9_]{1,63}$/;

/** These end the whole connection: only signing in again helps. */
const ENDS_CONNECTION: ReadonlySet<ErrorCode> = new Set([
  'credentials-refused',
  'token-expired',
  'token-revoked',
  'account-disabled',
]);

type Context = Pick<AdapterContext, 'http' | 'clock' | 'logger' | 'signal' | 'budget'>;

/** How a call is made. `urgent`: a user is waiting for it. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  readonly urgent?: boolean;
}

/** An answer and the scopes that Slack says the token has; null when its header was absent. */
export interface Answer<T> {
  readonly value: T;
  readonly scopes: readonly string[] | null;
}

/**
 * Calls Slack's Web API through its SDK, whose own retries and queues are off: each call takes its place in the method's budget,
 * is made once, and ends in a parsed answer or a MusterError.
 */
export class SlackClient {
  readonly time = new ServerTime();
  /** Told once per refusal that ends the connection. */
  onEnded: ((error: MusterError) => void) | null = null;
  readonly #context: Context;
  readonly #token: string;
  readonly #apiUrl: string;
  readonly #closed = new AbortController();

  constructor(context: Context, token: string, apiUrl: string) {
    this.#context = context;
    this.#token = token;
    this.#apiUrl = apiUrl;
  }

  /** Ends what is under way; later calls are refused as `cancelled`. */
  close(): void {
    this.#closed.abort(new MusterError('cancelled', 'The Slack account was closed.'));
  }

  /** Calls the method and parses its answer. */
  async call<T>(
    method: SlackMethod,
    args: Readonly<Record<string, unknown>>,
    schema: z.ZodType<T>,
    options: CallOptions = {},
  ): Promise<T> {
    return (await this.answer(method, args, schema, options)).value;
  }

  /** As `call`, with the facts of the answer's headers. */
  async answer<T>(
    method: SlackMethod,
    args: Readonly<Record<string, unknown>>,
    schema: z.ZodType<T>,
    options: CallOptions = {},
  ): Promise<Answer<T>> {
    const signals = [this.#context.signal, this.#closed.signal, ...(options.signal ? [options.signal] : [])];
    const signal = AbortSignal.any(signals);
    try {
      signal.throwIfAborted();
      await this.#context.budget(method, SLACK_METHODS[method]).take(signal, options.urgent ?? false);
    } catch (thrown) {
      throw this.#classified(method, thrown, signal);
    }
    let raw: Awaited<ReturnType<WebClient['apiCall']>>;
    try {
      raw = await this.#webClient(method, signal).apiCall(method, { ...args });
    } catch (thrown) {
      throw this.#classified(method, thrown, signal);
    }
    const parsed = schema.safeParse(raw);
    if (!parsed.success) throw unreadable(method, parsed.error);
    const scopes = raw.response_metadata?.scopes ?? null;
    return { value: parsed.data, scopes: scopes?.filter((scope) => scope !== '') ?? null };
  }

  /** One per call, as the SDK takes no abort signal for a single call; it holds no connection of its own. */
  #webClient(method: SlackMethod, signal: AbortSignal): WebClient {
    return new WebClient(this.#token, {
      slackApiUrl: this.#apiUrl,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      allowAbsoluteUrls: false,
      logger: quietLogger(this.#context.logger),
      fetch: async (url, init = {}) => {
        const { method: verb, headers, body } = init;
        const response = await this.#context.http.fetch(url, {
          redirect: 'error',
          signal,
          timeoutMs: TIMEOUT_MS,
          maxBytes: MAX_BYTES,
          ...(verb === undefined ? {} : { method: verb }),
          ...(headers === undefined ? {} : { headers }),
          ...(body === undefined ? {} : { body }),
        });
        return this.#checked(method, response);
      },
    });
  }

  /** Reads the whole body here, where a broken connection is still told from a refusal, and lets only JSON objects through to the SDK. */
  async #checked(method: SlackMethod, response: Response): Promise<Response> {
    const now = this.#context.clock.now();
    this.time.learn(response.headers.get('date'), now);
    if (response.status === 429) {
      await response.body?.cancel();
      const wait = retryAfterMs(response.headers.get('retry-after'), now);
      throw refusalOf(method, 'ratelimited', { retryAfterMs: wait });
    }
    if (response.status !== 200) {
      await response.body?.cancel();
      const wait = retryAfterMs(response.headers.get('retry-after'), now);
      throw new MusterError(
        'platform-unavailable',
        `Slack has a problem of its own at the moment (HTTP ${response.status}). Muster tries again by itself.`,
        { params: { method, status: response.status }, retryAfterMs: wait },
      );
    }
    const text = await response.text();
    if (!isJsonObject(text)) throw unreadable(method);
    return new Response(text, { status: 200, headers: response.headers });
  }

  #classified(method: SlackMethod, thrown: unknown, signal: AbortSignal): MusterError {
    if (signal.aborted) return new MusterError('cancelled', `The call of ${method} was ended.`, { params: { method } });
    if (thrown instanceof WebAPIPlatformError) {
      const { error } = thrown.data;
      if (typeof error !== 'string' || !ERROR_WORD.test(error)) return unreadable(method);
      const needed = 'needed' in thrown.data && typeof thrown.data.needed === 'string' ? thrown.data.needed : undefined;
      const refusal = refusalOf(method, error, { needed });
      if (ENDS_CONNECTION.has(refusal.code)) this.onEnded?.(refusal);
      return refusal;
    }
    return transportErrorOf(method, thrown instanceof WebAPIRequestError ? thrown.original : thrown);
  }
}

/** Which of the scopes the token lacks, as an error; null when it has all. */
export function lackOf(required: readonly string[], granted: readonly string[]): MusterError | null {
  const missing = required.filter((scope) => !granted.includes(scope));
  return missing.length === 0 ? null : missingScopes(missing, 'auth.test');
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
