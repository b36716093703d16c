/**
 * What Graph says, in Muster's words. Pure. Microsoft's pages disagree about which words stand in which field (`resources/presence`
 * of 2023 and of 2025, “Manage presence state”): any word is taken in either field, in any spelling of its case.
 */
import type { Activity, Status } from '../../domain/presence/status.ts';
import type { IdentityReport } from '../platform.ts';
import type { GraphPresence, GraphUser } from './schema.ts';
import { plainTextOf } from './text.ts';

/** What one word means. `status` null: it says nothing about the status. */
interface Meaning {
  readonly status: Status | null;
  readonly doNotDisturb?: true;
  readonly activity?: Activity;
}

const CALL: Activity = { kind: 'in-a-call', detail: null };
const OUT_OF_OFFICE: Activity = { kind: 'other', detail: 'Out of office' };

const WORDS: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ['available', { status: 'online' }],
  ['availableidle', { status: 'idle' }],
  ['availableinactive', { status: 'idle' }],
  ['inactive', { status: 'idle' }],
  ['busyidle', { status: 'idle' }],
  ['busy', { status: 'busy' }],
  ['inacall', { status: 'busy', activity: CALL }],
  ['inaconferencecall', { status: 'busy', activity: CALL }],
  ['inameeting', { status: 'busy', activity: { kind: 'in-a-meeting', detail: null } }],
  ['donotdisturb', { status: 'busy', doNotDisturb: true }],
  ['urgentinterruptionsonly', { status: 'busy', doNotDisturb: true }],
  ['presenting', { status: 'busy', doNotDisturb: true, activity: { kind: 'presenting', detail: null } }],
  ['focusing', { status: 'busy', doNotDisturb: true, activity: { kind: 'other', detail: 'Focusing' } }],
  ['away', { status: 'away' }],
  ['berightback', { status: 'away' }],
  ['offline', { status: 'offline' }],
  ['offwork', { status: 'offline' }],
  ['outofoffice', { status: null, activity: OUT_OF_OFFICE }],
  ['presenceunknown', { status: 'unknown' }],
]);
const NOTHING: Meaning = { status: null };

/** Where people say that they work (`workLocationType`); `unspecified` says nothing. */
const PLACES: ReadonlyMap<string, string> = new Map([
  ['office', 'In the office'],
  ['remote', 'Working remotely'],
  ['timeoff', 'Time off'],
]);

/** What an availability and an activity say together. */
export interface Judged {
  readonly status: Status;
  readonly doNotDisturb: boolean;
  readonly activities: readonly Activity[];
  /** `availability/activity`, as Graph spelled them; null when it said neither. */
  readonly rawStatus: string | null;
}

/** Reads the two fields. An availability that nobody knows is `unknown`, whatever the activity says. */
export function judged(availability: string | null | undefined, activity: string | null | undefined): Judged {
  const main = availability ? WORDS.get(availability.toLowerCase()) : NOTHING;
  const beside = (activity ? WORDS.get(activity.toLowerCase()) : NOTHING) ?? NOTHING;
  const status = statusOf(main, beside);
  const reachable = status !== 'offline' && status !== 'unknown' && status !== 'away';
  const told = [main?.activity, beside.activity].filter((one) => one !== undefined);
  const shown = status === 'unknown' ? [] : told.filter((one) => reachable || one === OUT_OF_OFFICE);
  return {
    status,
    doNotDisturb: reachable && (main?.doNotDisturb === true || beside.doNotDisturb === true),
    activities: withoutTwins(shown),
    rawStatus: [availability, activity].filter(Boolean).join('/') || null,
  };
}

function statusOf(main: Meaning | undefined, beside: Meaning): Status {
  if (main === undefined) return 'unknown';
  // “Out of office” alone stands for somebody who is not there.
  if (main.status === null) return beside.status ?? (main === NOTHING && beside === NOTHING ? 'unknown' : 'away');
  if (main.status !== 'online') return main.status;
  return beside.status === 'idle' || beside.status === 'busy' ? beside.status : main.status;
}

function withoutTwins(activities: readonly Activity[]): readonly Activity[] {
  return activities.filter(
    (one, index) => activities.findIndex(({ kind, detail }) => kind === one.kind && detail === one.detail) === index,
  );
}

/** What a presence says beside the status. */
export interface Extras {
  readonly message: string | null;
  readonly outOfOffice: { readonly message: string | null } | null;
  readonly place: string | null;
}

/** The extras of a presence; `before` stands for the parts that it does not have (pushed ones). */
export function extrasOf(presence: GraphPresence, before: Extras): Extras {
  const { statusMessage, outOfOfficeSettings, workLocation } = presence;
  return {
    message:
      statusMessage === undefined
        ? before.message
        : plainTextOf(statusMessage?.message?.content, statusMessage?.message?.contentType),
    outOfOffice:
      outOfOfficeSettings === undefined
        ? before.outOfOffice
        : outOfOfficeSettings?.isOutOfOffice === true
          ? { message: plainTextOf(outOfOfficeSettings.message, null) }
          : null,
    place:
      workLocation === undefined
        ? before.place
        : (PLACES.get(workLocation?.workLocationType?.toLowerCase() ?? '') ?? null),
  };
}

/** The activities with what the extras add: being out of office, and where somebody works. */
export function activitiesOf({ activities, status }: Judged, { outOfOffice, place }: Extras): readonly Activity[] {
  if (status === 'unknown') return [];
  const here: Activity[] = place === null || status === 'offline' ? [] : [{ kind: 'other', detail: place }];
  return withoutTwins([...activities, ...(outOfOffice === null ? [] : [OUT_OF_OFFICE]), ...here]);
}

/** A user as the roster tells them. A work account's address is given by the organisation. Graph's basic profile has no zone and no groups. */
export function identityOf(user: GraphUser): IdentityReport {
  const names = [user.displayName, user.mail, user.userPrincipalName];
  const name = names.find((candidate) => typeof candidate === 'string' && candidate.trim() !== '');
  return {
    userId: user.id,
    displayName: name?.trim() ?? user.id,
    email: user.mail || null,
    avatarKey: user.id,
    timeZone: null,
    groups: [],
  };
}
