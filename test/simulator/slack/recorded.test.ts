import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type SlackSimulator, startSlackSimulator } from '../../../src/simulator/slack/server.ts';
import { post } from './raw.ts';
import { openSocket, type TestSocket } from './test-socket.ts';

/**
 * Field by field, with JSON types: what Slack really sent, values blanked. From slackapi/java-slack-sdk, `json-logs/samples`
 * (MIT licence), August 2026.
 */
const recorded = z
  .record(z.string(), z.record(z.string(), z.string()))
  .parse(JSON.parse(readFileSync(new URL('./recorded-shapes.json', import.meta.url), 'utf8')));

/** Dotted paths with the types of what is there; of arrays the first element. */
function shapeOf(value: unknown, path = ''): Record<string, string> {
  if (Array.isArray(value)) return { [path]: 'array', ...(value.length > 0 ? shapeOf(value[0], `${path}.0`) : {}) };
  if (typeof value !== 'object' || value === null) return { [path]: value === null ? 'null' : typeof value };
  const entries = Object.entries(value);
  if (entries.length === 0) return path === '' ? {} : { [path]: 'object' };
  return Object.assign({}, ...entries.map(([key, each]) => shapeOf(each, path === '' ? key : `${path}.${key}`)));
}

/** Fields that only the simulator has; throws for one whose type differs. */
function onlyHere(name: string, value: unknown): string[] {
  const there = recorded[name] ?? {};
  const here = shapeOf(value);
  const differing = Object.keys(here).filter((path) => path in there && here[path] !== there[path]);
  expect(differing, name).toEqual([]);
  return Object.keys(here).filter((path) => !(path in there));
}

const ORGANISATION = { id: 'E0SIM00001', name: 'Harbour Group' };
const CLIENT_ID = '1.2';
const REDIRECT = 'http://localhost:41730/slack';
const now = Date.UTC(2026, 4, 4, 9);
let slack: SlackSimulator;
let socket: TestSocket | null = null;

beforeEach(async () => {
  slack = await startSlackSimulator({
    now: () => now,
    identity: { enterprise: ORGANISATION },
    app: { clientId: CLIENT_ID, redirectUris: [REDIRECT], rotation: true, userId: 'U0ADA' },
  });
  slack.workspace.addUser({ id: 'U0ADA', name: 'ada', realName: 'Ada Lind', email: 'ada@harbour.example' });
  slack.workspace.addUser({ id: 'U0BEN', name: 'ben', realName: 'Ben Okoro', email: 'ben@harbour.example' });
});
afterEach(async () => {
  socket?.close();
  socket = null;
  await slack.close();
});

async function eventAfter(type: string, change: () => void): Promise<unknown> {
  socket = await openSocket(slack, slack.workspace.issueToken({ userId: 'U0ADA', kind: 'app' }));
  change();
  return socket.event(type);
}

describe('what the simulator sends, beside what was recorded', () => {
  // Documented with the user object, and in the recorded answers of `users.list`.
  const userFields = ['profile.status_emoji_display_info', 'enterprise_user.teams', 'enterprise_user.teams.0'];
  const inUser = userFields.map((path) => `event.user.${path}`);
  const emoji = ['emoji_name', 'display_url', 'unicode'].map((field) => `${inUser[0]}.0.${field}`);

  it.each([
    ['user_change', () => slack.workspace.setStatus('U0BEN', { text: 'Hi', emoji: ':coffee:' }), [...inUser, ...emoji]],
    ['user_status_changed', () => slack.workspace.setStatus('U0BEN', { text: 'Hi' }), inUser],
    ['user_huddle_changed', () => slack.workspace.startHuddle('U0BEN'), inUser],
    [
      'team_join',
      () => slack.workspace.addUser({ id: 'U0CAY', name: 'cay', realName: 'Çay', email: 'c@x.example' }),
      inUser,
    ],
    ['dnd_updated', () => slack.workspace.setSnooze('U0ADA', now + 60_000), []],
    ['dnd_updated_user', () => slack.workspace.setDnd('U0BEN', { start: now, end: now + 60_000 }), []],
    ['tokens_revoked', () => slack.workspace.revokeToken(slack.workspace.issueToken({ userId: 'U0BEN' })), []],
    ['app_uninstalled', () => slack.workspace.uninstallApp(), []],
  ] as const)('%s agrees in every field', async (type, change, fields) => {
    const payload = await eventAfter(type, () => void change());
    expect(onlyHere(type, payload).toSorted()).toEqual(fields.toSorted());
  });

  it('the answers about sign-in, workspaces and sockets agree in every field', async () => {
    const token = slack.workspace.issueToken({ userId: 'U0ADA', expiresAt: now + 60_000 });
    const orgToken = slack.workspace.issueToken({ userId: 'U0ADA', orgWide: true });
    const appToken = slack.workspace.issueToken({ userId: 'U0ADA', kind: 'app' });
    const body = async (as: string, method: string) => (await post(slack, as, method)).body;
    expect(onlyHere('auth.test', await body(token, 'auth.test'))).toEqual([]);
    expect(onlyHere('auth.test', await body(orgToken, 'auth.test'))).toEqual([]);
    expect(onlyHere('auth.teams.list', await body(orgToken, 'auth.teams.list'))).toEqual([]);
    expect(onlyHere('apps.connections.open', await body(appToken, 'apps.connections.open'))).toEqual([]);
    expect(
      onlyHere('users.list', await body(token, 'users.list')).filter((path) => path.startsWith('members')),
    ).toEqual([]);
  });

  it('the token answers agree in every field, nested at a sign-in and at the top after a refresh', async () => {
    const verifier = 'v'.repeat(43);
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
    const page = new URL('/oauth/v2/authorize', slack.apiUrl);
    page.search = new URLSearchParams({
      response_type: 'code',
      client_id: CLIENT_ID,
      redirect_uri: REDIRECT,
      user_scope: 'users:read',
      code_challenge: Buffer.from(digest).toString('base64url'),
      code_challenge_method: 'S256',
    }).toString();
    const { headers } = await fetch(page, { redirect: 'manual' });
    const code = new URL(headers.get('location') ?? '').searchParams.get('code') ?? '';
    const proof = { code, client_id: CLIENT_ID, redirect_uri: REDIRECT, code_verifier: verifier };
    const first = (await post(slack, undefined, 'oauth.v2.access', proof)).body;
    expect(onlyHere('oauth.v2.access', first)).toEqual([]);
    const { authed_user: user } = z.object({ authed_user: z.object({ refresh_token: z.string() }) }).parse(first);
    const again = { grant_type: 'refresh_token', refresh_token: user.refresh_token, client_id: CLIENT_ID };
    const second = (await post(slack, undefined, 'oauth.v2.access', again)).body;
    expect(second).toMatchObject({ ok: true, token_type: 'user', expires_in: 43_200 });
    expect(onlyHere('oauth.v2.access', second)).toEqual([]);
  });
});
