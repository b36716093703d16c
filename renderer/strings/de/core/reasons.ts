/** German for why an account is as it is: a sentence of the core each, with names and numbers as named groups. */
export const reasonSentences: readonly (readonly [english: string | RegExp, german: string])[] = [
  ['Muster tries again by itself.', 'Muster versucht es von selbst wieder.'],
  ['Muster goes on with those that it knows.', 'Muster macht mit denen weiter, die es kennt.'],
  ['Muster keeps what it knew.', 'Muster behält, was es wusste.'],
  ['The rest keeps working.', 'Alles andere geht weiter.'],
  ['Sign in again.', 'Melde dich neu an.'],
  ['Sign in again; people and settings stay.', 'Melde dich neu an; Leute und Einstellungen bleiben.'],
  ['Sign in again; contacts and settings stay.', 'Melde dich neu an; Kontakte und Einstellungen bleiben.'],
  ['The account is closed until it is signed in again.', 'Das Konto ruht, bis es neu angemeldet wird.'],
  ['The connection failed.', 'Die Verbindung kam nicht zustande.'],
  ['The connection did not come back in time.', 'Die Verbindung kam nicht rechtzeitig zurück.'],
  ['It goes on by itself.', 'Es geht von selbst weiter.'],
  ['The platform did not answer in time.', 'Die Plattform hat nicht rechtzeitig geantwortet.'],
  ['The other side did not answer in time.', 'Die Gegenseite hat nicht rechtzeitig geantwortet.'],
  [/^(?<platform>.+) did not answer in time\.$/, '{platform} hat nicht rechtzeitig geantwortet.'],
  [/^(?<platform>.+) cannot be reached\.$/, '{platform} ist nicht erreichbar.'],
  [/^(?<platform>.+) asks Muster to slow down\.$/, '{platform} bittet Muster, langsamer zu machen.'],
  [
    /^(?<platform>.+) has a problem of its own at the moment(?<status> \(HTTP \d+\))?\.$/,
    '{platform} hat gerade selbst ein Problem{status}.',
  ],
  [
    /^(?:The answer of (?<platform>.+)|(?<other>.+)’s answer) to (?<call>\S+) could not be read\.$/,
    'Die Antwort von {platform}{other} auf {call} war nicht lesbar.',
  ],
  [
    /^(?<platform>.+) does not know this person, or does not show them to you\.$/,
    '{platform} kennt diese Person nicht oder zeigt sie dir nicht.',
  ],
  [
    /^(?<platform>.+) refused (?<call>\S+) with “(?<error>.+)”, which Muster does not know\.$/,
    '{platform} hat {call} mit „{error}“ abgelehnt, was Muster nicht kennt.',
  ],
  [
    /^(?<platform>.+) answered with HTTP (?<status>\d+), which Muster does not know\.$/,
    '{platform} hat mit HTTP {status} geantwortet, was Muster nicht kennt.',
  ],
  [
    /^(?<platform>.+) did not accept what Muster (?:sent|asked for)\.$/,
    '{platform} hat nicht angenommen, was Muster wollte.',
  ],
  ['The access token is missing.', 'Das Zugangstoken fehlt.'],
  ['The access token is not accepted any more.', 'Das Zugangstoken gilt nicht mehr.'],
  ['The platform does not accept this sign-in any more.', 'Die Plattform nimmt diese Anmeldung nicht mehr an.'],
  [
    'This sign-in was not used for too long and has run out.',
    'Diese Anmeldung wurde zu lange nicht benutzt und ist abgelaufen.',
  ],
  ['This sign-in has run out.', 'Diese Anmeldung ist abgelaufen.'],
  [
    'The platform has ended this sign-in: it was revoked there, or a password or a permission was changed.',
    'Die Plattform hat diese Anmeldung beendet: Sie wurde dort widerrufen, oder ein Passwort oder eine Berechtigung wurde geändert.',
  ],
  [
    'A renewal of this sign-in was cut off before its answer could be kept, and the platform takes each renewal only once.',
    'Eine Erneuerung dieser Anmeldung brach ab, bevor ihre Antwort aufbewahrt war, und die Plattform nimmt jede Erneuerung nur einmal.',
  ],
  [
    'The answer does not name the sign-in service that was asked, so that nothing was accepted.',
    'Die Antwort nennt nicht den Anmeldedienst, der gefragt wurde; deshalb wurde nichts angenommen.',
  ],
  ['The sign-in service cannot answer now.', 'Der Anmeldedienst kann gerade nicht antworten.'],
  ['The sign-in was declined on the platform’s page.', 'Die Anmeldung wurde auf der Seite der Plattform abgelehnt.'],
  [
    'The server cannot be reached. Check the address and the network.',
    'Der Server ist nicht erreichbar. Prüfe die Adresse und das Netz.',
  ],
  // Slack
  ['Slack does not accept this token.', 'Slack nimmt dieses Token nicht an.'],
  [
    'Copy the User OAuth Token of your Slack app once more and sign in with it.',
    'Kopiere das User OAuth Token deiner Slack-App noch einmal und melde dich damit an.',
  ],
  [
    'Slack does not allow this app to do that in your workspace.',
    'Slack erlaubt dieser App das in deinem Workspace nicht.',
  ],
  ['An admin of the workspace can allow it.', 'Die Verwaltung des Workspace kann es erlauben.'],
  [
    'Slack says that your account or its workspace is deactivated.',
    'Slack sagt, dass dein Konto oder sein Workspace deaktiviert ist.',
  ],
  ['An admin of the workspace can reactivate it.', 'Die Verwaltung des Workspace kann es wieder aktivieren.'],
  ['The Slack sign-in was revoked.', 'Die Anmeldung bei Slack wurde widerrufen.'],
  ['The Slack sign-in has expired.', 'Die Anmeldung bei Slack ist abgelaufen.'],
  [
    'Sign in again; where the token was pasted, install your Slack app again and paste its new one.',
    'Melde dich neu an; wo das Token eingefügt wurde, installiere deine Slack-App neu und füge ihr neues ein.',
  ],
  ['Your Slack app has ten event sockets open already.', 'Deine Slack-App hat schon zehn Ereignis-Sockets offen.'],
  // Teams
  [
    /^Microsoft offers no presence to apps in (?<cloud>.+): Muster can neither show your colleagues there nor set your status\.$/,
    'Microsoft bietet Apps in {cloud} keine Anwesenheit: Muster kann dort weder Kollegen zeigen noch deinen Status setzen.',
  ],
  [
    'Microsoft does not accept the access token: it has run out, or it is not one of Microsoft Graph.',
    'Microsoft nimmt das Zugangstoken nicht an: Es ist abgelaufen oder keines von Microsoft Graph.',
  ],
  [
    'Your organisation wants you to sign in again: the session was revoked, the password changed, or a policy asks for more (such as a second factor).',
    'Deine Organisation will, dass du dich neu anmeldest: Die Sitzung wurde widerrufen, das Passwort geändert, oder eine Richtlinie verlangt mehr (etwa einen zweiten Faktor).',
  ],
  // Zoom
  ['Zoom does not accept this sign-in any more.', 'Zoom nimmt diese Anmeldung nicht mehr an.'],
  [
    'Sign in to Zoom again; contacts and settings stay.',
    'Melde dich neu bei Zoom an; Kontakte und Einstellungen bleiben.',
  ],
  [
    'The sign-in to Zoom was revoked, or replaced by a newer one with the same app.',
    'Die Anmeldung bei Zoom wurde widerrufen oder durch eine neuere mit derselben App ersetzt.',
  ],
  ['Zoom does not accept this app registration.', 'Zoom nimmt diese App-Registrierung nicht an.'],
  [
    'Check the Client ID and the client secret, then sign in again.',
    'Prüfe die Client-ID und das Client Secret und melde dich dann neu an.',
  ],
  // WhatsApp
  ['WhatsApp does not accept this access token.', 'WhatsApp nimmt dieses Zugangstoken nicht an.'],
  [
    'Generate one for your system user once more and paste it.',
    'Erzeuge für deinen Systemnutzer noch einmal eines und füge es ein.',
  ],
  ['The WhatsApp access token has expired.', 'Das Zugangstoken von WhatsApp ist abgelaufen.'],
  [
    'Generate one for your system user, without an end this time, and paste it.',
    'Erzeuge eines für deinen Systemnutzer, diesmal ohne Ablauf, und füge es ein.',
  ],
  ['The WhatsApp access token was withdrawn.', 'Das Zugangstoken von WhatsApp wurde zurückgezogen.'],
  [
    'Generate a new one for your system user and paste it.',
    'Erzeuge ein neues für deinen Systemnutzer und füge es ein.',
  ],
  [
    'Muster has no public address, so that WhatsApp can tell it nothing: start it with --public-url, then enter the webhook’s address at Meta.',
    'Muster hat keine öffentliche Adresse, darum kann WhatsApp ihm nichts melden: Starte es mit --public-url und trage dann die Adresse des Webhooks bei Meta ein.',
  ],
  [
    'Meta sends this number’s events nowhere yet: enter the webhook’s address in your Meta app, as the account’s page describes.',
    'Meta sendet die Ereignisse dieser Nummer noch nirgendwohin: Trage die Adresse des Webhooks in deiner Meta-App ein, wie die Seite des Kontos es beschreibt.',
  ],
  [
    'Meta sends this number’s events to another address.',
    'Meta sendet die Ereignisse dieser Nummer an eine andere Adresse.',
  ],
  [
    'Unless they are handed on from there, enter this account’s webhook address in your Meta app instead.',
    'Wenn sie von dort nicht weitergereicht werden, trage stattdessen die Webhook-Adresse dieses Kontos in deiner Meta-App ein.',
  ],
  // LinkedIn
  [
    'The LinkedIn token ends within a week, 60 days after you made it, unless the portal shows a later date: create a new one there and sign in with it, so that nothing is missed.',
    'Das LinkedIn-Token endet binnen einer Woche, 60 Tage nachdem du es erzeugt hast, falls das Portal kein späteres Datum zeigt: Erzeuge dort ein neues und melde dich damit an, damit nichts fehlt.',
  ],
  ['The LinkedIn token may not read the log.', 'Das LinkedIn-Token darf das Protokoll nicht lesen.'],
  [
    'The app needs the product “Member Data Portability API”, granted under “Products”, and a token made after that; a new one can take five minutes to count.',
    'Die App braucht das Produkt „Member Data Portability API“, unter „Products“ gewährt, und ein danach erzeugtes Token; ein neues gilt manchmal erst nach fünf Minuten.',
  ],
  [
    'LinkedIn grants both in the European Economic Area and Switzerland only.',
    'LinkedIn gewährt beides nur im Europäischen Wirtschaftsraum und in der Schweiz.',
  ],
  [
    'LinkedIn does not let this account read its own log, and does not say why.',
    'LinkedIn lässt dieses Konto sein eigenes Protokoll nicht lesen und sagt nicht, warum.',
  ],
  [
    'It is open to members whose LinkedIn profile is located in the European Economic Area or Switzerland, and the app needs the product “Member Data Portability API”.',
    'Es steht Mitgliedern offen, deren LinkedIn-Profil im Europäischen Wirtschaftsraum oder in der Schweiz liegt, und die App braucht das Produkt „Member Data Portability API“.',
  ],
  ['The LinkedIn app may not ask for this.', 'Die LinkedIn-App darf darum nicht bitten.'],
  [
    'Under “Products”, it needs “Member Data Portability API (3rd Party)” and “Sign In with LinkedIn using OpenID Connect”.',
    'Unter „Products“ braucht sie „Member Data Portability API (3rd Party)“ und „Sign In with LinkedIn using OpenID Connect“.',
  ],
  ['LinkedIn does not accept the sign-in.', 'LinkedIn nimmt die Anmeldung nicht an.'],
  ['The permission was taken back on LinkedIn.', 'Die Erlaubnis wurde auf LinkedIn zurückgenommen.'],
  [
    'The LinkedIn sign-in has ended, as it does after 60 days.',
    'Die Anmeldung bei LinkedIn ist zu Ende, wie immer nach 60 Tagen.',
  ],
  [
    'Sign in again, or paste a new token from the portal.',
    'Melde dich neu an oder füge ein neues Token aus dem Portal ein.',
  ],
  [
    'LinkedIn’s quota for today is used up; the next one begins at midnight UTC.',
    'Das Kontingent von LinkedIn ist für heute aufgebraucht; das nächste beginnt um Mitternacht UTC.',
  ],
  [
    'LinkedIn begins to record your account’s events for Muster now, as you agreed; the first ones can take some minutes to appear.',
    'LinkedIn beginnt jetzt, die Ereignisse deines Kontos für Muster aufzuzeichnen, wie du zugestimmt hast; die ersten können einige Minuten brauchen.',
  ],
  // Google Chat
  ['Google does not accept the sign-in any more.', 'Google nimmt die Anmeldung nicht mehr an.'],
  ['The Google sign-in has run out.', 'Die Anmeldung bei Google ist abgelaufen.'],
  // Where secrets are kept
  ['The keychain of the system is not there, or refused.', 'Der Schlüsselbund des Systems fehlt oder hat abgelehnt.'],
  [
    'On Linux, a keyring service (GNOME Keyring, KWallet) has to run and be unlocked.',
    'Unter Linux muss ein Schlüsselbund-Dienst (GNOME Keyring, KWallet) laufen und aufgeschlossen sein.',
  ],
  [
    'The system’s keychain library cannot be loaded.',
    'Die Schlüsselbund-Bibliothek des Systems lässt sich nicht laden.',
  ],
  [
    'The keychain of the system is locked, or waits for an answer.',
    'Der Schlüsselbund des Systems ist gesperrt oder wartet auf eine Antwort.',
  ],
  ['Unlock it, then try again.', 'Schließe ihn auf und versuche es dann wieder.'],
  [
    'The encrypted vault needs a key: set MUSTER_VAULT_KEY (openssl rand -base64 32) and start Muster again.',
    'Der verschlüsselte Tresor braucht einen Schlüssel: Setze MUSTER_VAULT_KEY (openssl rand -base64 32) und starte Muster neu.',
  ],
];
