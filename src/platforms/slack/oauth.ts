/**
 * Signing in to Slack by OAuth v2 with PKCE and no client secret (docs.slack.dev/authentication/using-pkce, …/using-token-rotation,
 * reference/methods/oauth.v2.access). Slack's answers are its own: `ok: false` under HTTP 200, the user's token nested, scopes by commas.
 */
import { z } from 'zod';
import { MusterError } from '../../domain/errors.ts';
import type { OAuthProvider, TokenAnswer } from '../oauth.ts';
import { refusalOf, unreadable } from './errors.ts';
import { SLACK_SCOPES } from './scopes.ts';
import { apiUrlOf, type SlackSettings } from './settings.ts';

/** Slack compares redirect addresses to the letter, so that each port has to be registered. */
export const SLACK_REDIRECT_PORTS = [41_730, 41_731, 41_732, 41_733] as const;

const REDIRECT = { host: 'localhost', path: '/slack' } as const;

/** One of the addresses that Slack sends the browser back to. */
export function slackRedirectUrl(port: number): string {
  return `http://${REDIRECT.host}:${port}${REDIRECT.path}`;
}

const METHOD = 'oauth.v2.access';

const tokenSchema = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).nullish(),
  /** Absent, like the refresh token, without rotation: such a token does not end. */
  expires_in: z.number().nonnegative().nullish(),
  scope: z.string().nullish(),
  token_type: z.string().nullish(),
});
const answerSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(false), error: z.string() }),
  z.looseObject({ ok: z.literal(true) }),
]);
/** After a sign-in the user's token is nested; after a refresh it is at the top. */
const nestedSchema = z.object({ authed_user: tokenSchema });
const refreshedSchema = tokenSchema.extend({ token_type: z.literal('user') });

type Refusal = readonly ['token-revoked' | 'credentials-refused', string];
const REFUSALS: ReadonlyMap<string, Refusal> = new Map(
  Object.entries<Refusal>({
    invalid_refresh_token: [
      'token-revoked',
      'Slack does not take the sign-in any more: it was not used for 30 days, used elsewhere, or revoked. Sign in again.',
    ],
    invalid_code: [
      'credentials-refused',
      'Slack does not take the answer of this sign-in any more. Sign in once more.',
    ],
    invalid_code_verifier: [
      'credentials-refused',
      'Slack does not take the answer of this sign-in any more. Sign in once more.',
    ],
    bad_redirect_uri: [
      'credentials-refused',
      'Your Slack app does not know the address that the browser came back to. Add Muster’s redirect URLs to the app.',
    ],
    invalid_client_id: [
      'credentials-refused',
      'Slack knows no app with this Client ID. Copy it again from your app’s “Basic Information”.',
    ],
    bad_client_secret: [
      'credentials-refused',
      'Slack wants a client secret for this app. Turn on PKCE (pkce_enabled) in the app, which does without one.',
    ],
    pkce_not_allowed: [
      'credentials-refused',
      'PKCE is not turned on for your Slack app. Turn it on (pkce_enabled) in the app’s manifest.',
    ],
  }),
);

/** Reads `oauth.v2.access`. Throws `token-revoked`, `credentials-refused` or what else Slack's word means. */
function readTokens(answer: unknown): TokenAnswer {
  const parsed = answerSchema.safeParse(answer);
  if (!parsed.success) throw unreadable(METHOD, parsed.error);
  if ('error' in parsed.data && typeof parsed.data.error === 'string') throw refused(parsed.data.error);
  const nested = nestedSchema.safeParse(parsed.data);
  const refreshed = nested.success ? nested.data.authed_user : refreshedSchema.safeParse(parsed.data).data;
  if (refreshed === undefined) throw unreadable(METHOD, nested.error);
  return {
    accessToken: refreshed.access_token,
    refreshToken: refreshed.refresh_token ?? null,
    expiresInSeconds: refreshed.expires_in || null,
    scopes: refreshed.scope ? refreshed.scope.split(',').filter((scope) => scope !== '') : null,
  };
}

function refused(error: string): MusterError {
  const known = REFUSALS.get(error);
  const { code, message } = known === undefined ? refusalOf(METHOD, error) : { code: known[0], message: known[1] };
  return new MusterError(code, message, { params: { method: METHOD, error, oauth: error, answered: true } });
}

/** Slack's sign-in as data. */
export const slackOAuth: OAuthProvider<SlackSettings> = {
  endpoints(settings) {
    const api = apiUrlOf(settings);
    return {
      issuer: null,
      // Beside the Web API on the same host, as at slack.com and slack-gov.com.
      authorization: new URL('/oauth/v2/authorize', api).href,
      token: new URL(METHOD, api).href,
      // Takes the token as a form field, as RFC 7009 sends it; ends that token alone.
      revocation: new URL('auth.revoke', api).href,
      deviceAuthorization: null,
      jwks: null,
    };
  },
  clientId: (settings) => settings.clientId ?? null,
  clientSecret: 'never',
  clientAuth: 'post',
  scopes: () => SLACK_SCOPES.map(({ scope }) => scope),
  scopeParameter: 'user_scope',
  scopeSeparator: ',',
  authorizationParameters: {},
  redirect: { ...REDIRECT, ports: SLACK_REDIRECT_PORTS },
  openId: false,
  accessTokenKey: 'userToken',
  readTokens,
  // Twelve hours; refresh tokens of apps with PKCE end 30 days after their issue, and each refresh issues a new one.
  lifetimes: { accessSeconds: 43_200, refreshDays: 30, refreshSlides: true, announceDays: 7 },
};
