/** German for what Discord's manifest says, by the English sentence. */
export const discordWords: readonly (readonly [english: string, german: string])[] = [
  [
    'The address of Discord’s API; only for gateways and test servers. The event gateway comes from there.',
    'Die Adresse von Discords API; nur für Gateways und Testserver. Das Gateway der Ereignisse wird von dort genannt.',
  ],
  [
    'The ids of the servers to look at; empty for every server that your bot is in.',
    'Die IDs der Server, auf die geschaut wird; leer für jeden Server, in dem dein Bot ist.',
  ],
  [
    'Your own user id, so that you are not listed as a colleague; known by itself while Discord runs here.',
    'Deine eigene Benutzer-ID, damit du nicht als Kollege aufgelistet wirst; von selbst bekannt, während Discord hier läuft.',
  ],
  [
    'The application whose name your Rich Presence line shows; your bot’s own when empty.',
    'Die Anwendung, deren Namen deine Rich-Presence-Zeile zeigt; leer für die deines Bots.',
  ],
  [
    'The folder in which the Discord app keeps its socket discord-ipc-0; only where it is not found by itself.',
    'Der Ordner, in dem die Discord-App ihren Socket discord-ipc-0 hat; nur, wo er nicht von selbst gefunden wird.',
  ],
  ['to know the servers that your bot is in', 'um die Server zu kennen, in denen dein Bot ist'],
  [
    'to list the people of those servers (“Server Members Intent”)',
    'um die Leute dieser Server aufzulisten („Server Members Intent“)',
  ],
  ['to see who is around (“Presence Intent”)', 'um zu sehen, wer da ist („Presence Intent“)'],
  [
    'Discord tells only of people who share a server with your bot; whoever is invisible looks offline. It also sends the presence of people you opted out, which Muster drops unread.',
    'Discord erzählt nur von Leuten, die einen Server mit deinem Bot teilen; wer unsichtbar ist, sieht offline aus. Es schickt auch die Präsenz der Leute, die du ausgenommen hast; Muster verwirft sie ungelesen.',
  ],
  [
    'No program may set your status on Discord: only you can, in Discord’s own apps.',
    'Kein Programm darf deinen Status auf Discord setzen: nur du kannst das, in Discords eigenen Apps.',
  ],
  [
    'Muster shows your message as a Rich Presence line, while the Discord app runs on this computer; your custom status stays as it is.',
    'Muster zeigt deine Nachricht als Rich-Presence-Zeile, solange die Discord-App auf diesem Computer läuft; dein eigener Status-Text bleibt, wie er ist.',
  ],
  [
    'Discord counts down to the end and leaves the line there; Muster takes it away.',
    'Discord zählt bis zum Ende herunter und lässt die Zeile stehen; Muster nimmt sie weg.',
  ],
  [
    'No program may set do-not-disturb on Discord; Muster shows the colleagues’.',
    'Kein Programm darf auf Discord „Bitte nicht stören“ setzen; Muster zeigt das der Kollegen.',
  ],
  ['Discord does not say when people were last active.', 'Discord sagt nicht, wann jemand zuletzt aktiv war.'],
  ['Bot token', 'Bot-Token'],
  [
    'The token of your own bot, never of your own user account. Discord shows it once, under “Bot → Reset Token”.',
    'Das Token deines eigenen Bots, nie das deines Benutzerkontos. Discord zeigt es einmal, unter „Bot → Reset Token“.',
  ],
  [
    'Open Discord’s developer portal, choose “New Application” and name it; the name is what your Rich Presence line says.',
    'Öffne Discords Entwicklerportal, wähle „New Application“ und gib ihr einen Namen; ihn zeigt deine Rich-Presence-Zeile.',
  ],
  [
    'Under “Bot”, switch on “Presence Intent” and “Server Members Intent” in the section “Privileged Gateway Intents”, and save.',
    'Schalte unter „Bot“ im Abschnitt „Privileged Gateway Intents“ sowohl „Presence Intent“ als auch „Server Members Intent“ ein und speichere.',
  ],
  [
    'Under “OAuth2 → URL Generator”, tick the scope “bot” and no permission, open the address below and add the bot to your server; the server’s owner or an admin can do this.',
    'Wähle unter „OAuth2 → URL Generator“ den Scope „bot“ und keine Berechtigung, öffne die Adresse darunter und füge den Bot deinem Server hinzu; das können die Eigentümerin des Servers oder jemand, der ihn verwaltet.',
  ],
  [
    'Under “Bot”, choose “Reset Token”, copy the token and paste it here.',
    'Wähle unter „Bot“ den Knopf „Reset Token“, kopiere das Token und füge es hier ein.',
  ],
];
