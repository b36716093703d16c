import type { schedule as english } from '../en/schedule.ts';
import type { Translation } from '../translation.ts';

export const schedule: Translation<typeof english> = {
  title: 'Zeitplan',
};
