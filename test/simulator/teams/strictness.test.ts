import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stateAt } from '../../../src/simulator/teams/presence.ts';
import { startTeamsSimulator, type TeamsSimulator } from '../../../src/simulator/teams/server.ts';
import { durationMs, instantOf } from '../../../src/simulator/teams/times.ts';

const MINUTE_MS = 60_000;
const ADA = 'ada.byron@harbour-works.example';
const GRACE = 'grace.hopper@harbour-works.example';

let now: number;
let teams: TeamsSimulator;
beforeEach(async () => {
  now = Date.parse('2026-03-02T08:00:00Z');
  teams = await startTeamsSimulator({
    now: () => now,
    limits: { presenceReadsIn30s: 3, directoryCallsIn10s: 5 },
    populate: (organisation) => {
      organisation.add({ displayName: 'Ada Byron' });
      return organisation.add({ displayName: 'Grace Hopper' });
    },
  });
});
afterEach(() => teams.close());

async function call(
  verb: string,
  path: string,
  body?: unknown,
  more: { token?: string; type?: string; eventual?: boolean } = {},
) {
  const response = await fetch(`${teams.graphUrl}/v1.0/${path}`, {
    method: verb,
    headers: {
      authorization: `Bearer ${more.token ?? teams.issueToken(GRACE)}`,
      'content-type': more.type ?? 'application/json',
      ...(more.eventual ? { consistencylevel: 'eventual' } : {}),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const answer = await response.json().catch(() => null);
  return { status: response.status, code: answer?.error?.code, retryAfter: response.headers.get('retry-after') };
}
const own = (what: string, body: unknown, who = GRACE) =>
  call('POST', `users/${teams.organisation.person(who).id}/presence/${what}`, body);

describe('a simulated Graph refuses', () => {
  it('what a token has no permission for', async () => {
    const token = teams.issueToken(GRACE, ['User.Read']);
    expect(await call('GET', 'users', undefined, { token })).toMatchObject({
      status: 403,
      code: 'Authorization_RequestDenied',
    });
    expect(await call('GET', 'me/presence', undefined, { token })).toMatchObject({ status: 403, code: 'Forbidden' });
    expect(await call('GET', 'me', undefined, { token })).toMatchObject({ status: 200 });
  });

  it('every call about presence in the Chinese cloud', async () => {
    await teams.close();
    teams = await startTeamsSimulator({
      now: () => now,
      cloud: 'china',
      populate: (organisation) => organisation.add({ displayName: 'Grace Hopper' }),
    });
    const { id } = teams.organisation.person(GRACE);
    expect((await call('GET', 'me')).status).toBe(200);
    expect((await call('GET', 'me/presence')).status).toBe(404);
    expect((await call('POST', 'communications/getPresencesByUserId', { ids: [id] })).status).toBe(404);
    expect((await own('clearUserPreferredPresence', {})).status).toBe(404);
  });

  it('a personal account everywhere but at itself', async () => {
    teams.organisation.add({ id: '48d31887f00d4242', displayName: 'At Home' });
    const token = teams.issueToken('48d31887f00d4242');
    expect((await call('GET', 'me', undefined, { token })).status).toBe(200);
    expect((await call('GET', 'me/presence', undefined, { token })).status).toBe(403);
  });

  it.each([
    ['no ids', { ids: [] }],
    ['651 ids', { ids: Array.from({ length: 651 }, () => '00000000-0000-4000-8000-000000000000') }],
    ['ids that are none', { ids: ['ada'] }],
    ['another shape', { users: [] }],
    ['no JSON', '{'],
  ])('to look at %s', async (_what, body) => {
    expect(await call('POST', 'communications/getPresencesByUserId', body)).toMatchObject({
      status: 400,
      code: 'BadRequest',
    });
  });

  it('other content types, paths and pages that there are not', async () => {
    const ids = [teams.organisation.person(ADA).id];
    expect((await call('POST', 'communications/getPresencesByUserId', { ids }, { type: 'text/plain' })).status).toBe(
      415,
    );
    expect((await call('GET', 'nothing')).status).toBe(404);
    expect((await call('GET', 'users?$top=1000')).status).toBe(400);
    expect((await call('GET', 'users?$skiptoken=x')).status).toBe(400);
    expect((await call('GET', 'users/nobody@harbour-works.example')).code).toBe('Request_ResourceNotFound');
  });

  it('to search or count without saying that eventual answers do', async () => {
    const search = `users?$search=${encodeURIComponent('"displayName:Ada"')}`;
    expect((await call('GET', search)).status).toBe(400);
    expect((await call('GET', search, undefined, { eventual: true })).status).toBe(200);
    expect((await call('GET', 'users/$count')).status).toBe(400);
    expect((await call('GET', 'users/$count', undefined, { eventual: true })).status).toBe(200);
  });

  it.each([
    ['setUserPreferredPresence', { availability: 'Busy', activity: 'InACall' }],
    ['setUserPreferredPresence', { availability: 'Offline', activity: 'Offline' }],
    ['setUserPreferredPresence', { availability: 'Busy', activity: 'Busy', expirationDuration: '8 hours' }],
    ['setUserPreferredPresence', { availability: 'Busy', activity: 'Busy', expirationDuration: 'P30D' }],
    ['setPresence', { sessionId: 'mine', availability: 'Away', activity: 'Away' }],
    ['setPresence', { sessionId: '22553876-f5ab-4529-bffb-cfe50aa89f87', availability: 'Busy', activity: 'Busy' }],
    [
      'setPresence',
      {
        sessionId: '22553876-f5ab-4529-bffb-cfe50aa89f87',
        availability: 'Away',
        activity: 'Away',
        expirationDuration: 'PT1M',
      },
    ],
    [
      'setPresence',
      {
        sessionId: '22553876-f5ab-4529-bffb-cfe50aa89f87',
        availability: 'Away',
        activity: 'Away',
        expirationDuration: 'PT5H',
      },
    ],
    ['setStatusMessage', { statusMessage: { message: { content: '<b>x</b>', contentType: 'html' } } }],
    ['setStatusMessage', { statusMessage: { message: { content: 'x'.repeat(281), contentType: 'text' } } }],
    [
      'setStatusMessage',
      {
        statusMessage: {
          message: { content: 'x', contentType: 'text' },
          expiryDateTime: { dateTime: '2026-03-02T09:00:00Z', timeZone: 'UTC' },
        },
      },
    ],
  ])('%s with %j', async (what, body) => {
    expect(await own(what, body)).toMatchObject({ status: 400, code: 'BadRequest' });
  });

  it('to write somebody else’s presence, and to end a session that is not there', async () => {
    expect((await own('clearUserPreferredPresence', {}, ADA)).status).toBe(403);
    expect((await own('clearPresence', { sessionId: 'x' })).status).toBe(404);
  });

  it('calls over the limits, until the window has moved on', async () => {
    for (let index = 0; index < 3; index += 1) expect((await call('GET', 'me/presence')).status).toBe(200);
    expect(await call('GET', 'me/presence')).toMatchObject({ status: 429, code: 'TooManyRequests', retryAfter: '30' });
    expect((await call('GET', 'me')).status).toBe(200);
    now += 30_001;
    expect((await call('GET', 'me/presence')).status).toBe(200);
  });

  it.each([
    ['an hour and more', { expirationDateTime: '2026-03-02T09:01:00Z' }],
    ['a time that has passed', { expirationDateTime: '2026-03-02T07:00:00Z' }],
    ['no certificate', { encryptionCertificate: undefined }],
    ['something else', { resource: '/me/messages' }],
    ['another change', { changeType: 'created' }],
    ['nobody who answers', {}],
  ])('a subscription with %s', async (_what, change) => {
    const body = {
      changeType: 'updated',
      resource: `/communications/presences/${teams.organisation.person(ADA).id}`,
      notificationUrl: 'http://127.0.0.1:9/hook',
      expirationDateTime: '2026-03-02T08:30:00Z',
      includeResourceData: true,
      encryptionCertificate: 'AAAA',
      encryptionCertificateId: 'one',
      ...change,
    };
    expect((await call('POST', 'subscriptions', body)).status).toBe(400);
  });
});

describe('presence', () => {
  const shown = (): string => {
    const { availability, activity } = stateAt(teams.organisation.person(GRACE), now);
    return `${availability}/${activity}`;
  };

  it('is offline without a session, whatever is preferred', async () => {
    await own('setUserPreferredPresence', { availability: 'Busy', activity: 'Busy' });
    expect(shown()).toBe('Offline/Offline');
    teams.organisation.client(GRACE, 'Available');
    expect(shown()).toBe('Busy/Busy');
    now += 24 * 60 * MINUTE_MS;
    expect(shown()).toBe('Available/Available');
  });

  it('of an app fades and runs out, and a client’s beats it', async () => {
    const session = {
      sessionId: teams.clientId,
      availability: 'Available',
      activity: 'Available',
      expirationDuration: 'PT1H',
    };
    await own('setPresence', session);
    expect(shown()).toBe('Available/Available');
    now += 5 * MINUTE_MS;
    expect(shown()).toBe('Available/AvailableInactive');
    now += 5 * MINUTE_MS;
    expect(shown()).toBe('Away/Away');
    teams.organisation.client(GRACE, 'Busy', 'InAMeeting');
    expect(shown()).toBe('Busy/InAMeeting');
    teams.organisation.quit(GRACE);
    now += 50 * MINUTE_MS;
    expect(shown()).toBe('Offline/Offline');
  });
});

describe('times', () => {
  it.each([
    ['PT8H', 28_800_000],
    ['PT1200S', 1_200_000],
    ['P1DT1M', 86_460_000],
    ['PT', null],
    ['P', null],
    ['8h', null],
  ])('%s', (text, ms) => {
    expect(durationMs(text)).toBe(ms);
  });

  it('are taken without a zone in them, and only of zones that are known', () => {
    expect(instantOf('2026-03-02T09:00:00.0000000', 'UTC')).toBe(Date.parse('2026-03-02T09:00:00Z'));
    expect(instantOf('2026-03-02T09:00:00Z', 'UTC')).toBeNull();
    expect(instantOf('2026-03-02T09:00:00', 'Pacific Standard Time')).toBeNull();
  });
});
