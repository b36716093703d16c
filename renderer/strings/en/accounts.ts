/** Words of the feature `accounts`. */
export const accounts = {
  title: 'Accounts',
} as const;
