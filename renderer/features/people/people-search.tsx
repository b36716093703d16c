import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { shortcutKey } from '../../host/host.ts';
import type { PeopleRow } from '../../selectors/people.ts';
import { contactsOf } from '../../selectors/people.ts';
import { setActive, setQuery, usePeopleView } from '../../stores/people-view-store.ts';
import { SearchField } from '../../ui/search-field.tsx';
import { announce } from '../../ui/toast-store.ts';
import { neighbourOf } from './list-keys.ts';
import { handleListKey } from './people-list.tsx';

const announceAfterMs = 600;

/** Search above the list: filters while typing; arrows and Enter work in the list without leaving the field. */
export const PeopleSearch = ({
  rows,
  onOpen,
  onEscape,
  autoFocus = false,
}: {
  readonly rows: readonly PeopleRow[];
  readonly onOpen: (contactId: string) => void;
  /** Escape in an empty field. */
  readonly onEscape?: () => void;
  readonly autoFocus?: boolean;
}) => {
  const { t } = useTranslation();
  const query = usePeopleView((state) => state.query);
  const searchRequests = usePeopleView((state) => state.searchRequests);
  const input = useRef<HTMLInputElement | null>(null);
  const count = contactsOf(rows).length;

  useEffect(() => {
    if (!autoFocus && searchRequests === 0) return;
    input.current?.focus();
    input.current?.select();
  }, [autoFocus, searchRequests]);
  useEffect(() => {
    if (query === '') return;
    const timer = setTimeout(() => announce(t('people.found', { count })), announceAfterMs);
    return () => clearTimeout(timer);
  }, [query, count, t]);

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      if (query !== '') setQuery('');
      else onEscape?.();
      event.preventDefault();
      return;
    }
    // Home and End belong to the text here.
    if (event.key === 'Home' || event.key === 'End') return;
    if (event.key.startsWith('Arrow') && usePeopleView.getState().activeId === null && event.key === 'ArrowDown') {
      event.preventDefault();
      setActive(neighbourOf(rows, null, 0));
      return;
    }
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') return;
    handleListKey(event, rows, onOpen);
  };
  return (
    <SearchField
      label={t('people.search')}
      clearLabel={t('common.clearSearch')}
      shortcut={shortcutKey() === 'meta' ? '⌘ K' : 'Ctrl K'}
      value={query}
      inputRef={input}
      onChange={setQuery}
      onKeyDown={onKeyDown}
    />
  );
};
