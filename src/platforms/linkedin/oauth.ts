import { baseUrlOf } from '../base-url.ts';
import type { OAuthProvider } from '../oauth.ts';
import { type LinkedinSettings, linkedinManifest } from './manifest.ts';

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
  // 60 days; a refresh token (365 days, not renewed by use) comes for approved partners only.
  lifetimes: { accessSeconds: 60 * 86_400, refreshDays: 365, refreshSlides: false, announceDays: 7 },
};
