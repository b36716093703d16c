/** German for what Microsoft Teams' manifest says, by the English sentence. */
export const teamsWords: readonly (readonly [english: string, german: string])[] = [
  [
    'Needs the application (client) ID: 32 hexadecimal digits in five groups.',
    'Braucht die Anwendungs-ID (Client): 32 Hexadezimalziffern in fünf Gruppen.',
  ],
  [
    'The application (client) ID of your own app registration in Entra.',
    'Die Anwendungs-ID (Client) deiner eigenen App-Registrierung in Entra.',
  ],
  ['Needs a tenant ID or a domain name.', 'Braucht eine Mandanten-ID oder einen Domainnamen.'],
  [
    'Needs a tenant of a company or a school: personal Microsoft accounts have no presence.',
    'Braucht den Mandanten einer Firma oder Schule: private Microsoft-Konten haben keine Anwesenheit.',
  ],
  [
    'Your organisation’s tenant ID or domain; empty: whichever organisation you sign in with.',
    'Mandanten-ID oder Domain deiner Organisation; leer: die Organisation, mit der du dich anmeldest.',
  ],
  [
    'Only these colleagues, by address, object ID or full name; empty: everybody in the directory.',
    'Nur diese Kollegen, nach Adresse, Objekt-ID oder vollem Namen; leer: alle im Verzeichnis.',
  ],
  ['At most 650 people can be chosen.', 'Höchstens 650 Personen lassen sich auswählen.'],
  [
    'The address of Microsoft Graph; only for national clouds and test servers.',
    'Die Adresse von Microsoft Graph; nur für nationale Clouds und Testserver.',
  ],
  [
    'The address of the sign-in; only for national clouds and test servers.',
    'Die Adresse der Anmeldung; nur für nationale Clouds und Testserver.',
  ],
  [
    'This sign-in belongs to another Microsoft cloud than the address of Graph.',
    'Diese Anmeldung gehört zu einer anderen Microsoft-Cloud als die Adresse von Graph.',
  ],
  ['to know who you are', 'um zu wissen, wer du bist'],
  ['to list your colleagues and to find them by name', 'um deine Kollegen aufzulisten und sie nach Namen zu finden'],
  ['to see who is available', 'um zu sehen, wer verfügbar ist'],
  ['to set your own status and status message', 'um deinen eigenen Status und deine Statusnachricht zu setzen'],
  ['to stay signed in without asking you every hour', 'um angemeldet zu bleiben, ohne dich jede Stunde zu fragen'],
  [
    'Teams then tells changes of up to 650 colleagues within seconds, those first who matter to you; without it Muster asks about once a minute.',
    'Teams meldet dann Änderungen von bis zu 650 Kollegen binnen Sekunden, zuerst von denen, die dir wichtig sind; ohne das fragt Muster etwa einmal in der Minute.',
  ],
  [
    'Microsoft sends changes only to a public address, and of 650 colleagues at most: Muster chooses whom you see, watch and marked as favourites; everybody else is asked about once a minute.',
    'Microsoft sendet Änderungen nur an eine öffentliche Adresse und von höchstens 650 Kollegen: Muster wählt, wen du siehst, beobachtest und als Favorit markiert hast; nach allen anderen wird etwa einmal in der Minute gefragt.',
  ],
  [
    'Teams does not tell an app what you had chosen, only what it shows: an “Available” or “Away” that you had chosen yourself comes back as automatic.',
    'Teams sagt einer App nicht, was du gewählt hattest, nur, was es zeigt: Ein „Verfügbar“ oder „Abwesend“, das du selbst gewählt hattest, kommt als automatisch zurück.',
  ],
  [
    'Teams takes plain text of 280 characters; an emoji stands at the beginning of the text.',
    'Teams nimmt einfachen Text von 280 Zeichen; ein Emoji steht am Anfang des Textes.',
  ],
  [
    'Teams has one status for both: while do-not-disturb is on, it is what others see of you.',
    'Teams hat einen Status für beides: Solange „Nicht stören“ gilt, ist es das, was andere von dir sehen.',
  ],
  ['Teams does not say when other people were last active.', 'Teams sagt nicht, wann andere zuletzt aktiv waren.'],
  ['Access token', 'Zugriffstoken'],
  [
    'Only to try Muster without signing in: a token of Microsoft Graph, which lasts about an hour.',
    'Nur um Muster ohne Anmeldung auszuprobieren: ein Token von Microsoft Graph, das etwa eine Stunde gilt.',
  ],
  [
    'Open the app registrations of Microsoft Entra and choose “New registration”.',
    'Öffne die App-Registrierungen von Microsoft Entra und wähle „Neue Registrierung“.',
  ],
  [
    'Give it a name, allow “Accounts in any organizational directory” or only your own, and register it.',
    'Gib ihr einen Namen, erlaube „Konten in einem beliebigen Organisationsverzeichnis“ oder nur in deinem, und registriere sie.',
  ],
  [
    'Copy the “Application (client) ID” from its overview and enter it here.',
    'Kopiere die „Anwendungs-ID (Client)“ aus ihrer Übersicht und trage sie hier ein.',
  ],
  [
    'Under “API permissions” add the delegated permissions of Microsoft Graph that are listed here.',
    'Füge unter „API-Berechtigungen“ die delegierten Berechtigungen von Microsoft Graph hinzu, die hier stehen.',
  ],
  [
    'Some organisations want an admin to grant them: “Grant admin consent” is beside the list.',
    'Manche Organisationen verlangen, dass eine Verwalterin oder ein Verwalter sie erteilt: „Administratorzustimmung erteilen“ steht neben der Liste.',
  ],
  [
    'Under “Authentication” add the platform “Mobile and desktop applications” with the redirect address http://localhost/teams.',
    'Füge unter „Authentifizierung“ die Plattform „Mobile und Desktopanwendungen“ mit der Umleitungsadresse http://localhost/teams hinzu.',
  ],
  [
    'On the same page allow “public client flows”, so that no client secret is needed.',
    'Erlaube auf derselben Seite „öffentliche Clientflows“, damit kein geheimer Clientschlüssel nötig ist.',
  ],
];
