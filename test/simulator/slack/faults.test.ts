import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Fault, UNKNOWN_PRESENCE, WRONG_TYPE_PRESENCE } from '../../../src/simulator/faults/fault.ts';
import { type SlackSimulator, startSlackSimulator } from '../../../src/simulator/slack/server.ts';
import { post } from './raw.ts';

const NOW = Date.UTC(2026, 4, 4, 9);
let slack: SlackSimulator;
let token: string;

beforeEach(async () => {
  slack = await startSlackSimulator({ now: () => NOW });
  slack.workspace.addUser({ id: 'U0ADA', name: 'ada', realName: 'Ada Lind' });
  token = slack.workspace.issueToken({ userId: 'U0ADA' });
});
afterEach(() => slack.close());

/** What a client without any patience sees: the answer, or how the call failed. */
async function outcome(fault: Fault, patienceMs = 300): Promise<{ status: number; text: string } | string> {
  slack.faults.add(fault, { times: 1 });
  try {
    const response = await fetch(`${slack.apiUrl}users.setPresence?token=${token}&presence=away`, {
      method: 'POST',
      signal: AbortSignal.timeout(patienceMs),
    });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const cause = error.cause instanceof Error && 'code' in error.cause ? error.cause.code : error.name;
    return String(cause);
  }
}

function isAway(): boolean {
  return slack.workspace.presenceOf('U0ADA').manualAway;
}

describe('faults', () => {
  it('answers 429, 500, 503 and any refusal instead of Slack, and the call has no effect', async () => {
    expect(await outcome({ kind: 'rate-limited', retryAfterSeconds: 7 })).toMatchObject({ status: 429 });
    expect(await outcome({ kind: 'http-status', status: 500 })).toMatchObject({ status: 500 });
    expect(await outcome({ kind: 'http-status', status: 503, retryAfterSeconds: 2 })).toMatchObject({ status: 503 });
    expect(await outcome({ kind: 'platform-error', error: 'team_added_to_org' })).toEqual({
      status: 200,
      text: '{"ok":false,"error":"team_added_to_org"}',
    });
    expect(isAway()).toBe(false);
    expect(slack.calls.map((call) => [call.fault, call.status])).toEqual([
      ['rate-limited', 429],
      ['http-status', 500],
      ['http-status', 503],
      ['platform-error', 200],
    ]);
  });

  it('never answers, resets, or ends its half of the connection', async () => {
    expect(await outcome({ kind: 'hang' })).toBe('TimeoutError');
    expect(await outcome({ kind: 'reset-connection' })).toBe('ECONNRESET');
    expect(await outcome({ kind: 'half-closed' })).toBe('UND_ERR_SOCKET');
    expect(isAway()).toBe(false);
  });

  it('lets a call take effect whose answer is cut off, stalled, garbled or late', async () => {
    expect(await outcome({ kind: 'truncated-body' })).toBe('UND_ERR_SOCKET');
    expect(isAway()).toBe(true);
    expect(await outcome({ kind: 'stalled-body' })).toBe('TimeoutError');
    const garbled = await outcome({ kind: 'malformed-json' });
    expect(() => JSON.parse(typeof garbled === 'string' ? '{}' : garbled.text)).toThrow(SyntaxError);
    expect(await outcome({ kind: 'slow', delayMs: 2_000 })).toBe('TimeoutError');
    expect(await outcome({ kind: 'slow', delayMs: 20 })).toEqual({ status: 200, text: '{"ok":true}' });
  });

  it('sends a web page where a captive portal would', async () => {
    const page = await outcome({ kind: 'html-page' });
    expect(page).toMatchObject({ status: 200, text: expect.stringContaining('<!doctype html>') });
  });

  it('replaces single values by wrong types, unknown words or nothing', async () => {
    const presence = async (fault: Fault) => {
      slack.faults.add(fault, { method: 'users.getPresence', times: 1 });
      return (await post(slack, token, 'users.getPresence')).body;
    };
    expect(await presence(WRONG_TYPE_PRESENCE)).toMatchObject({ ok: true, presence: 7 });
    expect(await presence(UNKNOWN_PRESENCE)).toMatchObject({ ok: true, presence: 'hovering' });
    slack.faults.add({ kind: 'replaced-values', values: { 'members.*.profile': undefined, 'members.0.id': 12 } });
    const { members } = (await post(slack, token, 'users.list')).body;
    expect(members).toMatchObject([{ id: 12 }, { id: 'U0ADA' }]);
    expect(JSON.stringify(members)).not.toContain('profile');
  });

  it('says a skewed time in the Date header', async () => {
    slack.faults.add({ kind: 'clock-skew', offsetMs: -3_600_000 }, { times: 1 });
    const dateOf = async () => (await post(slack, token, 'auth.test')).headers.get('date');
    expect(await dateOf()).toBe(new Date(NOW - 3_600_000).toUTCString());
    expect(await dateOf()).toBe(new Date(NOW).toUTCString());
  });

  it('hits only the method it was planned for, as often as planned or until it is cleared', async () => {
    const status = async (method: string) => (await post(slack, token, method)).status;
    slack.faults.add({ kind: 'http-status', status: 500 }, { method: 'emoji.list', times: 2 });
    expect([await status('auth.test'), await status('emoji.list'), await status('emoji.list')]).toEqual([
      200, 500, 500,
    ]);
    expect(await status('emoji.list')).toBe(200);
    const takeBack = slack.faults.add({ kind: 'http-status', status: 502 });
    slack.faults.add({ kind: 'http-status', status: 504 }, { method: 'emoji.list' });
    expect([await status('auth.test'), await status('auth.test')]).toEqual([502, 502]);
    takeBack();
    expect([await status('auth.test'), await status('emoji.list')]).toEqual([200, 504]);
    slack.faults.clear('emoji.list');
    expect(await status('emoji.list')).toBe(200);
    expect(slack.faults.size).toBe(0);
  });
});

describe('the server itself', () => {
  it('comes back on its port after a restart, with its people and tokens', async () => {
    const { apiUrl } = slack;
    await slack.restart(20);
    expect(slack.apiUrl).toBe(apiUrl);
    expect((await post(slack, token, 'auth.test')).body.ok).toBe(true);
  });

  it('counts the connections that clients hold, and drops all of them when it closes', async () => {
    const hanging = outcome({ kind: 'hang' }, 5_000);
    await expect.poll(() => slack.calls.length).toBe(1);
    expect(slack.openSockets()).toBeGreaterThan(0);
    await slack.close();
    expect(await hanging).toBe('UND_ERR_SOCKET');
    expect(slack.openSockets()).toBe(0);
    await slack.close();
  });

  it('serves a picture for each member, another for another', async () => {
    slack.workspace.addUser({ id: 'U0BEN', name: 'ben', realName: 'Ben Okoro' });
    const picture = async (user: string) => {
      const { profile } = (await post(slack, token, 'users.profile.get', { user })).body;
      const url = typeof profile === 'object' && profile !== null && 'image_72' in profile ? profile.image_72 : '';
      const response = await fetch(String(url));
      expect(response.headers.get('content-type')).toBe('image/png');
      return Buffer.from(await response.arrayBuffer());
    };
    const ada = await picture('U0ADA');
    expect(ada.subarray(1, 4).toString('latin1')).toBe('PNG');
    expect(ada.readUInt32BE(16)).toBe(72);
    expect(ada.equals(await picture('U0BEN'))).toBe(false);
    expect(ada.equals(await picture('U0ADA'))).toBe(true);
  });
});
