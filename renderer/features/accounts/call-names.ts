/** What a platform's budget of calls is for, by the platform's own name of it: a key of `accounts.call`. */
const keys = {
  'auth.test': 'signIn',
  'auth.teams.list': 'workspaces',
  'apps.connections.open': 'socket',
  'users.list': 'people',
  'users.getPresence': 'presence',
  'users.setPresence': 'setStatus',
  'users.profile.get': 'texts',
  'users.profile.set': 'setMessage',
  'users.conversations': 'people',
  'dnd.info': 'ownQuiet',
  'dnd.teamInfo': 'quiet',
  'dnd.setSnooze': 'setQuiet',
  'dnd.endSnooze': 'endQuiet',
  'emoji.list': 'emoji',
  directory: 'directory',
  'me/presence': 'ownStatus',
  getPresencesByUserId: 'presence',
  'presence writes': 'setStatus',
  photos: 'pictures',
  light: 'light',
  medium: 'medium',
  'presence_status update': 'setStatus',
  rest: 'all',
  identify: 'sessions',
  gateway: 'gateway',
  SET_ACTIVITY: 'setMessage',
  graph: 'all',
  memberChangeLogs: 'log',
  userinfo: 'signIn',
  'users.availability': 'ownStatus',
  'jabber:iq:last': 'lastSeen',
  'vcard-temp': 'pictures',
} as const;

type CallKey = (typeof keys)[keyof typeof keys];

const known: ReadonlyMap<string, CallKey> = new Map(Object.entries(keys));

/** The key of a budget's words; null for one that only its own name tells. `name/id` counts as `name`. */
export const callKeyOf = (name: string): CallKey | null => {
  if (name.startsWith('request-guild-members')) return 'people';
  return known.get(name) ?? null;
};
