import { call } from './api.ts';

const renewMs = 30_000;
const settleMs = 500;
const most = 1_000;

/** Who is on screen, by the part of the page that shows them. */
const onScreen = new Map<string, readonly string[]>();
let timer: ReturnType<typeof setTimeout> | undefined;

const report = async (): Promise<void> => {
  timer = undefined;
  const contactIds = [...new Set([...onScreen.values()].flat())].slice(0, most);
  if (contactIds.length === 0 || document.visibilityState === 'hidden') return;
  // Attention only makes looks quicker: without it everything still works, so that a failure needs no words.
  await call('putAttention', { body: { contactIds } }).catch(() => undefined);
  timer ??= setTimeout(() => void report(), renewMs);
};

/**
 * Tells the core whom a part of the page shows, half a second after scrolling came to rest and again every 30 s, so that
 * they are looked at first. An empty list ends it; the core forgets after a minute.
 */
export const setAttention = (part: string, contactIds: readonly string[]): void => {
  const before = onScreen.get(part) ?? [];
  if (contactIds.length === before.length && contactIds.every((id, index) => id === before[index])) return;
  onScreen.set(part, contactIds);
  clearTimeout(timer);
  timer = setTimeout(() => void report(), settleMs);
};

/** A page that comes back to the front is looked at again. Called once. */
export const watchVisibility = (): void =>
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && timer === undefined) void report();
  });
