/** What the token endpoint gave, before a platform dresses it in its own shape. */
export interface Granted {
  readonly kind: 'granted';
  readonly grantType: 'authorization_code' | 'refresh_token' | 'device_code';
  readonly clientId: string;
  readonly userId: string;
  readonly scopes: readonly string[];
  readonly accessToken: string;
  readonly refreshToken: string | null;
  /** Null: the access token does not end. */
  readonly expiresInSeconds: number | null;
  /** Of the authorization request, for the ID token; null when it had none. */
  readonly nonce: string | null;
}

/** Why an endpoint refused, in the words of RFC 6749 (5.2) and RFC 8628 (3.5). */
export interface Refused {
  readonly kind: 'refused';
  readonly status: 400 | 401;
  readonly error:
    | 'invalid_request'
    | 'invalid_client'
    | 'invalid_grant'
    | 'unauthorized_client'
    | 'unsupported_grant_type'
    | 'invalid_scope'
    | 'authorization_pending'
    | 'slow_down'
    | 'expired_token'
    | 'access_denied';
  readonly description: string;
}

/** A refusal; 401 for a client that did not show who it is. */
export function refused(error: Refused['error'], description: string): Refused {
  return { kind: 'refused', status: error === 'invalid_client' ? 401 : 400, error, description };
}

/** The standard's body of either answer (RFC 6749, 5.1 and 5.2); platforms with shapes of their own don't use it. */
export function standardBody(answer: Granted | Refused): Record<string, unknown> {
  if (answer.kind === 'refused') return { error: answer.error, error_description: answer.description };
  return {
    access_token: answer.accessToken,
    token_type: 'Bearer',
    ...(answer.expiresInSeconds === null ? {} : { expires_in: answer.expiresInSeconds }),
    ...(answer.refreshToken === null ? {} : { refresh_token: answer.refreshToken }),
    scope: answer.scopes.join(' '),
  };
}
