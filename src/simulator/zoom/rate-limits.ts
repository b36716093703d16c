/** A plan as far as limits differ. */
export type ZoomPlan = 'free' | 'pro' | 'business';
/** Labels that the simulated methods carry. */
export type ZoomLabel = 'Light' | 'Medium';

/** Calls a second and, on the free plan, a day (marketplace.zoom.us, “Rate limits”). Counted for the whole Zoom account. */
export const ZOOM_LIMITS: Readonly<
  Record<ZoomPlan, Readonly<Record<ZoomLabel, { readonly perSecond: number; readonly perDay: number | null }>>>
> = {
  free: { Light: { perSecond: 4, perDay: 6_000 }, Medium: { perSecond: 2, perDay: 2_000 } },
  pro: { Light: { perSecond: 30, perDay: null }, Medium: { perSecond: 20, perDay: null } },
  business: { Light: { perSecond: 80, perDay: null }, Medium: { perSecond: 60, perDay: null } },
};

const DAY_MS = 86_400_000;

/** A call that is one too many. */
export interface Exceeded {
  readonly type: 'QPS' | 'Daily-limit';
  readonly limit: number;
  /** When there is room again, in ms since the epoch. */
  readonly retryAt: number;
}

/** Counts accepted calls by label: in any second, and since 00:00 UTC. */
export class RateLimits {
  readonly #plan: ZoomPlan;
  readonly #recent = new Map<ZoomLabel, number[]>();
  readonly #today = new Map<ZoomLabel, { day: number; calls: number }>();

  constructor(plan: ZoomPlan) {
    this.#plan = plan;
  }

  /** Null when the call is within the limits, and counted. */
  exceeded(label: ZoomLabel, now: number): Exceeded | null {
    const { perSecond, perDay } = ZOOM_LIMITS[this.#plan][label];
    const recent = (this.#recent.get(label) ?? []).filter((at) => at > now - 1_000);
    const freed = recent[recent.length - perSecond];
    if (freed !== undefined) return { type: 'QPS', limit: perSecond, retryAt: freed + 1_000 };
    const day = Math.floor(now / DAY_MS);
    const today = this.#today.get(label);
    const calls = today?.day === day ? today.calls : 0;
    if (perDay !== null && calls >= perDay) {
      return { type: 'Daily-limit', limit: perDay, retryAt: (day + 1) * DAY_MS };
    }
    this.#recent.set(label, [...recent, now]);
    this.#today.set(label, { day, calls: calls + 1 });
    return null;
  }

  /** Uses up today's quota of the label, as other apps of the account do. */
  useUp(label: ZoomLabel, now: number): void {
    const { perDay } = ZOOM_LIMITS[this.#plan][label];
    if (perDay !== null) this.#today.set(label, { day: Math.floor(now / DAY_MS), calls: perDay });
  }
}
