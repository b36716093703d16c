import { WebAPIPlatformError, WebAPIRequestError, type WebClientOptions } from '@slack/web-api';
import { MusterError } from '../../domain/errors.ts';
import { retryAfterMs } from '../http-date.ts';
import type { AdapterContext } from '../platform.ts';
import { refusalOf, transportErrorOf, unreadable } from './errors.ts';
import { quietLogger } from './quiet-logger.ts';
import type { ServerTime } from './server-time.ts';

const TIMEOUT_MS = 20_000;
/** A page of 200 members is about 400 KB; a workspace's emoji list can hold thousands of URLs. */
const MAX_BYTES = 8 * 1024 * 1024;

/** Slack's codes look like this; what the SDK puts in their place for an unreadable body does not. */
const ERROR_WORD = /^[a-z][a-z0-9_]{1,63}$/;

/** What one call by the SDK needs. */
export interface SdkCall {
  readonly context: Pick<AdapterContext, 'http' | 'clock' | 'logger'>;
  readonly apiUrl: string;
  /** Learns from the answers' `Date`. */
  readonly time: ServerTime;
  readonly method: string;
  readonly signal: AbortSignal;
  /** Looks at the body before the SDK does; may throw. */
  readonly check?: (body: unknown) => void;
}

/** Options by which the SDK makes a call once, through our HTTP, with its own retries, queues and logs off. */
export function sdkOptions(call: SdkCall): WebClientOptions {
  return {
    slackApiUrl: call.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    logger: quietLogger(call.context.logger),
    fetch: async (url, init = {}) => {
      const { method: verb, headers, body } = init;
      const response = await call.context.http.fetch(url, {
        redirect: 'error',
        signal: call.signal,
        timeoutMs: TIMEOUT_MS,
        maxBytes: MAX_BYTES,
        ...(verb === undefined ? {} : { method: verb }),
        ...(headers === undefined ? {} : { headers }),
        ...(body === undefined ? {} : { body }),
      });
      return checked(call, response);
    },
  };
}

/** Reads the whole body here, where a broken connection is still told from a refusal, and lets only JSON objects through to the SDK. */
async function checked(call: SdkCall, response: Response): Promise<Response> {
  const { method } = call;
  const now = call.context.clock.now();
  call.time.learn(response.headers.get('date'), now);
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
      `Slack has a problem of its own at the moment (HTTP ${response.status}).`,
      { params: { method, status: response.status }, retryAfterMs: wait },
    );
  }
  const text = await response.text();
  const body = jsonObject(text);
  if (body === null) throw unreadable(method);
  call.check?.(body);
  return new Response(text, { status: 200, headers: response.headers });
}

/** What went wrong in a call by the SDK, as a MusterError. */
export function sdkError(method: string, thrown: unknown, signal: AbortSignal): MusterError {
  if (signal.aborted) return new MusterError('cancelled', `The call of ${method} was ended.`, { params: { method } });
  if (thrown instanceof WebAPIPlatformError) {
    const { error } = thrown.data;
    if (typeof error !== 'string' || !ERROR_WORD.test(error)) return unreadable(method);
    const needed = 'needed' in thrown.data && typeof thrown.data.needed === 'string' ? thrown.data.needed : undefined;
    return refusalOf(method, error, { needed });
  }
  return transportErrorOf(method, thrown instanceof WebAPIRequestError ? thrown.original : thrown);
}

function jsonObject(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
