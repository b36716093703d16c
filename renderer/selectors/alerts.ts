import type { AlertView } from '../../src/contract/index.ts';
import { instantOf } from './person-line.ts';

/** Which alerts a list shows. */
export type AlertFilter = 'all' | AlertView['outcome'];

/** The newest first; of the same moment, the later id. */
export const sortedAlerts = (alerts: Iterable<AlertView>, filter: AlertFilter): readonly AlertView[] =>
  [...alerts]
    .filter(({ outcome }) => filter === 'all' || outcome === filter)
    .sort((a, b) => instantOf(b.at) - instantOf(a.at) || (a.id < b.id ? 1 : -1));

/** How many delivered alerts came after `seenUntil` (epoch ms); what was held back asks for no attention. */
export const unseenCount = (alerts: Iterable<AlertView>, seenUntil: number): number => {
  let count = 0;
  for (const { outcome, at } of alerts) if (outcome === 'delivered' && instantOf(at) > seenUntil) count += 1;
  return count;
};

/** The moment of the newest alert, in epoch milliseconds; 0 without any. */
export const newestAt = (alerts: Iterable<AlertView>): number => {
  let newest = 0;
  for (const { at } of alerts) newest = Math.max(newest, instantOf(at));
  return newest;
};
