import { useDeferredValue, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { createNameOrder } from '../../selectors/name-order.ts';
import { countsOf, type PeopleCounts, type PeopleRow, rowsOf } from '../../selectors/people.ts';
import { useContactsStore } from '../../stores/mirrors.ts';
import { usePeopleView } from '../../stores/people-view-store.ts';

/** The lines of the list for the current search and filter. */
export const usePeopleRows = (): readonly PeopleRow[] => {
  const { i18n } = useTranslation();
  const contacts = useContactsStore((state) => state.items);
  const query = usePeopleView((state) => state.query);
  const filter = usePeopleView((state) => state.filter);
  const nameOrder = useMemo(() => createNameOrder(i18n.language), [i18n.language]);
  // Changes of others may wait for the next frame; what is typed may not.
  const settled = useDeferredValue(contacts);
  return useMemo(() => rowsOf(nameOrder(settled), filter, query), [nameOrder, settled, filter, query]);
};

/** The counts behind the chips. */
export const usePeopleCounts = (): PeopleCounts => {
  const contacts = useDeferredValue(useContactsStore((state) => state.items));
  return useMemo(() => countsOf(contacts.values()), [contacts]);
};
