import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();

const notify = (): void => {
  for (const listener of listeners) listener();
};

const subscribe = (listener: () => void): (() => void) => {
  if (listeners.size === 0) window.addEventListener('popstate', notify);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener('popstate', notify);
  };
};

const current = (): string => window.location.pathname;

/** Shows a path of the interface; `replace` leaves no step for Back. */
export const navigate = (path: string, options: { readonly replace?: boolean } = {}): void => {
  if (path === `${current()}${window.location.search}`) return;
  if (options.replace === true) window.history.replaceState(null, '', path);
  else window.history.pushState(null, '', path);
  notify();
};

/** The path that is shown. */
export const usePath = (): string => useSyncExternalStore(subscribe, current);

const decode = (part: string): string | null => {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
};

/**
 * What follows a place in a path: `segmentAfter('/people', '/people/c_1')` is `c_1`. Null when there is nothing, or when
 * the path is somewhere else.
 */
export const segmentAfter = (place: string, path: string): string | null => {
  if (!path.startsWith(`${place}/`)) return null;
  const segment = path.slice(place.length + 1).split('/')[0];
  return segment === undefined || segment === '' ? null : decode(segment);
};

/** Whether a path is a place or lies below it. */
export const isWithin = (place: string, path: string): boolean => path === place || path.startsWith(`${place}/`);
