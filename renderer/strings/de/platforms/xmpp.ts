/** German for what XMPP's manifest says, by the English sentence. */
export const xmppWords: readonly (readonly [english: string, german: string])[] = [
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
    'Enter your XMPP address, such as alice@example.org.',
    'Gib deine XMPP-Adresse ein, zum Beispiel alice@example.org.',
  ],
  [
    'Muster finds your provider’s server by itself; where the provider names another address, enter that as the server address.',
    'Muster findet den Server deines Anbieters von selbst; nennt der Anbieter eine andere Adresse, gib sie als Adresse des Servers an.',
  ],
  [
    'Enter the password; Muster sends it only over an encrypted connection.',
    'Gib das Passwort ein; Muster sendet es nur über eine verschlüsselte Verbindung.',
  ],
];
