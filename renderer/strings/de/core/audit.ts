/** German for the entries of the audit trail: a sentence of the core each, with names as named groups. */
export const auditSentences: readonly (readonly [english: string | RegExp, german: string])[] = [
  [/^Signed in as (?<name>.+)\.$/, 'Angemeldet als {name}.'],
  ['The sign-in was given up.', 'Die Anmeldung wurde aufgegeben.'],
  ['Permitted on the platform’s page.', 'Auf der Seite der Plattform erlaubt.'],
  ['The platform changed what is permitted.', 'Die Plattform hat geändert, was erlaubt ist.'],
  ['The sign-in was renewed.', 'Die Anmeldung wurde erneuert.'],
  ['Secrets were replaced by hand.', 'Geheimnisse wurden von Hand ersetzt.'],
  [
    'The account was removed with its secrets and everything read through it.',
    'Das Konto wurde mit seinen Geheimnissen und allem, was durch es gelesen wurde, entfernt.',
  ],
  ['Its tokens were ended at the platform.', 'Seine Token wurden bei der Plattform beendet.'],
  ['The platform has no way to end its tokens.', 'Die Plattform hat keinen Weg, seine Token zu beenden.'],
  ['They are deleted here, and run out there by themselves.', 'Sie sind hier gelöscht und laufen dort von selbst ab.'],
  [
    'The platform could not be told to end its tokens.',
    'Der Plattform konnte nicht gesagt werden, dass seine Token enden sollen.',
  ],
  [
    'They are deleted here; to end them there, remove Muster’s app from your account on the platform.',
    'Sie sind hier gelöscht; um sie dort zu beenden, entferne die App von Muster aus deinem Konto bei der Plattform.',
  ],
  ['Everything but secrets was exported.', 'Alles außer Geheimnissen wurde exportiert.'],
  ['A browser was signed in by a one-time link.', 'Ein Browser wurde durch einen Einmal-Link angemeldet.'],
  ['A browser was signed out.', 'Ein Browser wurde abgemeldet.'],
  [
    'A link for a browser was used before, too old or not ours.',
    'Ein Link für einen Browser war schon benutzt, zu alt oder nicht von uns.',
  ],
  ['Nobody was let in.', 'Niemand wurde eingelassen.'],
  ['The encrypted vault got another key.', 'Der verschlüsselte Tresor hat einen anderen Schlüssel bekommen.'],
  [
    /^The secrets were moved from .+ to the system’s keychain\.$/,
    'Die Geheimnisse sind in den Schlüsselbund des Systems umgezogen.',
  ],
  [
    /^The secrets were moved from .+ to the encrypted vault\.$/,
    'Die Geheimnisse sind in den verschlüsselten Tresor umgezogen.',
  ],
  [/^The secrets were moved from .+ to memory\.$/, 'Die Geheimnisse sind in den Speicher umgezogen.'],
  [/^A delivery was not accepted: (?<reason>.+)\.$/, 'Ein Ereignis wurde nicht angenommen: {reason}.'],
  [
    'An answer came that does not belong to this sign-in.',
    'Es kam eine Antwort, die nicht zu dieser Anmeldung gehört.',
  ],
  ['It was not used; the sign-in waits on.', 'Sie wurde nicht verwendet; die Anmeldung wartet weiter.'],
  ['Further ones are not listed.', 'Weitere stehen hier nicht.'],
  [
    /^The sign-in could not be renewed yet: (?<reason>.+)$/,
    'Die Anmeldung konnte noch nicht erneuert werden: {reason}',
  ],
];
