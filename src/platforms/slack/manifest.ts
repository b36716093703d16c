import { z } from 'zod';
import { FULL, type Permission, type PlatformManifest } from '../manifest.ts';

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** True for an address on this machine, where plain http is allowed (test servers, gateways). */
export function isLoopback(url: URL): boolean {
  return LOOPBACK.has(url.hostname);
}

/** An account's settings. `apiUrl` is for gateways and test servers; absent: Slack itself. */
export const slackSettingsSchema = z.strictObject({
  apiUrl: z
    .url({ protocol: /^https?$/ })
    .refine(
      (text) => {
        const url = URL.parse(text);
        return url !== null && (url.protocol === 'https:' || isLoopback(url)) && url.search === '' && url.hash === '';
      },
      { error: 'Needs https, except on this machine; without a query.' },
    )
    .optional()
    .describe('The address of Slack’s Web API; only for gateways and test servers.'),
});
export type SlackSettings = z.infer<typeof slackSettingsSchema>;

/** Where the account's Web API is, with a slash at the end. */
export function apiUrlOf(settings: SlackSettings): URL {
  const text = settings.apiUrl ?? 'https://slack.com/api/';
  return new URL(text.endsWith('/') ? text : `${text}/`);
}

/** The user scopes that Muster asks for, and why (docs.slack.dev/reference/scopes). */
export const SLACK_SCOPES: readonly Permission[] = [
  { scope: 'users:read', required: true, purpose: 'to list your colleagues and to see who is active' },
  {
    scope: 'users.profile:read',
    required: true,
    purpose: 'to read your own status, so that it can be put back exactly',
  },
  { scope: 'users.profile:write', required: true, purpose: 'to set your status text, emoji and when they end' },
  { scope: 'users:write', required: true, purpose: 'to show you as away, and to end that' },
  { scope: 'dnd:read', required: true, purpose: 'to see who does not want to be disturbed' },
  { scope: 'dnd:write', required: true, purpose: 'to pause and resume your own notifications' },
  {
    scope: 'users:read.email',
    required: false,
    purpose: 'to recognise the same colleague on other platforms by email address',
  },
  { scope: 'emoji:read', required: false, purpose: 'to show your workspace’s own emoji in status messages' },
];

const APP_MANIFEST = `display_information:
  name: Muster
  description: Who is around, and am I reachable
oauth_config:
  scopes:
    user:
${SLACK_SCOPES.map(({ scope }) => `      - ${scope}`).join('\n')}
settings:
  org_deploy_enabled: false
  socket_mode_enabled: false
  token_rotation_enabled: false
`;

/** Slack as data. */
export const slackManifest: PlatformManifest<SlackSettings> = {
  id: 'slack',
  name: 'Slack',
  delivery: 'poll',
  auth: ['token'],
  offByDefault: null,
  inbound: null,
  lacks: [],
  tier: 'silver',
  capabilities: {
    readOthers: {
      level: 'partial',
      reason: 'Slack tells only active or away of other people: it says neither offline nor idle.',
    },
    push: {
      level: 'none',
      reason: 'Slack sends presence to no app: Muster asks for one person at a time, fifty a minute.',
    },
    ownAvailability: {
      level: 'partial',
      reason:
        'Slack can show you as away, but never as offline, and as active only while one of your Slack apps is open.',
    },
    ownMessage: FULL,
    ownExpiry: FULL,
    doNotDisturb: {
      level: 'partial',
      reason:
        'Slack pauses notifications by whole minutes, for a day at a time; your notification schedule in Slack stays as it is.',
    },
    lastSeen: { level: 'none', reason: 'Slack does not say when other people were last active.' },
  },
  settings: slackSettingsSchema,
  secrets: [
    {
      key: 'userToken',
      title: 'User OAuth Token',
      description: 'Begins with xoxp-. Slack shows it under “OAuth & Permissions” once your app is installed.',
      required: true,
    },
  ],
  signIn: {
    steps: [
      'Open Slack’s app page and choose “Create New App”, then “From a manifest”.',
      'Pick your workspace, paste the app manifest from here, and create the app.',
      'Choose “Install to Workspace” and allow it; some workspaces ask an admin first.',
      'Under “OAuth & Permissions”, copy the “User OAuth Token” that begins with xoxp- and paste it here.',
    ],
    oauthSteps: [],
    appManifest: APP_MANIFEST,
    portalUrl: 'https://api.slack.com/apps',
    permissions: SLACK_SCOPES,
  },
  documentationUrl: 'https://docs.slack.dev/apis/web-api/user-presence-and-status',
  verifiedLive: null,
};
