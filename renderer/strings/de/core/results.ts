/** German for what became of one's own status on an account: a sentence of the core each, with names and numbers as named groups. */
export const resultSentences: readonly (readonly [english: string | RegExp, german: string])[] = [
  [
    'This platform shows busy through do-not-disturb alone, which you want off: only the rest is shown.',
    'Diese Plattform zeigt beschäftigt nur durch „Nicht stören“, das du nicht willst: Gezeigt wird nur der Rest.',
  ],
  ['A newer wish took its place.', 'Ein neuerer Wunsch trat an seine Stelle.'],
  [
    'Not connected now; it is set as soon as the account is back.',
    'Gerade nicht verbunden; es wird gesetzt, sobald das Konto wieder da ist.',
  ],
  [
    'Not connected now; what was there before comes back with the account.',
    'Gerade nicht verbunden; was vorher da war, kommt mit dem Konto zurück.',
  ],
  ['This platform gives no way to set a status.', 'Auf dieser Plattform lässt sich kein Status setzen.'],
  [
    "You changed it in the platform's own app meanwhile; Muster leaves that as it is.",
    'Du hast es inzwischen in der App der Plattform geändert; Muster lässt das so.',
  ],
  [
    'The platform did not answer in time. Muster keeps trying.',
    'Die Plattform hat nicht rechtzeitig geantwortet. Muster versucht es weiter.',
  ],
  [
    'It waits for its turn: the platform takes only so many calls in a time. Muster sets it by itself then.',
    'Es wartet, bis es an der Reihe ist: Die Plattform nimmt nur so viele Abfragen in einer Zeit. Dann setzt Muster es von selbst.',
  ],
  [
    'The platform asked Muster to slow down. It is set as soon as that is over.',
    'Die Plattform hat Muster gebeten, langsamer zu machen. Es wird gesetzt, sobald das vorbei ist.',
  ],
  [
    /^(?<platform>.+) takes (?<count>\d+) characters: the message was shortened\.$/,
    '{platform} nimmt {count} Zeichen: Die Nachricht wurde gekürzt.',
  ],
  ['Slack found the message too long: it was shortened.', 'Slack fand die Nachricht zu lang: Sie wurde gekürzt.'],
  [
    /^(?<platform>.+) has no emoji (?:for )?(?<emoji>\S+): the status is set without it\.$/,
    '{platform} hat kein Emoji für {emoji}: Der Status wird ohne es gesetzt.',
  ],
  [
    /^(?<platform>.+) has no emoji (?<emoji>\S+): another one is shown\.$/,
    '{platform} hat kein Emoji für {emoji}: Ein anderes wird gezeigt.',
  ],
  [
    /^(?<platform>.+) has no “appear offline”: it shows you as away\.$/,
    '{platform} kennt kein „Als offline anzeigen“: Es zeigt dich als abwesend.',
  ],
  [
    /^The earlier (?<platform>.+) status that Muster kept could not be read, so it was not put back\.$/,
    'Der frühere Status auf {platform}, den Muster aufbewahrt hat, war nicht lesbar und wurde darum nicht zurückgesetzt.',
  ],
  [
    'Slack shows you as away until one of your Slack apps is open and in use.',
    'Slack zeigt dich als abwesend, bis eine deiner Slack-Apps offen und in Gebrauch ist.',
  ],
  [
    'Zoom has no status text or emoji: it shows the status alone.',
    'Zoom hat weder Statustext noch Emoji: Es zeigt nur den Status.',
  ],
  [
    'Do-not-disturb is on in Zoom, which shows it instead of your status.',
    'In Zoom ist „Nicht stören“ an und wird statt deines Status gezeigt.',
  ],
  [
    'You are in a Zoom meeting or call, which Zoom shows as long as it lasts; your status follows.',
    'Du bist in einem Zoom-Meeting oder -Anruf, den Zoom zeigt, solange er dauert; dein Status folgt.',
  ],
  [
    'Discord shows it as a Rich Presence line beside your name; the status itself stays as it is, since no program may set it.',
    'Discord zeigt es als Rich-Presence-Zeile neben deinem Namen; der Status selbst bleibt, wie er ist, denn kein Programm darf ihn setzen.',
  ],
  [
    'No program may set your status on Discord, and there is no message to show.',
    'Kein Programm darf deinen Status auf Discord setzen, und es gibt keine Nachricht zu zeigen.',
  ],
  [
    'Only you can appear invisible, in Discord’s own status menu.',
    'Unsichtbar machen kannst nur du dich, in Discords eigenem Statusmenü.',
  ],
  [
    'Only you can set do-not-disturb on Discord, in its own status menu.',
    '„Nicht stören“ kannst auf Discord nur du setzen, in seinem eigenen Statusmenü.',
  ],
  [
    'Servers’ own emoji cannot be part of the line, so it was left out.',
    'Eigene Emojis von Servern können nicht in der Zeile stehen; es wurde weggelassen.',
  ],
  [
    'Your own do-not-disturb in Google Chat hides whether you are there.',
    'Dein eigenes „Nicht stören“ in Google Chat verbirgt, ob du da bist.',
  ],
  [
    'Google does not tell whether you were away by hand: you are shown by what you do again.',
    'Google sagt nicht, ob du von Hand abwesend warst: Du wirst wieder danach gezeigt, was du tust.',
  ],
  [
    'Google does not tell apps the emoji that your status had: it is back with another one.',
    'Google sagt Apps nicht, welches Emoji dein Status hatte: Er ist mit einem anderen zurück.',
  ],
  [
    'Google Chat wants a text beside the emoji: the status’s own word is shown.',
    'Google Chat will neben dem Emoji einen Text: Gezeigt wird das Wort des Status.',
  ],
  [
    'Teams takes out what looks like markup: ‹ and › stand for < and > in the message.',
    'Teams nimmt heraus, was wie Auszeichnung aussieht: ‹ und › stehen in der Nachricht für < und >.',
  ],
  [
    'This Microsoft cloud has no status messages: the status is set without it.',
    'Diese Microsoft-Cloud hat keine Statusnachrichten: Der Status wird ohne sie gesetzt.',
  ],
  [
    'WhatsApp shows the message as the company’s “About” text, and no availability.',
    'WhatsApp zeigt die Nachricht als „Info“-Text des Unternehmens und keine Verfügbarkeit.',
  ],
  ['Without a message WhatsApp has nothing to show.', 'Ohne Nachricht hat WhatsApp nichts zu zeigen.'],
  [
    'Without a message WhatsApp has nothing to show: your own “About” text is back.',
    'Ohne Nachricht hat WhatsApp nichts zu zeigen: Dein eigener „Info“-Text ist wieder da.',
  ],
  [
    'The business profile has no “About” text, and WhatsApp would not let Muster take it away again.',
    'Das Unternehmensprofil hat keinen „Info“-Text, und WhatsApp ließe Muster ihn nicht wieder entfernen.',
  ],
  ['Write one there once.', 'Schreibe dort einmal einen.'],
  [
    'The earlier “About” text that Muster kept could not be read, so it was not put back.',
    'Der frühere „Info“-Text, den Muster aufbewahrt hat, war nicht lesbar und wurde darum nicht zurückgesetzt.',
  ],
  [
    'XMPP shows you as extended away: a client that signs off no longer sees anybody, so Muster stays signed in.',
    'XMPP zeigt dich als länger abwesend: Wer sich abmeldet, sieht niemanden mehr, darum bleibt Muster angemeldet.',
  ],
  [
    'Do-not-disturb is on, which XMPP can only show as busy; your status follows when it ends.',
    '„Nicht stören“ ist an, und XMPP kann das nur als beschäftigt zeigen; dein Status folgt, wenn es endet.',
  ],
  [
    'XMPP knows only Unicode emoji, so the custom emoji was left out.',
    'XMPP kennt nur Unicode-Emojis; das eigene wurde weggelassen.',
  ],
];
