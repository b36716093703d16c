import type { preferences as english } from '../en/preferences.ts';
import type { Translation } from '../translation.ts';

export const preferences: Translation<typeof english> = {
  title: 'Einstellungen',
};
