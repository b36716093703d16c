import { createHash } from 'node:crypto';
import { SPELLINGS, type ZoomPresence } from './spellings.ts';

/** Somebody on Zoom. */
export interface ZoomUser {
  readonly id: string;
  readonly memberId: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  /** Of the same Zoom account, or of another one. */
  readonly type: 'company' | 'external';
  /** False: Zoom does not show them among the contacts, though an admin can ask about them. */
  isContact: boolean;
  presence: ZoomPresence;
  /** When do-not-disturb ends, in ms since the epoch; null: it does not. */
  disturbAt: number | null;
  /** Signed in to a Zoom app on some device: without that a status cannot be set. */
  signedIn: boolean;
}

/** Whom `addUser` adds; what is left out is made from the id. */
export interface ZoomUserSeed {
  readonly id: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email?: string;
  readonly type?: 'company' | 'external';
  readonly presence?: ZoomPresence;
}

/** An event as Zoom sends it, by webhook and over the socket alike. */
export interface ZoomEventBody {
  readonly event: string;
  readonly event_ts: number;
  readonly payload: { readonly account_id: string; readonly object: Readonly<Record<string, unknown>> };
}

/** A meeting that goes on. */
interface Meeting {
  readonly id: number;
  readonly uuid: string;
  readonly hostId: string;
  readonly topic: string;
  readonly startedAt: number;
  /** By user: what they were before. */
  readonly inside: Map<string, ZoomPresence>;
}

const ACCOUNT_ID = 'VjZoEArIT5y-HlWxkV-tVA';

/** A Zoom account without HTTP: its people, what they are, and their meetings. Tells every change as Zoom's events. */
export class ZoomAccount {
  /** Ms since the epoch. */
  readonly now: () => number;
  readonly #users = new Map<string, ZoomUser>();
  readonly #meetings = new Map<string, Meeting>();
  readonly #tell: (event: ZoomEventBody) => void;
  #nextMeeting = 81_234_567_890;

  constructor(now: () => number, tell: (event: ZoomEventBody) => void) {
    this.now = now;
    this.#tell = tell;
  }

  addUser(seed: ZoomUserSeed): ZoomUser {
    const user: ZoomUser = {
      id: seed.id,
      memberId: createHash('sha256').update(seed.id).digest('hex').slice(0, 49),
      email: seed.email ?? `${seed.id.toLowerCase()}@harbour-works.example`,
      firstName: seed.firstName ?? seed.id,
      lastName: seed.lastName ?? '',
      type: seed.type ?? 'company',
      isContact: true,
      presence: seed.presence ?? 'offline',
      disturbAt: null,
      signedIn: (seed.presence ?? 'offline') !== 'offline',
    };
    this.#users.set(user.id, user);
    return user;
  }

  /** Somebody by id; throws for nobody. */
  user(id: string): ZoomUser {
    const user = this.#users.get(id);
    if (user === undefined) throw new Error(`There is nobody called ${id} on this Zoom.`);
    this.#settle(user);
    return user;
  }

  /** Somebody by id, address or member id. */
  find(identifier: string): ZoomUser | undefined {
    const direct = this.#users.get(identifier);
    const wanted = identifier.toLowerCase();
    const user =
      direct ??
      [...this.#users.values()].find(
        ({ email, memberId }) => email.toLowerCase() === wanted || memberId === identifier,
      );
    if (user !== undefined) this.#settle(user);
    return user;
  }

