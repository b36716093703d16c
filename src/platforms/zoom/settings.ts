import { z } from 'zod';
import { baseUrlOf, baseUrlSchema, holdsCredentials, isLoopback } from '../base-url.ts';

/** The address of an event subscription as Zoom's portal shows it. wss, except on this machine. */
const websocketUrlSchema = z.url({ protocol: /^wss?$/ }).refine(
  (text) => {
    const url = URL.parse(text);
    const encrypted = url !== null && (url.protocol === 'wss:' || isLoopback(url));
    const safe = encrypted && url.hash === '' && !holdsCredentials(url);
    return safe && (url.searchParams.get('subscriptionId') ?? '') !== '' && !url.searchParams.has('access_token');
  },
  { error: 'Needs wss and a subscriptionId, as Zoom’s portal shows it; without a token.' },
);

/** An account's settings. The addresses are Zoom's own unless given; `plan` decides how often may be asked. */
export const zoomSettingsSchema = z.strictObject({
  clientId: z
    .string()
    .trim()
    .min(1)
    .describe('The Client ID (or Public Client ID) of your own app in Zoom’s App Marketplace.'),
  plan: z
    .enum(['free', 'pro', 'business'])
    .optional()
    .describe('Your Zoom plan, which decides how often Muster may ask; without it, the free plan.'),
  cloud: z
    .enum(['commercial', 'government'])
    .optional()
    .describe('Zoom for Government has addresses of its own; without it, the commercial Zoom.'),
  websocketUrl: websocketUrlSchema
    .optional()
    .describe('The endpoint URL of a WebSocket event subscription; it needs the client secret too.'),
  apiUrl: baseUrlSchema.optional().describe('The address of Zoom’s API; only for gateways and test servers.'),
  authUrl: baseUrlSchema.optional().describe('The address of Zoom’s OAuth; only for gateways and test servers.'),
});
export type ZoomSettings = z.infer<typeof zoomSettingsSchema>;

/** Zoom's plans, as far as limits differ. */
export type ZoomPlan = NonNullable<ZoomSettings['plan']>;

/** The hosts by cloud (government: developers.zoomgov.com; Zoom answers on `api.zoom.us` for every region). */
const HOSTS = {
  commercial: { api: 'https://api.zoom.us/v2/', auth: 'https://zoom.us/oauth/' },
  government: { api: 'https://api.zoomgov.com/v2/', auth: 'https://zoomgov.com/oauth/' },
} as const;

/** The plan that limits are taken from: the smallest unless the user says otherwise. */
export function planOf(settings: ZoomSettings): ZoomPlan {
  return settings.plan ?? 'free';
}

/** Where the account's API is, with a slash at the end. */
export function apiUrlOf(settings: ZoomSettings): URL {
  return baseUrlOf(settings.apiUrl ?? HOSTS[settings.cloud ?? 'commercial'].api);
}

/** Where the account's OAuth endpoints are, with a slash at the end. */
export function authUrlOf(settings: ZoomSettings): URL {
  return baseUrlOf(settings.authUrl ?? HOSTS[settings.cloud ?? 'commercial'].auth);
}
