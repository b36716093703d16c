import { describe, expect, it } from 'vitest';
import { lightBudget, mediumBudget } from '../../../src/platforms/zoom/limits.ts';
import { zoomOAuth } from '../../../src/platforms/zoom/oauth.ts';
import { apiUrlOf, planOf, zoomSettingsSchema } from '../../../src/platforms/zoom/settings.ts';
import { ZOOM_LIMITS } from '../../../src/simulator/zoom/rate-limits.ts';

const clientId = 'abc';

describe('Zoom’s settings', () => {
  it('need an app, and take the smallest plan unless told otherwise', () => {
    expect(zoomSettingsSchema.safeParse({}).success).toBe(false);
    expect(zoomSettingsSchema.safeParse({ clientId: ' ' }).success).toBe(false);
    expect(planOf(zoomSettingsSchema.parse({ clientId }))).toBe('free');
    expect(zoomSettingsSchema.safeParse({ clientId, plan: 'gold' }).success).toBe(false);
  });

  it('choose the hosts by cloud, and let each be replaced', () => {
    expect(apiUrlOf({ clientId }).href).toBe('https://api.zoom.us/v2/');
    expect(apiUrlOf({ clientId, cloud: 'government' }).href).toBe('https://api.zoomgov.com/v2/');
    expect(apiUrlOf({ clientId, apiUrl: 'https://gateway.example/zoom' }).href).toBe('https://gateway.example/zoom/');
    expect(zoomOAuth.endpoints({ clientId })).toMatchObject({
      authorization: 'https://zoom.us/oauth/authorize',
      token: 'https://zoom.us/oauth/token',
      revocation: 'https://zoom.us/oauth/revoke',
    });
    expect(zoomOAuth.endpoints({ clientId, cloud: 'government' }).token).toBe('https://zoomgov.com/oauth/token');
    expect(zoomOAuth.endpoints({ clientId, authUrl: 'http://127.0.0.1:9/oauth' }).token).toBe(
      'http://127.0.0.1:9/oauth/token',
    );
  });

  it('refuse addresses that would carry tokens in the open', () => {
    for (const websocketUrl of [
      'ws://ws.zoom.us/ws?subscriptionId=a',
      'wss://ws.zoom.us/ws',
      'wss://ws.zoom.us/ws?subscriptionId=a&access_token=b',
      'https://ws.zoom.us/ws?subscriptionId=a',
    ]) {
      expect(zoomSettingsSchema.safeParse({ clientId, websocketUrl }).success, websocketUrl).toBe(false);
    }
    for (const websocketUrl of ['wss://ws.zoom.us/ws?subscriptionId=a', 'ws://127.0.0.1:8/ws?subscriptionId=a']) {
      expect(zoomSettingsSchema.safeParse({ clientId, websocketUrl }).success, websocketUrl).toBe(true);
    }
    expect(zoomSettingsSchema.safeParse({ clientId, apiUrl: 'http://api.zoom.us/v2' }).success).toBe(false);
  });

  it('ask the user for no permission that only an admin can grant', () => {
    expect(zoomOAuth.scopes({ clientId }).some((scope) => scope.endsWith(':admin'))).toBe(false);
    expect(zoomOAuth.scopes({ clientId })).toContain('team_chat:read:contact');
  });

  it('keep to less than what each plan allows', () => {
    for (const plan of ['free', 'pro', 'business'] as const) {
      for (const [budget, label] of [
        [lightBudget(plan), 'Light'],
        [mediumBudget(plan), 'Medium'],
      ] as const) {
        const windows = typeof budget.limits === 'number' ? [] : budget.limits;
        const { perSecond, perDay } = ZOOM_LIMITS[plan][label];
        expect(windows.find(({ seconds }) => seconds === 1)?.calls).toBeLessThanOrEqual(perSecond);
        expect(windows.find(({ seconds }) => seconds === 86_400)?.calls ?? null).toBe(perDay);
      }
    }
  });
});
