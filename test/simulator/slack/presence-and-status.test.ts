import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SlackSimulator, startSlackSimulator } from '../../../src/simulator/slack/server.ts';
import { post } from './raw.ts';

const MINUTE_MS = 60_000;
let now = 0;
let slack: SlackSimulator;
let token: string;

beforeEach(async () => {
  now = Date.UTC(2026, 4, 4, 9);
  slack = await startSlackSimulator({ now: () => now });
  slack.workspace.addUser({ id: 'U0ADA', name: 'ada', realName: 'Ada Lind' });
  slack.workspace.addUser({ id: 'U0BEN', name: 'ben', realName: 'Ben Okoro' });
  token = slack.workspace.issueToken({ userId: 'U0ADA' });
});
afterEach(() => slack.close());

async function call(method: string, form: Record<string, string> = {}): Promise<Record<string, unknown>> {
  slack.resetLimits();
  return (await post(slack, token, method, form)).body;
}

describe('presence', () => {
  const other = async () => (await call('users.getPresence', { user: 'U0BEN' })).presence;

  it('says away of a colleague who is disconnected, idle or away by hand, and nothing that tells them apart', async () => {
    expect(await call('users.getPresence', { user: 'U0BEN' })).toEqual({ ok: true, presence: 'away' });
    slack.workspace.setPresence('U0BEN', 'active');
    expect(await call('users.getPresence', { user: 'U0BEN' })).toEqual({ ok: true, presence: 'active' });
    slack.workspace.setPresence('U0BEN', 'away');
    expect(await call('users.getPresence', { user: 'U0BEN' })).toEqual({ ok: true, presence: 'away' });
  });

  it('turns away by itself ten minutes after the last activity, and back with the next', async () => {
    slack.workspace.connectClient('U0BEN');
    now += 60 * MINUTE_MS;
    expect(await other()).toBe('active');
    slack.workspace.stopActivity('U0BEN');
    now += 10 * MINUTE_MS - 1;
    expect(await other()).toBe('active');
    now += 1;
    expect(await other()).toBe('away');
    slack.workspace.setPresence('U0BEN', 'active');
    expect(await other()).toBe('active');
    slack.workspace.disconnectClients('U0BEN');
    expect(await other()).toBe('away');
  });

  it('keeps being away by hand across clients, and ends it by auto only', async () => {
    slack.workspace.connectClient('U0ADA');
    expect(await call('users.setPresence', { presence: 'away' })).toEqual({ ok: true });
    slack.workspace.disconnectClients('U0ADA');
    slack.workspace.connectClient('U0ADA');
    expect(await call('users.getPresence')).toMatchObject({ presence: 'away', manual_away: true, auto_away: false });
    await call('users.setPresence', { presence: 'auto' });
    expect(await call('users.getPresence')).toMatchObject({ presence: 'active', manual_away: false });
    expect((await call('users.setPresence', { presence: 'active' })).error).toBe('invalid_presence');
  });

  it('cannot be made active without a client, and then has no last activity', async () => {
    await call('users.setPresence', { presence: 'auto' });
    expect(await call('users.getPresence')).toEqual({
      ok: true,
      presence: 'away',
      online: false,
      auto_away: false,
      manual_away: false,
      connection_count: 0,
    });
    slack.workspace.connectClient('U0ADA');
    const since = now / 1000;
    slack.workspace.stopActivity('U0ADA');
    now += 11 * MINUTE_MS;
    expect(await call('users.getPresence')).toEqual({
      ok: true,
      presence: 'away',
      online: true,
      auto_away: true,
      manual_away: false,
      connection_count: 1,
      last_activity: since,
    });
  });

  it('calls bots always active, and away all the same', async () => {
    expect(await call('users.getPresence', { user: 'USLACKBOT' })).toEqual({ ok: true, presence: 'away' });
    expect((await call('users.info', { user: 'USLACKBOT' })).user).toMatchObject({ profile: { always_active: true } });
  });
});

