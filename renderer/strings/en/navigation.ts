/** The shell: its places, the connection, signing in to the interface. */
export const navigation = {
  label: 'Main',
  skipToContent: 'Skip to content',
  people: 'People',
  alerts: 'Alerts',
  schedule: 'Schedule',
  accounts: 'Accounts',
  preferences: 'Preferences',
  welcome: 'Set up',
  accountsTrouble: 'An account needs attention',
  notFoundTitle: 'Nothing lives at this address',
  notFoundText: 'The page may have moved. Everything Muster shows can be reached from the list on the side.',
  goToPeople: 'Go to People',
  crashTitle: 'This view stopped working',
  crashText:
    'Something in this view went wrong. Muster itself keeps running and your status is unaffected. Load the view again; if it happens again, “muster doctor” collects what helps to find out why.',
  reload: 'Load again',
  offlineNotice:
    'Muster is not answering. What you see is from {{time}}; it is brought up to date as soon as Muster answers again.',
  connecting: 'Connecting to Muster',
  loadFailedTitle: 'Muster does not answer',
  loadFailedText: 'The list could not be loaded. Muster keeps trying; nothing you set is lost.',
  signInTitle: 'This browser is not signed in',
  signInText:
    'Muster opens for its own user only, by a link that works once. Run this in a terminal and open the link that it prints:',
  signInLinkUsed: 'This link has been used or has expired. Get a new one:',
  signInAgain: 'If Muster runs already, stop it first (Ctrl C), then run the command again.',
  signInBusy: 'Signing in',
} as const;