  /** Everybody's contacts are everybody, in the order they were added. */
  contactsOf(id: string, type: ZoomUser['type']): ZoomUser[] {
    return [...this.#users.values()].filter((user) => user.id !== id && user.type === type && user.isContact);
  }

  remove(id: string): void {
    this.#users.delete(id);
  }

  /** What somebody's own Zoom app makes of them. `minutes`: how long do-not-disturb lasts. */
  setPresence(id: string, presence: ZoomPresence, minutes: number | null = null): void {
    const user = this.user(id);
    user.signedIn = presence !== 'offline';
    user.disturbAt = presence === 'do-not-disturb' && minutes !== null ? this.now() + minutes * 60_000 : null;
    if (user.presence === presence) return;
    user.presence = presence;
    this.#tell(this.event('user.presence_status_updated', this.#presenceObject(user)));
  }

  /** Starts a meeting, with its host inside; tells its uuid. */
  startMeeting(hostId: string, topic = 'My Meeting'): string {
    const id = this.#nextMeeting++;
    const uuid = createHash('md5').update(String(id)).digest('base64');
    this.#meetings.set(uuid, { id, uuid, hostId, topic, startedAt: this.now(), inside: new Map() });
    this.#tell(this.event('meeting.started', this.#meetingObject(uuid)));
    this.join(uuid, hostId);
    return uuid;
  }

  join(uuid: string, userId: string): void {
    const user = this.user(userId);
    this.#meeting(uuid).inside.set(userId, user.presence);
    this.#tell(this.event('meeting.participant_joined', this.#meetingObject(uuid, user, 'join_time')));
    if (user.presence !== 'do-not-disturb') this.setPresence(userId, 'meeting');
  }

  leave(uuid: string, userId: string): void {
    const { inside } = this.#meeting(uuid);
    const user = this.user(userId);
    const before = inside.get(userId);
    inside.delete(userId);
    this.#tell(this.event('meeting.participant_left', this.#meetingObject(uuid, user, 'leave_time')));
    if (user.presence === 'meeting') this.setPresence(userId, before ?? 'available');
  }

  endMeeting(uuid: string): void {
    for (const userId of [...this.#meeting(uuid).inside.keys()]) this.leave(uuid, userId);
    const end_time = isoSeconds(this.now());
    this.#tell(this.event('meeting.ended', { ...this.#meetingObject(uuid), end_time }));
    this.#meetings.delete(uuid);
  }

  /** An event of this account, now. */
  event(event: string, object: Readonly<Record<string, unknown>>): ZoomEventBody {
    return { event, event_ts: Math.trunc(this.now()), payload: { account_id: ACCOUNT_ID, object } };
  }

  /** Do-not-disturb that has ended is over, whoever looks first; Zoom then shows the person as available. */
  #settle(user: ZoomUser): void {
    if (user.disturbAt === null || user.disturbAt > this.now()) return;
    user.disturbAt = null;
    user.presence = 'available';
    this.#tell(this.event('user.presence_status_updated', this.#presenceObject(user)));
  }

  /** Both spellings of the time occur: the documentation has one, recorded deliveries have the other. */
  #presenceObject(user: ZoomUser): Record<string, unknown> {
    const presence_status = SPELLINGS[user.presence].event;
    const time = isoSeconds(this.now());
    return {
      ...(user.id.length % 2 === 0 ? { date_time: time } : { 'date-time': time }),
      email: user.email,
      id: user.id,
      presence_status,
      app: { type: user.presence === 'mobile' ? 'mobile' : 'desktop', presence_status },
    };
  }

  #meetingObject(uuid: string, participant?: ZoomUser, time?: 'join_time' | 'leave_time'): Record<string, unknown> {
    const { id, hostId, topic, startedAt } = this.#meeting(uuid);
    const seat = createHash('md5').update(`${uuid}${participant?.id}`).digest('base64url');
    return {
      duration: 60,
      start_time: isoSeconds(startedAt),
      timezone: 'Europe/Berlin',
      topic,
      // A number when it starts, text from then on.
      id: participant === undefined ? id : String(id),
      type: 2,
      uuid,
      host_id: hostId,
      ...(participant === undefined || time === undefined
        ? {}
        : {
            participant: {
              user_id: seat,
              user_name: `${participant.firstName} ${participant.lastName}`.trim(),
              id: participant.id,
              participant_uuid: seat,
              [time]: isoSeconds(this.now()),
              email: participant.email,
            },
          }),
    };
  }

  #meeting(uuid: string): Meeting {
    const meeting = this.#meetings.get(uuid);
    if (meeting === undefined) throw new Error('There is no such meeting.');
    return meeting;
  }
}

/** Zoom's dates have whole seconds. */
export function isoSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
