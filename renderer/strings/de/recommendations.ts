import { platformWords } from './platform-words.ts';

const units: ReadonlyMap<string, readonly [one: string, many: string]> = new Map([
  ['day', ['Tag', 'Tage']],
  ['hour', ['Stunde', 'Stunden']],
  ['minute', ['Minute', 'Minuten']],
]);

/** "3 Tage" of "3 days"; `dative` for "in 3 Tagen". */
const lasting = (text: string, dative = false): string => {
  const [count = '', unit = ''] = text.split(' ');
  const [one, many] = units.get(unit.replace(/s$/, '')) ?? [unit, unit];
  if (count === '1') return `${dative && one === 'Tag' ? 'einem' : dative ? 'einer' : 'eine'} ${one}`;
  return `${count} ${dative && many === 'Tage' ? 'Tagen' : many}`;
};

type Parts = Readonly<Record<string, string>>;

/** German for what the core recommends about an account: its English sentences have names and numbers in them. */
const sentences: readonly (readonly [english: RegExp, german: (parts: Parts) => string])[] = [
  [
    /^Sign in to (?<platform>.+) again\. People and settings of the account are kept, and everything goes on from there\.$/,
    ({ platform }) =>
      `Melde dich neu bei ${platform} an. Leute und Einstellungen des Kontos bleiben, und alles geht von dort weiter.`,
  ],
  [
    /^Muster does not try again by itself, since it would end the same way\. Check the account’s settings, then choose “Reconnect”\.$/,
    () =>
      'Muster versucht es nicht von selbst wieder, da es genauso enden würde. Prüfe die Einstellungen des Kontos und wähle dann „Jetzt neu verbinden“.',
  ],
  [
    /^There is nothing to do: Muster tries again by itself\. “Reconnect” tries now\.$/,
    () => 'Nichts ist zu tun: Muster versucht es von selbst wieder. „Jetzt neu verbinden“ versucht es gleich.',
  ],
  [
    /^(?<platform>.+) has not answered yet\. Check this machine’s network, and whether .+ works for others; Muster goes on trying\.$/,
    ({ platform }) =>
      `${platform} hat noch nicht geantwortet. Prüfe das Netz dieses Rechners, und ob ${platform} bei anderen geht; Muster versucht es weiter.`,
  ],
  [
    /^(?<platform>.+) has not answered for (?<time>\d+ \w+)\. Check this machine’s network, and whether .+ works for others; Muster goes on trying\.$/,
    ({ platform, time = '' }) =>
      `${platform} hat seit ${lasting(time, true)} nicht geantwortet. Prüfe das Netz dieses Rechners, und ob ${platform} bei anderen geht; Muster versucht es weiter.`,
  ],
  [
    /^The sign-in to (?<platform>.+) has run out\. Sign in again\.$/,
    ({ platform }) => `Die Anmeldung bei ${platform} ist abgelaufen. Melde dich neu an.`,
  ],
  [
    /^The sign-in to (?<platform>.+) ends in (?<time>\d+ \w+)\. Sign in again before then, and nothing is interrupted\.$/,
    ({ platform, time = '' }) =>
      `Die Anmeldung bei ${platform} endet in ${lasting(time, true)}. Melde dich vorher neu an, dann wird nichts unterbrochen.`,
  ],
  [
    /^The permission (?<scope>\S+) is missing \((?<purpose>.+)\)\. Add it to your app and sign in again\.$/,
    ({ scope, purpose = '' }) =>
      `Die Berechtigung ${scope} fehlt (${platformWords.get(purpose) ?? purpose}). Füge sie deiner App hinzu und melde dich neu an.`,
  ],
  [
    /^(?<platform>.+) has stopped telling about changes although its subscription is valid\. Muster looks for itself meanwhile and sets the subscription up anew\.$/,
    ({ platform }) =>
      `${platform} meldet keine Änderungen mehr, obwohl das Abonnement gilt. Muster sieht inzwischen selbst nach und richtet es neu ein.`,
  ],
  [
    /^Changes do not arrive from (?<platform>.+) by themselves now\. Muster looks for itself meanwhile\.$/,
    ({ platform }) => `Änderungen kommen von ${platform} gerade nicht von selbst. Muster sieht inzwischen selbst nach.`,
  ],
  [
    /^(?<platform>.+) tells nothing at the moment, and it cannot be asked\. What was last told stays, with its age\.$/,
    ({ platform }) =>
      `${platform} meldet gerade nichts, und fragen lässt es sich nicht. Was zuletzt gemeldet wurde, bleibt, mit seinem Alter.`,
  ],
  [
    /^(?<platform>.+)’s limits allow a look at everybody once in (?<time>\d+ \w+) only\. Mark those who matter as favourites, or watch them: they are looked at first\.(?<remedy> Events .+)?$/,
    ({ platform, time = '', remedy }) =>
      `Die Grenzen von ${platform} erlauben nur alle ${lasting(time)} einen Blick auf alle. Markiere die Wichtigen als Favoriten oder lass dir Bescheid sagen: Nach ihnen wird zuerst gesehen.${
        remedy === undefined
          ? ''
          : ' Ereignisse, die die Plattform sendet, wären schneller: Wie man sie einrichtet, steht auf der Seite des Kontos.'
      }`,
  ],
  [
    /^(?<platform>.+)’s quota for “(?<name>.+)” is nearly used up\. If another program uses the same app, give Muster one of its own\.$/,
    ({ platform, name }) =>
      `Das Kontingent von ${platform} für „${name}“ ist fast aufgebraucht. Wenn ein anderes Programm dieselbe App verwendet, gib Muster eine eigene.`,
  ],
  [
    /^(?<share>\d+) % of the calls of the last hour failed; Muster repeated them\. If that goes on, look at the last failure above\.$/,
    ({ share }) =>
      `${share} % der Abfragen der letzten Stunde sind misslungen; Muster hat sie wiederholt. Wenn das so bleibt, sieh dir den letzten Fehler an.`,
  ],
  [
    /^(?<platform>.+) answers slowly \(one call in ten takes (?<seconds>\d+) s or more\)\. A VPN or a proxy is a common cause\.$/,
    ({ platform, seconds }) =>
      `${platform} antwortet langsam (jede zehnte Abfrage dauert ${seconds} s oder mehr). Oft liegt das an einem VPN oder Proxy.`,
  ],
  [
    /^Not permitted: (?<scope>\S+) \((?<purpose>[^()]+)\)\. Sign in again to permit it\.$/,
    ({ scope, purpose = '' }) =>
      `Nicht erlaubt: ${scope} (${platformWords.get(purpose) ?? purpose}). Melde dich neu an, um es zu erlauben.`,
  ],
];

/** A sentence of the core in German; null for one that is not known. */
export const recommendationInGerman = (english: string): string | null => {
  for (const [pattern, german] of sentences) {
    const match = pattern.exec(english);
    if (match !== null) return german(match.groups ?? {});
  }
  return null;
};
