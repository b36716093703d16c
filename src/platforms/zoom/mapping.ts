/**
 * What Zoom's words mean in Muster's. Pure. Every surface spells the values differently (`presence_status`, the contact route, the
 * webhooks, the write): one table for all, by letters and digits alone.
 */
import type { Activity, Status } from '../../domain/presence/status.ts';
import { Temporal } from '../../domain/temporal.ts';
import { type EpochMs, epochMs } from '../../domain/time.ts';
import type { IdentityReport } from '../platform.ts';
import type { ZoomContact } from './schema.ts';

/** What one of Zoom's values means. `automatic`: Zoom sets it by itself while it lasts, over what the user chose. */
export interface Meaning {
  readonly status: Status;
  readonly doNotDisturb: boolean;
  readonly activity: Activity['kind'] | null;
  readonly automatic: boolean;
}

function meaning(status: Status, more: Partial<Meaning> = {}): Meaning {
  return { status, doNotDisturb: false, activity: null, automatic: false, ...more };
}

const DO_NOT_DISTURB = meaning('busy', { doNotDisturb: true });
const IN_MEETING = meaning('busy', { activity: 'in-a-meeting', automatic: true });
const IN_CALL = meaning('busy', { activity: 'in-a-call', automatic: true });
const CALENDAR = meaning('busy', { automatic: true });

const MEANINGS: Readonly<Record<string, Meaning>> = {
  available: meaning('online'),
  mobilesignedin: meaning('online'),
  away: meaning('away'),
  outofoffice: meaning('away'),
  donotdisturb: DO_NOT_DISTURB,
  donodisturb: DO_NOT_DISTURB,
  busy: meaning('busy'),
  incalendarevent: CALENDAR,
  inacalendarevent: CALENDAR,
  presenting: meaning('busy', { activity: 'presenting', automatic: true }),
  inazoommeeting: IN_MEETING,
  inameeting: IN_MEETING,
  inmeeting: IN_MEETING,
  onacall: IN_CALL,
  inacall: IN_CALL,
  onphonecall: IN_CALL,
  offline: meaning('offline'),
};

const UNKNOWN = meaning('unknown');

/** One spelling for what is spelled `In_A_Zoom_Meeting`, `in a zoom meeting` and the like. */
export function plainWord(native: string): string {
  return native.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** The meaning of a value in any of the spellings; `unknown` for what Zoom may invent. */
export function meaningOf(native: string): Meaning {
  const word = plainWord(native);
  return (Object.hasOwn(MEANINGS, word) ? MEANINGS[word] : undefined) ?? UNKNOWN;
}

/** The id that a contact is asked about by: each of the three is accepted by the contact route. Null without any. */
export function userIdOf(contact: ZoomContact): string | null {
  return contact.id || contact.email || contact.member_id || null;
}

/** A contact as the roster tells it; null without an id. Zoom tells neither pictures nor time zones nor groups of contacts. */
export function identityOf(contact: ZoomContact): IdentityReport | null {
  const userId = userIdOf(contact);
  if (userId === null) return null;
  const name = [contact.first_name, contact.last_name].filter(Boolean).join(' ').trim();
  return {
    userId,
    displayName: name || contact.email || userId,
    email: contact.email || null,
    avatarKey: null,
    timeZone: null,
    groups: [],
  };
}

/** The instant of an ISO date such as `2024-03-27T04:00:00Z`; null for anything else. */
export function instantOf(text: string | undefined): EpochMs | null {
  if (text === undefined) return null;
  try {
    return epochMs(Temporal.Instant.from(text.trim()).epochMilliseconds);
  } catch {
    return null;
  }
}
