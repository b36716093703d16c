import { SECOND_MS } from '../../domain/time.ts';
import type { BudgetLimits } from '../../ports/call-budget.ts';
import type { ZoomPlan } from './settings.ts';

/** A budget that calls take places from. */
export interface ZoomBudget {
  readonly name: string;
  readonly limits: BudgetLimits;
}

const DAY_SECONDS = 86_400;

/**
 * Zoom counts by label, for the whole Zoom account and all its apps together (marketplace.zoom.us, “Rate limits”): Light 4, 30 and 80,
 * Medium 2, 20 and 60 a second on the free, Pro and Business plans; on the free one also 6,000 and 2,000 a day. Where a company
 * shares a plan, Muster takes a quarter at most, so that colleagues who run it too have room.
 */
const LABELS: Readonly<Record<'light' | 'medium', Readonly<Record<ZoomPlan, BudgetLimits>>>> = {
  light: {
    free: [
      { calls: 4, seconds: 1 },
      { calls: 6_000, seconds: DAY_SECONDS },
    ],
    pro: [{ calls: 5, seconds: 1 }],
    business: [{ calls: 10, seconds: 1 }],
  },
  medium: {
    free: [
      { calls: 2, seconds: 1 },
      { calls: 2_000, seconds: DAY_SECONDS },
    ],
    pro: [{ calls: 5, seconds: 1 }],
    business: [{ calls: 10, seconds: 1 }],
  },
};

/** Calls about one thing: oneself. */
export function lightBudget(plan: ZoomPlan): ZoomBudget {
  return { name: 'light', limits: LABELS.light[plan] };
}

/** Chat calls, and everything about presence: its label is not published for reading, so that it counts as the dearer one. */
export function mediumBudget(plan: ZoomPlan): ZoomBudget {
  return { name: 'medium', limits: LABELS.medium[plan] };
}

/**
 * “A user's status cannot be updated more than once per minute” (the reference of PUT presence_status). Zoom counts from when it has
 * taken one, which is later than when it was sent, so that the minute is a little longer here.
 */
export const UPDATE_BUDGET: ZoomBudget = { name: 'presence_status update', limits: [{ calls: 1, seconds: 64 }] };

/**
 * How old a reading of oneself may be before Zoom is asked again. The core reads every 20 s while a status of ours is in force, which
 * would be twice the free plan's day; there a change made in Zoom's own app is seen within five minutes.
 */
export function ownReadingMs(plan: ZoomPlan): number {
  return plan === 'free' ? 300 * SECOND_MS : 0;
}

/** How often the contacts are listed, in seconds. Names change seldom, and on the free plan each page is taken from the looks. */
export function rosterSeconds(plan: ZoomPlan): number {
  return plan === 'free' ? 6 * 3_600 : 1_800;
}
