import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type EpochMs, epochMs } from '../../../src/domain/time.ts';
import type { RawDelivery, WebhookVerdict } from '../../../src/platforms/webhook.ts';
import { zoomWebhook } from '../../../src/platforms/zoom/webhook.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const SECRET = '4fv1RkqGQUq5sWbEz6hA5A';

/** What Zoom sent once: recorded in Jericho/ZoomNet, `WebhookSignatureValidationTests.cs`. */
const VALIDATION = {
  body: '{"payload":{"plainToken":"xys8n8PGS7mAU0m5-YJjRA"},"event_ts":1720705455858,"event":"endpoint.url_validation"}',
  timestamp: '1720705455',
  signature: 'v0=93a1a675965ceb9c5a50c5dfb31f20e50f763be37a54ef74cd2d16a1a8e5c0d6',
};
const MEETING = {
  body: '{"event":"meeting.started","payload":{"account_id":"VjZoEArIT5y-HlWxkV-tVA","object":{"duration":60,"start_time":"2024-07-11T14:12:55Z","timezone":"America/New_York","topic":"Test \\uD83D\\uDE92\\uD83D\\uDE92 ? - ’ - – \\uD83D\\uDE97 HOLA","id":"85393847045","type":2,"uuid":"jUh5o3dKQIytvcsfTtKBlg==","host_id":"8lzIwvZTSOqjndWPbPqzuA"}},"event_ts":1720707175904}',
  timestamp: '1720707175',
  signature: 'v0=1a14e79349318fa1bead50ebbd3c185ae078e182d3bbd30ab8010fcb7f4357c7',
};

interface Sent {
  readonly body: string;
  readonly timestamp: string;
  readonly signature: string;
}

function signed(body: unknown, timestamp: string, secret = SECRET): Sent {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const mac = createHmac('sha256', secret).update(`v0:${timestamp}:${text}`).digest('hex');
  return { body: text, timestamp, signature: `v0=${mac}` };
}

function receive(
  sent: Sent,
  options: { now?: EpochMs; secret?: string | null; more?: Partial<RawDelivery> } = {},
): Promise<WebhookVerdict> {
  const now = options.now ?? epochMs(Number(sent.timestamp) * 1_000 + 900);
  const { secret = SECRET } = options;
  return zoomWebhook.receive(
    {
      method: 'POST',
      query: new URLSearchParams(),
      headers: new Map([
        ['x-zm-signature', sent.signature],
        ['x-zm-request-timestamp', sent.timestamp],
      ]),
      body: Buffer.from(sent.body),
      ...options.more,
    },
    {
      accountId: 'a_1',
      settings: { clientId: 'abc' },
      secrets: { get: async (key) => (key === 'webhookSecret' ? secret : null) },
      clock: new FakeClock({ now }),
      http: { fetch: () => Promise.reject(new Error('no calls here')) },
      addressKey: 'k',
    },
  );
}

const eventsOf = (verdict: WebhookVerdict) => (verdict.kind === 'accepted' ? verdict.events : null);

describe('a delivery', () => {
  it('is accepted as Zoom signed it once, with letters from everywhere in it', async () => {
    expect(await receive(MEETING)).toMatchObject({
      kind: 'accepted',
      status: 200,
      events: [{ payload: { kind: 'joined', userId: '8lzIwvZTSOqjndWPbPqzuA', meeting: 'jUh5o3dKQIytvcsfTtKBlg==' } }],
    });
  });

  it('that validates the address is answered with the token’s HMAC, once its own signature is right', async () => {
    const verdict = await receive(VALIDATION);
    const encryptedToken = createHmac('sha256', SECRET).update('xys8n8PGS7mAU0m5-YJjRA').digest('hex');
    expect(verdict).toEqual({
      kind: 'handshake',
      status: 200,
      contentType: 'application/json',
      body: JSON.stringify({ plainToken: 'xys8n8PGS7mAU0m5-YJjRA', encryptedToken }),
    });
    expect((await receive({ ...VALIDATION, signature: `v0=${'0'.repeat(64)}` })).kind).toBe('rejected');
  });

  it.each<[string, Sent, Parameters<typeof receive>[1]?]>([
    ['forged', signed(MEETING.body, MEETING.timestamp, 'another secret')],
    ['changed by a byte', { ...MEETING, body: MEETING.body.replace('HOLA', 'HOLE') }],
    ['unsigned', { ...MEETING, signature: '' }],
    ['signed in capitals', { ...MEETING, signature: MEETING.signature.toUpperCase() }],
    ['signed for another time', { ...MEETING, timestamp: '1720707176' }],
    ['without a time', signed(MEETING.body, '')],
    ['at a time that is none', signed(MEETING.body, 'NaN')],
    ['replayed', MEETING, { now: epochMs(1_720_707_175_000 + 5 * 60_000 + 1) }],
    ['from the future', MEETING, { now: epochMs(1_720_707_175_000 - 5 * 60_000 - 1) }],
    ['sent by GET', MEETING, { more: { method: 'GET' } }],
    ['for an account without a secret', MEETING, { secret: null }],
    [
      'signed with nothing for an account without a secret',
      signed(MEETING.body, MEETING.timestamp, ''),
      { secret: '' },
    ],
  ])('%s is rejected', async (_how, sent, options) => {
    const verdict = await receive(sent, options);
    expect(verdict).toMatchObject({ kind: 'rejected', reason: expect.stringMatching(/\w/) });
    expect(JSON.stringify(verdict)).not.toContain(SECRET);
  });

  it('is good for five minutes, and signed in milliseconds as well', async () => {
    expect((await receive(MEETING, { now: epochMs(1_720_707_175_000 + 5 * 60_000) })).kind).toBe('accepted');
    const inMs = signed(MEETING.body, '1720707175904');
    expect((await receive(inMs, { now: epochMs(1_720_707_176_000) })).kind).toBe('accepted');
  });

  it('that is authentic and of no use is accepted and forgotten', async () => {
    for (const body of [
      'not json',
      '[]',
      { event: 'user.created', event_ts: 1, payload: { object: {} } },
      { event: 'user.presence_status_updated', event_ts: 1, payload: { object: { id: 'a' } } },
      {
        event: 'meeting.participant_joined',
        event_ts: 1,
        payload: { object: { uuid: 'm', participant: { user_name: 'A guest' } } },
      },
    ]) {
      expect(eventsOf(await receive(signed(body, '1720707175')))).toEqual([]);
    }
  });
});

