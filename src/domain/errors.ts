/**
 * Every code that can cross a border (adapter → services, services → API). Stable: clients and message catalogues key on them.
 * The HTTP status that each becomes lives in `contract/problem.ts`.
 */
export const ERROR_CODES = [
  'credentials-refused',
  'token-expired',
  'token-revoked',
  'missing-scope',
  'account-disabled',
  'not-permitted',
  'platform-unreachable',
  'platform-unavailable',
  'rate-limited',
  'timeout',
  'protocol-error',
  'insecure-connection',
  'replaced-by-another-session',
  'invalid-settings',
  'invalid-request',
  'not-found',
  'conflict',
  'unsupported',
  'secret-store-unavailable',
  'secret-store-locked',
  'home-newer-version',
  'home-corrupted',
  'home-in-use',
  'cancelled',
  'internal',
] as const;

/** A stable name for what went wrong. */
export type ErrorCode = (typeof ERROR_CODES)[number];

/** What the caller may do about it: try again later, have the user sign in again, or nothing. */
export type Retry = 'later' | 'reauth' | 'never';

const RETRY: Readonly<Partial<Record<ErrorCode, Retry>>> = {
  'credentials-refused': 'reauth',
  'token-expired': 'reauth',
  'token-revoked': 'reauth',
  'missing-scope': 'reauth',
  'account-disabled': 'reauth',
  'platform-unreachable': 'later',
  'platform-unavailable': 'later',
  'rate-limited': 'later',
  timeout: 'later',
  'protocol-error': 'later',
};

/** Facts about an error that messages may show. Never a secret. */
export type ErrorParams = Readonly<Record<string, string | number | boolean | null>>;

/** One field that is not valid: its path in dots (`settings.service`) and why. */
export interface FieldIssue {
  readonly path: string;
  readonly message: string;
}

/** The one error type that crosses borders: a stable code, a sentence for people, and parameters. Never holds a secret. */
export class MusterError extends Error {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
  readonly retry: Retry;
  /** How long the other side asked us to wait, in milliseconds; null when it did not say. */
  readonly retryAfterMs: number | null;
  /** The fields that are not valid, for `invalid-settings` and `invalid-request`; else empty. */
  readonly issues: readonly FieldIssue[];

  constructor(
    code: ErrorCode,
    message: string,
    options: {
      params?: ErrorParams;
      retry?: Retry;
      retryAfterMs?: number | null;
      cause?: unknown;
      issues?: readonly FieldIssue[];
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'MusterError';
    this.code = code;
    this.params = options.params ?? {};
    this.retry = options.retry ?? RETRY[code] ?? 'never';
    this.retryAfterMs = options.retryAfterMs ?? null;
    this.issues = options.issues ?? [];
  }
}

/** Any thrown value as a MusterError; what is not one already becomes `internal` with the original as its cause. */
export function toMusterError(thrown: unknown): MusterError {
  if (thrown instanceof MusterError) return thrown;
  return new MusterError('internal', 'Something unexpected went wrong inside Muster. Details are in the log.', {
    cause: thrown,
  });
}
