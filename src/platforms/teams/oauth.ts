/**
 * Signing in at Microsoft Entra as a public client (learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow and
 * v2-oauth2-device-code): PKCE, no client secret, `http://localhost/teams` with any port.
 */
import { z } from 'zod';
import { MusterError } from '../../domain/errors.ts';
import type { OAuthProvider, TokenAnswer } from '../oauth.ts';
import { cloudOf } from './clouds.ts';
import { TEAMS_SCOPES, type TeamsSettings } from './manifest.ts';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** What a scope may begin with in an answer, when it was asked for by its short name. */
const RESOURCE = /^https:\/\/[\w.-]+\/(?=[\w.]+$)/;

const answerSchema = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).nullish(),
  expires_in: z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]).nullish(),
  scope: z.string().nullish(),
});

/** Entra names scopes with or without their resource, and never names `offline_access`: the refresh token is its grant. */
function readTokens(answer: unknown): TokenAnswer {
  const parsed = answerSchema.safeParse(answer);
  if (!parsed.success) {
    throw new MusterError('protocol-error', 'Microsoft’s sign-in answered without tokens. Try again in a moment.');
  }
  const { access_token, refresh_token, expires_in, scope } = parsed.data;
  const named =
    scope
      ?.split(' ')
      .filter(Boolean)
      .map((one) => one.replace(RESOURCE, '')) ?? null;
  return {
    accessToken: access_token,
    refreshToken: refresh_token ?? null,
    expiresInSeconds: expires_in ?? null,
    scopes: named === null || !refresh_token ? named : [...new Set([...named, 'offline_access'])],
  };
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
  scopes: () => ['openid', 'profile', ...TEAMS_SCOPES.map(({ scope }) => scope)],
  scopeParameter: 'scope',
  scopeSeparator: ' ',
  // Several accounts of one browser are usual: which one is meant is asked.
  authorizationParameters: { prompt: 'select_account' },
  redirect: { host: 'localhost', path: '/teams', ports: 'any' },
  openId: true,
  accessTokenKey: 'accessToken',
  readTokens,
  lifetimes: { accessSeconds: 3_600, refreshDays: 90, refreshSlides: true, announceDays: 7 },
};
