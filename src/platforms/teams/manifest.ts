import { z } from 'zod';
import { baseUrlSchema } from '../base-url.ts';
import { FULL, type Permission, type PlatformManifest } from '../manifest.ts';
import { belongTogether } from './clouds.ts';

/** Who can be chosen: as many as one look, and one subscription, takes. */
const MOST_CHOSEN = 650;

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An account's settings. */
export const teamsSettingsSchema = z
  .strictObject({
    clientId: z
      .string()
      .regex(GUID, { error: 'Needs the application (client) ID: 32 hexadecimal digits in five groups.' })
      .describe('The application (client) ID of your own app registration in Entra.'),
    tenant: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,252}$/, { error: 'Needs a tenant ID or a domain name.' })
      .refine((tenant) => !['common', 'consumers'].includes(tenant.toLowerCase()), {
        error: 'Needs a tenant of a company or a school: personal Microsoft accounts have no presence.',
      })
      .optional()
      .describe('Your organisation’s tenant ID or domain; empty: whichever organisation you sign in with.'),
    people: z
      .array(z.string().trim().min(1).max(320))
      .max(MOST_CHOSEN, { error: 'At most 650 people can be chosen.' })
      .optional()
      .describe('Only these colleagues, by address, object ID or full name; empty: everybody in the directory.'),
    graphUrl: baseUrlSchema
      .optional()
      .describe('The address of Microsoft Graph; only for national clouds and test servers.'),
    authority: baseUrlSchema
      .optional()
      .describe('The address of the sign-in; only for national clouds and test servers.'),
  })
  .refine(belongTogether, {
    path: ['authority'],
    error: 'This sign-in belongs to another Microsoft cloud than the address of Graph.',
  });
export type TeamsSettings = z.infer<typeof teamsSettingsSchema>;

/** The delegated permissions that Muster asks for, and why (learn.microsoft.com/graph/permissions-reference). */
export const TEAMS_SCOPES: readonly Permission[] = [
  { scope: 'User.Read', required: true, purpose: 'to know who you are' },
  { scope: 'User.ReadBasic.All', required: true, purpose: 'to list your colleagues and to find them by name' },
  { scope: 'Presence.Read.All', required: true, purpose: 'to see who is available' },
  { scope: 'Presence.ReadWrite', required: false, purpose: 'to set your own status and status message' },
  { scope: 'offline_access', required: false, purpose: 'to stay signed in without asking you every hour' },
];

/** How the user's own app registration comes to be; signing in by either way needs it. */
const REGISTRATION: readonly string[] = [
  'Open the app registrations of Microsoft Entra and choose “New registration”.',
  'Give it a name, allow “Accounts in any organizational directory” or only your own, and register it.',
  'Copy the “Application (client) ID” from its overview and enter it here.',
  'Under “API permissions” add the delegated permissions of Microsoft Graph that are listed here.',
  'Some organisations want an admin to grant them: “Grant admin consent” is beside the list.',
];

/** Microsoft Teams as data. */
export const teamsManifest: PlatformManifest<TeamsSettings> = {
  id: 'teams',
  name: 'Microsoft Teams',
  delivery: 'both',
  auth: ['oauth', 'device-code', 'token'],
  offByDefault: null,
  inbound: {
    purpose:
      'Teams then tells changes of up to 650 colleagues within seconds, those first who matter to you; without it Muster asks about once a minute.',
    steps: [],
  },
  directory: { setting: 'people', most: MOST_CHOSEN },
  lacks: [],
  tier: 'gold',
  capabilities: {
    readOthers: FULL,
    push: {
      level: 'partial',
      reason:
        'Microsoft sends changes only to a public address, and of 650 colleagues at most: Muster chooses whom you see, watch and marked as favourites; everybody else is asked about once a minute.',
    },
    ownAvailability: {
      level: 'partial',
      reason:
        'Teams does not tell an app what you had chosen, only what it shows: an “Available” or “Away” that you had chosen yourself comes back as automatic.',
    },
    ownMessage: {
      level: 'partial',
      reason: 'Teams takes plain text of 280 characters; an emoji stands at the beginning of the text.',
    },
    ownExpiry: FULL,
    doNotDisturb: {
      level: 'partial',
      reason: 'Teams has one status for both: while do-not-disturb is on, it is what others see of you.',
    },
    lastSeen: { level: 'none', reason: 'Teams does not say when other people were last active.' },
  },
  settings: teamsSettingsSchema,
  secrets: [
    {
      key: 'accessToken',
      title: 'Access token',
      description: 'Only to try Muster without signing in: a token of Microsoft Graph, which lasts about an hour.',
      required: false,
    },
  ],
  signIn: {
    steps: REGISTRATION,
    oauthSteps: [
      ...REGISTRATION,
      'Under “Authentication” add the platform “Mobile and desktop applications” with the redirect address http://localhost/teams.',
      'On the same page allow “public client flows”, so that no client secret is needed.',
    ],
    appManifest: null,
    portalUrl: 'https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade',
    permissions: TEAMS_SCOPES,
  },
  documentationUrl: 'https://learn.microsoft.com/graph/cloud-communications-manage-presence-state',
  verifiedLive: null,
};
