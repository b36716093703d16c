/** What the audit trail records. */
export const AUDIT_EVENTS = [
  'signed-in',
  'sign-in-failed',
  'sign-in-answer-refused',
  'signed-out',
  'consent-granted',
  'consent-changed',
  'secrets-replaced',
  'token-refreshed',
  'token-refresh-failed',
  'token-revoked',
  'token-revoke-failed',
  'needs-sign-in',
  'webhook-rejected',
  'secrets-moved',
  'vault-rekeyed',
  'exported',
  'browser-signed-in',
  'browser-signed-out',
  'browser-refused',
] as const;
/** One of them. */
export type AuditEvent = (typeof AUDIT_EVENTS)[number];
