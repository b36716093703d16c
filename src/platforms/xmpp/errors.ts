/** Everything that can go wrong on an XMPP connection as MusterErrors. Judged by conditions and codes, never by words. */
import { type ErrorCode, MusterError, type Retry } from '../../domain/errors.ts';

interface Verdict {
  readonly code: ErrorCode;
  readonly message: string;
  readonly retry?: Retry;
}

/** RFC 6120 section 6.5. */
const SASL: ReadonlyMap<string, Verdict> = new Map(
  Object.entries<Verdict>({
    'not-authorized': {
      code: 'credentials-refused',
      message: 'The server refused the user name or the password. Check both and sign in again.',
    },
    'invalid-authzid': {
      code: 'credentials-refused',
      message: 'The server does not know this user name. Check it and sign in again.',
    },
    'credentials-expired': {
      code: 'credentials-refused',
      message: 'The password has expired. Set a new one at the provider and sign in again.',
    },
    'account-disabled': {
      code: 'account-disabled',
      message: 'The server says that this account is disabled. Only its administrator can enable it.',
    },
    'temporary-auth-failure': {
      code: 'platform-unavailable',
      message: 'The server cannot check passwords at the moment.',
    },
    aborted: { code: 'platform-unavailable', message: 'The sign-in was broken off.' },
    'incorrect-encoding': { code: 'protocol-error', message: 'The server could not read the sign-in.' },
    'malformed-request': { code: 'protocol-error', message: 'The server could not read the sign-in.' },
    'encryption-required': {
      code: 'insecure-connection',
      message: 'The server wants an encrypted connection for signing in, but offers none on this address.',
    },
  }),
);

const NO_MECHANISM: Verdict = {
  code: 'unsupported',
  message: 'The server offers no sign-in that Muster can use safely (SCRAM-SHA-256, SCRAM-SHA-1, or PLAIN over TLS).',
};

const TROUBLED = 'The server has a problem of its own at the moment.';

/** RFC 6120 section 4.9.3. */
const STREAM: ReadonlyMap<string, Verdict> = new Map(
  Object.entries<Verdict>({
    conflict: {
      code: 'replaced-by-another-session',
      message: 'Another session with the same address took this one over. Reconnect by hand to take it back.',
      retry: 'never',
    },
    'host-unknown': {
      code: 'invalid-settings',
      message: 'The server does not serve this domain. Check the domain and the server address of the account.',
    },
    'host-gone': { code: 'invalid-settings', message: 'The server no longer serves this domain.' },
    'not-authorized': {
      code: 'credentials-refused',
      message: 'The server ended the session because the sign-in no longer counts. Sign in again.',
    },
    'system-shutdown': {
      code: 'platform-unavailable',
      message: 'The server is shutting down.',
    },
    'internal-server-error': { code: 'platform-unavailable', message: TROUBLED },
    'resource-constraint': { code: 'platform-unavailable', message: TROUBLED },
    reset: { code: 'platform-unavailable', message: 'The server wants the session to begin anew.' },
    'connection-timeout': { code: 'timeout', message: 'The server heard nothing from Muster for too long.' },
    'policy-violation': {
      code: 'platform-unavailable',
      message: 'The server ended the session because of a rule of its own.',
    },
  }),
);

const CERTIFICATE_CODES: ReadonlySet<string> = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

const UNREACHABLE = 'The server cannot be reached.';

/** A stanza that the server or a contact answered with an error; stays inside the adapter. */
export class StanzaRefused extends Error {
  readonly condition: string;

  constructor(condition: string) {
    super(`stanza refused: ${condition}`);
    this.name = 'StanzaRefused';
    this.condition = condition;
  }
}

/** A server that takes nobody itself names another host (`see-other-host`); stays inside the adapter. */
export class Redirection extends Error {
  readonly to: string;

  constructor(to: string) {
    super('see-other-host');
    this.name = 'Redirection';
    this.to = to;
  }
}

function verdict(found: Verdict, condition: string, cause: unknown): MusterError {
  return new MusterError(found.code, found.message, {
    params: { condition },
    cause,
    ...(found.retry === undefined ? {} : { retry: found.retry }),
  });
}

function textProperty(value: object, key: string): string | null {
  const found: unknown = Reflect.get(value, key);
  return typeof found === 'string' ? found : null;
}

/** What the library, the socket or TLS raised, as a MusterError. */
export function toXmppError(thrown: unknown): MusterError {
  if (thrown instanceof MusterError) return thrown;
  if (!(thrown instanceof Error)) return new MusterError('platform-unreachable', UNREACHABLE, { cause: thrown });
  const condition = textProperty(thrown, 'condition') ?? '';
  const code = textProperty(thrown, 'code');
  if (thrown instanceof Redirection) {
    return new MusterError(
      'platform-unavailable',
      'The server sends its clients to another one, which could not be reached.',
    );
  }
  if (thrown.name === 'SASLError') return verdict(SASL.get(condition) ?? NO_MECHANISM, condition, thrown);
  if (thrown.name === 'StreamError') {
    const other: Verdict = { code: 'protocol-error', message: 'The server ended the session with an error.' };
    return verdict(STREAM.get(condition) ?? other, condition, thrown);
  }
  if (thrown.name === 'StanzaError' || thrown instanceof StanzaRefused) {
    const refused: Verdict = { code: 'protocol-error', message: 'The server refused a request of Muster.' };
    return verdict(refused, condition, thrown);
  }
  if (thrown.name === 'XMLError' || thrown instanceof TypeError) {
    const text = 'The server sent something that is not XMPP. Check the server address.';
    return new MusterError('protocol-error', text, { cause: thrown });
  }
  if (thrown.name === 'TimeoutError') return timeoutError();
  if (code !== null && CERTIFICATE_CODES.has(code)) {
    const text = 'The server’s certificate is not valid for this domain, so the connection was refused.';
    return new MusterError('insecure-connection', text, { params: { condition: code }, cause: thrown });
  }
  if (code?.startsWith('ERR_SSL') || code === 'EPROTO') {
    const text = 'The encrypted connection could not be made. Check that the address is the right one for TLS.';
    return new MusterError('insecure-connection', text, { params: { condition: code }, retry: 'later', cause: thrown });
  }
  return new MusterError('platform-unreachable', UNREACHABLE, { params: { condition: code }, cause: thrown });
}

/** The other side did not answer in time. */
export function timeoutError(): MusterError {
  return new MusterError('timeout', 'The server did not answer in time.');
}

/** The connection went without a word. */
export function closedError(): MusterError {
  return new MusterError('platform-unreachable', 'The connection to the server broke.');
}

/** The server took the password without knowing it, which only somebody in between would do. */
export function impostorError(): MusterError {
  return new MusterError(
    'insecure-connection',
    'The server could not prove that it knows your account, so the connection was ended. Check the server address.',
  );
}

/** Refused before anything secret was sent. */
export function insecureError(): MusterError {
  return new MusterError(
    'insecure-connection',
    'The server offers no encryption (TLS), so nothing was sent. Only a server on this computer can be allowed without it, in the account’s settings.',
  );
}
