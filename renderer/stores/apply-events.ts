import type {
  AccountView,
  AlertView,
  ContactView,
  MusterEvent,
  PresetView,
  ScheduleView,
  WatchView,
} from '../../src/contract/index.ts';
import { type Change, withChanges } from './collection.ts';
import {
  useAccountsStore,
  useAlertsStore,
  useContactsStore,
  useMeStore,
  usePreferencesStore,
  usePresetsStore,
  useSchedulesStore,
  useWatchesStore,
} from './mirrors.ts';

type SettingsEvent = Extract<MusterEvent, { event: 'settings' }>['data'];

type Changes = {
  readonly contacts: Change<ContactView>[];
  readonly accounts: Change<AccountView>[];
  readonly alerts: Change<AlertView>[];
  readonly watches: Change<WatchView>[];
  readonly schedules: Change<ScheduleView>[];
  readonly presets: Change<PresetView>[];
};

/** What the mirror holds is what the routes answer and take: `kind` belongs to the event alone, and a PUT that has it is refused. */
const withoutKind = <Item extends { readonly kind: string }>({ kind: _, ...item }: Item): Omit<Item, 'kind'> => item;

const collectSettings = (changes: Changes, data: SettingsEvent): void => {
  switch (data.kind) {
    case 'preferences': {
      const { kind: _, ...preferences } = data;
      usePreferencesStore.setState({ preferences });
      return;
    }
    case 'watch':
      changes.watches.push({ id: data.id, item: 'removed' in data ? null : withoutKind(data) });
      return;
    case 'schedule':
      changes.schedules.push({ id: data.id, item: 'removed' in data ? null : withoutKind(data) });
      return;
    case 'preset':
      changes.presets.push({ id: data.id, item: 'removed' in data ? null : withoutKind(data) });
      return;
  }
};

type ItemsStore<Item> = {
  readonly getState: () => { readonly items: ReadonlyMap<string, Item> };
  readonly setState: (state: { readonly items: ReadonlyMap<string, Item> }) => void;
};

const commit = <Item>(store: ItemsStore<Item>, changes: readonly Change<Item>[]): void => {
  if (changes.length > 0) store.setState({ items: withChanges(store.getState().items, changes) });
};

/**
 * Brings the mirrors up to date with a batch of events, each store at most once. `isNew` says whether an event about a
 * contact is newer than the page of the snapshot that the contact came with.
 */
export const applyEvents = (
  events: readonly MusterEvent[],
  isNew: (contactId: string, eventId: number) => boolean,
): void => {
  const changes: Changes = { contacts: [], accounts: [], alerts: [], watches: [], schedules: [], presets: [] };
  for (const event of events) {
    switch (event.event) {
      case 'contact':
        if (isNew(event.data.id, event.id)) {
          changes.contacts.push({ id: event.data.id, item: 'removed' in event.data ? null : event.data });
        }
        break;
      case 'account':
        changes.accounts.push({ id: event.data.id, item: 'removed' in event.data ? null : event.data });
        break;
      case 'me':
        useMeStore.setState({ me: event.data });
        break;
      case 'alert':
        changes.alerts.push({ id: event.data.id, item: event.data });
        break;
      case 'settings':
        collectSettings(changes, event.data);
        break;
    }
  }
  commit(useContactsStore, changes.contacts);
  commit(useAccountsStore, changes.accounts);
  commit(useAlertsStore, changes.alerts);
  commit(useWatchesStore, changes.watches);
  commit(useSchedulesStore, changes.schedules);
  commit(usePresetsStore, changes.presets);
};
