import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { PROBLEMS, type Problem, type ProblemCode } from '../contract/index.ts';
import type { ErrorCode, FieldIssue, MusterError } from '../domain/errors.ts';

/** How the core's errors look from outside. What is missing here is the server's own fault: `internal`. */
const PROBLEM_OF: Readonly<Partial<Record<ErrorCode, ProblemCode>>> = {
  'credentials-refused': 'credentials-refused',
  'token-expired': 'credentials-refused',
  'token-revoked': 'credentials-refused',
  'account-disabled': 'credentials-refused',
  'not-permitted': 'credentials-refused',
  'missing-scope': 'missing-scope',
  'platform-unreachable': 'platform-unreachable',
  'platform-unavailable': 'platform-unreachable',
  'replaced-by-another-session': 'platform-unreachable',
  'protocol-error': 'platform-unreachable',
  timeout: 'platform-unreachable',
  'rate-limited': 'rate-limited',
  'insecure-connection': 'insecure-connection',
  'invalid-settings': 'invalid',
  'invalid-request': 'invalid',
  'not-found': 'not-found',
  conflict: 'conflict',
  unsupported: 'conflict',
  'secret-store-unavailable': 'secret-store-unavailable',
  'secret-store-locked': 'secret-store-unavailable',
};

/** An RFC 9457 problem document as an answer. */
export function problem(
  c: Context,
  code: ProblemCode,
  detail: string,
  extra: { errors?: readonly FieldIssue[]; mergedInto?: string; headers?: Record<string, string> } = {},
): Response {
  const { status, title } = PROBLEMS[code];
  const body: Problem = {
    type: `https://muster.invalid/problems/${code}`,
    title,
    status,
    code,
    detail,
    ...(extra.errors && extra.errors.length > 0 ? { errors: extra.errors.map((issue) => ({ ...issue })) } : {}),
    ...(extra.mergedInto ? { mergedInto: extra.mergedInto } : {}),
  };
  return c.body(JSON.stringify(body), status satisfies ContentfulStatusCode, {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    ...extra.headers,
  });
}

/** An error of the core as an answer; null when it is nobody's but ours. */
export function problemOf(c: Context, error: MusterError): Response | null {
  const code = PROBLEM_OF[error.code];
  if (!code) return null;
  const mergedInto = error.params.mergedInto;
  if (code === 'not-found' && typeof mergedInto === 'string')
    return problem(c, 'merged', error.message, { mergedInto });
  const path = error.params.path;
  const errors =
    error.issues.length > 0 ? error.issues : typeof path === 'string' ? [{ path, message: error.message }] : [];
  const headers: Record<string, string> =
    error.retryAfterMs === null ? {} : { 'retry-after': String(Math.ceil(error.retryAfterMs / 1_000)) };
  return problem(c, code, error.message, { errors, headers });
}
