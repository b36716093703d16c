import { accounts } from './de/accounts.ts';
import { alerts } from './de/alerts.ts';
import { common } from './de/common.ts';
import { firstRun } from './de/first-run.ts';
import { navigation } from './de/navigation.ts';
import { preferences } from './de/preferences.ts';
import { schedule } from './de/schedule.ts';
import { status } from './de/status.ts';
import type { en } from './en.ts';
import type { Translation } from './translation.ts';

/** German: exactly the keys of the English catalogue. */
export const de: Translation<typeof en> = {
  common,
  status,
  navigation,
  alerts,
  accounts,
  schedule,
  preferences,
  firstRun,
};
