import { z } from 'zod';

/** Every `code` that a problem document can carry, with its HTTP status and title. `docs/problems.md` lists them; a test compares. */
export const PROBLEMS = {
  'malformed-request': { status: 400, title: 'The request cannot be read' },
  'not-json': { status: 400, title: 'The body is not JSON' },
  unauthorized: { status: 401, title: 'Sign-in needed' },
  'foreign-host': { status: 403, title: 'This host or origin may not call Muster' },
  'not-found': { status: 404, title: 'Not found' },
  merged: { status: 404, title: 'This person was linked into another' },
  'method-not-allowed': { status: 405, title: 'Method not allowed' },
  'request-timeout': { status: 408, title: 'The request did not end in time' },
  conflict: { status: 409, title: 'Conflict' },
  'too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The body must be application/json' },
  invalid: { status: 422, title: 'Some fields are not valid' },
  'credentials-refused': { status: 422, title: 'The platform refused the credentials' },
  'missing-scope': { status: 422, title: 'A permission is missing' },
  'platform-unreachable': { status: 422, title: 'The platform cannot be reached' },
  'insecure-connection': { status: 422, title: 'The connection would not be encrypted' },
  'secret-store-unavailable': { status: 422, title: 'The secrets cannot be kept there' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  'headers-too-large': { status: 431, title: 'Address and headers are too large' },
  busy: { status: 503, title: 'Not now' },
  internal: { status: 500, title: 'Something unexpected went wrong' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof PROBLEMS;

/** What any route can answer with. */
export const COMMON_PROBLEMS = [
  'malformed-request',
  'unauthorized',
  'foreign-host',
  'method-not-allowed',
  'request-timeout',
  'invalid',
  'headers-too-large',
  'internal',
] as const satisfies readonly ProblemCode[];

/** RFC 9457. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    detail: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    mergedInto: z.string().optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problemSchema>;
