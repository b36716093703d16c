import type { status as english } from '../en/status.ts';
import type { Translation } from '../translation.ts';

export const status: Translation<typeof english> = {
  online: 'Online',
  idle: 'Untätig',
  busy: 'Beschäftigt',
  away: 'Abwesend',
  offline: 'Offline',
  unknown: 'Unbekannt',
  doNotDisturb: 'Nicht stören',
  available: 'Erreichbar',
};
