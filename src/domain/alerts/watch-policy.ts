/** Whether a watch tells the user about a change: every real change once, nothing that did not happen, and a reason for each. */
import { addMs, type EpochMs, MINUTE_MS } from '../time.ts';
import type { StatusChange } from './status-track.ts';
import type { Alert, AlertReason, Watch } from './watch.ts';

/** Within this time the same news of a watch is one alert. */
export const DEFAULT_DWELL_MS = MINUTE_MS;

/** What else the decision depends on. */
export interface WatchContext {
  /** This watch's earlier alerts, in any order: those of the last dwell time, and the last that was delivered, whenever it was. */
  readonly recent: readonly Pick<Alert, 'to' | 'at' | 'outcome' | 'reason'>[];
  readonly dwellMs: number;
  readonly doNotDisturb: {
    readonly active: boolean;
    /** Whether what is in force lets favourites pass. */
    readonly allowFavourites: boolean;
  };
  /** Whether the person is a favourite. */
  readonly favourite: boolean;
  /** The user wants notifications at all. */
  readonly notificationsOn: boolean;
  /** The computer sleeps: nobody would see it. */
  readonly asleep: boolean;
}

/** What becomes of a change that a watch is about. */
export interface WatchDecision {
  readonly outcome: 'delivered' | 'suppressed';
  readonly reason: AlertReason;
  /** A `once` watch has done its work. */
  readonly disableWatch: boolean;
  /**
   * Held back as flapping although the last alert that was delivered said otherwise: if the status still holds at this instant,
   * `decideHeld` tells the user after all, so that what they heard last is true. Null = nothing to look at again.
   */
  readonly recheckAt: EpochMs | null;
}

/** Whether the watch is about this change at all. */
function isAbout(watch: Watch, change: Pick<StatusChange, 'contactId' | 'from' | 'to'>): boolean {
  if (watch.contactId !== change.contactId || change.from === change.to) return false;
  return watch.to.includes(change.to) && (watch.from === null || watch.from.includes(change.from));
}

/**
 * Decides about one change. Null when the watch is not about it; else delivered, or held back with the first of these reasons:
 * the watch is switched off; the change is not the person's own doing (`first-snapshot`, `reconnected`, `replayed`, `linked`);
 * the computer sleeps; the same news within the dwell time (a person who comes and goes every few seconds is one alert for as
 * long as that lasts, since what is held back as flapping counts too); notifications are off; do not disturb.
 */
export function decide(watch: Watch, change: StatusChange, context: WatchContext): WatchDecision | null {
  // From nothing known, a snapshot fits whatever the watch compares with: it is listed as held back.
  const unknownBefore = change.cause !== 'observed' && change.from === 'unknown' && watch.to.includes(change.to);
  const about = isAbout(watch, change) || (unknownBefore && watch.contactId === change.contactId);
  if (!about) return null;
  if (!watch.enabled) return heldBack('watch-disabled');
  if (change.cause !== 'observed') return heldBack(change.cause);
  if (context.asleep) return heldBack('asleep');
  // What lies far ahead was told by a clock that was wrong.
  const recent = context.recent.filter((alert) => isNews(alert) && Math.abs(alert.at - change.at) < context.dwellMs);
  if (recent.some((alert) => alert.to === change.to)) {
    const said = context.recent
      .filter((alert) => alert.outcome === 'delivered')
      .reduce<Pick<Alert, 'to' | 'at'> | null>(
        (last, alert) => (last === null || alert.at > last.at ? alert : last),
        null,
      );
    return heldBack('flapping', said?.to === change.to ? null : addMs(change.at, context.dwellMs));
  }
  return tell(watch, context);
}

/** Decides at `recheckAt` about a change that was held back as flapping and has held since. Null when it did not hold. */
export function decideHeld(
  watch: Watch,
  change: StatusChange,
  statusNow: StatusChange['to'],
  context: WatchContext,
): WatchDecision | null {
  if (statusNow !== change.to || !watch.enabled) return null;
  return context.asleep ? heldBack('asleep') : tell(watch, context);
}

function tell(watch: Watch, context: WatchContext): WatchDecision {
  if (!context.notificationsOn) return heldBack('notifications-off');
  const { active, allowFavourites } = context.doNotDisturb;
  const allowed = allowFavourites && context.favourite;
  if (active && !allowed) return heldBack('do-not-disturb');
  return {
    outcome: 'delivered',
    reason: active ? 'do-not-disturb-allowed' : 'matched',
    disableWatch: watch.repeat === 'once',
    recheckAt: null,
  };
}

/** What makes a repetition: an alert that the user got, or one that was a repetition of such. */
function isNews(alert: WatchContext['recent'][number]): boolean {
  return alert.outcome === 'delivered' || alert.reason === 'flapping';
}

function heldBack(reason: AlertReason, recheckAt: EpochMs | null = null): WatchDecision {
  return { outcome: 'suppressed', reason, disableWatch: false, recheckAt };
}
