/** What Zoom's events say, by webhook or over the WebSocket: parsed, and cut down to what Muster needs. Pure. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type EpochMs, epochMs } from '../../domain/time.ts';
import { instantOf } from './mapping.ts';

/** Within this the sending and the happening are one; further apart the event was held up. */
const SENT_AT_ONCE_MS = 2_000;

const oddText = z.string().optional().catch(undefined);
/** Meeting ids come as numbers and as strings. */
const oddId = z
  .union([z.string(), z.number().transform(String)])
  .optional()
  .catch(undefined);

const envelopeSchema = z.object({
  event: z.string(),
  event_ts: z.number().optional().catch(undefined),
  payload: z.object({ object: z.unknown() }),
});

const presenceSchema = z.object({
  id: oddText,
  email: oddText,
  presence_status: z.string().min(1),
  date_time: oddText,
  'date-time': oddText,
});

const participantSchema = z.object({
  user_id: oddId,
  id: oddText,
  participant_user_id: oddText,
  participant_uuid: oddText,
  email: oddText,
  join_time: oddText,
  leave_time: oddText,
});

const meetingSchema = z.object({
  uuid: z.string().min(1),
  host_id: oddText,
  participant: participantSchema.optional().catch(undefined),
});

/** Somebody in an event: events know people by id, by address, or not at all (guests). */
const personShape = { userId: z.string().nullable(), email: z.string().nullable() };

/** One event as it is kept until the adapter takes it. */
export const zoomEventSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('presence'), ...personShape, native: z.string(), at: z.number().transform(epochMs) }),
  z.object({
    kind: z.enum(['joined', 'left']),
    ...personShape,
    meeting: z.string(),
    /** One device in one meeting; the host counts from the meeting's start. */
    session: z.string(),
    at: z.number().transform(epochMs),
  }),
  z.object({ kind: z.literal('ended'), meeting: z.string(), at: z.number().transform(epochMs) }),
]);
export type ZoomEvent = z.infer<typeof zoomEventSchema>;

/** The session of a host who is known only as such. */
export const HOST_SESSION = 'host';

/** The event of a delivery's body; null for those that Muster does not use, and for those without what it needs. */
export function readEvent(body: unknown, now: EpochMs): ZoomEvent | null {
  const envelope = envelopeSchema.safeParse(body).data;
  if (envelope === undefined) return null;
  const { event, event_ts: sentAt, payload } = envelope;
  if (event === 'user.presence_status_updated') {
    const object = presenceSchema.safeParse(payload.object).data;
    if (object === undefined) return null;
    const at = happenedAt(sentAt, object.date_time ?? object['date-time'], now);
    return { kind: 'presence', ...personOf(object.id, object.email), native: object.presence_status, at };
  }
  const object = meetingSchema.safeParse(payload.object).data;
  if (object === undefined) return null;
  const { uuid: meeting, host_id: hostId, participant } = object;
  switch (event) {
    case 'meeting.started':
      if (!hostId) return null;
      return {
        kind: 'joined',
        ...personOf(hostId),
        meeting,
        session: HOST_SESSION,
        at: happenedAt(sentAt, undefined, now),
      };
    case 'meeting.ended':
      return { kind: 'ended', meeting, at: happenedAt(sentAt, undefined, now) };
    case 'meeting.participant_joined':
    case 'meeting.participant_left': {
      if (participant === undefined) return null;
      const { participant_user_id: userId, id, email, participant_uuid: uuid, user_id: seat } = participant;
      const person = personOf(userId || id, email);
      if (person.userId === null && person.email === null) return null;
      const joined = event === 'meeting.participant_joined';
      const at = happenedAt(sentAt, joined ? participant.join_time : participant.leave_time, now);
      return { kind: joined ? 'joined' : 'left', ...person, meeting, session: uuid || seat || '', at };
    }
    default:
      return null;
  }
}

/** The same event twice (Zoom sends again what was not acknowledged) has the same id: Zoom gives none, so that it is its content and time. */
export function eventIdOf(body: unknown): string {
  const sentAt = envelopeSchema.safeParse(body).data?.event_ts ?? 0;
  const hash = createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 32);
  return `${sentAt}-${hash}`;
}

/** `event_ts` is exact and says when it was sent; the object's own time has whole seconds and says when it happened. Never ahead of us. */
function happenedAt(sentAt: number | undefined, dateTime: string | undefined, now: EpochMs): EpochMs {
  const told = instantOf(dateTime);
  const sent = sentAt === undefined ? null : epochMs(sentAt);
  const exact = sent !== null && (told === null || Math.abs(sent - told) <= SENT_AT_ONCE_MS);
  return epochMs(Math.min(now, (exact ? sent : told) ?? now));
}

function personOf(userId: string | undefined, email?: string): { userId: string | null; email: string | null } {
  return { userId: userId || null, email: email || null };
}
