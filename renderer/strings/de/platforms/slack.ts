/** German for what Slack's manifest says, by the English sentence. */
export const slackWords: readonly (readonly [english: string, german: string])[] = [
  [
    'The address of Slack’s Web API; only for gateways and test servers.',
    'Die Adresse von Slacks Web-API; nur für Gateways und Testserver.',
  ],
  ['to list your colleagues and to see who is active', 'um deine Kollegen aufzulisten und zu sehen, wer aktiv ist'],
  [
    'to read your own status, so that it can be put back exactly',
    'um deinen eigenen Status zu lesen, damit er genau wiederhergestellt werden kann',
  ],
  ['to set your status text, emoji and when they end', 'um deinen Statustext, das Emoji und ihr Ende zu setzen'],
  ['to show you as away, and to end that', 'um dich als abwesend zu zeigen und das zu beenden'],
  ['to see who does not want to be disturbed', 'um zu sehen, wer nicht gestört werden will'],
  ['to pause and resume your own notifications', 'um deine eigenen Benachrichtigungen anzuhalten und fortzusetzen'],
  [
    'to recognise the same colleague on other platforms by email address',
    'um dieselbe Person auf anderen Plattformen an der E-Mail-Adresse zu erkennen',
  ],
  [
    'to show your workspace’s own emoji in status messages',
    'um die eigenen Emoji deines Workspace in Statusnachrichten zu zeigen',
  ],
  [
    'Slack tells only active or away of other people: it says neither offline nor idle.',
    'Slack sagt von anderen nur aktiv oder abwesend: weder offline noch untätig.',
  ],
  [
    'Slack sends presence to no app: Muster asks for one person at a time, fifty a minute; with an app-level token, status texts, huddles and do-not-disturb arrive within a second. Where two computers or accounts use the same app-level token, each gets only a part of that at once, and the rest within minutes.',
    'Slack sendet Anwesenheit an keine App: Muster fragt nach einer Person auf einmal, fünfzig in der Minute; mit einem App-Level-Token kommen Statustexte, Huddles und „Nicht stören“ binnen einer Sekunde. Wo zwei Computer oder Konten dasselbe App-Level-Token benutzen, bekommt jedes nur einen Teil davon sofort, den Rest binnen Minuten.',
  ],
  [
    'Slack can show you as away, but never as offline, and as active only while one of your Slack apps is open.',
    'Slack kann dich als abwesend zeigen, aber nie als offline, und als aktiv nur, solange eine deiner Slack-Apps offen ist.',
  ],
  [
    'Slack pauses notifications by whole minutes, for a day at a time; your notification schedule in Slack stays as it is.',
    'Slack hält Benachrichtigungen auf ganze Minuten an, höchstens für einen Tag auf einmal; dein Benachrichtigungsplan in Slack bleibt, wie er ist.',
  ],
  ['Slack does not say when other people were last active.', 'Slack sagt nicht, wann andere zuletzt aktiv waren.'],
  ['User OAuth Token', 'User OAuth Token'],
  [
    'Begins with xoxp-. Slack shows it under “OAuth & Permissions” once your app is installed.',
    'Beginnt mit xoxp-. Slack zeigt es unter „OAuth & Permissions“, sobald deine App installiert ist.',
  ],
  [
    'The Client ID of your Slack app; needed for “Sign in”, not for a pasted token that does not expire.',
    'Die Client ID deiner Slack-App; nötig für „Anmelden“, nicht für ein eingefügtes Token, das nicht abläuft.',
  ],
  [
    'The workspace’s id; only for apps that a whole Enterprise organisation has installed.',
    'Die Kennung des Workspace; nur für Apps, die eine ganze Enterprise-Organisation installiert hat.',
  ],
  ['Client id', 'Client ID'],
  ['Team id', 'Kennung des Workspace'],
  ['Refresh token', 'Refresh-Token'],
  [
    'Begins with xoxe-. Only if your app has token rotation: then the token above ends after twelve hours, and Muster renews it with this one.',
    'Beginnt mit xoxe-. Nur, wenn deine App Token Rotation hat: dann endet das Token oben nach zwölf Stunden, und Muster erneuert es mit diesem.',
  ],
  ['App-level token', 'App-Level-Token'],
  [
    'Begins with xapp-. Makes statuses, huddles and do-not-disturb arrive at once; from “Basic Information → App-Level Tokens”, with the permission connections:write. One for each computer’s own app: Slack tells each change to only one user of a token.',
    'Beginnt mit xapp-. Damit kommen Status, Huddles und „Nicht stören“ sofort; aus „Basic Information → App-Level Tokens“, mit der Berechtigung connections:write. Eines für die eigene App jedes Computers: Slack sagt jede Änderung nur einem, der ein Token benutzt.',
  ],
  [
    'Open Slack’s app page and choose “Create New App”, then “From a manifest”.',
    'Öffne Slacks App-Seite und wähle „Create New App“, dann „From a manifest“.',
  ],
  [
    'Pick your workspace, paste the app manifest from here, and create the app.',
    'Wähle deinen Workspace, füge das App-Manifest von hier ein und lege die App an.',
  ],
  [
    'Pick your workspace, paste the app manifest from here with token_rotation_enabled set to false, and create the app.',
    'Wähle deinen Workspace, füge das App-Manifest von hier mit token_rotation_enabled auf false ein und lege die App an.',
  ],
  [
    'Under “Basic Information”, copy the Client ID and paste it here; no client secret is needed.',
    'Kopiere unter „Basic Information“ die Client ID und füge sie hier ein; ein Client Secret ist nicht nötig.',
  ],
  [
    'Choose “Sign in” and allow Muster in the browser; some workspaces ask an admin first.',
    'Wähle „Anmelden“ und erlaube Muster im Browser; manche Workspaces fragen erst eine Verwalterin oder einen Verwalter.',
  ],
  [
    'Choose “Install to Workspace” and allow it; some workspaces ask an admin first.',
    'Wähle „Install to Workspace“ und erlaube es; manche Workspaces fragen erst eine Verwalterin oder einen Verwalter.',
  ],
  [
    'Under “OAuth & Permissions”, copy the “User OAuth Token” that begins with xoxp- and paste it here.',
    'Kopiere unter „OAuth & Permissions“ das „User OAuth Token“, das mit xoxp- beginnt, und füge es hier ein.',
  ],
  [
    'If you left token rotation on, paste the refresh token beside it and the app’s Client ID as well.',
    'Wenn du Token Rotation angelassen hast, füge auch das Refresh-Token daneben und die Client ID der App ein.',
  ],
];