describe('an event', () => {
  const now = '1626230691';
  const presence = (object: Record<string, unknown>, event_ts: number | undefined = 1_626_230_691_572) => ({
    event: 'user.presence_status_updated',
    event_ts,
    payload: {
      account_id: 'AAAAAABBBB',
      object: { email: 'jchill@example.com', id: 'abcD3ojfdbjfg', presence_status: 'Away', ...object },
    },
  });
  const payloadOf = async (body: unknown) => eventsOf(await receive(signed(body, now)))?.[0]?.payload;

  it('of a presence is read with its time in either spelling', async () => {
    // As recorded (Jericho/ZoomNet, `user.presence_status_updated.json`): two years between happening and sending.
    const happened = Date.parse('2019-11-26T20:13:57Z');
    const app = { type: 'mobile', presence_status: 'Offline' };
    const expected = {
      kind: 'presence',
      userId: 'abcD3ojfdbjfg',
      email: 'jchill@example.com',
      native: 'Away',
      at: happened,
    };
    expect(await payloadOf(presence({ 'date-time': '2019-11-26T20:13:57Z', app }))).toEqual(expected);
    expect(await payloadOf(presence({ date_time: '2019-11-26T20:13:57Z' }))).toEqual(expected);
  });

  it('that was sent at once has the exact time of sending; none is ahead of us', async () => {
    expect(await payloadOf(presence({ date_time: '2021-07-14T02:44:51Z' }))).toMatchObject({ at: 1_626_230_691_572 });
    expect(await payloadOf(presence({}, 1_626_230_999_000))).toMatchObject({ at: 1_626_230_691_900 });
    expect(await payloadOf(presence({ date_time: 'soon' }, undefined))).toMatchObject({ at: expect.any(Number) });
  });

  it('of a meeting tells who came and went, by whatever Zoom says of them', async () => {
    const participant = {
      user_id: 167,
      user_name: 'Jill',
      id: 'iFx',
      participant_uuid: '555',
      email: 'jchill@example.com',
      join_time: '2021-07-14T02:44:51Z',
      leave_time: '2021-07-14T02:44:51Z',
    };
    const object = { id: 1_234_567_890, uuid: '4444', host_id: 'x1y', participant };
    const meeting = (event: string, more: object = {}) => ({
      event,
      event_ts: 1_626_230_691_572,
      payload: { object: { ...object, ...more } },
    });
    const at = 1_626_230_691_572;
    expect(await payloadOf(meeting('meeting.started'))).toEqual({
      kind: 'joined',
      userId: 'x1y',
      email: null,
      meeting: '4444',
      session: 'host',
      at,
    });
    expect(await payloadOf(meeting('meeting.ended'))).toEqual({ kind: 'ended', meeting: '4444', at });
    expect(await payloadOf(meeting('meeting.participant_joined'))).toEqual({
      kind: 'joined',
      userId: 'iFx',
      email: 'jchill@example.com',
      meeting: '4444',
      session: '555',
      at,
    });
    expect(
      await payloadOf(
        meeting('meeting.participant_left', { participant: { ...participant, id: '', participant_uuid: '' } }),
      ),
    ).toEqual({ kind: 'left', userId: null, email: 'jchill@example.com', meeting: '4444', session: '167', at });
  });

  it('has the same id whenever it is sent again, and another for anything else', async () => {
    const idOf = async (body: unknown, timestamp = now) => eventsOf(await receive(signed(body, timestamp)))?.[0]?.id;
    const first = await idOf(presence({}));
    expect(first).toMatch(/^1626230691572-[\w-]{32}$/);
    expect(await idOf(presence({}), '1626230695')).toBe(first);
    expect(await idOf(presence({ presence_status: 'Available' }))).not.toBe(first);
    expect(await idOf(presence({}, 1_626_230_691_573))).not.toBe(first);
    expect(await idOf(presence({ id: 'somebody else' }))).not.toBe(first);
  });
});
