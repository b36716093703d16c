import type { ContactView } from '../../src/contract/index.ts';
import { allPages, wholeList } from '../transport/all-pages.ts';
import type { Call } from '../transport/client.ts';
import type { Phase } from './collection.ts';
import {
  useAccountsStore,
  useAlertsStore,
  useContactsStore,
  useMeStore,
  usePlatformsStore,
  usePreferencesStore,
  usePresetsStore,
  useSchedulesStore,
  useSuggestionsStore,
  useWatchesStore,
} from './mirrors.ts';

const byId = <Item extends { readonly id: string }>(items: readonly Item[]): ReadonlyMap<string, Item> =>
  new Map(items.map((item) => [item.id, item]));

/** How many alerts are mirrored from the start. */
const alertCount = 100;

/** Values that are equal as JSON keep their identity, so that a new snapshot renders only the rows that differ. */
const keepUnchanged = (
  known: ReadonlyMap<string, ContactView>,
  fresh: ReadonlyMap<string, ContactView>,
): ReadonlyMap<string, ContactView> => {
  const kept = new Map<string, ContactView>();
  for (const [id, contact] of fresh) {
    const before = known.get(id);
    kept.set(id, before !== undefined && JSON.stringify(before) === JSON.stringify(contact) ? before : contact);
  }
  return kept;
};

/**
 * Loads everyone. The first time each page shows as it comes (favourites and those who are around lead); later ones
 * replace what is known only when complete, so that nobody vanishes in between. Answers, per contact, the last event
 * that it includes.
 */
export const loadContacts = async (call: Call, signal: AbortSignal): Promise<ReadonlyMap<string, number>> => {
  const versions = new Map<string, number>();
  const fresh = new Map<string, ContactView>();
  const first = useContactsStore.getState().phase !== 'ready';
  for await (const page of allPages((query) => call('listContacts', { query }, signal))) {
    for (const contact of page.items) {
      fresh.set(contact.id, contact);
      versions.set(contact.id, page.sequence);
    }
    if (first) useContactsStore.setState({ items: new Map(fresh), total: page.total });
  }
  useContactsStore.setState(({ items }) => ({
    items: keepUnchanged(items, fresh),
    phase: 'ready',
    total: fresh.size,
  }));
  return versions;
};

/** Loads everything that is not people. Each part fills its store as soon as it is there. */
export const loadRest = async (call: Call, signal: AbortSignal): Promise<void> => {
  await Promise.all([
    call('getOwnStatus', {}, signal).then((me) => useMeStore.setState({ me })),
    call('getSettings', {}, signal).then((preferences) => usePreferencesStore.setState({ preferences })),
    wholeList((query) => call('listAccounts', { query }, signal)).then((items) =>
      useAccountsStore.setState({ items: byId(items), phase: 'ready' }),
    ),
    wholeList((query) => call('listPlatforms', { query }, signal)).then((items) =>
      usePlatformsStore.setState({ items: byId(items), phase: 'ready' }),
    ),
    wholeList((query) => call('listPresets', { query }, signal)).then((items) =>
      usePresetsStore.setState({ items: byId(items), phase: 'ready' }),
    ),
    wholeList((query) => call('listWatches', { query }, signal)).then((items) =>
      useWatchesStore.setState({ items: byId(items), phase: 'ready' }),
    ),
    wholeList((query) => call('listSchedules', { query }, signal)).then((items) =>
      useSchedulesStore.setState({ items: byId(items), phase: 'ready' }),
    ),
    wholeList((query) => call('listSuggestions', { query }, signal)).then((items) =>
      useSuggestionsStore.setState({ items: byId(items), phase: 'ready' }),
    ),
    call('listAlerts', { query: { limit: alertCount } }, signal).then(({ items }) =>
      useAlertsStore.setState({ items: byId(items), phase: 'ready' }),
    ),
  ]);
};

type PhaseStore = {
  readonly getState: () => { readonly phase: Phase };
  readonly setState: (state: { readonly phase: Phase }) => void;
};

const fail = (store: PhaseStore): void => {
  if (store.getState().phase !== 'ready') store.setState({ phase: 'failed' });
};

/** Marks what has never been loaded as failed, so that its views say so. */
export const markFailed = (): void => {
  fail(useContactsStore);
  fail(useAccountsStore);
  fail(usePlatformsStore);
  fail(usePresetsStore);
  fail(useWatchesStore);
  fail(useSchedulesStore);
  fail(useSuggestionsStore);
  fail(useAlertsStore);
};
