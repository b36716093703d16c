import { z } from 'zod';
import { baseUrlOf } from '../base-url.ts';
import type { ExplainedRefusal, OAuthProvider } from '../oauth.ts';
import { type LinkedinSettings, linkedinManifest } from './manifest.ts';

const answerSchema = z.object({ error: z.string() });

/** LinkedIn has names of its own for some refusals (shared/authentication/authorization-code-flow, “Application is rejected”). */
function explainRefusal(answer: unknown): ExplainedRefusal | null {
  switch (answerSchema.safeParse(answer).data?.error) {
    case 'user_cancelled_login':
    case 'user_cancelled_authorize':
      return {
        code: 'credentials-refused',
        message: 'The sign-in was declined on the platform’s page.',
        standard: 'access_denied',
      };
    case 'unauthorized_scope_error':
      return {
        code: 'credentials-refused',
        message:
          'The LinkedIn app may not ask for this. Under “Products”, it needs “Member Data Portability API (3rd Party)” and “Sign In with LinkedIn using OpenID Connect”.',
        standard: 'invalid_scope',
      };
    default:
      return null;
  }
}

/**
 * LinkedIn's sign-in for native apps (shared/authentication/authorization-code-flow-native): PKCE on a loopback address, switched on per
 * app on request. Its ID tokens have no nonce, whatever was asked for.
 */
export const linkedinOAuth: OAuthProvider<LinkedinSettings> = {
  endpoints({ authUrl }) {
    const base = baseUrlOf(authUrl ?? 'https://www.linkedin.com/');
    const at = (path: string): string => new URL(path, base).href;
    return {
      issuer: at('oauth'),
      authorization: at('oauth/native-pkce/authorization'),
      token: at('oauth/v2/accessToken'),
      revocation: at('oauth/v2/revoke'),
      deviceAuthorization: null,
      jwks: at('oauth/openid/jwks'),
    };
  },
  clientId: ({ clientId }) => clientId,
  clientSecret: 'optional',
  clientAuth: 'post',
  scopes: () => linkedinManifest.signIn.permissions.map(({ scope }) => scope),
  scopeParameter: 'scope',
  scopeSeparator: ' ',
  authorizationParameters: {},
  redirect: { host: '127.0.0.1', path: '/linkedin', ports: 'any' },
  openId: 'without-nonce',
  accessTokenKey: 'accessToken',
  explainRefusal,
  // 60 days; a refresh token (365 days, not renewed by use) comes for approved partners only.
  lifetimes: { accessSeconds: 60 * 86_400, refreshDays: 365, refreshSlides: false, announceDays: 7 },
};
