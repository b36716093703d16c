/**
 * Signing in at Microsoft Entra as a public client (learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow and
 * v2-oauth2-device-code): PKCE, no client secret, `http://localhost/teams` with any port.
 */
import type { OAuthProvider } from '../oauth.ts';
import { cloudOf } from './clouds.ts';
import { TEAMS_SCOPES, type TeamsSettings } from './manifest.ts';
import { explainRefusal } from './sign-in-refusals.ts';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Scopes of the sign-in itself, which belong to no resource. */
const OF_SIGN_IN = new Set(['openid', 'profile', 'offline_access']);

/** Short names are Microsoft Graph's own in the worldwide cloud; a national cloud is told which Graph is meant. */
function named(scope: string, settings: TeamsSettings): string {
  const { graphUrl, national } = cloudOf(settings);
  return national && !OF_SIGN_IN.has(scope) ? `${new URL(graphUrl).origin}/${scope}` : scope;
}

/** Microsoft Entra's sign-in. */
export const teamsOAuth: OAuthProvider<TeamsSettings> = {
  endpoints(settings) {
    const { authority } = cloudOf(settings);
    const tenant = settings.tenant ?? 'organizations';
    const at = (path: string): string => `${authority}${encodeURIComponent(tenant)}/${path}`;
    return {
      // Of many tenants, or one that is named by its domain, the issuer names the one by its id.
      issuer: `${authority}${GUID.test(tenant) ? tenant.toLowerCase() : '{tenantid}'}/v2.0`,
      authorization: at('oauth2/v2.0/authorize'),
      token: at('oauth2/v2.0/token'),
      // There is none for single tokens; access tokens run out within the hour.
      revocation: null,
      deviceAuthorization: at('oauth2/v2.0/devicecode'),
      jwks: at('discovery/v2.0/keys'),
    };
  },
  clientId: ({ clientId }) => clientId,
  clientSecret: 'never',
  clientAuth: 'post',
  scopes: (settings) => ['openid', 'profile', ...TEAMS_SCOPES.map(({ scope }) => named(scope, settings))],
  scopeParameter: 'scope',
  scopeSeparator: ' ',
  // Several accounts of one browser are usual: which one is meant is asked.
  authorizationParameters: { prompt: 'select_account' },
  redirect: { host: 'localhost', path: '/teams', ports: 'any' },
  openId: true,
  accessTokenKey: 'accessToken',
  explainRefusal,
  lifetimes: { accessSeconds: 3_600, refreshDays: 90, refreshSlides: true, announceDays: 7 },
};
