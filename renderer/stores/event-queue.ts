import type { MusterEvent } from '../../src/contract/index.ts';

/** Runs a function before the next paint; in a hidden page, where nothing is painted, soon. Returns the cancellation. */
export type Schedule = (run: () => void) => () => void;

const hiddenDelayMs = 250;

/** The browser's frames. */
export const beforeNextPaint: Schedule = (run) => {
  if (document.visibilityState === 'hidden') {
    const timer = setTimeout(run, hiddenDelayMs);
    return () => clearTimeout(timer);
  }
  const frame = requestAnimationFrame(run);
  return () => cancelAnimationFrame(frame);
};

/** Collects events so that a burst of hundreds changes the page once. While held, it only collects. */
export type EventQueue = {
  readonly push: (event: MusterEvent) => void;
  readonly hold: () => void;
  /** Lets events through again; those held are delivered at once, in their order. */
  readonly release: () => void;
  /** Forgets what is collected. */
  readonly clear: () => void;
};

/** A queue that delivers at most once a frame, in order of arrival. */
export const createEventQueue = (
  deliver: (events: readonly MusterEvent[]) => void,
  schedule: Schedule = beforeNextPaint,
): EventQueue => {
  let waiting: MusterEvent[] = [];
  let held = false;
  let cancel: (() => void) | null = null;

  const flush = (): void => {
    cancel?.();
    cancel = null;
    if (held || waiting.length === 0) return;
    const events = waiting;
    waiting = [];
    deliver(events);
  };
  return {
    push: (event) => {
      waiting.push(event);
      if (!held) cancel ??= schedule(flush);
    },
    hold: () => {
      held = true;
    },
    release: () => {
      held = false;
      flush();
    },
    clear: () => {
      waiting = [];
    },
  };
};
