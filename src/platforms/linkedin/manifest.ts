import { z } from 'zod';
import { baseUrlOf, baseUrlSchema } from '../base-url.ts';
import type { Permission, PlatformManifest } from '../manifest.ts';

const linkedinSettingsSchema = z.strictObject({
  apiUrl: baseUrlSchema.optional().meta({
    title: 'API address',
    description: 'Where LinkedIn’s API is; only for gateways and test servers.',
  }),
  authUrl: baseUrlSchema.optional().meta({
    title: 'Sign-in address',
    description: 'Where LinkedIn’s sign-in is; only for test servers.',
  }),
  clientId: z
    .string()
    .regex(/^[\x21-\x7e]{1,100}$/, 'must be the client ID as LinkedIn shows it, without spaces')
    .meta({ title: 'Client ID', description: 'Of your own LinkedIn app; the portal shows it under “Auth”.' }),
});
/** An account's settings. */
export type LinkedinSettings = z.infer<typeof linkedinSettingsSchema>;

/** The account's API, with a slash at the end. */
export function apiUrlOf(settings: LinkedinSettings): URL {
  return baseUrlOf(settings.apiUrl ?? 'https://api.linkedin.com/');
}

/** What signing in by the browser asks for (learn.microsoft.com/linkedin/dma/member-data-portability). */
const LINKEDIN_PERMISSIONS: readonly Permission[] = [
  {
    scope: 'r_dma_portability_3rd_party',
    required: true,
    purpose:
      'to read the log of what happened in your own LinkedIn account: it says when somebody last wrote to you, invited you or reacted to you',
  },
  { scope: 'openid', required: true, purpose: 'to know that it is your own account that was signed in' },
  { scope: 'profile', required: true, purpose: 'to name the account after you' },
  { scope: 'email', required: false, purpose: 'to name the account after your address' },
];

/** LinkedIn as data. */
export const linkedinManifest: PlatformManifest<LinkedinSettings> = {
  id: 'linkedin',
  name: 'LinkedIn',
  delivery: 'poll',
  auth: ['oauth', 'token'],
  offByDefault:
    'For members in the European Economic Area and Switzerland only: LinkedIn lets them read the log of their own account, and Muster takes from it when a colleague last wrote, invited or reacted to you, up to an hour late. LinkedIn has no presence for apps: nobody is ever shown as online, and nothing is read from its pages.',
  inbound: null,
  lacks: [],
  tier: 'silver',
  capabilities: {
    readOthers: {
      level: 'none',
      reason:
        'LinkedIn tells no app who is there: people appear once they did something that reached you, always with the status unknown.',
    },
    push: {
      level: 'none',
      reason: 'LinkedIn sends nothing by itself: Muster reads the log once an hour, as LinkedIn recommends.',
    },
    ownAvailability: { level: 'none', reason: 'LinkedIn has no status that an app could set.' },
    ownMessage: { level: 'none', reason: 'LinkedIn has no status message.' },
    ownExpiry: { level: 'none', reason: 'There is no status that could end.' },
    doNotDisturb: { level: 'none', reason: 'LinkedIn has no do-not-disturb that an app could set.' },
    lastSeen: {
      level: 'partial',
      reason:
        'Only what reached you (messages, invitations, comments, reactions), from your consent on, and for members in the EEA and Switzerland.',
    },
  },
  settings: linkedinSettingsSchema,
  secrets: [
    {
      key: 'accessToken',
      title: 'Access token',
      description: 'From the portal’s token generator; it lives for 60 days. Signing in by the browser brings its own.',
      required: false,
    },
    {
      key: 'clientSecret',
      title: 'Client secret',
      description: 'Only where LinkedIn wants it for your app; the portal shows it under “Auth”.',
      required: false,
    },
    {
      key: 'refreshToken',
      title: 'Refresh token',
      description: 'LinkedIn gives one to approved partners only; nothing to enter.',
      required: false,
    },
  ],
  signIn: {
    steps: [
      'You need to be a member in the European Economic Area or Switzerland: elsewhere LinkedIn refuses this.',
      'In LinkedIn’s developer portal, create an app; as its company choose “Member Data Portability (Member) Default Company”.',
      'Under “Products”, request “Member Data Portability API (Member)”, and copy the client ID from “Auth” to here.',
      'Under “Docs and tools → OAuth Token Tools”, create a token with r_dma_portability_self_serve, agree that LinkedIn records your account’s events for this app, and paste the token here.',
      'LinkedIn begins with its log at that moment and keeps 28 days of it; you can end it under “Settings → Data privacy → Permitted services”.',
      'After 60 days the token ends: Muster reminds you a week before.',
    ],
    oauthSteps: [
      'You need to be a member in the European Economic Area or Switzerland: elsewhere LinkedIn refuses this.',
      'In LinkedIn’s developer portal, create an app of a company page that LinkedIn has verified.',
      'Under “Products”, request “Member Data Portability API (3rd Party)” and “Sign In with LinkedIn using OpenID Connect”.',
      'Ask LinkedIn’s support to switch on native sign-in (PKCE) for the app; without it only a pasted token works.',
      'Paste the client ID from “Auth” here and choose “Sign in”; on LinkedIn’s page you agree that it records your account’s events for this app.',
      'LinkedIn ends every sign-in after 60 days: Muster reminds you a week before.',
    ],
    appManifest: null,
    portalUrl: 'https://www.linkedin.com/developers/apps',
    permissions: LINKEDIN_PERMISSIONS,
  },
  documentationUrl: 'https://learn.microsoft.com/linkedin/dma/member-data-portability/',
  verifiedLive: null,
};
