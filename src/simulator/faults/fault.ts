/**
 * What can go wrong between a client and an HTTP platform. After those described by "the true answer" the call has taken effect, even when the client
 * cannot know; the others stand in for the platform, and the call has none.
 */
export type Fault =
  /** HTTP 429 with a `Retry-After` header in seconds. */
  | { readonly kind: 'rate-limited'; readonly retryAfterSeconds: number }
  /** Any HTTP status without a platform's body, such as 500 or 503; optionally with `Retry-After` in seconds. */
  | { readonly kind: 'http-status'; readonly status: number; readonly retryAfterSeconds?: number }
  /** The platform's own refusal; on Slack `{ok:false, error}` with HTTP 200. `extra` joins the body. */
  | { readonly kind: 'platform-error'; readonly error: string; readonly extra?: Readonly<Record<string, unknown>> }
  /** The request is read, and never answered. */
  | { readonly kind: 'hang' }
  /** The true answer, `delayMs` later. */
  | { readonly kind: 'slow'; readonly delayMs: number }
  /** The true answer's first half under its full `Content-Length`, then the connection ends. */
  | { readonly kind: 'truncated-body' }
  /** HTTP 200, says JSON and is not. */
  | { readonly kind: 'malformed-json' }
  /** HTTP 200 with a web page, as captive portals and proxies send. */
  | { readonly kind: 'html-page' }
  /** The true answer with the values under these (dotted) paths replaced: wrong types, unknown enum values, absent fields (`undefined`). */
  | { readonly kind: 'replaced-values'; readonly values: Readonly<Record<string, unknown>> }
  /** The connection is reset (RST) instead of an answer. */
  | { readonly kind: 'reset-connection' }
  /** The server's half of the connection ends (FIN) without an answer, while it still reads. */
  | { readonly kind: 'half-closed' }
  /** The true answer's headers and half of its body, then silence on a connection that stays open. */
  | { readonly kind: 'stalled-body' }
  /** The true answer under a `Date` header that is off by `offsetMs`. */
  | { readonly kind: 'clock-skew'; readonly offsetMs: number };

/** `{presence: 7}`: a value of a type that no client expects. */
export const WRONG_TYPE_PRESENCE: Fault = { kind: 'replaced-values', values: { presence: 7 } };

/** `{presence: 'hovering'}`: a value that a platform may introduce tomorrow. */
export const UNKNOWN_PRESENCE: Fault = { kind: 'replaced-values', values: { presence: 'hovering' } };
