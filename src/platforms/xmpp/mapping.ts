/** From XMPP's words to Muster's. Pure; the table is RFC 6121 section 4.7.2.1 and XEP-0319. */
import { type Activity, STATUS_RANK, type Status } from '../../domain/presence/status.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { ObservationReport } from '../platform.ts';
import type { PresenceStanza, UserActivity, UserTune } from './schema.ts';

/** One connected client of a contact. */
export interface Resource {
  readonly resource: string;
  readonly priority: number;
  readonly show: string | null;
  readonly message: string | null;
  readonly idleSince: EpochMs | null;
  readonly receivedAt: EpochMs;
}

/** What is known about a contact as a whole. */
export type Known =
  | { readonly kind: 'resources'; readonly resources: readonly Resource[] }
  | { readonly kind: 'offline'; readonly message: string | null; readonly lastSeen: EpochMs | null }
  /** Told that it cannot be known: an error presence, or no subscription. */
  | { readonly kind: 'unknown'; readonly raw: string };

/**
 * The status of one client. Without `show`, or `chat`, someone is online, or idle when they say since when; a `show` that no
 * specification knows is `unknown`, since guessing "online" would raise false alerts.
 */
export function statusOfShow(show: string | null, idleSince: EpochMs | null): Status {
  switch (show) {
    case null:
    case 'chat':
      return idleSince === null ? 'online' : 'idle';
    case 'away':
    case 'xa':
      return 'away';
    case 'dnd':
      return 'busy';
    default:
      return 'unknown';
  }
}

/** A presence stanza as the state of the client that sent it. */
export function resourceOf(stanza: PresenceStanza, now: EpochMs): Resource {
  return {
    resource: stanza.from.resource ?? '',
    priority: stanza.priority,
    show: stanza.show,
    message: stanza.statusText,
    idleSince: stanza.idleSince,
    receivedAt: now,
  };
}

/**
 * The client that speaks for the contact: the highest priority; among equals the highest status in the one table
 * (`STATUS_RANK`); then the newest; then by name, so that the answer does not depend on order of arrival.
 */
export function leadingResource(resources: readonly Resource[]): Resource | null {
  let best: Resource | null = null;
  for (const resource of resources) {
    if (best === null || compareResources(resource, best) > 0) best = resource;
  }
  return best;
}

function compareResources(a: Resource, b: Resource): number {
  return (
    a.priority - b.priority ||
    STATUS_RANK[statusOfShow(a.show, a.idleSince)] - STATUS_RANK[statusOfShow(b.show, b.idleSince)] ||
    a.receivedAt - b.receivedAt ||
    (a.resource > b.resource ? 1 : -1)
  );
}

/** The specific activities of XEP-0108 that Muster has a kind for. */
const ACTIVITY_KINDS: ReadonlyMap<string, Activity['kind']> = new Map([
  ['on_the_phone', 'in-a-call'],
  ['on_video_phone', 'in-a-call'],
  ['in_a_meeting', 'in-a-meeting'],
  ['gaming', 'playing'],
  ['watching_tv', 'watching'],
  ['watching_a_movie', 'watching'],
]);

/** What somebody says that they do. The server keeps it when they go, so that it counts only while a client of theirs is there. */
export function activitiesOf(activity: UserActivity | null, tune: UserTune | null): Activity[] {
  const activities: Activity[] = [];
  if (activity !== null) {
    const words = (activity.specific ?? activity.general).replaceAll('_', ' ');
    const detail = activity.text === null ? words : `${words} · ${activity.text}`;
    activities.push({ kind: ACTIVITY_KINDS.get(activity.specific ?? '') ?? 'other', detail });
  }
  if (tune !== null) {
    const detail = [tune.title, tune.artist].filter((part) => part !== null).join(' · ');
    activities.push({ kind: 'listening', detail });
  }
  return activities;
}

/** A contact's state as an observation. Offline only when no client is left, and XMPP has no do-not-disturb beside `dnd`, which is busy. */
export function observationOf(
  userId: string,
  known: Known,
  observedAt: EpochMs,
  replayed: boolean,
  activities: readonly Activity[] = [],
): ObservationReport {
  const base = {
    userId,
    doNotDisturb: false,
    emoji: null,
    activities: [],
    observedAt,
    source: 'push',
    replayed,
  } as const;
  if (known.kind === 'unknown') {
    return { ...base, status: 'unknown', rawStatus: known.raw, message: null, lastSeen: null };
  }
  const leader = known.kind === 'resources' ? leadingResource(known.resources) : null;
  if (leader === null) {
    const offline = known.kind === 'offline' ? known : { message: null, lastSeen: null };
    return {
      ...base,
      status: 'offline',
      rawStatus: 'unavailable',
      message: offline.message,
      lastSeen: offline.lastSeen,
    };
  }
  return {
    ...base,
    activities: [...activities],
    status: statusOfShow(leader.show, leader.idleSince),
    rawStatus: leader.show ?? 'available',
    message: leader.message,
    lastSeen: leader.idleSince,
  };
}

/** True when two observations say the same, whenever they were made. */
export function sameObservation(a: ObservationReport, b: ObservationReport): boolean {
  const same = a.status === b.status && a.rawStatus === b.rawStatus && a.message === b.message;
  return same && a.lastSeen === b.lastSeen && JSON.stringify(a.activities) === JSON.stringify(b.activities);
}
