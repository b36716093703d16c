import { baseUrlOf } from '../base-url.ts';
import type { OAuthEndpoints, OAuthProvider } from '../oauth.ts';
import { type GoogleChatSettings, googleChatManifest } from './manifest.ts';

/** developers.google.com/identity/protocols/oauth2/native-app; the addresses are those of its discovery document. */
const GOOGLE: OAuthEndpoints & { readonly userinfo: string } = {
  issuer: 'https://accounts.google.com',
  namesItself: true,
  authorization: 'https://accounts.google.com/o/oauth2/v2/auth',
  token: 'https://oauth2.googleapis.com/token',
  revocation: 'https://oauth2.googleapis.com/revoke',
  deviceAuthorization: null,
  jwks: 'https://www.googleapis.com/oauth2/v3/certs',
  userinfo: 'https://openidconnect.googleapis.com/v1/userinfo',
};

/** Google's addresses; with `authUrl` all of them on that one server, which is its own issuer. */
export function googleEndpoints({ authUrl }: GoogleChatSettings): OAuthEndpoints & { readonly userinfo: string } {
  if (authUrl === undefined) return GOOGLE;
  const base = baseUrlOf(authUrl);
  const at = (path: string): string => new URL(path, base).href;
  return {
    // A server in Google's place has promised no `iss` in its answers; one that is there is compared all the same.
    issuer: base.href.slice(0, -1),
    authorization: at('o/oauth2/v2/auth'),
    token: at('token'),
    revocation: at('revoke'),
    // Google's device code gives none of Chat's permissions.
    deviceAuthorization: null,
    jwks: at('oauth2/v3/certs'),
    userinfo: at('v1/userinfo'),
  };
}

/** Google's sign-in for a desktop app: the token endpoint wants the client secret although there is PKCE; refresh tokens stay. */
export const googleChatOAuth: OAuthProvider<GoogleChatSettings> = {
  endpoints: (settings) => {
    const { userinfo: _userinfo, ...endpoints } = googleEndpoints(settings);
    return endpoints;
  },
  clientId: ({ clientId }) => clientId,
  clientSecret: 'required',
  clientAuth: 'post',
  scopes: () => googleChatManifest.signIn.permissions.map(({ scope }) => scope),
  scopeParameter: 'scope',
  scopeSeparator: ' ',
  // Without them there is no refresh token, or only at the very first consent.
  authorizationParameters: { access_type: 'offline', prompt: 'consent' },
  redirect: { host: '127.0.0.1', path: '/google-chat', ports: 'any' },
  openId: true,
  accessTokenKey: 'accessToken',
  lifetimes: { accessSeconds: 3_600, refreshDays: 180, refreshSlides: true, announceDays: 7 },
};
