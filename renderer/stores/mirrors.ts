import { create } from 'zustand';
import type {
  AccountView,
  AlertView,
  ContactView,
  MeView,
  PlatformView,
  PreferencesView,
  PresetView,
  ScheduleView,
  SuggestionView,
  WatchView,
} from '../../src/contract/index.ts';
import { type Collection, emptyCollection } from './collection.ts';

/** Everyone, by contact id. `total` is how many there are while the first pages are on their way. */
export const useContactsStore = create<Collection<ContactView> & { readonly total: number }>(() => ({
  ...emptyCollection<ContactView>(),
  total: 0,
}));

/** The signed-in accounts, in the order in which they were added. */
export const useAccountsStore = create<Collection<AccountView>>(() => emptyCollection());

/** What each platform can do; does not change while Muster runs. */
export const usePlatformsStore = create<Collection<PlatformView>>(() => emptyCollection());

/** My own status with its reasons and results; null until it is known. */
export const useMeStore = create<{ readonly me: MeView | null }>(() => ({ me: null }));

/** The newest alerts, delivered and suppressed; older ones are fetched by the alerts view. */
export const useAlertsStore = create<Collection<AlertView>>(() => emptyCollection());

/** What the user wants to be told. */
export const useWatchesStore = create<Collection<WatchView>>(() => emptyCollection());

/** Weekly schedules. */
export const useSchedulesStore = create<Collection<ScheduleView>>(() => emptyCollection());

/** One-tap statuses. */
export const usePresetsStore = create<Collection<PresetView>>(() => emptyCollection());

/** Preferences of the core; null until they are known. */
export const usePreferencesStore = create<{ readonly preferences: PreferencesView | null }>(() => ({
  preferences: null,
}));

/** People who may be the same, for the user to decide. */
export const useSuggestionsStore = create<Collection<SuggestionView>>(() => emptyCollection());
