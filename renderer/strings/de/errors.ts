import type { errors as english } from '../en/errors.ts';
import type { Translation } from '../translation.ts';

export const errors: Translation<typeof english> = {
  'malformed-request':
    'Muster konnte die Anfrage nicht lesen. Es wurde nichts geändert. Lade die Seite neu und wiederhole den Schritt.',
  'not-json':
    'Muster konnte die Anfrage nicht lesen. Es wurde nichts geändert. Lade die Seite neu und wiederhole den Schritt.',
  unauthorized: 'Dieser Browser ist nicht mehr angemeldet. Es wurde nichts geändert. Öffne einen neuen Link.',
  'foreign-host': 'Muster antwortet nur unter der Adresse dieses Rechners. Öffne es über den Link, den es ausgibt.',
  'not-found': 'Das gibt es nicht mehr; es wurde vielleicht inzwischen entfernt. Die Liste ist aktuell.',
  merged: 'Diese Person wurde inzwischen mit einer anderen verknüpft. Die Liste ist aktuell.',
  'method-not-allowed': 'Diese Version von Muster kann das nicht. Es wurde nichts geändert.',
  'request-timeout': 'Die Anfrage kam zu langsam an. Es wurde nichts geändert. Wiederhole den Schritt.',
  conflict: 'Das widerspricht etwas, das es schon gibt. Es wurde nichts geändert.',
  'too-large': 'Das ist mehr, als Muster auf einmal annimmt. Es wurde nichts geändert. Kürze die Eingabe.',
  'unsupported-media-type':
    'Muster konnte die Anfrage nicht lesen. Es wurde nichts geändert. Lade die Seite neu und wiederhole den Schritt.',
  invalid: 'Eine Eingabe ist nicht gültig. Es wurde nichts geändert.',
  'credentials-refused':
    'Die Plattform hat die Anmeldung abgelehnt. Es wurde nichts gespeichert. Prüfe deine Eingaben.',
  'missing-scope':
    'Der Anmeldung fehlt eine Berechtigung. Es wurde nichts gespeichert. Ergänze sie auf der Plattform und melde dich neu an.',
  'platform-unreachable': 'Es wurde nichts gespeichert. Prüfe die Adresse und das Netz.',
  'insecure-connection': 'Die Verbindung wäre nicht verschlüsselt; deshalb hat Muster sich nicht angemeldet.',
  'secret-store-unavailable': 'Dort können Geheimnisse gerade nicht aufbewahrt werden. Sie bleiben, wo sie waren.',
  'rate-limited': 'Das wurde zu oft angefragt. Es ist nichts verloren. Warte einen Moment und wiederhole es.',
  'headers-too-large': 'Das ist mehr, als Muster auf einmal suchen kann. Kürze die Eingabe.',
  busy: 'Muster hat gerade mehr zu tun, als es annehmen kann. Nichts wurde geändert. Wiederhole es gleich.',
  internal:
    'In Muster ist etwas schiefgegangen. Was du siehst, bleibt, wie es war. Wiederhole den Schritt; geschieht es wieder, hilft „muster doctor“ bei der Suche.',
  unreachable:
    'Muster antwortet nicht. Es wurde nichts geändert. Es wird von selbst erneut versucht; wiederhole dann deinen Schritt.',
  timeout:
    'Muster hat zu lange für eine Antwort gebraucht. Vielleicht wird es noch fertig; sieh gleich noch einmal nach.',
  'unexpected-answer':
    'Muster hat anders geantwortet, als diese Seite versteht. Lade die Seite neu, um die passende Version zu bekommen.',
};
