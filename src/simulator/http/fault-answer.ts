import type { Fault } from '../faults/fault.ts';
import type { JsonAnswer } from './answer.ts';

/** How one platform words its refusals. */
export interface FaultWords {
  /** The body under HTTP 429. */
  readonly rateLimited: unknown;
  /** The body under any other HTTP status. */
  readonly unavailable: (status: number) => unknown;
  /** The platform's own refusal of that name. */
  readonly refusal: (error: string, extra: Readonly<Record<string, unknown>>) => JsonAnswer;
}

/** The answer of a fault that answers instead of the platform; undefined for those that spoil the true answer, after the call took effect. */
export function faultAnswer(fault: Fault, words: FaultWords): JsonAnswer | undefined {
  switch (fault.kind) {
    case 'rate-limited':
      return { status: 429, headers: { 'Retry-After': String(fault.retryAfterSeconds) }, body: words.rateLimited };
    case 'http-status':
      return {
        status: fault.status,
        headers: fault.retryAfterSeconds === undefined ? {} : { 'Retry-After': String(fault.retryAfterSeconds) },
        body: words.unavailable(fault.status),
      };
    case 'platform-error':
      return words.refusal(fault.error, fault.extra ?? {});
    case 'hang':
    case 'reset-connection':
    case 'half-closed':
    case 'html-page':
      // Something between client and platform swallowed the call.
      return { status: 0, headers: {}, body: null };
    default:
      return undefined;
  }
}
