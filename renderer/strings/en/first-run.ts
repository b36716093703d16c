/** Words of the feature `first-run`. */
export const firstRun = {
  title: 'Welcome to Muster',
} as const;
