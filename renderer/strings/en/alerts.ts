/** Words of the feature `alerts`. */
export const alerts = {
  title: 'Alerts',
} as const;
