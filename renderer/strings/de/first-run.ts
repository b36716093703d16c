import type { firstRun as english } from '../en/first-run.ts';
import type { Translation } from '../translation.ts';

export const firstRun: Translation<typeof english> = {
  title: 'Willkommen bei Muster',
  intro:
    'Muster zeigt, wer auf all deinen Chat-Plattformen da ist, und setzt deinen eigenen Status auf allen zugleich.',
  steps: 'Schritte der Einrichtung',
  step: {
    welcome: 'Willkommen',
    connect: 'Konto',
    'same-person': 'Dieselbe Person',
    alerts: 'Hinweise',
    done: 'Fertig',
  },
  later: 'Später fertig machen',
  next: 'Weiter',
  finish: 'Die Personen zeigen',
  connectTitle: 'Ein Konto verbinden',
  connectText:
    'Slack, Teams, Discord, Zoom, XMPP und andere, mit deiner eigenen Anmeldung. Nichts läuft über einen fremden Server.',
  demoTitle: 'Mit einem Demo-Team ausprobieren',
  demoText: 'Sechzig Leute in mehreren Zeitzonen, die kommen und gehen. Ohne Konto, und nichts davon bleibt.',
  demoHow: 'So startest du die Demo',
  demoCommand:
    'Die Demo läuft neben diesem Muster, in einem eigenen Ordner. Führe dies in Musters Ordner aus; sie öffnet sich von selbst:',
  connectStepTitle: 'Ein Konto verbinden',
  connectIntro: 'Wähle, wo die Leute sind, mit denen du arbeitest. Mehr, als hier steht, verspricht Muster nicht.',
  another: 'Noch ein Konto verbinden',
  samePersonTitle: 'Ist das dieselbe Person?',
  samePersonIntro:
    'Wer auf mehreren Konten zu sehen ist, erscheint einmal. Muster verknüpft niemanden auf Verdacht: Du entscheidest und kannst jederzeit wieder trennen.',
  sameOf: 'Dieselbe Person: {{name}} und {{other}}',
  notSameOf: 'Nicht dieselbe: {{name}} und {{other}}',
  noPairsTitle: 'Niemand sieht wie jemand anderes aus',
  noPairsText:
    'Wer dieselbe bestätigte E-Mail-Adresse hat, ist schon verknüpft. Findet Muster mehr, fragt es dich auf der Seite der Person.',
  alertsTitle: 'Wer ist dir am wichtigsten?',
  alertsIntro: 'Favoriten stehen oben. Muster sagt dir Bescheid, wenn jemand, den du wählst, online kommt.',
  favouriteOf: 'Favorit: {{name}}',
  tellMe: 'Bescheid, wenn online',
  tellMeOf: 'Bescheid, wenn online: {{name}}',
  moreBySearch: 'Die ersten {{shown}} von {{count}} Personen sind zu sehen; suche nach den anderen.',
  nobodyTitle: 'Noch niemand da',
  nobodyText: 'Sobald ein Konto Leute gebracht hat, kannst du sie hier wählen, oder später auf der Seite jeder Person.',
  doneStepTitle: 'Fertig',
  doneIntro: 'Alles lässt sich später ändern, unter „Konten“ und „Einstellungen“.',
  doneTitle: 'Muster ist eingerichtet',
  doneText: 'Von jetzt an bleibt es von selbst aktuell.',
  doneAccounts_zero: 'Noch kein Konto',
  doneAccounts_one: '{{count}} Konto',
  doneAccounts_other: '{{count}} Konten',
  donePeople_zero: 'Noch niemand in der Liste',
  donePeople_one: '{{count}} Person',
  donePeople_other: '{{count}} Personen',
  doneWatches_zero: 'Keine Hinweise gewählt',
  doneWatches_one: '{{count}} Hinweis gewählt',
  doneWatches_other: '{{count}} Hinweise gewählt',
};
