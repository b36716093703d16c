import type { AlertView } from '../../src/contract/index.ts';
import { call } from './api.ts';
import { withChanges } from './collection.ts';
import { useAlertsStore } from './mirrors.ts';

/** What older alerts are asked for with: the cursor of the page before, and which of them. */
export type AlertPage = {
  readonly items: readonly AlertView[];
  readonly nextCursor: string | null;
  readonly total: number;
};

const pageSize = 100;

/** One page of alerts, newest first; the mirror then knows them too. Fails with an ApiError. */
export const loadAlerts = async (cursor: string | null): Promise<AlertPage> => {
  const page = await call('listAlerts', { query: cursor === null ? { limit: pageSize } : { limit: pageSize, cursor } });
  useAlertsStore.setState(({ items }) => ({
    items: withChanges(
      items,
      page.items.map((item) => ({ id: item.id, item })),
    ),
    phase: 'ready',
  }));
  return page;
};
