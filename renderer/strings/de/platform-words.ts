/** German for what the platforms' own descriptions say, by the English sentence of `/v1/platforms`. */
export const platformWords: ReadonlyMap<string, string> = new Map([
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
    'Slack sends presence to no app: Muster asks for one person at a time, fifty a minute.',
    'Slack sendet Anwesenheit an keine App: Muster fragt nach einer Person auf einmal, fünfzig in der Minute.',
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
    'Open Slack’s app page and choose “Create New App”, then “From a manifest”.',
    'Öffne Slacks App-Seite und wähle „Create New App“, dann „From a manifest“.',
  ],
  [
    'Pick your workspace, paste the app manifest from here, and create the app.',
    'Wähle deinen Workspace, füge das App-Manifest von hier ein und lege die App an.',
  ],
  [
    'Choose “Install to Workspace” and allow it; some workspaces ask an admin first.',
    'Wähle „Install to Workspace“ und erlaube es; manche Workspaces fragen erst eine Verwalterin oder einen Verwalter.',
  ],
  [
    'Under “OAuth & Permissions”, copy the “User OAuth Token” that begins with xoxp- and paste it here.',
    'Kopiere unter „OAuth & Permissions“ das „User OAuth Token“, das mit xoxp- beginnt, und füge es hier ein.',
  ],
  ['Server address', 'Adresse des Servers'],
  [
    'xmpp://host:5222 (encrypted by STARTTLS) or xmpps://host:5223. Empty: found through the domain.',
    'xmpp://host:5222 (verschlüsselt mit STARTTLS) oder xmpps://host:5223. Leer: wird über die Domain gefunden.',
  ],
  ['Domain', 'Domain'],
  ['The part of your XMPP address after the @.', 'Der Teil deiner XMPP-Adresse hinter dem @.'],
  ['User name', 'Benutzername'],
  ['The part of your XMPP address before the @.', 'Der Teil deiner XMPP-Adresse vor dem @.'],
  [
    'Allow a server on this computer without encryption',
    'Einen Server auf diesem Rechner ohne Verschlüsselung erlauben',
  ],
  [
    'Only for addresses like 127.0.0.1; elsewhere encryption is always required.',
    'Nur für Adressen wie 127.0.0.1; anderswo ist Verschlüsselung immer Pflicht.',
  ],
  [
    'Contacts are seen once they have accepted your subscription. XMPP itself cannot be told about people you opted out: the server still sends their presence, and Muster drops it unread.',
    'Kontakte sind zu sehen, sobald sie deine Anfrage angenommen haben. XMPP selbst lässt sich nicht sagen, wen du abgewählt hast: Der Server sendet deren Anwesenheit weiter, und Muster verwirft sie ungelesen.',
  ],
  [
    'Muster speaks as a client of its own with a low priority, so another client of yours can outrank it; appearing offline is shown as extended away, since a client that signs off no longer sees anybody.',
    'Muster spricht als eigener Client mit niedriger Priorität, sodass ein anderer Client von dir vorgehen kann; „offline“ zeigt sich als länger abwesend, denn wer sich abmeldet, sieht niemanden mehr.',
  ],
  [
    'A text, with a Unicode emoji in front of it; no custom emoji.',
    'Ein Text mit einem Unicode-Emoji davor; keine eigenen Emoji.',
  ],
  [
    'XMPP has no expiry; Muster ends the status itself while it runs.',
    'XMPP kennt kein Ende; Muster beendet den Status selbst, solange es läuft.',
  ],
  [
    'XMPP has no do-not-disturb beside the status; it is shown as busy (dnd), and nothing is silenced elsewhere.',
    'XMPP kennt kein „Nicht stören“ neben dem Status; es zeigt sich als beschäftigt (dnd), und anderswo wird nichts stumm.',
  ],
  [
    'Only where the contact’s client tells when it became idle, or the server answers when somebody was last there.',
    'Nur wo der Client des Kontakts sagt, seit wann er untätig ist, oder der Server antwortet, wann jemand zuletzt da war.',
  ],
  ['Password', 'Passwort'],
  ['The password of your XMPP account.', 'Das Passwort deines XMPP-Kontos.'],
  [
    'Enter your XMPP address: in alice@example.org the user name is alice and the domain example.org.',
    'Gib deine XMPP-Adresse ein: In alice@example.org ist alice der Benutzername und example.org die Domain.',
  ],
  [
    'Leave the server address empty unless your provider names one.',
    'Lass die Adresse des Servers leer, außer dein Anbieter nennt eine.',
  ],
  [
    'Enter the password; Muster sends it only over an encrypted connection.',
    'Gib das Passwort ein; Muster sendet es nur über eine verschlüsselte Verbindung.',
  ],
]);
