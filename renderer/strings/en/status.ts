/** The words of the statuses, of do-not-disturb and of activities. */
export const status = {
  online: 'Online',
  idle: 'Idle',
  busy: 'Busy',
  away: 'Away',
  offline: 'Offline',
  unknown: 'Not known',
  doNotDisturb: 'Do not disturb',
  available: 'Available',
} as const;
