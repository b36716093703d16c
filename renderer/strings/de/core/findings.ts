/** German for what a look at everything found (`muster doctor`): a sentence of the core each, with names and numbers as named groups. */
export const findingSentences: readonly (readonly [english: string | RegExp, german: string])[] = [
  [/^(?<account>.+) \(\S+\): connecting\.$/, '{account}: verbindet sich.'],
  [/^(?<account>.+) \(\S+\): connected\.$/, '{account}: verbunden.'],
  [/^(?<account>.+) \(\S+\): degraded\.$/, '{account}: geht teilweise.'],
  [/^(?<account>.+) \(\S+\): offline\.$/, '{account}: offline.'],
  [/^(?<account>.+) \(\S+\): needs sign in\.$/, '{account}: braucht Anmeldung.'],
  [/^(?<account>.+) \(\S+\): disabled\.$/, '{account}: ausgeschaltet.'],
  ['All is well.', 'Alles ist gut.'],
  [
    /^(?<share>\d+) % of (?<count>\d+) calls in the last hour succeeded, half of them within (?<ms>\d+) ms\.$/,
    '{share} % von {count} Abfragen der letzten Stunde gelangen, die Hälfte davon binnen {ms} ms.',
  ],
  [
    /^What is known of people is (?<middle>\d+) s old in the middle, (?<most>\d+) s at most\.$/,
    'Was über Personen bekannt ist, ist in der Mitte {middle} s alt, höchstens {most} s.',
  ],
  ['No account is connected yet.', 'Noch ist kein Konto verbunden.'],
  ['Muster has nobody to look at.', 'Muster hat niemanden, nach dem es sehen könnte.'],
  ['Secrets are kept in memory only.', 'Geheimnisse liegen nur im Speicher.'],
  ['They are gone when Muster stops.', 'Sie sind weg, wenn Muster endet.'],
  ['They are encrypted and never written anywhere else.', 'Sie sind verschlüsselt und stehen nirgendwo sonst.'],
  [
    'Unlock or install a keychain (on Linux: gnome-keyring or KWallet), or set MUSTER_VAULT_KEY to 32 bytes in base64 (openssl rand -base64 32), and start again.',
    'Schließe einen Schlüsselbund auf oder installiere einen (unter Linux: gnome-keyring oder KWallet), oder setze MUSTER_VAULT_KEY auf 32 Bytes in Base64 (openssl rand -base64 32), und starte neu.',
  ],
  ['Muster cannot write to its home.', 'Muster kann nicht in seinen Ordner schreiben.'],
  [
    'Make room on the disk of the home. Muster then writes everything by itself, within a minute.',
    'Schaffe Platz auf dem Datenträger. Muster schreibt dann binnen einer Minute alles von selbst.',
  ],
];
