import { accounts } from './en/accounts.ts';
import { alerts } from './en/alerts.ts';
import { audit } from './en/audit.ts';
import { common } from './en/common.ts';
import { errors } from './en/errors.ts';
import { firstRun } from './en/first-run.ts';
import { navigation } from './en/navigation.ts';
import { ownStatus } from './en/own-status.ts';
import { people } from './en/people.ts';
import { person } from './en/person.ts';
import { popover } from './en/popover.ts';
import { preferences } from './en/preferences.ts';
import { samePerson } from './en/same-person.ts';
import { schedule } from './en/schedule.ts';
import { status } from './en/status.ts';
import { watch } from './en/watch.ts';

/** English: the catalogue that the keys and their placeholders are typed from. One file a feature. */
export const en = {
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
} as const;
