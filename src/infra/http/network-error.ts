import { MusterError } from '../../domain/errors.ts';

/** Codes of Node and undici that say "too slow". */
const SLOW = new Set(['ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);
/** OpenSSL's verification results and Node's own (tls documentation, "X509 certificate error codes"). */
const UNTRUSTED =
  /^(CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_SELF_SIGNED_CERT$|SELF_SIGNED_CERT_IN_CHAIN$|UNABLE_TO_|HOSTNAME_MISMATCH$|INVALID_CA$|EPROTO$)/;
/** llhttp's codes, and undici's for content that breaks HTTP. */
const BROKEN = /^(HPE_|UND_ERR_RES|UND_ERR_INVALID|ERR_INVALID|Z_|ERR_BROTLI)/;

/** What a failed network call means, by the code of its cause; MusterErrors pass as they are. */
export function networkError(thrown: unknown): MusterError {
  if (thrown instanceof MusterError) return thrown;
  const code = codeIn(thrown);
  const options = { cause: thrown, params: { cause: code } };
  if (code !== null && SLOW.has(code)) {
    return new MusterError('timeout', 'The other side did not answer in time.', options);
  }
  if (code !== null && UNTRUSTED.test(code)) {
    return new MusterError('insecure-connection', "The server's certificate cannot be trusted.", options);
  }
  if (code !== null && BROKEN.test(code)) {
    return new MusterError('protocol-error', 'The other side answered with something that is not valid HTTP.', options);
  }
  return new MusterError(
    'platform-unreachable',
    'The server cannot be reached. Check the address and the network.',
    options,
  );
}

/** The first code along the causes; undici wraps the reason, and Node collects those of several addresses. */
function codeIn(thrown: unknown, depth = 0): string | null {
  if (!(thrown instanceof Error) || depth > 5) return null;
  if ('code' in thrown && typeof thrown.code === 'string') return thrown.code;
  // undici gives its parser's error a code only when llhttp had one.
  if (thrown.name === 'HTTPParserError') return 'HPE_INVALID';
  if (thrown instanceof AggregateError) return codeIn(thrown.errors[0], depth + 1);
  return codeIn(thrown.cause, depth + 1);
}