describe('status', () => {
  const set = (profile: unknown) =>
    call('users.profile.set', { profile: typeof profile === 'string' ? profile : JSON.stringify(profile) });
  const status = async () => {
    const { profile } = await call('users.profile.get');
    if (typeof profile !== 'object' || profile === null) throw new Error('There is no profile.');
    const fields = new Map<string, unknown>(Object.entries(profile));
    return ['status_text', 'status_emoji', 'status_expiration'].map((field) => fields.get(field));
  };

  it('takes a hundred characters, counted as people count them, and not one more', async () => {
    expect((await set({ status_text: '🏝'.repeat(100) })).ok).toBe(true);
    expect((await set({ status_text: 'x'.repeat(101) })).error).toBe('too_long');
  });

  it('adds the speech balloon when there is a text without emoji', async () => {
    await set({ status_text: 'Busy', status_emoji: '' });
    expect(await status()).toEqual(['Busy', ':speech_balloon:', 0]);
  });

  it('is cleared by both fields together, never by one of them', async () => {
    await set({ status_text: 'Busy', status_emoji: ':no_entry:', status_expiration: now / 1000 + 60 });
    expect((await set({ status_text: '' })).error).toBe('must_clear_both_status_text_and_status_emoji');
    expect((await set({ status_emoji: '' })).error).toBe('must_clear_both_status_text_and_status_emoji');
    expect(await status()).toEqual(['Busy', ':no_entry:', now / 1000 + 60]);
    expect((await set({ status_text: '', status_emoji: '' })).ok).toBe(true);
    expect(await status()).toEqual(['', '', 0]);
  });

  it('does not expire when the expiration is zero or left out', async () => {
    await set({ status_text: 'A', status_expiration: now / 1000 + 60 });
    await set({ status_text: 'B' });
    expect(await status()).toEqual(['B', ':speech_balloon:', 0]);
    now += 365 * 86_400_000;
    expect((await status())[0]).toBe('B');
  });

  it('refuses what is no JSON, no profile, no emoji syntax or no emoji of this workspace', async () => {
    expect((await set('{status_text:')).error).toBe('invalid_profile');
    expect((await set({ status_text: 7 })).error).toBe('invalid_profile');
    expect((await set({ status_text: 'x', status_emoji: '🏝' })).error).toBe(
      'profile_status_set_failed_not_emoji_syntax',
    );
    expect((await set({ status_text: 'x', status_emoji: ':harbour:' })).error).toBe(
      'profile_status_set_failed_not_valid_emoji',
    );
    slack.workspace.addCustomEmoji('harbour', 'https://emoji.slack-edge.com/h.png');
    expect((await set({ status_text: 'x', status_emoji: ':harbour:' })).ok).toBe(true);
  });

  it('takes single fields, and other people’s from admins only', async () => {
    expect((await call('users.profile.set', { name: 'status_text', value: 'By name' })).ok).toBe(true);
    expect((await status())[0]).toBe('By name');
    const forBen = { user: 'U0BEN', profile: '{"status_text":"Hi"}' };
    expect((await call('users.profile.set', forBen)).error).toBe('not_admin');
  });

  it('tells how to draw standard, custom and aliased emoji', async () => {
    slack.workspace.addCustomEmoji('harbour', 'https://emoji.slack-edge.com/h.png');
    slack.workspace.addCustomEmoji('port', 'alias:harbour');
    slack.workspace.setStatus('U0BEN', { text: 'By :port: to :house:', emoji: ':palm_tree:' });
    const { profile } = await call('users.profile.get', { user: 'U0BEN' });
    expect(profile).toMatchObject({
      status_emoji_display_info: [
        { emoji_name: 'palm_tree', unicode: '1f334' },
        { emoji_name: 'port', display_alias: 'harbour', display_url: 'https://emoji.slack-edge.com/h.png' },
        { emoji_name: 'house', unicode: '1f3e0' },
      ],
    });
    expect((await call('emoji.list')).emoji).toEqual({
      harbour: 'https://emoji.slack-edge.com/h.png',
      port: 'alias:harbour',
    });
  });

  it('shows a huddle until it ends, by hand or by itself', async () => {
    const huddle = async () => (await call('users.profile.get', { user: 'U0BEN' })).profile;
    slack.workspace.startHuddle('U0BEN', now + MINUTE_MS);
    expect(await huddle()).toMatchObject({
      huddle_state: 'in_a_huddle',
      huddle_state_expiration_ts: now / 1000 + 60,
    });
    slack.workspace.endHuddle('U0BEN');
    expect(await huddle()).toMatchObject({ huddle_state: 'default_unset', huddle_state_expiration_ts: 0 });
    slack.workspace.startHuddle('U0BEN', now + MINUTE_MS);
    now += MINUTE_MS;
    expect(await huddle()).toMatchObject({ huddle_state: 'default_unset' });
  });

  it('moves a member’s updated time with each change of the profile, also when a status runs out', async () => {
    const updated = async () => {
      const { user } = await call('users.info', { user: 'U0BEN' });
      return typeof user === 'object' && user !== null && 'updated' in user ? user.updated : undefined;
    };
    const before = now / 1000;
    expect(await updated()).toBe(before);
    slack.workspace.setStatus('U0BEN', { text: 'Lunch', expiresAt: now + 5 * MINUTE_MS });
    now += 20 * MINUTE_MS;
    expect(await updated()).toBe(before + 300);
    slack.workspace.renameUser('U0BEN', { realName: 'Ben Okoro-Lind' });
    expect(await updated()).toBe(before + 1200);
  });
});

