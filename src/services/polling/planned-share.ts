/**
 * How planned looks share a budget's windows with calls that a user waits for, and how they spread over long windows. Pure.
 *
 * A window of seconds is there to be used: it is full only for a moment. Of a window of about a minute a part stays free. A window of
 * hours or a day is spent by a token bucket: a bounded burst (at the start, after sleep), then evenly; burst and refill together
 * never come to more than the planned share in any stretch as long as the window.
 */
import type { BudgetLimits, BudgetWindow } from '../../ports/call-budget.ts';
import { windowsOf } from './sliding-windows.ts';

/**
 * The part of a window's places that planned looks leave for calls that a user waits for: setting one's own status on Slack reads
 * oneself twice by the very method that looks at others, and must not wait for the minute to end.
 */
const RESERVED_SHARE = 0.15;

/** Windows shorter than this are never reserved in. */
const MOMENT_SECONDS = 10;

/** Windows longer than this are spread. */
const LONG_SECONDS = 600;

/** The part of a long window's planned share that may be spent at once. */
const BURST_SHARE = 1 / 3;

/** Whether the window's places have to last. */
export function isLong(window: BudgetWindow): boolean {
  return window.seconds > LONG_SECONDS;
}

/** How many of the window's places planned looks may use. */
export function plannedRoom(window: BudgetWindow): number {
  if (window.seconds < MOMENT_SECONDS) return window.calls;
  return Math.max(1, Math.floor(window.calls * (1 - RESERVED_SHARE)));
}

/** How many of a long window's planned places may be spent at once. */
export function burstOf(window: BudgetWindow): number {
  return Math.max(1, Math.floor(plannedRoom(window) * BURST_SHARE));
}

/** Planned looks a minute in the long run: what the slowest window lets through. */
export function plannedPerMinute(limits: BudgetLimits): number {
  return Math.min(
    ...windowsOf(limits).map((window) => {
      const room = plannedRoom(window);
      // A window of one place has no burst beside it: the place itself comes back once a window.
      const lasting = isLong(window) ? Math.max(1, room - burstOf(window)) : room;
      return (lasting * 60) / window.seconds;
    }),
  );
}
