/** German for what Google Chat's manifest says, by the English sentence. */
export const googleChatWords: readonly (readonly [english: string, german: string])[] = [
  ['API address', 'API-Adresse'],
  [
    'Where the Google Chat API is; only for gateways and test servers.',
    'Wo die Google-Chat-API ist; nur für Gateways und Testserver.',
  ],
  ['Sign-in address', 'Anmelde-Adresse'],
  ['Where Google’s sign-in is; only for test servers.', 'Wo Googles Anmeldung ist; nur für Testserver.'],
  ['Client ID', 'Client-ID'],
  ['Of your own OAuth client of the type “Desktop app”.', 'Von deinem eigenen OAuth-Client des Typs „Desktop app“.'],
  [
    'to read and set your own availability and status in Chat',
    'um deine eigene Verfügbarkeit und deinen Status in Chat zu lesen und zu setzen',
  ],
  ['to know that it is your own account that was signed in', 'um zu wissen, dass dein eigenes Konto angemeldet wurde'],
  ['to name the account after your address', 'um das Konto nach deiner Adresse zu benennen'],
  ['to name the account after you', 'um das Konto nach dir zu benennen'],
  [
    'Google Chat tells an app its own user’s availability only, never a colleague’s.',
    'Google Chat sagt einer App nur die Verfügbarkeit des eigenen Benutzers, nie die von Kollegen.',
  ],
  [
    'Google Chat sends no changes of availability to apps: Muster reads yours now and then.',
    'Google Chat sendet Apps keine Änderungen der Verfügbarkeit: Muster liest deine ab und zu.',
  ],
  [
    'Google Chat can show you as active or away, but not as offline, and as busy only through do-not-disturb.',
    'Google Chat kann dich als aktiv oder abwesend zeigen, aber nicht als offline, und als beschäftigt nur durch „Nicht stören“.',
  ],
  [
    'Text and emoji always come together in Google Chat, the text with at most 64 characters.',
    'Text und Emoji gehören in Google Chat immer zusammen, der Text mit höchstens 64 Zeichen.',
  ],
  [
    'Google Chat ends a message, active and do-not-disturb by itself, but away stays until Muster ends it.',
    'Google Chat beendet Nachricht, aktiv und „Nicht stören“ selbst, aber abwesend bleibt, bis Muster es beendet.',
  ],
  [
    'Do-not-disturb always has an end in Google Chat: Muster renews it every day while it runs.',
    '„Nicht stören“ hat in Google Chat immer ein Ende: Muster erneuert es jeden Tag, solange es läuft.',
  ],
  ['Google Chat tells nothing about colleagues.', 'Google Chat sagt nichts über Kollegen.'],
  ['Client secret', 'Client-Geheimnis'],
  [
    'Google shows it beside the client ID and wants it with every sign-in, although it is no real secret.',
    'Google zeigt es neben der Client-ID und will es bei jeder Anmeldung, obwohl es kein echtes Geheimnis ist.',
  ],
  ['Access token', 'Zugriffstoken'],
  [
    'Only to try things out: it ends within the hour. Sign in with the browser instead.',
    'Nur zum Ausprobieren: Es endet binnen einer Stunde. Melde dich stattdessen im Browser an.',
  ],
  ['Refresh token', 'Erneuerungstoken'],
  [
    'Comes with signing in by the browser; nothing to enter.',
    'Kommt mit der Anmeldung im Browser; nichts einzutragen.',
  ],
  [
    'A token made elsewhere with the permissions from the list below can be pasted here; it ends within the hour.',
    'Ein anderswo erzeugtes Token mit den Berechtigungen aus der Liste unten lässt sich hier einfügen; es endet binnen einer Stunde.',
  ],
  [
    'In the Google Cloud console, create a project in your company’s organisation; you need a Business or Enterprise account of Google Workspace.',
    'Lege in der Google-Cloud-Konsole ein Projekt in der Organisation deiner Firma an; du brauchst ein Business- oder Enterprise-Konto von Google Workspace.',
  ],
  [
    'Under “APIs & Services → Library”, enable the Google Chat API; under its “Configuration”, enter a name, a picture and a description for a Chat app, and switch interactive features off.',
    'Aktiviere unter „APIs & Services → Library“ die Google Chat API; trage unter ihrer „Configuration“ Name, Bild und Beschreibung einer Chat-App ein und schalte die interaktiven Funktionen aus.',
  ],
  [
    'Under “Google Auth Platform → Audience”, choose “Internal”; with “External” in testing, Google ends every sign-in after seven days.',
    'Wähle unter „Google Auth Platform → Audience“ „Internal“; mit „External“ im Test beendet Google jede Anmeldung nach sieben Tagen.',
  ],
  [
    'Under “Data access”, add the permissions from the list below.',
    'Füge unter „Data access“ die Berechtigungen aus der Liste unten hinzu.',
  ],
  [
    'Under “Clients”, create an OAuth client of the type “Desktop app”, and paste its client ID and client secret here.',
    'Lege unter „Clients“ einen OAuth-Client des Typs „Desktop app“ an und füge seine Client-ID und sein Client-Geheimnis hier ein.',
  ],
  [
    'Then choose “Sign in”, and leave every permission ticked on Google’s page.',
    'Wähle dann „Anmelden“ und lass auf Googles Seite alle Häkchen stehen.',
  ],
];