describe('do not disturb', () => {
  const HOUR_MS = 60 * MINUTE_MS;

  it('says 1 for somebody without a schedule, and refuses none, strangers and more than fifty', async () => {
    expect(await call('dnd.teamInfo', { users: 'U0ADA,U0BEN' })).toEqual({
      ok: true,
      users: {
        U0ADA: { dnd_enabled: false, next_dnd_start_ts: 1, next_dnd_end_ts: 1 },
        U0BEN: { dnd_enabled: false, next_dnd_start_ts: 1, next_dnd_end_ts: 1 },
      },
    });
    expect((await call('dnd.teamInfo')).error).toBe('no_users_provided');
    expect((await call('dnd.teamInfo', { users: 'U0ADA,U0GONE' })).error).toBe('user_not_visible');
    expect((await call('dnd.teamInfo', { users: Array(51).fill('U0ADA').join(',') })).ok).toBe(false);
  });

  it('gives the running window, and the next day’s once it is over', async () => {
    slack.workspace.setDnd('U0BEN', { start: now - HOUR_MS, end: now + HOUR_MS });
    const window = () => call('dnd.info', { user: 'U0BEN' });
    const seconds = now / 1000;
    const today = { ok: true, dnd_enabled: true, next_dnd_start_ts: seconds - 3600, next_dnd_end_ts: seconds + 3600 };
    expect(await window()).toEqual(today);
    now += HOUR_MS - 1;
    expect(await window()).toEqual(today);
    now += 1;
    expect(await window()).toMatchObject({ next_dnd_start_ts: seconds + 82_800, next_dnd_end_ts: seconds + 90_000 });
    slack.workspace.setDnd('U0BEN', null);
    expect(await window()).toMatchObject({ dnd_enabled: false });
  });

  it('ends the running session, and says so when there is none', async () => {
    expect((await call('dnd.endDnd')).error).toBe('not_in_dnd');
    slack.workspace.setDnd('U0ADA', { start: now - HOUR_MS, end: now + HOUR_MS });
    expect(await call('dnd.endDnd')).toEqual({ ok: true });
    expect(await call('dnd.info')).toMatchObject({ next_dnd_start_ts: (now - HOUR_MS) / 1000 + 86_400 });
    expect((await call('dnd.endDnd')).error).toBe('not_in_dnd');
  });

  it('snoozes for whole minutes, shows it to oneself alone, and ends it by hand or by itself', async () => {
    expect((await call('dnd.setSnooze')).error).toBe('missing_duration');
    expect((await call('dnd.setSnooze', { num_minutes: 'soon' })).error).toBe('snooze_failed');
    expect((await call('dnd.setSnooze', { num_minutes: '99999999' })).error).toBe('too_long');
    expect(await call('dnd.setSnooze', { num_minutes: '20' })).toEqual({
      ok: true,
      snooze_enabled: true,
      snooze_endtime: now / 1000 + 1200,
      snooze_remaining: 1200,
      snooze_is_indefinite: false,
    });
    now += 5 * MINUTE_MS;
    expect(await call('dnd.info')).toMatchObject({ snooze_enabled: true, snooze_remaining: 900, dnd_enabled: false });
    expect((await call('dnd.teamInfo', { users: 'U0ADA' })).users).toMatchObject({ U0ADA: { dnd_enabled: false } });
    expect(await call('dnd.endSnooze')).toMatchObject({ ok: true, snooze_enabled: false, dnd_enabled: false });
    expect((await call('dnd.endSnooze')).error).toBe('snooze_not_active');
    await call('dnd.setSnooze', { num_minutes: '1' });
    now += MINUTE_MS;
    expect(await call('dnd.info')).toMatchObject({ snooze_enabled: false });
  });

  it('can show colleagues’ snoozes as their window, since Slack does not say whether it does', async () => {
    const open = await startSlackSimulator({ now: () => now, colleaguesSeeSnooze: true });
    try {
      open.workspace.addUser({ id: 'U0ADA', name: 'ada', realName: 'Ada Lind' });
      open.workspace.addUser({ id: 'U0BEN', name: 'ben', realName: 'Ben Okoro' });
      const ada = open.workspace.issueToken({ userId: 'U0ADA' });
      open.workspace.setSnooze('U0BEN', now + HOUR_MS);
      const { body } = await post(open, ada, 'dnd.info', { user: 'U0BEN' });
      expect(body).toMatchObject({ dnd_enabled: true, next_dnd_end_ts: now / 1000 + 3600 });
    } finally {
      await open.close();
    }
  });
});
