/**
 * The Web API methods that Muster calls, and how often a minute each may be called: the least that its tier promises
 * (tier 2: 20, tier 3: 50, tier 4: 100 a minute, per method, workspace and app; docs.slack.dev/apis/web-api/rate-limits).
 * `auth.test` has limits of its own, “hundreds of requests per minute”. `apps.connections.open` counts per app-level token.
 */
export const SLACK_METHODS = {
  'auth.test': 100,
  'auth.teams.list': 20,
  'apps.connections.open': 50,
  'users.list': 20,
  'users.getPresence': 50,
  'users.setPresence': 20,
  'users.profile.get': 100,
  'users.profile.set': 50,
  'dnd.info': 50,
  'dnd.teamInfo': 20,
  'dnd.setSnooze': 20,
  'dnd.endSnooze': 20,
  'emoji.list': 20,
} as const satisfies Readonly<Record<string, number>>;

/** A method that Muster calls. */
export type SlackMethod = keyof typeof SLACK_METHODS;

/** Methods that have to be told the workspace when the token is an organisation's (their pages: “required if org token is used”). */
export const TAKES_TEAM: ReadonlySet<SlackMethod> = new Set(['users.list', 'dnd.info', 'dnd.teamInfo']);
