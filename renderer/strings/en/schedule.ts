/** Words of the feature `schedule`. */
export const schedule = {
  title: 'Schedule',
} as const;
