import { SLACK_REDIRECT_PORTS, slackRedirectUrl } from './oauth.ts';
import { SLACK_SCOPES } from './scopes.ts';

/**
 * What the event socket is for (docs.slack.dev/reference/events; `user_change` comes with every change of a profile, status or huddle).
 * The last two need no permission, and tell at once that the sign-in has ended.
 */
const USER_EVENTS = [
  'user_change',
  'user_huddle_changed',
  'team_join',
  'dnd_updated',
  'dnd_updated_user',
  'tokens_revoked',
  'app_uninstalled',
];

/**
 * The app manifest to paste (docs.slack.dev/reference/app-manifest). Events are commented out: without a socket to take them Slack
 * counts every one as a failure and writes to the app's owner.
 */
export const APP_MANIFEST = `display_information:
  name: Muster
  description: Who is around, and am I reachable
oauth_config:
  # Signing in from this computer without a client secret. Slack cannot take it back once it is on.
  pkce_enabled: true
  redirect_urls:
${SLACK_REDIRECT_PORTS.map((port) => `    - ${slackRedirectUrl(port)}`).join('\n')}
  scopes:
    user:
${SLACK_SCOPES.map(({ scope }) => `      - ${scope}`).join('\n')}
settings:
  org_deploy_enabled: false
  # Tokens that end after twelve hours and are renewed by Muster. false if you would rather paste one that stays.
  token_rotation_enabled: true
  # For statuses within a second (optional): make this true, and take the # away from the lines below.
  socket_mode_enabled: false
  # event_subscriptions:
  #   user_events:
${USER_EVENTS.map((event) => `  #     - ${event}`).join('\n')}
`;
