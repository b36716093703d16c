import { FULL, type PlatformManifest } from '../manifest.ts';
import { APP_MANIFEST } from './app-manifest.ts';
import { SLACK_SCOPES } from './scopes.ts';
import { type SlackSettings, slackSettingsSchema } from './settings.ts';

/** Slack as data. */
export const slackManifest: PlatformManifest<SlackSettings> = {
  id: 'slack',
  name: 'Slack',
  delivery: 'poll',
  auth: ['oauth', 'token'],
  offByDefault: null,
  inbound: null,
  lacks: [],
  tier: 'gold',
  capabilities: {
    readOthers: {
      level: 'partial',
      reason: 'Slack tells only active or away of other people: it says neither offline nor idle.',
    },
    push: {
      level: 'partial',
      reason:
        'Slack sends presence to no app: Muster asks for one person at a time, fifty a minute; with an app-level token, status texts, huddles and do-not-disturb arrive within a second. Where two computers or accounts use the same app-level token, each gets only a part of that at once, and the rest within minutes.',
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
    {
      key: 'refreshToken',
      title: 'Refresh token',
      description:
        'Begins with xoxe-. Only if your app has token rotation: then the token above ends after twelve hours, and Muster renews it with this one.',
      required: false,
    },
    {
      key: 'appToken',
      title: 'App-level token',
      description:
        'Begins with xapp-. Makes statuses, huddles and do-not-disturb arrive at once; from “Basic Information → App-Level Tokens”, with the permission connections:write. One for each computer’s own app: Slack tells each change to only one user of a token.',
      required: false,
    },
  ],
  signIn: {
    steps: [
      'Open Slack’s app page and choose “Create New App”, then “From a manifest”.',
      'Pick your workspace, paste the app manifest from here with token_rotation_enabled set to false, and create the app.',
      'Choose “Install to Workspace” and allow it; some workspaces ask an admin first.',
      'Under “OAuth & Permissions”, copy the “User OAuth Token” that begins with xoxp- and paste it here.',
      'If you left token rotation on, paste the refresh token beside it and the app’s Client ID as well.',
    ],
    oauthSteps: [
      'Open Slack’s app page and choose “Create New App”, then “From a manifest”.',
      'Pick your workspace, paste the app manifest from here, and create the app.',
      'Under “Basic Information”, copy the Client ID and paste it here; no client secret is needed.',
      'Choose “Sign in” and allow Muster in the browser; some workspaces ask an admin first.',
    ],
    appManifest: APP_MANIFEST,
    portalUrl: 'https://api.slack.com/apps',
    permissions: SLACK_SCOPES,
  },
  documentationUrl: 'https://docs.slack.dev/apis/web-api/user-presence-and-status',
  verifiedLive: null,
};
