import type { Words } from './en.ts';

/** The host's words in German. */
export const de: Words = {
  status: {
    online: 'Online',
    idle: 'Untätig',
    busy: 'Beschäftigt',
    away: 'Abwesend',
    offline: 'Offline',
    unknown: 'Status nicht bekannt',
  },
  doNotDisturb: 'Nicht stören',
  until: (time) => `bis ${time}`,

  trouble: {
    offline: (account) => `${account} ist offline`,
    degraded: (account) => `${account} geht nur teilweise`,
    'needs-sign-in': (account) => `${account} braucht eine Anmeldung`,
  },
  noAccounts: 'Noch kein Konto',
  unseenAlerts: (count) => (count === 1 ? '1 neuer Hinweis' : `${count} neue Hinweise`),

  menu: {
    setStatus: 'Status setzen',
    clearStatus: 'Aufheben',
    favourites: 'Erreichbare Favoriten',
    noFavourites: 'Im Moment niemand',
    minutes30: '30 Minuten lang',
    hour: '1 Stunde lang',
    tomorrow: 'Bis morgen',
    doNotDisturbOff: 'Aus',
    open: 'Muster öffnen',
    preferences: 'Einstellungen',
    quit: 'Beenden',
    edit: 'Bearbeiten',
    view: 'Ansicht',
    window: 'Fenster',
  },

  alert: {
    title: (name, status) => `${name} ist ${status}`,
    before: (status) => `Vorher: ${status}`,
    status: {
      online: 'online',
      idle: 'untätig',
      busy: 'beschäftigt',
      away: 'abwesend',
      offline: 'offline',
      unknown: 'von unbekanntem Status',
    },
  },
  account: {
    needsYouTitle: (label) => `${label} braucht dich`,
    needsYouBody: 'Melde dich neu an. Personen und Einstellungen bleiben erhalten.',
    backTitle: (label) => `${label} ist wieder da`,
    backBody: 'Alles geht weiter, wo es war.',
  },
  statusNotSet: {
    title: 'Der Status wurde nicht überall gesetzt',
    body: (account, detail) => (detail === null ? account : `${account}: ${detail}`),
  },

  failure: {
    title: 'Muster kann nicht starten',
    crashed: 'Muster wurde unerwartet beendet',
    crashedDetail: (logs) =>
      `Deine Status auf den Plattformen bleiben, wie sie sind. Starte Muster neu; was geschehen ist, steht in ${logs}.`,
    homeInUse:
      'Muster läuft auf diesem Home bereits ohne Fenster (muster serve). Beende es, oder nutze die Oberfläche im Browser, die es anbietet.',
  },
};
