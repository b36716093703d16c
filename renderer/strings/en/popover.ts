/** The popover beside the tray. */
export const popover = {
  title: 'Muster',
  openMain: 'Open Muster',
  health: {
    none: 'No account yet',
    connecting: 'Connecting',
    well_one: '{{count}} account connected',
    well_other: '{{count}} accounts connected',
    offline: '{{account}} is offline',
    degraded: '{{account}} works in part',
    'needs-sign-in': '{{account}} needs sign-in',
    more: '{{trouble}}, {{count}} more',
    lost: 'Muster does not answer',
  },
} as const;
