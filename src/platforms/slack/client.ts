import { WebClient } from '@slack/web-api';
import type { z } from 'zod';
import { type ErrorCode, MusterError } from '../../domain/errors.ts';
import type { AdapterContext } from '../platform.ts';
import { missingScopes, unreadable, wordOf } from './errors.ts';
import { SLACK_METHODS, type SlackMethod, TAKES_TEAM } from './methods.ts';
import { sdkError, sdkOptions } from './sdk.ts';
import { ServerTime } from './server-time.ts';
import { checkUserToken } from './user-token.ts';

/** These end the whole connection: only signing in again helps. */
const ENDS_CONNECTION: ReadonlySet<ErrorCode> = new Set([
  'credentials-refused',
  'token-expired',
  'token-revoked',
  'account-disabled',
]);

/** Slack's words for a token that is worth nothing any more; another one may be accepted. */
const BAD_TOKEN: ReadonlySet<string | null> = new Set(['invalid_auth', 'not_authed', 'token_expired', 'token_revoked']);

type Context = Pick<AdapterContext, 'http' | 'clock' | 'logger' | 'signal' | 'budget' | 'tokens'>;

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
 * is made once (twice when the first token was refused and there is another), and ends in a parsed answer or a MusterError.
 */
export class SlackClient {
  readonly time = new ServerTime();
  /** Told once per refusal that ends the connection. */
  onEnded: ((error: MusterError) => void) | null = null;
  /** The workspace that calls are about, for tokens of a whole organisation; null: the token's own. */
  teamId: string | null = null;
  readonly #context: Context;
  readonly #apiUrl: string;
  readonly #closed = new AbortController();
  /** Why this connection is over for good; later calls are refused with it, unsent. */
  #ended: MusterError | null = null;

  constructor(context: Context, apiUrl: string) {
    this.#context = context;
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
    const team = this.teamId !== null && TAKES_TEAM.has(method) ? { team_id: this.teamId } : {};
    const once = (token: string) => this.#once(method, { ...args, ...team }, token, signal, options.urgent ?? false);
    let raw: Awaited<ReturnType<WebClient['apiCall']>>;
    try {
      signal.throwIfAborted();
      if (this.#ended !== null) throw this.#ended;
      raw = await this.#authorised(once, signal);
    } catch (thrown) {
      const error = sdkError(method, thrown, signal);
      if (ENDS_CONNECTION.has(error.code)) {
        this.#ended ??= error;
        this.onEnded?.(error);
      }
      throw error;
    }
    const parsed = schema.safeParse(raw);
    if (!parsed.success) throw unreadable(method, parsed.error);
    const scopes = raw.response_metadata?.scopes ?? null;
    return { value: parsed.data, scopes: scopes?.filter((scope) => scope !== '') ?? null };
  }

  async #authorised<T>(once: (token: string) => Promise<T>, signal: AbortSignal): Promise<T> {
    const { tokens } = this.#context;
    const token = checkUserToken(await tokens.current(signal));
    try {
      return await once(token);
    } catch (thrown) {
      if (!BAD_TOKEN.has(wordOf(thrown))) throw thrown;
      tokens.refused(token);
      let next: string;
      try {
        next = checkUserToken(await tokens.current(signal));
      } catch (none) {
        // Slack's own reason says more than that there is no other token; a refresh that only has to wait is another matter.
        throw none instanceof MusterError && none.retry === 'later' ? none : thrown;
      }
      if (next === token) throw thrown;
      return once(next);
    }
  }

  /** One SDK client per call, as it takes no abort signal for a single call; it holds no connection of its own. */
  async #once(method: SlackMethod, args: Record<string, unknown>, token: string, signal: AbortSignal, urgent: boolean) {
    await this.#context.budget(method, SLACK_METHODS[method]).take(signal, urgent);
    const call = { context: this.#context, apiUrl: this.#apiUrl, time: this.time, method, signal };
    try {
      return await new WebClient(token, sdkOptions(call)).apiCall(method, args);
    } catch (thrown) {
      throw sdkError(method, thrown, signal);
    }
  }
}

/** Which of the scopes the token lacks, as an error; null when it has all. */
export function lackOf(required: readonly string[], granted: readonly string[]): MusterError | null {
  const missing = required.filter((scope) => !granted.includes(scope));
  return missing.length === 0 ? null : missingScopes(missing, 'auth.test');
}
