import { z } from 'zod';
import { badRequest, GraphRefusal } from '../graph-refusal.ts';
import type { Person } from '../person.ts';
import { presenceBody } from '../presence.ts';
import { durationMs, instantOf } from '../times.ts';
import type { Endpoint, GraphRequest, GraphResult } from './endpoint.ts';

/** As many ids a call may name. */
const MOST_IDS = 650;
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const DAY_MS = 24 * 3_600_000;

/** Pairs that a user may prefer, and for how long when the call does not say (presence-setuserpreferredpresence). */
const PREFERABLE = new Map([
  ['Available/Available', 7 * DAY_MS],
  ['Busy/Busy', DAY_MS],
  ['DoNotDisturb/DoNotDisturb', DAY_MS],
  ['BeRightBack/BeRightBack', 7 * DAY_MS],
  ['Away/Away', 7 * DAY_MS],
  ['Offline/OffWork', 7 * DAY_MS],
]);
/** Pairs that an app's session may have (presence-setpresence). */
const SESSION_PAIRS = new Set([
  'Available/Available',
  'Busy/InACall',
  'Busy/InAConferenceCall',
  'Away/Away',
  'DoNotDisturb/Presenting',
]);

const idsSchema = z.object({ ids: z.array(z.string()) });
const preferredSchema = z.object({
  availability: z.string(),
  activity: z.string(),
  expirationDuration: z.string().optional(),
});
const sessionSchema = preferredSchema.extend({ sessionId: z.string() });
const statusMessageSchema = z.object({
  statusMessage: z.object({
    message: z.object({ content: z.string(), contentType: z.string() }),
    expiryDateTime: z.object({ dateTime: z.string(), timeZone: z.string() }).nullish(),
  }),
});

function read<T>(schema: z.ZodType<T>, { body }: GraphRequest): T {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw badRequest('Invalid request body.');
  return parsed.data;
}

/** Whose presence is written: with delegated permissions, only one's own. */
function self(request: GraphRequest): Person {
  const person = request.organisation.find(decodeURIComponent(request.parts[0] ?? ''));
  if (person?.id !== request.caller.id) {
    throw new GraphRefusal(403, 'Forbidden', 'The user in the path is not the signed-in user.');
  }
  return person;
}

function lastsMs(text: string | undefined, otherwise: number, least: number, most: number): number {
  if (text === undefined) return otherwise;
  const ms = durationMs(text);
  if (ms === null || ms < least || ms > most) throw badRequest('The expirationDuration is not valid.');
  return ms;
}

const DONE: GraphResult = { status: 200 };

const reads = {
  scopes: ['Presence.Read.All'],
  group: 'presence-reads',
  forbidden: 'Forbidden',
} as const;
const writes = { verb: 'POST', scopes: ['Presence.ReadWrite'], group: 'teams', forbidden: 'Forbidden' } as const;

/** Presence: everybody's to read, one's own to write. */
export const PRESENCE_ENDPOINTS: readonly Endpoint[] = [
  {
    ...reads,
    name: 'me/presence',
    verb: 'GET',
    path: /^\/me\/presence$/,
    scopes: ['Presence.Read', 'Presence.Read.All', 'Presence.ReadWrite'],
    run: ({ caller, now, base }) => ({
      status: 200,
      body: {
        '@odata.context': `${base}/v1.0/$metadata#users('${caller.id}')/presence/$entity`,
        ...presenceBody(caller, now, true),
      },
    }),
  },
  {
    ...reads,
    name: 'getPresencesByUserId',
    verb: 'POST',
    path: /^\/communications\/getPresencesByUserId$/,
    run: (request) => {
      const { ids } = read(idsSchema, request);
      if (ids.length === 0 || ids.length > MOST_IDS) throw badRequest(`Between 1 and ${MOST_IDS} ids are supported.`);
      if (!ids.every((id) => GUID.test(id))) throw badRequest('Invalid user id.');
      const people = ids.map((id) => request.organisation.find(id)).filter((person) => person !== undefined);
      return {
        status: 200,
        body: {
          '@odata.context': `${request.base}/v1.0/$metadata#Collection(microsoft.graph.presence)`,
          value: people.map((person) => presenceBody(person, request.now, person.id === request.caller.id)),
        },
      };
    },
  },
  {
    ...writes,
    name: 'setUserPreferredPresence',
    path: /^\/users\/([^/]+)\/presence\/setUserPreferredPresence$/,
    run: (request) => {
      const person = self(request);
      const { availability, activity, expirationDuration } = read(preferredSchema, request);
      const usual = PREFERABLE.get(`${availability}/${activity}`);
      if (usual === undefined) throw badRequest('The combination of availability and activity is not supported.');
      const ms = lastsMs(expirationDuration, usual, 1_000, 7 * DAY_MS);
      request.organisation.change(person.id, () => {
        person.preferred = { availability, activity, expiresAt: request.now + ms };
      });
      return DONE;
    },
  },
  {
    ...writes,
    name: 'clearUserPreferredPresence',
    path: /^\/users\/([^/]+)\/presence\/clearUserPreferredPresence$/,
    run: (request) => {
      const person = self(request);
      request.organisation.change(person.id, () => {
        person.preferred = null;
      });
      return DONE;
    },
  },
  {
    ...writes,
    name: 'setPresence',
    path: /^\/users\/([^/]+)\/presence\/setPresence$/,
    run: (request) => {
      const person = self(request);
      const { sessionId, availability, activity, expirationDuration } = read(sessionSchema, request);
      if (sessionId !== request.appId) throw badRequest('The sessionId must be the id of the application.');
      if (!SESSION_PAIRS.has(`${availability}/${activity}`)) {
        throw badRequest('The combination of availability and activity is not supported.');
      }
      const ms = lastsMs(expirationDuration, 300_000, 300_000, 4 * 3_600_000);
      const { now } = request;
      request.organisation.change(person.id, () => {
        person.sessions.set(sessionId, { availability, activity, setAt: now, expiresAt: now + ms, fades: true });
      });
      return DONE;
    },
  },
  {
    ...writes,
    name: 'clearPresence',
    path: /^\/users\/([^/]+)\/presence\/clearPresence$/,
    run: (request) => {
      const person = self(request);
      const { sessionId } = read(z.object({ sessionId: z.string() }), request);
      if (!person.sessions.has(sessionId)) throw new GraphRefusal(404, 'NotFound', 'The session does not exist.');
      request.organisation.change(person.id, () => void person.sessions.delete(sessionId));
      return DONE;
    },
  },
  {
    ...writes,
    name: 'setStatusMessage',
    path: /^\/users\/([^/]+)\/presence\/setStatusMessage$/,
    run: (request) => {
      const person = self(request);
      const { message, expiryDateTime } = read(statusMessageSchema, request).statusMessage;
      if (message.contentType !== 'text') throw badRequest('Only contentType text is supported.');
      if ([...message.content].length > 280) throw badRequest('The status message is too long.');
      const expiresAt = expiryDateTime ? instantOf(expiryDateTime.dateTime, expiryDateTime.timeZone) : null;
      if (expiryDateTime && expiresAt === null) throw badRequest('The expiryDateTime is not valid.');
      // “xml sanitization”: `<html>Hello world a<b</html>` is kept as `Hello world a`.
      const content = message.content.replaceAll(/<[^>]*(?:>|$)/g, '');
      request.organisation.say(person.id, content === '' ? null : content, 'text', expiresAt);
      return DONE;
    },
  },
];
