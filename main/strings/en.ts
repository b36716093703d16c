/** The host's own words: tray, menus, notifications and failures. Everything inside of windows has its words in `renderer/strings`. */
export const en = {
  status: {
    online: 'Online',
    idle: 'Idle',
    busy: 'Busy',
    away: 'Away',
    offline: 'Offline',
    unknown: 'Status not known',
  },
  doNotDisturb: 'Do Not Disturb',
  until: (time: string) => `until ${time}`,

  trouble: {
    offline: (account: string) => `${account} is offline`,
    degraded: (account: string) => `${account} works only in part`,
    'needs-sign-in': (account: string) => `${account} needs a sign-in`,
  },
  noAccounts: 'No account yet',
  unseenAlerts: (count: number) => (count === 1 ? '1 new alert' : `${count} new alerts`),

  menu: {
    setStatus: 'Set Status',
    clearStatus: 'Clear',
    favourites: 'Available Favourites',
    noFavourites: 'None at the moment',
    minutes30: 'For 30 Minutes',
    hour: 'For 1 Hour',
    tomorrow: 'Until Tomorrow',
    doNotDisturbOff: 'Off',
    open: 'Open Muster',
    preferences: 'Preferences',
    quit: 'Quit',
    edit: 'Edit',
    view: 'View',
    window: 'Window',
  },

  alert: {
    title: (name: string, status: string) => `${name} is ${status}`,
    before: (status: string) => `Before: ${status}`,
    /** The statuses inside of a sentence. */
    status: {
      online: 'online',
      idle: 'idle',
      busy: 'busy',
      away: 'away',
      offline: 'offline',
      unknown: 'of unknown status',
    },
  },

  account: {
    needsYouTitle: (label: string) => `${label} needs you`,
    needsYouBody: 'Sign in again. People and settings are kept.',
    backTitle: (label: string) => `${label} is back`,
    backBody: 'Everything goes on from where it was.',
  },
  statusNotSet: {
    title: 'The status was not set everywhere',
    body: (account: string, detail: string | null) => (detail === null ? account : `${account}: ${detail}`),
  },

  failure: {
    title: 'Muster cannot start',
    crashed: 'Muster ended unexpectedly',
    crashedDetail: (logs: string) =>
      `Your statuses stay as they are on the platforms. Start Muster again; what happened is in ${logs}.`,
    homeInUse:
      'Muster already runs on this home without a window (muster serve). Stop it, or use the browser interface that it serves.',
  },
};

/** What every language has to say. */
export type Words = typeof en;
