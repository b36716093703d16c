import type { BudgetLimits, BudgetWindow } from '../../ports/call-budget.ts';

/** Vendors count on their own clock and the network jitters, so that our windows are a little longer than theirs; in milliseconds. */
export function spanMs({ seconds }: BudgetWindow): number {
  return seconds * 1_000 + Math.min(60_000, Math.max(50, seconds * (1_000 / 60)));
}

/** The limits as windows; a plain number is so many a minute. */
export function windowsOf(limits: BudgetLimits): readonly BudgetWindow[] {
  if (typeof limits === 'number') return [{ calls: Math.max(1, Math.floor(limits)), seconds: 60 }];
  if (limits.length === 0) throw new RangeError('A budget needs a window.');
  return limits;
}

/** What the limits allow a minute in the long run; below 1 for small daily quotas. */
export function perMinuteOf(limits: BudgetLimits): number {
  return Math.min(...windowsOf(limits).map(({ calls, seconds }) => (calls * 60) / seconds));
}
