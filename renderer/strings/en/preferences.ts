/** Words of the feature `preferences`. */
export const preferences = {
  title: 'Preferences',
} as const;
