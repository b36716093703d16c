import { accounts } from './en/accounts.ts';
import { alerts } from './en/alerts.ts';
import { common } from './en/common.ts';
import { firstRun } from './en/first-run.ts';
import { navigation } from './en/navigation.ts';
import { preferences } from './en/preferences.ts';
import { schedule } from './en/schedule.ts';
import { status } from './en/status.ts';

/** English: the catalogue that the keys and their placeholders are typed from. One file a feature. */
export const en = { common, status, navigation, alerts, accounts, schedule, preferences, firstRun } as const;
