/** German for what Zoom's manifest says, by the English sentence. */
export const zoomWords: readonly (readonly [english: string, german: string])[] = [
  [
    'The Client ID (or Public Client ID) of your own app in Zoom’s App Marketplace.',
    'Die Client ID (oder Public Client ID) deiner eigenen App in Zooms App Marketplace.',
  ],
  [
    'Your Zoom plan, which decides how often Muster may ask; without it, the free plan.',
    'Dein Zoom-Tarif, der bestimmt, wie oft Muster fragen darf; ohne Angabe der kostenlose.',
  ],
  [
    'Zoom for Government has addresses of its own; without it, the commercial Zoom.',
    'Zoom for Government hat eigene Adressen; ohne Angabe das kommerzielle Zoom.',
  ],
  [
    'The endpoint URL of a WebSocket event subscription; it needs the client secret too.',
    'Die Endpoint-URL eines WebSocket-Ereignisabonnements; sie braucht auch das Client Secret.',
  ],
  [
    'The address of Zoom’s API; only for gateways and test servers.',
    'Die Adresse von Zooms API; nur für Gateways und Testserver.',
  ],
  [
    'The address of Zoom’s OAuth; only for gateways and test servers.',
    'Die Adresse von Zooms OAuth; nur für Gateways und Testserver.',
  ],
  ['to know who you are on Zoom', 'um zu wissen, wer du bei Zoom bist'],
  ['to list your Zoom contacts', 'um deine Zoom-Kontakte aufzulisten'],
  ['to see which of your contacts are around', 'um zu sehen, welche deiner Kontakte da sind'],
  ['to set your own status and do-not-disturb', 'um deinen eigenen Status und „Nicht stören“ zu setzen'],
  [
    'to see colleagues whom your contacts do not show; only an admin can grant it',
    'um Kollegen zu sehen, die deine Kontakte nicht zeigen; nur ein Admin kann das erlauben',
  ],
  [
    'Who comes, goes and is in a meeting is then told at once, instead of Zoom being asked for one contact after the other.',
    'Wer kommt, geht und in einem Meeting ist, wird dann sofort gemeldet, statt dass Zoom nach einem Kontakt nach dem anderen gefragt wird.',
  ],
  [
    'In Zoom’s App Marketplace, open your app and choose “Features”, then “Access”.',
    'Öffne in Zooms App Marketplace deine App und wähle „Features“, dann „Access“.',
  ],
  [
    'Copy the “Secret Token” from there into this account’s settings here, before the next steps.',
    'Kopiere vor den nächsten Schritten das „Secret Token“ von dort in die Einstellungen dieses Kontos hier.',
  ],
  [
    'Under “General Features”, switch on “Event Subscription”, add one, and choose “Webhook”.',
    'Schalte unter „General Features“ die „Event Subscription“ ein, füge eine hinzu und wähle „Webhook“.',
  ],
  [
    'As “Event notification endpoint URL”, enter {url} and choose “Validate”.',
    'Trage als „Event notification endpoint URL“ {url} ein und wähle „Validate“.',
  ],
  [
    'Add the events “User’s presence status has been updated”, “Start Meeting”, “End Meeting”, “Participant/Host joined meeting” and “Participant/Host left meeting”, for all users in the account if you may.',
    'Füge die Ereignisse „User’s presence status has been updated“, „Start Meeting“, „End Meeting“, „Participant/Host joined meeting“ und „Participant/Host left meeting“ hinzu, wenn du darfst für alle im Konto.',
  ],
  [
    'Save it; the first event that arrives switches the live updates on.',
    'Speichere es; das erste Ereignis, das ankommt, schaltet die sofortigen Änderungen ein.',
  ],
  [
    'Zoom is asked for one contact at a time: the free plan allows 2,000 questions a day, so that 20 contacts are looked at every quarter of an hour and 500 every six hours; paid plans allow hundreds a minute.',
    'Zoom wird nach einem Kontakt auf einmal gefragt: Der kostenlose Tarif erlaubt 2.000 Fragen am Tag, so dass 20 Kontakte jede Viertelstunde und 500 alle sechs Stunden angesehen werden; bezahlte Tarife erlauben Hunderte in der Minute.',
  ],
  [
    'Zoom sends changes only to a public address, or over its event socket with your app’s client secret; without either, Muster asks for each contact in turn.',
    'Zoom sendet Änderungen nur an eine öffentliche Adresse oder mit dem Client Secret deiner App über seinen Ereignis-Socket; ohne beides fragt Muster reihum nach jedem Kontakt.',
  ],
  [
    'Zoom takes one change a minute, and only while you are signed in to a Zoom app; it has no “appear offline” and shows you as away.',
    'Zoom nimmt eine Änderung in der Minute an und nur, solange du in einer Zoom-App angemeldet bist; „offline erscheinen“ gibt es nicht, es zeigt dich als abwesend.',
  ],
  ['Zoom has no status text that a program can set.', 'Zoom hat keinen Statustext, den ein Programm setzen kann.'],
  [
    'Zoom ends only do-not-disturb by itself; Muster ends everything else, while it runs.',
    'Zoom beendet nur „Nicht stören“ von selbst; alles andere beendet Muster, solange es läuft.',
  ],
  [
    'Zoom shows do-not-disturb in place of the status, by whole minutes and for a day at a time; Muster asks again after that.',
    'Zoom zeigt „Nicht stören“ an Stelle des Status, auf ganze Minuten und höchstens für einen Tag; danach bittet Muster erneut darum.',
  ],
  ['Zoom does not say when other people were last active.', 'Zoom sagt nicht, wann andere zuletzt aktiv waren.'],
  ['Client id', 'Client-ID'],
  ['Client secret', 'Client Secret'],
  [
    'Only for apps without a Public Client ID, and for the event socket. In Zoom under “App Credentials”.',
    'Nur für Apps ohne Public Client ID und für den Ereignis-Socket. In Zoom unter „App Credentials“.',
  ],
  ['Secret token', 'Secret Token'],
  [
    'Only for events by webhook: proves that they come from Zoom. In Zoom under “Features”, “Access”.',
    'Nur für Ereignisse per Webhook: beweist, dass sie von Zoom kommen. In Zoom unter „Features“, „Access“.',
  ],
  ['Access token', 'Access Token'],
  ['Only in place of signing in: it ends after an hour.', 'Nur an Stelle der Anmeldung: Es endet nach einer Stunde.'],
  ['Refresh token', 'Refresh Token'],
  [
    'Only in place of signing in, along with an access token: it keeps the sign-in going.',
    'Nur an Stelle der Anmeldung, zusammen mit einem Access Token: Es hält die Anmeldung am Leben.',
  ],
  [
    'Open Zoom’s App Marketplace, choose “Develop”, “Build App”, and create a “General App” that is managed by users.',
    'Öffne Zooms App Marketplace, wähle „Develop“, „Build App“ und lege eine „General App“ an, die Benutzer verwalten.',
  ],
  [
    'Copy its “Public Client ID” if it shows one, else the “Client ID” and the “Client Secret”, into Muster.',
    'Kopiere ihre „Public Client ID“, wenn es eine gibt, sonst „Client ID“ und „Client Secret“, in Muster.',
  ],
  [
    'As “OAuth Redirect URL”, enter http://127.0.0.1/zoom and add the same address to the “OAuth Allow Lists”.',
    'Trage als „OAuth Redirect URL“ http://127.0.0.1/zoom ein und füge dieselbe Adresse den „OAuth Allow Lists“ hinzu.',
  ],
  [
    'Under “Scopes”, add the permissions listed here, one by one; add the one that ends in :admin only if you are an admin and want it.',
    'Füge unter „Scopes“ die hier aufgeführten Berechtigungen einzeln hinzu; die auf :admin nur, wenn du Admin bist und sie willst.',
  ],
  [
    'Paste an access token here only to try it out: it ends after an hour. Signing in lasts.',
    'Füge hier nur zum Ausprobieren ein Access Token ein: Es endet nach einer Stunde. Eine Anmeldung hält.',
  ],
  [
    'Choose “Sign in”. An app that is not published works only in the Zoom account that made it, and an admin may have to approve it first.',
    'Wähle „Anmelden“. Eine nicht veröffentlichte App geht nur in dem Zoom-Konto, in dem sie entstand, und ein Admin muss sie vielleicht erst freigeben.',
  ],
];
