/** German for what LinkedIn's manifest says, by the English sentence. */
export const linkedinWords: readonly (readonly [english: string, german: string])[] = [
  ['API address', 'API-Adresse'],
  [
    'Where LinkedIn’s API is; only for gateways and test servers.',
    'Wo LinkedIns API ist; nur für Gateways und Testserver.',
  ],
  ['Sign-in address', 'Anmelde-Adresse'],
  ['Where LinkedIn’s sign-in is; only for test servers.', 'Wo LinkedIns Anmeldung ist; nur für Testserver.'],
  ['Client ID', 'Client-ID'],
  [
    'Of your own LinkedIn app; the portal shows it under “Auth”.',
    'Von deiner eigenen LinkedIn-App; das Portal zeigt sie unter „Auth“.',
  ],
  [
    'to read the log of what happened in your own LinkedIn account: it says when somebody last wrote to you, invited you or reacted to you',
    'um das Protokoll deines eigenen LinkedIn-Kontos zu lesen: Es sagt, wann dir jemand zuletzt geschrieben, dich eingeladen oder auf dich reagiert hat',
  ],
  ['to know that it is your own account that was signed in', 'um zu wissen, dass dein eigenes Konto angemeldet wurde'],
  ['to name the account after you', 'um das Konto nach dir zu benennen'],
  ['to name the account after your address', 'um das Konto nach deiner Adresse zu benennen'],
  [
    'For members in the European Economic Area and Switzerland only: LinkedIn lets them read the log of their own account, and Muster takes from it when a colleague last wrote, invited or reacted to you, up to an hour late. LinkedIn has no presence for apps: nobody is ever shown as online, and nothing is read from its pages.',
    'Nur für Mitglieder im Europäischen Wirtschaftsraum und in der Schweiz: LinkedIn lässt sie das Protokoll ihres eigenen Kontos lesen, und Muster entnimmt ihm, bis zu eine Stunde später, wann Kollegen dir zuletzt geschrieben, dich eingeladen oder auf dich reagiert haben. LinkedIn hat keine Anwesenheit für Apps: Niemand wird je als online gezeigt, und von den Seiten wird nichts abgelesen.',
  ],
  [
    'LinkedIn tells no app who is there: people appear once they did something that reached you, always with the status unknown.',
    'LinkedIn sagt keiner App, wer da ist: Menschen erscheinen, sobald sie etwas getan haben, das dich erreicht, immer mit dem Status unbekannt.',
  ],
  [
    'LinkedIn sends nothing by itself: Muster reads the log once an hour, as LinkedIn recommends.',
    'LinkedIn sendet nichts von selbst: Muster liest das Protokoll einmal in der Stunde, wie LinkedIn es empfiehlt.',
  ],
  ['LinkedIn has no status that an app could set.', 'LinkedIn hat keinen Status, den eine App setzen könnte.'],
  ['LinkedIn has no status message.', 'LinkedIn hat keine Statusnachricht.'],
  ['There is no status that could end.', 'Es gibt keinen Status, der enden könnte.'],
  [
    'LinkedIn has no do-not-disturb that an app could set.',
    'LinkedIn hat kein „Nicht stören“, das eine App setzen könnte.',
  ],
  [
    'Only what reached you (messages, invitations, comments, reactions), from your consent on, and for members in the EEA and Switzerland.',
    'Nur, was dich erreicht hat (Nachrichten, Einladungen, Kommentare, Reaktionen), ab deiner Einwilligung, und für Mitglieder im EWR und in der Schweiz.',
  ],
  ['Access token', 'Zugriffstoken'],
  [
    'From the portal’s token generator; it lives for 60 days. Signing in by the browser brings its own.',
    'Aus dem Token-Generator des Portals; es gilt 60 Tage. Die Anmeldung im Browser bringt ihr eigenes mit.',
  ],
  ['Client secret', 'Client-Geheimnis'],
  [
    'Only where LinkedIn wants it for your app; the portal shows it under “Auth”.',
    'Nur, wo LinkedIn es für deine App will; das Portal zeigt es unter „Auth“.',
  ],
  ['Refresh token', 'Erneuerungstoken'],
  [
    'LinkedIn gives one to approved partners only; nothing to enter.',
    'LinkedIn gibt nur zugelassenen Partnern eines; nichts einzutragen.',
  ],
  [
    'You need to be a member in the European Economic Area or Switzerland: elsewhere LinkedIn refuses this.',
    'Du musst Mitglied im Europäischen Wirtschaftsraum oder in der Schweiz sein: Anderswo lehnt LinkedIn das ab.',
  ],
  [
    'In LinkedIn’s developer portal, create an app; as its company choose “Member Data Portability (Member) Default Company”.',
    'Lege in LinkedIns Entwicklerportal eine App an; wähle als Unternehmen „Member Data Portability (Member) Default Company“.',
  ],
  [
    'Under “Products”, request “Member Data Portability API (Member)”, and copy the client ID from “Auth” to here.',
    'Beantrage unter „Products“ die „Member Data Portability API (Member)“ und kopiere die Client-ID von „Auth“ hierher.',
  ],
  [
    'Under “Docs and tools → OAuth Token Tools”, create a token with r_dma_portability_self_serve, agree that LinkedIn records your account’s events for this app, and paste the token here.',
    'Erzeuge unter „Docs and tools → OAuth Token Tools“ ein Token mit r_dma_portability_self_serve, willige ein, dass LinkedIn die Ereignisse deines Kontos für diese App aufzeichnet, und füge das Token hier ein.',
  ],
  [
    'LinkedIn begins with its log at that moment and keeps 28 days of it; you can end it under “Settings → Data privacy → Permitted services”.',
    'LinkedIn beginnt das Protokoll in diesem Moment und bewahrt 28 Tage davon auf; du kannst es unter „Einstellungen → Datenschutz → Zugelassene Dienste“ beenden.',
  ],
  [
    'After 60 days the token ends: Muster reminds you a week before.',
    'Nach 60 Tagen endet das Token: Muster erinnert dich eine Woche vorher.',
  ],
  [
    'In LinkedIn’s developer portal, create an app of a company page that LinkedIn has verified.',
    'Lege in LinkedIns Entwicklerportal eine App einer Unternehmensseite an, die LinkedIn bestätigt hat.',
  ],
  [
    'Under “Products”, request “Member Data Portability API (3rd Party)” and “Sign In with LinkedIn using OpenID Connect”.',
    'Beantrage unter „Products“ die „Member Data Portability API (3rd Party)“ und „Sign In with LinkedIn using OpenID Connect“.',
  ],
  [
    'Ask LinkedIn’s support to switch on native sign-in (PKCE) for the app; without it only a pasted token works.',
    'Bitte LinkedIns Support, die native Anmeldung (PKCE) für die App einzuschalten; ohne sie geht nur ein eingefügtes Token.',
  ],
  [
    'Paste the client ID from “Auth” here and choose “Sign in”; on LinkedIn’s page you agree that it records your account’s events for this app.',
    'Füge die Client-ID von „Auth“ hier ein und wähle „Anmelden“; auf LinkedIns Seite willigst du ein, dass es die Ereignisse deines Kontos für diese App aufzeichnet.',
  ],
  [
    'LinkedIn ends every sign-in after 60 days: Muster reminds you a week before.',
    'LinkedIn beendet jede Anmeldung nach 60 Tagen: Muster erinnert dich eine Woche vorher.',
  ],
];
