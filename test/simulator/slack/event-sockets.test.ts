import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type SlackSimulator, startSlackSimulator } from '../../../src/simulator/slack/server.ts';
import { post, send } from './raw.ts';
import { openSocket, socketAddress, type TestSocket } from './test-socket.ts';

let now = 0;
let slack: SlackSimulator;
let appToken: string;
const sockets: TestSocket[] = [];

beforeEach(async () => {
  now = Date.UTC(2026, 4, 4, 9);
  slack = await startSlackSimulator({
    now: () => now,
    eventTimes: { acknowledgeMs: 60, retryMs: [0, 20, 20], farewellMs: 60 },
  });
  slack.workspace.addUser({ id: 'U0ADA', name: 'ada', realName: 'Ada Lind' });
  slack.workspace.addUser({ id: 'U0BEN', name: 'ben', realName: 'Ben Okoro' });
  appToken = slack.workspace.issueToken({ userId: 'U0ADA', kind: 'app' });
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.close();
  await slack.close();
});

async function socket(): Promise<TestSocket> {
  const opened = await openSocket(slack, appToken);
  sockets.push(opened);
  return opened;
}

/** What the server answers to somebody who asks for a socket at the address. */
function refusal(address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const client = new WebSocket(address);
    client.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    client.on('open', () => reject(new Error('it opened')));
    client.on('error', () => {});
  });
}

const until = async (holds: () => boolean): Promise<void> => {
  for (let turn = 0; turn < 1_000 && !holds(); turn += 1) await new Promise((resolve) => setTimeout(resolve, 2));
  expect(holds()).toBe(true);
};

describe('apps.connections.open', () => {
  it('wants an app-level token with connections:write, by POST', async () => {
    const error = async (as: string | undefined) => (await post(slack, as, 'apps.connections.open')).body.error;
    expect(await error(undefined)).toBe('not_authed');
    expect(await error(slack.workspace.issueToken({ userId: 'U0ADA' }))).toBe('not_allowed_token_type');
    const narrow = slack.workspace.issueToken({ userId: 'U0ADA', kind: 'app', scopes: [] });
    expect((await post(slack, narrow, 'apps.connections.open')).body).toMatchObject({
      error: 'missing_scope',
      needed: 'connections:write',
    });
    const get = await send(slack, 'apps.connections.open', { headers: { authorization: `Bearer ${appToken}` } });
    expect(get.body.error).toBe('insecure_request');
    expect((await post(slack, appToken, 'auth.test')).body.error).toBe('not_allowed_token_type');
    expect((await post(slack, appToken, 'apps.connections.open')).body.url).toMatch(
      /^ws:\/\/127\.0\.0\.1:\d+\/link\/\?ticket=/,
    );
  });

  it('gives an address for one socket and one minute', async () => {
    const address = await socketAddress(slack, appToken);
    const first = new WebSocket(address);
    await new Promise((resolve) => first.once('open', resolve));
    expect(await refusal(address)).toBe(401);
    first.close();
    const late = await socketAddress(slack, appToken);
    now += 60_000;
    expect(await refusal(late)).toBe(401);
    expect(await refusal(address.replace(/ticket=[^&]*/, 'ticket=guess'))).toBe(401);
  });
});

describe('a socket', () => {
  it('begins with hello and how many there are', async () => {
    await socket();
    const second = await socket();
    expect(second.frames[0]).toMatchObject({
      type: 'hello',
      num_connections: 2,
      connection_info: { app_id: 'A0SIM00001' },
      debug_info: { approximate_connection_time: 18_060 },
    });
  });

  it('is refused beyond ten, over the socket itself', async () => {
    for (let each = 0; each < 10; each += 1) await socket();
    const eleventh = await socket();
    expect(eleventh.frames[0]).toMatchObject({ type: 'disconnect', reason: 'too_many_websockets' });
    await until(() => eleventh.isClosed);
    expect(slack.events.open).toBe(10);
  });

  it('is announced its end, and ended a while later', async () => {
    const one = await socket();
    slack.events.disconnect('refresh_requested');
    await one.frame(({ type, reason }) => type === 'disconnect' && reason === 'refresh_requested');
    expect(one.isClosed).toBe(false);
    await until(() => one.isClosed);
  });
});

describe('events', () => {
  it('go to one of the sockets only', async () => {
    const [first, second] = [await socket(), await socket()];
    for (let each = 0; each < 10; each += 1) slack.workspace.setDnd('U0BEN', { start: now, end: now + 1_000 + each });
    await until(() => first.frames.length + second.frames.length === 12);
    expect(first.frames.length).toBeGreaterThan(1);
    expect(second.frames.length).toBeGreaterThan(1);
  });

  it('come again until they are acknowledged, and are lost after the fourth time', async () => {
    const one = await socket();
    slack.workspace.setDnd('U0BEN', { start: now, end: now + 1_000 });
    const again = await one.frame(({ retry_attempt: attempt }) => attempt === 1);
    expect(again).toMatchObject({ type: 'events_api', retry_reason: 'timeout', accepts_response_payload: false });
    expect(again.payload).toEqual(one.frames[1]?.payload);
    expect(again.envelope_id).not.toBe(one.frames[1]?.envelope_id);
    one.acknowledge(again.envelope_id ?? '');
    await until(() => slack.events.counts.acknowledged === 1);
    slack.workspace.setDnd('U0BEN', null);
    await until(() => slack.events.counts.lost === 1);
    expect(slack.events.counts).toMatchObject({ sent: 6, repeated: 4 });
    expect(slack.events.unacknowledged).toBe(0);
  });

  it('wait for a socket as long as they are repeated', async () => {
    const one = await socket();
    one.close();
    await until(() => slack.events.open === 0);
    slack.workspace.setDnd('U0BEN', { start: now, end: now + 1_000 });
    const next = await socket();
    expect(await next.event('dnd_updated_user')).toMatchObject({ event: { user: 'U0BEN' } });
  });

  it('tell somebody else’s snooze to nobody, and one’s own to oneself', async () => {
    const one = await socket();
    slack.workspace.setSnooze('U0BEN', now + 60_000);
    const other = await one.event('dnd_updated_user');
    expect(other).toMatchObject({ event: { dnd_status: { dnd_enabled: false } } });
    expect(JSON.stringify(other)).not.toContain('snooze');
    slack.workspace.setSnooze('U0ADA', now + 60_000);
    expect(await one.event('dnd_updated')).toMatchObject({
      event: { user: 'U0ADA', dnd_status: { snooze_enabled: true, snooze_endtime: now / 1000 + 60 } },
    });
  });

  it('are not kept before anybody has opened a socket', () => {
    slack.workspace.setDnd('U0BEN', { start: now, end: now + 1_000 });
    expect(slack.events.counts).toMatchObject({ sent: 0, lost: 0 });
    expect(slack.events.unacknowledged).toBe(0);
  });
});
