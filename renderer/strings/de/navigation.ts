import type { navigation as english } from '../en/navigation.ts';
import type { Translation } from '../translation.ts';

export const navigation: Translation<typeof english> = {
  label: 'Hauptnavigation',
  skipToContent: 'Zum Inhalt springen',
  people: 'Personen',
  alerts: 'Hinweise',
  schedule: 'Zeitplan',
  accounts: 'Konten',
  preferences: 'Einstellungen',
  welcome: 'Einrichten',
  accountsTrouble: 'Ein Konto braucht Aufmerksamkeit',
  notFoundTitle: 'Unter dieser Adresse ist nichts',
  notFoundText:
    'Die Seite ist vielleicht umgezogen. Alles, was Muster zeigt, ist über die Liste an der Seite erreichbar.',
  goToPeople: 'Zu den Personen',
  crashTitle: 'Diese Ansicht funktioniert gerade nicht',
  crashText:
    'In dieser Ansicht ist etwas schiefgegangen. Muster selbst läuft weiter, dein Status ist nicht betroffen. Lade die Ansicht neu; geschieht es wieder, sammelt „muster doctor“, was bei der Suche hilft.',
  reload: 'Neu laden',
  offlineNotice:
    'Muster antwortet nicht. Du siehst den Stand von {{time}}; er wird aktualisiert, sobald Muster wieder antwortet.',
  connecting: 'Verbindung zu Muster wird aufgebaut',
  loadFailedTitle: 'Muster antwortet nicht',
  loadFailedText:
    'Die Liste konnte nicht geladen werden. Muster versucht es weiter; nichts, was du gesetzt hast, geht verloren.',
  signInTitle: 'Dieser Browser ist nicht angemeldet',
  signInText:
    'Muster öffnet sich nur für seine eigene Person, mit einem Link, der einmal gilt. Führe dies in einem Terminal aus und öffne den Link, der dort erscheint:',
  signInLinkUsed: 'Dieser Link wurde schon benutzt oder ist abgelaufen. So bekommst du einen neuen:',
  signInAgain: 'Wenn Muster schon läuft, beende es zuerst (Strg C) und führe den Befehl dann erneut aus.',
  signInBusy: 'Anmeldung läuft',
};
