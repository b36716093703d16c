import type { z } from 'zod';
import { type ErrorCode, MusterError, toMusterError } from '../domain/errors.ts';
import type { BudgetLimits } from '../ports/call-budget.ts';
import type { JsonValue } from './json.ts';
import type { AccessTokens } from './oauth.ts';
import type { AdapterContext } from './platform.ts';

const TIMEOUT_MS = 20_000;
const MAX_BYTES = 4 * 1024 * 1024;

/** Another token may help against these. */
const BAD_TOKEN: ReadonlySet<ErrorCode> = new Set(['credentials-refused', 'token-expired', 'token-revoked']);

/** One call, as the platform's documentation describes it. */
export interface ApiCall<T> {
  /** What it is called in errors. */
  readonly name: string;
  readonly verb: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: JsonValue | Readonly<Record<string, unknown>>;
  /** What the answer must look like. */
  readonly schema: z.ZodType<T>;
  /** The budget that a place is taken from. */
  readonly budget: { readonly name: string; readonly limits: BudgetLimits };
  readonly signal?: AbortSignal | undefined;
  /** A user is waiting for it. */
  readonly urgent?: boolean;
  /** A refusal means that this call is not allowed, not that the token is bad: it stays as it is, and so does the connection. */
  readonly optional?: boolean;
}

/** An answer that says no, as it came. `body` is undefined when it is not JSON. */
export interface ApiRefusal {
  readonly name: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** What one platform's API needs. */
export interface BearerApiOptions {
  readonly context: Pick<AdapterContext, 'http' | 'clock' | 'signal' | 'budget'>;
  /** For messages. */
  readonly platform: string;
  readonly tokens: AccessTokens;
  /** What a refusal means: `credentials-refused`, `token-expired` and `token-revoked` are tried once more with another token. */
  readonly refusal: (refusal: ApiRefusal) => MusterError;
  /** What is sent along with the token; absent: the bearer header alone. */
  readonly sign?: (url: URL, token: string) => Promise<URL> | URL;
}

/**
 * Calls a JSON API with a bearer token: each call takes its place in the budget, is made once (twice when the first token was refused
 * and there is another), and ends in a parsed answer or a MusterError.
 */
export class BearerApi {
  /** Told once when only signing in again helps; set once the connection is up. */
  onEnded: ((error: MusterError) => void) | null = null;
  readonly #options: BearerApiOptions;
  readonly #closed = new AbortController();

  constructor(options: BearerApiOptions) {
    this.#options = options;
  }

  /** Ends what is under way; later calls are refused as `cancelled`. */
  close(): void {
    this.onEnded = null;
    this.#closed.abort(new MusterError('cancelled', `The ${this.#options.platform} account was closed.`));
  }

  /** Makes the call. */
  async call<T>(call: ApiCall<T>): Promise<T> {
    const { context } = this.#options;
    const signal = AbortSignal.any([context.signal, this.#closed.signal, ...(call.signal ? [call.signal] : [])]);
    try {
      signal.throwIfAborted();
      return await this.#authorised(call, signal);
    } catch (thrown) {
      if (signal.aborted) throw cancelled(signal);
      const error = this.#inWords(call.name, toMusterError(thrown));
      if (error.retry === 'reauth' && !call.optional) {
        const { onEnded } = this;
        this.onEnded = null;
        onEnded?.(error);
      }
      throw error;
    }
  }

  async #authorised<T>(call: ApiCall<T>, signal: AbortSignal): Promise<T> {
    const { tokens } = this.#options;
    const token = await tokens.current(signal);
    try {
      return await this.#once(call, token, signal);
    } catch (thrown) {
      if (!(thrown instanceof MusterError) || !BAD_TOKEN.has(thrown.code) || call.optional) throw thrown;
      tokens.refused(token);
      let next: string;
      try {
        next = await tokens.current(signal);
      } catch (none) {
        // The platform's own reason says more than that there is no other token; a refresh that only has to wait is another matter.
        throw none instanceof MusterError && none.retry === 'later' ? none : thrown;
      }
      if (next === token) throw thrown;
      return this.#once(call, next, signal);
    }
  }

  async #once<T>(call: ApiCall<T>, token: string, signal: AbortSignal): Promise<T> {
    const { context, sign, refusal } = this.#options;
    await context.budget(call.budget.name, call.budget.limits).take(signal, call.urgent ?? false);
    const url = sign === undefined ? call.url : await sign(call.url, token);
    const response = await context.http.fetch(url, {
      method: call.verb,
      redirect: 'error',
      signal,
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${token}`,
        ...(call.body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
        ...call.headers,
      },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    });
    const body = parsedJson(await response.text());
    if (!response.ok) throw refusal({ name: call.name, status: response.status, headers: response.headers, body });
    const parsed = call.schema.safeParse(body);
    if (parsed.success) return parsed.data;
    throw new MusterError(
      'protocol-error',
      `The answer of ${this.#options.platform} to ${call.name} could not be read. Muster keeps what it knew.`,
      { params: { method: call.name }, cause: parsed.error },
    );
  }

  /** The network's errors with the platform's name. */
  #inWords(name: string, error: MusterError): MusterError {
    const { platform } = this.#options;
    const options = { params: { ...error.params, method: name }, retryAfterMs: error.retryAfterMs, cause: error };
    if (error.code === 'timeout') {
      return new MusterError('timeout', `${platform} did not answer in time.`, options);
    }
    if (error.code === 'platform-unreachable') {
      return new MusterError(error.code, `${platform} cannot be reached.`, options);
    }
    return error;
  }
}

/** Undefined for what is no JSON. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function cancelled(signal: AbortSignal): MusterError {
  if (signal.reason instanceof MusterError) return signal.reason;
  return new MusterError('cancelled', 'The call was ended.', { cause: signal.reason });
}
