import type { popover as english } from '../en/popover.ts';
import type { Translation } from '../translation.ts';

export const popover: Translation<typeof english> = {
  title: 'Muster',
  openMain: 'Muster öffnen',
  health: {
    none: 'Noch kein Konto',
    connecting: 'Verbindung wird aufgebaut',
    well_one: '{{count}} Konto verbunden',
    well_other: '{{count}} Konten verbunden',
    offline: '{{account}} ist offline',
    degraded: '{{account}} geht nur teilweise',
    'needs-sign-in': '{{account}} braucht eine Anmeldung',
    more: '{{trouble}}, {{count}} weitere',
    lost: 'Muster antwortet nicht',
  },
};
