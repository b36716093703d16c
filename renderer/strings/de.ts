import { accounts } from './de/accounts.ts';
import { alerts } from './de/alerts.ts';
import { audit } from './de/audit.ts';
import { common } from './de/common.ts';
import { errors } from './de/errors.ts';
import { firstRun } from './de/first-run.ts';
import { navigation } from './de/navigation.ts';
import { ownStatus } from './de/own-status.ts';
import { people } from './de/people.ts';
import { person } from './de/person.ts';
import { popover } from './de/popover.ts';
import { preferences } from './de/preferences.ts';
import { samePerson } from './de/same-person.ts';
import { schedule } from './de/schedule.ts';
import { status } from './de/status.ts';
import { watch } from './de/watch.ts';
import type { en } from './en.ts';
import type { Translation } from './translation.ts';

/** German: exactly the keys of the English catalogue. */
export const de: Translation<typeof en> = {
  common,
  status,
  errors,
  navigation,
  people,
  person,
  watch,
  ownStatus,
  popover,
  alerts,
  accounts,
  audit,
  samePerson,
  schedule,
  preferences,
  firstRun,
};
