import { contactsOf, type PeopleRow } from '../../selectors/people.ts';

/** How far Page Up and Page Down go. */
const page = 10;

/** How far a key moves in the list; null for a key that does not move. Infinite steps lead to the ends. */
export const activeKeyStep = (key: string): number | null => {
  switch (key) {
    case 'ArrowDown':
      return 1;
    case 'ArrowUp':
      return -1;
    case 'PageDown':
      return page;
    case 'PageUp':
      return -page;
    case 'Home':
      return Number.NEGATIVE_INFINITY;
    case 'End':
      return Number.POSITIVE_INFINITY;
    default:
      return null;
  }
};

/**
 * The person `step` people away from the active one, kept within the list. Without an active one, or when they are not
 * shown any more, the first. Null for an empty list.
 */
export const neighbourOf = (rows: readonly PeopleRow[], activeId: string | null, step: number): string | null => {
  const people = contactsOf(rows);
  const at = people.findIndex(({ id }) => id === activeId);
  const next = at < 0 ? (step === Number.POSITIVE_INFINITY ? people.length - 1 : 0) : at + step;
  return people[Math.min(people.length - 1, Math.max(0, next))]?.id ?? null;
};

/** The element id of a person's row. */
export const optionId = (contactId: string): string => `person-${contactId}`;
