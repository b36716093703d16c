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

/** What a problem document may say beside its code and sentence. */
interface ProblemExtra {
  readonly errors?: readonly FieldIssue[];
  readonly mergedInto?: string;
  readonly headers?: Record<string, string>;
}

/** An RFC 9457 problem document, for whoever writes answers without Hono. */
export function problemDocument(code: ProblemCode, detail: string, extra: ProblemExtra = {}) {
  const { status, title } = PROBLEMS[code];
  const document: Problem = {
    type: `https://muster.invalid/problems/${code}`,
    title,
    status,
    code,
    detail,
    ...(extra.errors && extra.errors.length > 0 ? { errors: extra.errors.map((issue) => ({ ...issue })) } : {}),
    ...(extra.mergedInto ? { mergedInto: extra.mergedInto } : {}),
  };
  const headers = { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...extra.headers };
  return { status, headers, body: JSON.stringify(document) };
}

/** The same as an answer. */
export function problem(c: Context, code: ProblemCode, detail: string, extra: ProblemExtra = {}): Response {
  const { status, headers, body } = problemDocument(code, detail, extra);
  return c.body(body, status satisfies ContentfulStatusCode, headers);
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
