import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ZoomEventBody } from '../../../src/simulator/zoom/account.ts';
import { ZoomAccount } from '../../../src/simulator/zoom/account.ts';
import { startZoomSimulator, type ZoomSimulator } from '../../../src/simulator/zoom/server.ts';
import { call } from './zoom-call.ts';

/** Recorded payloads with their values blanked: Jericho/ZoomNet (MIT), `Source/ZoomNet.UnitTests/SampleData`, 2026. */
const CONTACT = {
  direct_numbers: ['111111'],
  email: 'jchill@example.com',
  extension_number: '31',
  first_name: 'Jill',
  id: 'v4iyWT1LTfy8QvPG4GTvdg',
  member_id: 'R4VM29Oj0fVM2hhEmSKVM2hhezJTezJTKVM2hezJT2hezJTSK',
  last_name: 'Chill',
  phone_number: '5550100',
  phone_numbers: [{ code: '+1', country: 'US', label: 'Mobile', number: '5550100', verified: true }],
  presence_status: 'Available',
};
const CONTACTS = {
  contacts: [
    {
      email: 'jchill@example.com',
      first_name: 'Jill',
      id: 'v4iyWT1LTfy8QvPG4GTvdg',
      member_id: 'R4VM29Oj0fVM2hhEmSKVM2hhezJTezJTKVM2hezJT2hezJTSK',
      last_name: 'Chill',
    },
  ],
  next_page_token: 'R4aF9Oj0fVM2hhezJTEmSKaBSkfesDwGy42',
  page_size: 10,
};
const PRESENCE = { status: 'Available', end_time: '2024-03-27T04:00:00Z', remaining_time: 60 };
/** Of `users-{userId}_GET.json` the fields that an ordinary user's app gets too. */
const USER = {
  id: 'zJKyaiAyTNC-MWjiWC18KQ',
  created_at: '2018-10-31T04:32:37Z',
  dept: 'Developers',
  email: 'jchill@example.com',
  first_name: 'Jill',
  last_login_time: '2021-05-05T20:40:30Z',
  last_name: 'Chill',
  pmi: 3542471135,
  role_name: 'Admin',
  timezone: 'Asia/Shanghai',
  type: 1,
  use_pmi: false,
  display_name: 'Jill Chill',
  account_id: 'q6gBJVO5TzexKYTb_I2rpg',
  company: 'Jill',
  language: 'en-US',
  status: 'pending',
  verified: 1,
  cluster: 'us04',
};
const meeting = (object: Record<string, unknown>) => ({
  duration: 60,
  start_time: '2021-07-13T21:44:51Z',
  timezone: 'America/Los_Angeles',
  topic: 'My Meeting',
  type: 8,
  uuid: '4444AAAiAAAAAiAiAiiAii==',
  host_id: 'x1yCzABCDEfg23HiJKl4mN',
  ...object,
});
const participant = (time: string) => ({
  user_id: '55555AAAiAAAAAiAiAiiAii',
  user_name: 'Jill Chill',
  id: 'iFxeBPYun6SAiWUzBcEkX',
  participant_uuid: '55555AAAiAAAAAiAiAiiAii',
  [time]: '2021-07-13T21:44:51Z',
  email: 'jchill@example.com',
});
const EVENTS: Readonly<Record<string, Record<string, unknown>>> = {
  'meeting.started': meeting({ id: 1_234_567_890 }),
  'meeting.ended': meeting({ id: '1234567890', end_time: '2021-07-13T23:00:51Z' }),
  'meeting.participant_joined': meeting({ id: '1234567890', participant: participant('join_time') }),
  'meeting.participant_left': meeting({ id: '1234567890', participant: participant('leave_time') }),
};

/** The fields and their types, nested; a list is that of its first element. Ids of meetings come as numbers and as text. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? 'list' : [shapeOf(value[0])];
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, shapeOf(field)]));
}

let simulator: ZoomSimulator;
let token: string;
beforeAll(async () => {
  simulator = await startZoomSimulator({
    me: 'me',
    plan: 'business',
    populate: (account) => {
      account.addUser({ id: 'me', presence: 'available' });
      account.addUser({ id: 'ada', firstName: 'Ada', lastName: 'Byron', presence: 'available' });
    },
  });
  token = simulator.issueToken('me').accessToken;
});
afterAll(() => simulator.close());

describe('the answers of the simulated Zoom', () => {
  it('have the fields of the recorded contacts, with their types', async () => {
    const { body } = await call(simulator, 'chat/users/me/contacts', { token });
    expect(shapeOf(body)).toEqual(shapeOf(CONTACTS));
  });

  it('have the fields of the recorded contact with its presence', async () => {
    const { body } = await call(simulator, 'chat/users/me/contacts/ada?query_presence_status=true', { token });
    expect(shapeOf(body)).toEqual({ ...(shapeOf(CONTACT) as object), direct_numbers: 'list', phone_numbers: 'list' });
  });

  it('have the fields of the recorded presence, the times for oneself and do-not-disturb', async () => {
    simulator.account.setPresence('me', 'do-not-disturb', 60);
    const { body } = await call(simulator, 'users/me/presence_status', { token });
    expect(shapeOf(body)).toEqual(shapeOf(PRESENCE));
    expect(String(body.end_time)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });

  it('have the fields of the recorded user', async () => {
    const { body } = await call(simulator, 'users/me', { token });
    expect(shapeOf(body)).toEqual(shapeOf(USER));
  });
});

describe('the events of the simulated Zoom', () => {
  const told: ZoomEventBody[] = [];
  const account = new ZoomAccount(Date.now, (event) => told.push(event));
  account.addUser({ id: 'host', presence: 'available' });
  account.addUser({ id: 'guest', presence: 'available' });
  const uuid = account.startMeeting('host');
  account.join(uuid, 'guest');
  account.endMeeting(uuid);

  it.each(Object.keys(EVENTS))('%s has the fields of the recorded one, with their types', (name) => {
    const event = told.find((candidate) => candidate.event === name);
    expect(shapeOf(event?.payload)).toEqual({ account_id: 'string', object: shapeOf(event?.payload.object) });
    const recorded = shapeOf(EVENTS[name]) as Record<string, unknown>;
    const ours = shapeOf(event?.payload.object) as Record<string, unknown>;
    // Text from the first participant on, a number when it starts; in recorded deliveries both occur everywhere.
    expect({ ...ours, id: 'either' }).toEqual({ ...recorded, id: 'either' });
    expect(typeof event?.event_ts).toBe('number');
  });

  it('of presences have the recorded fields, and the time in both spellings', () => {
    const presences = told
      .filter(({ event }) => event === 'user.presence_status_updated')
      .map(({ payload }) => payload.object);
    const fields = {
      email: 'string',
      id: 'string',
      presence_status: 'string',
      app: { type: 'string', presence_status: 'string' },
    };
    const shapes = presences.map((object) => shapeOf(object));
    expect(shapes).toContainEqual({ ...fields, date_time: 'string' });
    expect(shapes).toContainEqual({ ...fields, 'date-time': 'string' });
  });
});
