import { MusterError } from '../../domain/errors.ts';
import type { OAuthProvider } from '../../platforms/oauth.ts';
import type { OAuthApp } from '../../ports/oauth-client.ts';

/**
 * The user's own app registration at a platform, as the settings and the account's secret name it; null when they name none. Throws
 * `invalid-settings` where the platform needs a secret that is not there.
 */
export function oauthAppOf(provider: OAuthProvider, settings: unknown, clientSecret: string | null): OAuthApp | null {
  const clientId = provider.clientId(settings);
  if (clientId === null) return null;
  const secret = provider.clientSecret === 'never' || clientSecret === '' ? null : clientSecret;
  if (secret === null && provider.clientSecret === 'required') {
    throw new MusterError('invalid-settings', 'Signing in needs the app’s client secret.', {
      issues: [{ path: 'secrets.clientSecret', message: 'It is needed to sign in.' }],
    });
  }
  return {
    server: provider.endpoints(settings),
    clientId,
    clientSecret: secret,
    clientAuth: provider.clientAuth,
    openId: provider.openId,
    ...(provider.readTokens ? { readTokens: (answer) => readAs(provider, answer) } : {}),
    explainRefusal: (answer) => provider.explainRefusal?.(answer, settings) ?? null,
  };
}

/** The reader belongs to its provider. */
function readAs(provider: OAuthProvider, answer: unknown) {
  if (!provider.readTokens) throw new MusterError('protocol-error', 'The sign-in service answered without tokens.');
  return provider.readTokens(answer);
}
