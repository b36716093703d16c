import { useEffect } from 'react';
import { requestSearch } from '../stores/people-view-store.ts';
import { navigate, segmentAfter } from './router.ts';

const isSearch = (event: KeyboardEvent): boolean =>
  event.key.toLowerCase() === 'k' && (event.metaKey || event.ctrlKey) && !event.shiftKey && !event.altKey;

/** Whether the list of people is on screen; in a narrow window a person covers it. */
const listShown = (): boolean => (document.querySelector('[data-keyboard-list]')?.getClientRects().length ?? 0) > 0;

const onKeyDown = (event: KeyboardEvent): void => {
  if (event.defaultPrevented || document.querySelector('dialog[open]') !== null) return;
  if (isSearch(event)) {
    event.preventDefault();
    if (!listShown()) navigate('/people');
    requestSearch();
  } else if (event.key === 'Escape' && segmentAfter('/people', window.location.pathname) !== null) {
    navigate('/people');
  }
};

/** Keys of the main window: Ctrl K (⌘ K) searches from anywhere, Escape leaves a person for the list. */
export const useShortcuts = (): void =>
  useEffect(() => {
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
