import { MusterError } from '../../domain/errors.ts';
import type { AccessTokens } from '../../platforms/oauth.ts';
import type { SecretReader } from '../../ports/secret-store.ts';

/** Tokens as they were pasted: nothing can renew them, so that one that was refused stays refused. */
export function pastedTokens(secrets: SecretReader, key = 'accessToken'): AccessTokens {
  let refused: string | null = null;
  return {
    async current() {
      const token = (await secrets.get(key))?.trim() ?? '';
      if (token === '') throw new MusterError('credentials-refused', 'The access token is missing. Sign in again.');
      if (token === refused)
        throw new MusterError('token-expired', 'The access token is not accepted any more. Sign in again.');
      return token;
    },
    refused(token) {
      refused = token;
    },
  };
}
