import type { OAuthProvider } from '../oauth.ts';
import { ZOOM_SCOPES } from './scopes.ts';
import { authUrlOf, type ZoomSettings } from './settings.ts';

/**
 * Zoom's OAuth 2.0 (developers.zoom.us/docs/integrations/oauth; blog “public-pkce”; changelog “pkce-loopback”): a public client id with
 * PKCE needs no secret, an app's own client id and secret go by Basic. Any port of 127.0.0.1 is accepted. Refresh tokens are single
 * use; a new consent with the same app ends the earlier ones. The answer's `api_url` is left alone: `api.zoom.us` serves every
 * region, and no answer decides where tokens are sent.
 */
export const zoomOAuth: OAuthProvider<ZoomSettings> = {
  endpoints(settings) {
    const base = authUrlOf(settings);
    return {
      issuer: null,
      authorization: new URL('authorize', base).href,
      token: new URL('token', base).href,
      revocation: new URL('revoke', base).href,
      deviceAuthorization: null,
      jwks: null,
    };
  },
  clientId: (settings) => settings.clientId,
  clientSecret: 'optional',
  clientAuth: 'basic',
  // The admin's scope cannot be granted by most people, who would then not get in at all: an app that has it grants it unasked.
  scopes: () => ZOOM_SCOPES.filter(({ required }) => required).map(({ scope }) => scope),
  scopeParameter: 'scope',
  scopeSeparator: ' ',
  authorizationParameters: {},
  redirect: { host: '127.0.0.1', path: '/zoom', ports: 'any' },
  openId: false,
  accessTokenKey: 'accessToken',
  lifetimes: { accessSeconds: 3_600, refreshDays: 90, refreshSlides: true, announceDays: 7 },
};
