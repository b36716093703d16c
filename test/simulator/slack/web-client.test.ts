import { WebClient, type WebClientOptions } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mostCallsInAnyMinute } from '../../../src/simulator/slack/call-log.ts';
import { type SlackSimulator, startSlackSimulator } from '../../../src/simulator/slack/server.ts';

let now = Date.UTC(2026, 4, 4, 9);
let slack: SlackSimulator;
let token: string;

function client(options: WebClientOptions = {}): WebClient {
  return new WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    ...options,
  });
}

beforeEach(async () => {
  now = Date.UTC(2026, 4, 4, 9);
  slack = await startSlackSimulator({ now: () => now });
  slack.workspace.addUser({ id: 'U0ADA', name: 'ada', realName: 'Ada Lind', email: 'ada@harbour.example' });
  slack.workspace.addUser({ id: 'U0BEN', name: 'ben', realName: 'Ben Okoro', email: 'ben@harbour.example' });
  token = slack.workspace.issueToken({ userId: 'U0ADA' });
});
afterEach(() => slack.close());

describe('the official client against the simulated workspace', () => {
  it('tells who the token is, and its scopes in a header', async () => {
    const answer = await client().auth.test();
    expect(answer).toMatchObject({ ok: true, user_id: 'U0ADA', team_id: 'T0SIM00001', user: 'ada' });
    expect(answer.response_metadata?.scopes).toContain('users:read');
  });

  it('pages through members with Slackbot among them', async () => {
    const ids: string[] = [];
    for await (const page of client().paginate('users.list', { limit: 2 })) {
      const members = 'members' in page && Array.isArray(page.members) ? page.members : [];
      ids.push(...members.map((member: { id: string }) => member.id));
    }
    expect(ids).toEqual(['USLACKBOT', 'U0ADA', 'U0BEN']);
    expect(slack.calls.map((call) => call.method)).toEqual(['users.list', 'users.list']);
  });

  it('writes a status that is held until its expiry, and gone at it', async () => {
    await client().users.profile.set({
      profile: { status_text: 'In a workshop', status_emoji: ':hammer:', status_expiration: now / 1000 + 20 },
    });
    const read = async () => (await client().users.profile.get({})).profile;
    expect(await read()).toMatchObject({ status_text: 'In a workshop', status_emoji: ':hammer:' });
    now += 19_999;
    expect(await read()).toMatchObject({ status_text: 'In a workshop', status_expiration: (now + 1) / 1000 });
    now += 1;
    expect(await read()).toMatchObject({ status_text: '', status_emoji: '', status_expiration: 0 });
  });

  it('refuses the fifty-first presence of a minute with Retry-After, and the next one is free when the first has left the window', async () => {
    const slackClient = client();
    for (let call = 0; call < 50; call += 1) {
      await slackClient.users.getPresence({ user: 'U0BEN' });
      now += 100;
    }
    await expect(slackClient.users.getPresence({ user: 'U0BEN' })).rejects.toMatchObject({ retryAfter: 55 });
    now += 55_000;
    await expect(slackClient.users.getPresence({ user: 'U0BEN' })).resolves.toMatchObject({ presence: 'away' });
    expect(mostCallsInAnyMinute(slack.calls, 'users.getPresence')).toBe(51);
  });

  it('says of others only whether they are active, and of oneself why', async () => {
    slack.workspace.setPresence('U0BEN', 'active');
    slack.workspace.setPresence('U0ADA', 'active');
    const other = await client().users.getPresence({ user: 'U0BEN' });
    expect(Object.keys(other).sort()).toEqual(['ok', 'presence', 'response_metadata']);
    const own = await client().users.getPresence({});
    expect(own).toMatchObject({ presence: 'active', online: true, auto_away: false, manual_away: false });
  });
});
