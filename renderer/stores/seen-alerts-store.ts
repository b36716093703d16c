import { create } from 'zustand';

const key = 'muster.alerts-seen-until';

const read = (): number => {
  try {
    const kept = Number(globalThis.localStorage.getItem(key) ?? '0');
    return Number.isFinite(kept) ? kept : 0;
  } catch {
    // Storage may be refused; then alerts are new with every load.
    return 0;
  }
};

/** Until when alerts were looked at, in epoch milliseconds; kept in this browser alone, for all of its tabs. */
export const useSeenAlertsStore = create<{ readonly seenUntil: number }>(() => ({ seenUntil: read() }));

/** Marks everything up to an instant (epoch ms) as seen; other tabs follow. */
export const markAlertsSeen = (until: number): void => {
  if (until <= useSeenAlertsStore.getState().seenUntil) return;
  useSeenAlertsStore.setState({ seenUntil: until });
  try {
    globalThis.localStorage.setItem(key, String(until));
  } catch {
    // See above.
  }
};

// Fired in every other tab when one of them writes.
globalThis.addEventListener?.('storage', (event) => {
  if (event.key === key) useSeenAlertsStore.setState({ seenUntil: read() });
});
