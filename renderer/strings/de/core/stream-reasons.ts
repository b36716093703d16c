/** German for why a Discord or XMPP account is as it is: a sentence each, as in `reasons.ts`. */
export const streamSentences: readonly (readonly [english: string | RegExp, german: string])[] = [
  // Discord: tokens
  ['The bot token is missing.', 'Das Bot-Token fehlt.'],
  ['Paste the token of your own Discord bot.', 'Füge das Token deines eigenen Discord-Bots ein.'],
  ['This is the token of a user account.', 'Das ist das Token eines Benutzerkontos.'],
  [
    'Discord forbids programs to use it and may end the account: sign in with the token of your own bot.',
    'Discord verbietet Programmen, es zu benutzen, und kann das Konto beenden: Melde dich mit dem Token deines eigenen Bots an.',
  ],
  ['This is a token of a Discord sign-in (Bearer).', 'Das ist ein Token einer Discord-Anmeldung (Bearer).'],
  ['Use the token of your own bot.', 'Nimm das Token deines eigenen Bots.'],
  [
    'This is not a bot token: it has spaces or other odd characters in it.',
    'Das ist kein Bot-Token: Es enthält Leerzeichen oder andere seltsame Zeichen.',
  ],
  [
    'Discord does not accept this as a bot’s token: it was reset, or not copied whole, or it is that of a user account, which programs must never use.',
    'Discord nimmt das nicht als Token eines Bots an: Es wurde zurückgesetzt oder nicht ganz kopiert, oder es ist das eines Benutzerkontos, das Programme nie benutzen dürfen.',
  ],
  [
    'Choose “Bot → Reset Token” in the developer portal and sign in with the new one.',
    'Wähle „Bot → Reset Token“ im Entwicklerportal und melde dich mit dem neuen an.',
  ],
  [
    /^Discord does not let your bot see .+: switch on “?(?<one>[^”]+)”? and “(?<two>[^”]+)” under “Bot → Privileged Gateway Intents” of your application in Discord’s developer portal, save, and sign in again\.$/,
    'Discord lässt deinen Bot nicht sehen, wer da ist: Schalte „{one}“ und „{two}“ unter „Bot → Privileged Gateway Intents“ deiner Anwendung in Discords Entwicklerportal ein, speichere und melde dich neu an.',
  ],
  [
    /^Discord does not let your bot see .+: switch on “?(?<one>[^”]+?)”? under “Bot → Privileged Gateway Intents” of your application in Discord’s developer portal, save, and sign in again\.$/,
    'Discord lässt deinen Bot nicht alles sehen, was Muster braucht: Schalte „{one}“ unter „Bot → Privileged Gateway Intents“ deiner Anwendung in Discords Entwicklerportal ein, speichere und melde dich neu an.',
  ],
  ['The account was closed.', 'Das Konto wurde geschlossen.'],
  // Discord: the connection
  ['Discord ended the connection.', 'Discord hat die Verbindung beendet.'],
  [
    'Discord did not understand what Muster sent and ended the connection.',
    'Discord hat nicht verstanden, was Muster gesendet hat, und die Verbindung beendet.',
  ],
  ['Discord found that Muster sent too much at once.', 'Discord fand, dass Muster zu viel auf einmal gesendet hat.'],
  [
    'Your bot is in so many servers that Discord wants it split up, which Muster does not do.',
    'Dein Bot ist auf so vielen Servern, dass Discord ihn aufgeteilt haben will, was Muster nicht tut.',
  ],
  ['Use a bot of your own that is only in your servers.', 'Nimm einen eigenen Bot, der nur auf deinen Servern ist.'],
  [
    'Discord no longer serves this version of its gateway.',
    'Discord bedient diese Version seines Gateways nicht mehr.',
  ],
  ['A newer version of Muster is needed.', 'Es braucht eine neuere Version von Muster.'],
  ['Discord does not allow your bot to do that.', 'Discord erlaubt das deinem Bot nicht.'],
  [/^Discord refused (?<route>\S+) with HTTP (?<status>\d+)\.$/, 'Discord hat {route} mit HTTP {status} abgelehnt.'],
  ['Check the account’s settings.', 'Prüfe die Einstellungen des Kontos.'],
  [/^What Discord sent could not be read \((?<what>.+)\)\.$/, 'Was Discord gesendet hat, war nicht lesbar ({what}).'],
  ['Discord did not let Muster sign in just now.', 'Discord hat Muster gerade nicht angemeldet.'],
  ['The Discord account was closed.', 'Das Discord-Konto wurde geschlossen.'],
  [
    'Discord has not told yet who is in all of your bot’s servers.',
    'Discord hat noch nicht gesagt, wer auf allen Servern deines Bots ist.',
  ],
  [
    'Your bot is in no server yet, so that nobody is listed.',
    'Dein Bot ist noch auf keinem Server, darum ist niemand aufgelistet.',
  ],
  [
    /^Your bot is not in the server (?<id>\d+), so that nobody of it is listed\.$/,
    'Dein Bot ist nicht auf dem Server {id}, darum ist von dort niemand aufgelistet.',
  ],
  [/^Invite it: (?<address>\S+)\.$/, 'Lade ihn ein: {address}.'],
  // Discord: the app on this computer
  [
    'The Discord app is not running on this computer, and only it can show the line.',
    'Die Discord-App läuft nicht auf diesem Computer, und nur sie kann die Zeile zeigen.',
  ],
  [
    'Start it, and Muster shows the line within a minute.',
    'Starte sie, dann zeigt Muster die Zeile binnen einer Minute.',
  ],
  ['Discord does not know the application of your bot.', 'Discord kennt die Anwendung deines Bots nicht.'],
  ['Check the application id in the account’s settings.', 'Prüfe die Anwendungs-ID in den Einstellungen des Kontos.'],
  [
    /^The Discord app refused the line \(code (?<code>\d+)\)\.$/,
    'Die Discord-App hat die Zeile abgelehnt (Code {code}).',
  ],
  ['The Discord app on this computer does not answer.', 'Die Discord-App auf diesem Computer antwortet nicht.'],
  ['Restarting it usually helps.', 'Meist hilft es, sie neu zu starten.'],
  // XMPP: signing in
  ['There is no password for this account.', 'Für dieses Konto gibt es kein Passwort.'],
  [
    'The server refused the user name or the password.',
    'Der Server hat den Benutzernamen oder das Passwort abgelehnt.',
  ],
  ['Check both and sign in again.', 'Prüfe beides und melde dich neu an.'],
  ['The server does not know this user name.', 'Der Server kennt diesen Benutzernamen nicht.'],
  ['Check it and sign in again.', 'Prüfe ihn und melde dich neu an.'],
  ['The password has expired.', 'Das Passwort ist abgelaufen.'],
  ['Set a new one at the provider and sign in again.', 'Setze beim Anbieter ein neues und melde dich neu an.'],
  ['The server says that this account is disabled.', 'Der Server sagt, dass dieses Konto gesperrt ist.'],
  ['Only its administrator can enable it.', 'Nur seine Verwaltung kann es freigeben.'],
  ['The server cannot check passwords at the moment.', 'Der Server kann gerade keine Passwörter prüfen.'],
  ['The sign-in was broken off.', 'Die Anmeldung wurde abgebrochen.'],
  ['The server could not read the sign-in.', 'Der Server konnte die Anmeldung nicht lesen.'],
  [
    'The server wants an encrypted connection for signing in, but offers none on this address.',
    'Der Server will zum Anmelden eine verschlüsselte Verbindung, bietet unter dieser Adresse aber keine.',
  ],
  [
    /^The server offers no sign-in that Muster can use safely \((?<known>.+), or PLAIN over TLS\)\.$/,
    'Der Server bietet keine Anmeldung, die Muster sicher benutzen kann ({known} oder PLAIN über TLS).',
  ],
  [
    'The server could not prove that it knows your account, so the connection was ended.',
    'Der Server konnte nicht beweisen, dass er dein Konto kennt, darum wurde die Verbindung beendet.',
  ],
  [
    'The server offers no encryption (TLS), so nothing was sent.',
    'Der Server bietet keine Verschlüsselung (TLS), darum wurde nichts gesendet.',
  ],
  [
    'Only a server on this computer can be allowed without it, in the account’s settings.',
    'Nur ein Server auf diesem Computer kann in den Einstellungen des Kontos ohne sie erlaubt werden.',
  ],
  [
    'The server’s certificate is not valid for this domain, so the connection was refused.',
    'Das Zertifikat des Servers gilt nicht für diese Domain, darum wurde die Verbindung abgelehnt.',
  ],
  ['The encrypted connection could not be made.', 'Die verschlüsselte Verbindung kam nicht zustande.'],
  ['Check that the address is the right one for TLS.', 'Prüfe, ob die Adresse die richtige für TLS ist.'],
  ['Check the server address.', 'Prüfe die Serveradresse.'],
  // XMPP: the connection
  ['The server has a problem of its own at the moment.', 'Der Server hat gerade selbst ein Problem.'],
  [
    'Another session with the same address took this one over.',
    'Eine andere Sitzung mit derselben Adresse hat diese übernommen.',
  ],
  ['Reconnect by hand to take it back.', 'Verbinde von Hand neu, um sie zurückzuholen.'],
  ['The server does not serve this domain.', 'Der Server ist für diese Domain nicht zuständig.'],
  ['Check the domain and the server address of the account.', 'Prüfe die Domain und die Serveradresse des Kontos.'],
  ['The server no longer serves this domain.', 'Der Server ist für diese Domain nicht mehr zuständig.'],
  [
    'The server ended the session because the sign-in no longer counts.',
    'Der Server hat die Sitzung beendet, weil die Anmeldung nicht mehr gilt.',
  ],
  ['The server is shutting down.', 'Der Server fährt herunter.'],
  ['The server wants the session to begin anew.', 'Der Server will, dass die Sitzung neu beginnt.'],
  ['The server heard nothing from Muster for too long.', 'Der Server hat zu lange nichts von Muster gehört.'],
  [
    'The server ended the session because of a rule of its own.',
    'Der Server hat die Sitzung wegen einer eigenen Regel beendet.',
  ],
  [
    'The server sends its clients to another one, which could not be reached.',
    'Der Server schickt seine Clients zu einem anderen, der nicht erreichbar war.',
  ],
  ['The server ended the session with an error.', 'Der Server hat die Sitzung mit einem Fehler beendet.'],
  ['The server refused a request of Muster.', 'Der Server hat eine Anfrage von Muster abgelehnt.'],
  ['The server answered without a roster.', 'Der Server hat ohne Kontaktliste geantwortet.'],
  ['The server sent something that is not XMPP.', 'Der Server hat etwas gesendet, das kein XMPP ist.'],
  ['The server did not answer in time.', 'Der Server hat nicht rechtzeitig geantwortet.'],
  ['The server cannot be reached.', 'Der Server ist nicht erreichbar.'],
  ['The connection to the server broke.', 'Die Verbindung zum Server ist abgerissen.'],
  [
    /^Your client “(?<client>.+)” has a higher priority, so contacts see its status first\.$/,
    'Dein Client „{client}“ hat eine höhere Priorität, darum sehen Kontakte zuerst seinen Status.',
  ],
];
