import { create } from 'zustand';
import type { PeopleFilter } from '../selectors/people.ts';

/** What the list of people shows, and where its keyboard focus is. View state: never sent anywhere. */
export type PeopleView = {
  readonly query: string;
  readonly filter: PeopleFilter;
  /** The person that arrows and Enter speak about; null before any key. */
  readonly activeId: string | null;
  /** Grows with every wish to have the search focused. */
  readonly searchRequests: number;
};

/** One list a window: the main window and the popover each have their own page and so their own store. */
export const usePeopleView = create<PeopleView>(() => ({
  query: '',
  filter: { kind: 'everyone' },
  activeId: null,
  searchRequests: 0,
}));

/** Searches; the first match becomes the active one. */
export const setQuery = (query: string): void => usePeopleView.setState({ query, activeId: null });

/** Chooses which people are shown. */
export const setFilter = (filter: PeopleFilter): void => usePeopleView.setState({ filter, activeId: null });

/** Moves the keyboard's place in the list. */
export const setActive = (activeId: string | null): void => usePeopleView.setState({ activeId });

/** Puts the focus into the search field as soon as it is on screen. */
export const requestSearch = (): void =>
  usePeopleView.setState(({ searchRequests }) => ({ searchRequests: searchRequests + 1 }));
