/** German for what WhatsApp's manifest says, by the English sentence. */
export const whatsappWords: readonly (readonly [english: string, german: string])[] = [
  ['API address', 'API-Adresse'],
  [
    'Where Meta’s Graph API is, its version included; only for gateways and test servers.',
    'Wo Metas Graph-API ist, samt Version; nur für Gateways und Testserver.',
  ],
  ['Phone number ID', 'Telefonnummer-ID'],
  [
    'Digits that Meta shows under “WhatsApp → API Setup”; not the phone number itself.',
    'Ziffern, die Meta unter „WhatsApp → API Setup“ zeigt; nicht die Telefonnummer selbst.',
  ],
  [
    'Show my status message as the business’s “About” text',
    'Meine Statusnachricht als „Info“-Text des Unternehmens zeigen',
  ],
  [
    'Everybody who opens the company’s WhatsApp profile reads it. Off unless you switch it on.',
    'Alle, die das WhatsApp-Profil des Unternehmens öffnen, lesen es. Aus, bis du es einschaltest.',
  ],
  [
    'to receive this number’s messages and read receipts, and to change its “About” text if you want that',
    'um Nachrichten und Lesebestätigungen dieser Nummer zu erhalten und, wenn du das willst, ihren „Info“-Text zu ändern',
  ],
  [
    'to check the number and where Meta sends its events',
    'um die Nummer zu prüfen und wohin Meta ihre Ereignisse sendet',
  ],
  [
    'For numbers of the WhatsApp Business Cloud API only: it tells when somebody last wrote to the company’s number or read its message, and nothing else. WhatsApp tells no app who is online, and a personal WhatsApp cannot be connected.',
    'Nur für Nummern der WhatsApp Business Cloud API: Sie sagt, wann jemand zuletzt an die Nummer des Unternehmens geschrieben oder dessen Nachricht gelesen hat, und sonst nichts. WhatsApp sagt keiner App, wer online ist, und ein persönliches WhatsApp lässt sich nicht verbinden.',
  ],
  [
    'WhatsApp tells everything by webhook and can be asked nothing: without this, Muster learns nothing of it.',
    'WhatsApp teilt alles per Webhook mit und kann nichts gefragt werden: Ohne ihn erfährt Muster nichts davon.',
  ],
  [
    'In Meta’s developer dashboard, open your app, then “WhatsApp → Configuration”.',
    'Öffne in Metas Entwickler-Dashboard deine App, dann „WhatsApp → Configuration“.',
  ],
  [
    'Under “Webhook”, choose “Edit” and enter {url} as the callback URL.',
    'Wähle unter „Webhook“ „Edit“ und trage {url} als Callback-URL ein.',
  ],
  [
    'Enter as the verify token the same words that you gave Muster, and choose “Verify and save”.',
    'Trage als Verify-Token dieselben Worte ein, die du Muster gegeben hast, und wähle „Verify and save“.',
  ],
  ['Under “Webhook fields”, subscribe to “messages”.', 'Abonniere unter „Webhook fields“ das Feld „messages“.'],
  [
    'WhatsApp tells no app who is online: people appear once they write to the company’s number, always with the status unknown.',
    'WhatsApp sagt keiner App, wer online ist: Menschen erscheinen, sobald sie an die Nummer des Unternehmens schreiben, immer mit dem Status unbekannt.',
  ],
  [
    'Messages and read receipts arrive by webhook, which needs an address of yours that Meta can reach.',
    'Nachrichten und Lesebestätigungen kommen per Webhook; dafür braucht es eine Adresse von dir, die Meta erreichen kann.',
  ],
  [
    'WhatsApp has no availability that an app could set.',
    'WhatsApp hat keine Verfügbarkeit, die eine App setzen könnte.',
  ],
  [
    'Only as the company’s public “About” text of at most 139 characters, and only if you switch that on for the account.',
    'Nur als öffentlicher „Info“-Text des Unternehmens mit höchstens 139 Zeichen, und nur, wenn du das für das Konto einschaltest.',
  ],
  [
    'The “About” text has no end: Muster puts the old one back while it runs.',
    'Der „Info“-Text hat kein Ende: Muster setzt den alten wieder ein, solange es läuft.',
  ],
  [
    'WhatsApp has no do-not-disturb that an app could set.',
    'WhatsApp hat kein „Nicht stören“, das eine App setzen könnte.',
  ],
  [
    'Only when somebody wrote to the company’s number or read its message; for the minute after it, that is shown as active just now.',
    'Nur, wenn jemand an die Nummer des Unternehmens geschrieben oder dessen Nachricht gelesen hat; in der Minute danach wird das als gerade aktiv gezeigt.',
  ],
  ['Access token', 'Zugriffstoken'],
  [
    'Of a system user of your business, so that it does not expire after a day.',
    'Von einem Systembenutzer deines Unternehmens, damit es nicht nach einem Tag abläuft.',
  ],
  ['App secret', 'App-Geheimnis'],
  [
    'Meta shows it under “App settings → Basic”. Every event is checked with it.',
    'Meta zeigt es unter „App settings → Basic“. Jedes Ereignis wird damit geprüft.',
  ],
  ['Verify token', 'Verify-Token'],
  [
    'Words of your own choice; Meta repeats them once when it is told the webhook’s address.',
    'Worte deiner Wahl; Meta wiederholt sie einmal, wenn es die Adresse des Webhooks erfährt.',
  ],
  [
    'In Meta’s developer dashboard, create an app of the type “Business” and add the product “WhatsApp” to it.',
    'Lege in Metas Entwickler-Dashboard eine App vom Typ „Business“ an und füge ihr das Produkt „WhatsApp“ hinzu.',
  ],
  [
    'Under “WhatsApp → API Setup”, copy the phone number ID and paste it here.',
    'Kopiere unter „WhatsApp → API Setup“ die Telefonnummer-ID und füge sie hier ein.',
  ],
  [
    'In the business settings, under “Users → System users”, add a system user and give it the app and the WhatsApp account with full control.',
    'Füge in den Unternehmenseinstellungen unter „Users → System users“ einen Systembenutzer hinzu und gib ihm die App und das WhatsApp-Konto mit voller Kontrolle.',
  ],
  [
    'Generate a token for that system user with both permissions from the list below and without an end, and paste it here.',
    'Erzeuge für diesen Systembenutzer ein Token mit den beiden Berechtigungen aus der Liste unten und ohne Ablauf, und füge es hier ein.',
  ],
  [
    'Under “App settings → Basic”, show the app secret and paste it here.',
    'Zeige unter „App settings → Basic“ das App-Geheimnis an und füge es hier ein.',
  ],
  [
    'Think of a verify token, at least eight characters, and enter it here; you will enter it once more at Meta.',
    'Denk dir ein Verify-Token mit mindestens acht Zeichen aus und trage es hier ein; bei Meta trägst du es noch einmal ein.',
  ],
];
