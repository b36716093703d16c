/**
 * How sessions and the preferred presence come together (learn.microsoft.com/graph/cloud-communications-manage-presence-state):
 * what the user prefers beats sessions, as long as there is one; among sessions DoNotDisturb > Busy > Available > Away.
 */
import type { Person, PresenceSession, PresenceState } from './person.ts';

const OFFLINE: PresenceState = { availability: 'Offline', activity: 'Offline' };
const AWAY: PresenceState = { availability: 'Away', activity: 'Away' };
const ORDER = ['DoNotDisturb', 'Busy', 'BusyIdle', 'Available', 'AvailableIdle', 'BeRightBack', 'Away'];
const FADE_MS = 5 * 60_000;
/** How a message without an end reads (presence-setstatusmessage, beta of 2022, “xml sanitization”). */
const NEVER = '9999-12-31T23:59:59.9999999';

/** Somebody's availability and activity at `now` (ms since the epoch). */
export function stateAt(person: Person, now: number): PresenceState {
  const sessions = [...person.sessions.values()].filter(({ expiresAt }) => expiresAt > now);
  if (sessions.length === 0) return OFFLINE;
  if (person.preferred !== null && person.preferred.expiresAt > now) {
    const { availability, activity } = person.preferred;
    return { availability, activity };
  }
  const states = sessions.map((session) => fadedAt(session, now));
  return states.toSorted((a, b) => orderOf(a) - orderOf(b))[0] ?? OFFLINE;
}

function orderOf({ availability }: PresenceState): number {
  const place = ORDER.indexOf(availability);
  return place < 0 ? ORDER.length : place;
}

/** An app's `Available` becomes inactive after five minutes, and away after five more. */
function fadedAt(session: PresenceSession, now: number): PresenceState {
  const { availability, activity } = session;
  if (!session.fades || availability !== 'Available') return { availability, activity };
  const age = now - session.setAt;
  if (age >= 2 * FADE_MS) return AWAY;
  return age >= FADE_MS ? { availability: 'Available', activity: 'AvailableInactive' } : { availability, activity };
}

/** The `presence` resource (v1.0). Only oneself sees when one's own message was published and when it ends. */
export function presenceBody(person: Person, now: number, self: boolean): Record<string, unknown> {
  const sequenceNumber = sequenceNumberOf(person);
  if (!person.visible) {
    return {
      id: person.id,
      availability: 'PresenceUnknown',
      activity: 'PresenceUnknown',
      statusMessage: null,
      outOfOfficeSettings: null,
      sequenceNumber,
      workLocation: null,
    };
  }
  return {
    id: person.id,
    ...stateAt(person, now),
    statusMessage: messageBody(person, now, self),
    outOfOfficeSettings: { message: person.outOfOffice?.message ?? null, isOutOfOffice: person.outOfOffice !== null },
    sequenceNumber,
    workLocation:
      person.workLocation === null ? null : { workLocationType: person.workLocation, source: 'manual', placeId: null },
  };
}

function messageBody(person: Person, now: number, self: boolean): Record<string, unknown> | null {
  const { statusMessage } = person;
  if (statusMessage === null || (statusMessage.expiresAt !== null && statusMessage.expiresAt <= now)) return null;
  const { content, contentType, publishedAt, expiresAt } = statusMessage;
  const message = { content, contentType };
  if (!self) return { message };
  return {
    message,
    publishedDateTime: new Date(publishedAt).toISOString(),
    expiryDateTime: {
      dateTime: expiresAt === null ? NEVER : `${new Date(expiresAt).toISOString().slice(0, -1)}0000`,
      timeZone: 'UTC',
    },
  };
}

/** Sortable as text: later versions come later. */
function sequenceNumberOf(person: Person): string {
  return `A${String(person.version).padStart(10, '0')}`;
}
