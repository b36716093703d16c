import { describe, expect, it } from 'vitest';
import { type ContactView, routes } from '../../../src/contract/index.ts';
import { mostCallsInAnyMinute } from '../../../src/simulator/slack/call-log.ts';
import { type SlackSimulator, startSlackSimulator } from '../../../src/simulator/slack/server.ts';
import type { SlackWorkspaceState } from '../../../src/simulator/slack/workspace/workspace-state.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { closeAfterEach } from './support/cleaning.ts';
import { accountsOf, allContacts, slackSignIn } from './support/queries.ts';
import { startVirtualCore, type VirtualCore } from './support/virtual-core.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Calls a minute that Slack promises, per method, workspace and app (docs.slack.dev/apis/web-api/rate-limits, by each method's tier). */
const LIMITS: Readonly<Record<string, number>> = {
  'auth.test': 100,
  'users.list': 20,
  'users.getPresence': 50,
  'users.setPresence': 20,
  'users.profile.get': 100,
  'users.profile.set': 50,
  'dnd.info': 50,
  'dnd.teamInfo': 20,
  'dnd.setSnooze': 20,
  'dnd.endSnooze': 20,
  'emoji.list': 20,
};

const PRESENCES = ['active', 'away by hand', 'away by itself', 'no client'] as const;
const WINDOWS = ['no schedule', 'in a window', 'before a window', 'ended by hand', 'snoozed'] as const;
const STATUSES = ['none', 'text', 'emoji', 'both', 'custom emoji', 'ends later', 'emoji inside'] as const;
const HUDDLES = ['none', 'in one', 'just over'] as const;

/** One person as the reference table's rows and columns name them. */
interface Case {
  readonly id: string;
  readonly presence: (typeof PRESENCES)[number];
  readonly window: (typeof WINDOWS)[number];
  readonly status: (typeof STATUSES)[number];
  readonly huddle: (typeof HUDDLES)[number];
}

/** Every presence with every do-not-disturb and huddle, and every status with each of them somewhere: 300 people. */
function cases(): Case[] {
  const made: Case[] = [];
  for (let index = 0; made.length < 300; index += 1) {
    made.push({
      id: `U0C${String(index).padStart(4, '0')}`,
      presence: PRESENCES[index % 4] ?? 'active',
      window: WINDOWS[Math.floor(index / 4) % 5] ?? 'no schedule',
      huddle: HUDDLES[Math.floor(index / 20) % 3] ?? 'none',
      status: STATUSES[(index + Math.floor(index / 60)) % 7] ?? 'none',
    });
  }
  return made;
}

function give(workspace: SlackWorkspaceState, { id, presence, window, status, huddle }: Case): void {
  const now = workspace.now();
  workspace.addUser({ id, name: id.toLowerCase(), realName: `Person ${id}`, email: `${id.toLowerCase()}@sim.example` });
  if (presence === 'active') workspace.setPresence(id, 'active');
  if (presence === 'away by hand') workspace.setPresence(id, 'away');
  if (presence === 'away by itself') {
    workspace.connectClient(id);
    workspace.stopActivity(id, now - 20 * MINUTE);
  }
  if (window === 'in a window') workspace.setDnd(id, { start: now - HOUR, end: now + 10 * HOUR });
  if (window === 'before a window') workspace.setDnd(id, { start: now + 5 * HOUR, end: now + 10 * HOUR });
  if (window === 'ended by hand') {
    workspace.setDnd(id, { start: now - HOUR, end: now + 10 * HOUR });
    workspace.endDnd(id);
  }
  if (window === 'snoozed') workspace.setSnooze(id, now + 10 * HOUR);
  if (huddle === 'in one') workspace.startHuddle(id);
  if (huddle === 'just over') workspace.startHuddle(id, now + 2 * MINUTE);
  const given = {
    none: null,
    text: { text: 'Writing' },
    emoji: { text: '', emoji: ':tea:' },
    both: { text: 'R&amp;D &lt;focus&gt;', emoji: ':headphones:' },
    'custom emoji': { text: 'On call', emoji: ':pager-duty:' },
    'ends later': { text: 'Lunch', emoji: ':sandwich:', expiresAt: now + 2 * MINUTE },
    'emoji inside': { text: 'Back :coffee: soon', emoji: ':wave::skin-tone-3:' },
  }[status];
  if (given) workspace.setStatus(id, given);
}

/** What the reference table makes of a case, after the two minutes in which what ends soon has ended. */
function expected({ presence, window, status, huddle }: Case) {
  const active = presence === 'active';
  const doNotDisturb = window === 'in a window';
  const inHuddle = huddle === 'in one';
  const words = {
    none: [null, null],
    text: ['Writing', null],
    emoji: [null, '🍵'],
    both: ['R&D <focus>', '🎧'],
    'custom emoji': ['On call', ':pager-duty:'],
    'ends later': [null, null],
    'emoji inside': [expect.stringMatching(/^Back (:coffee:|☕️?) soon$/u), '👋🏼'],
  }[status];
  return {
    status: active ? (doNotDisturb || inHuddle ? 'busy' : 'online') : 'away',
    doNotDisturb,
    rawStatus: active ? 'active' : 'away',
    message: words[0],
    emoji: words[1],
    activity: inHuddle ? 'in a call' : null,
    lastSeen: null,
    source: 'poll',
    stale: false,
  };
}

const closing = closeAfterEach();

async function workspaceWith(populate: (workspace: SlackWorkspaceState) => void, clock = new FakeClock()) {
  const slack = await startSlackSimulator({
    now: () => clock.now(),
    populate: (workspace) => {
      workspace.addUser({ id: 'U0ME', name: 'grace', realName: 'Grace Hopper' });
      workspace.setPresence('U0ME', 'active');
      populate(workspace);
    },
  });
  closing(() => slack.close());
  const virtual = startVirtualCore({ clock });
  closing(() => virtual.stop());
  const token = slack.workspace.issueToken({ userId: 'U0ME' });
  const account = await virtual.api.call(routes.createAccount, { body: slackSignIn(slack.apiUrl, token) });
  return { clock, slack, virtual, account };
}

function expectWithinLimits(slack: SlackSimulator): void {
  const used = new Set(slack.calls.map(({ method }) => method));
  for (const method of used) {
    const most = mostCallsInAnyMinute(slack.calls, method);
    expect(LIMITS[method], `${method} is a method whose limit is known`).toBeDefined();
    expect(most, `most calls of ${method} in any minute`).toBeLessThanOrEqual(LIMITS[method] ?? 0);
  }
  expect(slack.calls.filter(({ status }) => status === 429)).toEqual([]);
}

function identity(person: ContactView | undefined) {
  const [only] = person?.identities ?? [];
  if (!only) throw new Error('Nobody there.');
  return only;
}

describe('300 people on Slack', () => {
  it('are listed in pages, each shown as the reference table says', { timeout: 60_000 }, async () => {
    const all = cases();
    const combinations = new Set(all.map(({ presence, window, huddle }) => `${presence}, ${window}, ${huddle}`));
    expect(combinations.size).toBe(PRESENCES.length * WINDOWS.length * HUDDLES.length);
    const { slack, virtual } = await workspaceWith((workspace) => {
      workspace.addCustomEmoji('pager-duty', 'https://emoji.slack-edge.com/T0/pager-duty/1.png');
      for (const one of all) give(workspace, one);
      workspace.addUser({ id: 'U0BOT', name: 'deploys', realName: 'Deploys', kind: 'bot', alwaysActive: true });
      workspace.addUser({ id: 'U0GONE', name: 'gone', realName: 'Gone' });
      workspace.deactivateUser('U0GONE');
      workspace.addUser({ id: 'U0HIDDEN', name: 'hidden', realName: 'Hidden' });
    });
    slack.invisibleUsers.add('U0HIDDEN');
    await virtual.pass(8 * MINUTE);
    const people = await allContacts(virtual.api);
    const byUser = new Map(people.map((person) => [identity(person).userId, person]));
    expect(people).toHaveLength(301);
    expect(byUser.size).toBe(301);
    expect([...byUser.keys()].filter((id) => ['U0ME', 'U0BOT', 'U0GONE', 'USLACKBOT'].includes(id))).toEqual([]);
    expect(identity(byUser.get('U0HIDDEN')).status).toBe('unknown');
    for (const one of all) {
      const label = `${one.id}: ${one.presence}, ${one.window}, status ${one.status}, huddle ${one.huddle}`;
      const person = byUser.get(one.id);
      const want = expected(one);
      expect(identity(person), label).toMatchObject(want);
      expect(person, label).toMatchObject({
        status: want.status,
        doNotDisturb: want.doNotDisturb,
        available: want.status === 'online',
        message: want.message,
        emoji: want.emoji,
        activities: want.activity === null ? [] : [{ kind: 'in-a-call', detail: null }],
      });
    }
    const listings = slack.calls.filter(({ method }) => method === 'users.list');
    expect(listings[0]?.params.limit).toBe('200');
    expect(listings[1]?.params.cursor).not.toBe('');
    expectWithinLimits(slack);
  });

  it('show what a colleague’s snooze is where the workspace shows it', { timeout: 30_000 }, async () => {
    const clock = new FakeClock();
    const slack = await startSlackSimulator({
      now: () => clock.now(),
      colleaguesSeeSnooze: true,
      populate: (workspace) => {
        workspace.addUser({ id: 'U0ME', name: 'grace', realName: 'Grace Hopper' });
        workspace.addUser({ id: 'U0ADA', name: 'ada', realName: 'Ada Byron' });
        workspace.setPresence('U0ADA', 'active');
        workspace.setSnooze('U0ADA', clock.now() + 6 * MINUTE);
      },
    });
    closing(() => slack.close());
    const virtual = startVirtualCore({ clock });
    closing(() => virtual.stop());
    const token = slack.workspace.issueToken({ userId: 'U0ME' });
    await virtual.api.call(routes.createAccount, { body: slackSignIn(slack.apiUrl, token) });
    await virtual.pass(2 * MINUTE);
    expect((await allContacts(virtual.api))[0]).toMatchObject({ status: 'busy', doNotDisturb: true, available: false });
    await virtual.pass(6 * MINUTE);
    expect((await allContacts(virtual.api))[0]).toMatchObject({ status: 'online', doNotDisturb: false });
  });

  it('are asked about within Slack’s limits through half an hour of everything', { timeout: 90_000 }, async () => {
    const all = cases();
    const { slack, virtual, account } = await workspaceWith((workspace) => {
      for (const one of all) give(workspace, one);
    });
    const { api } = virtual;
    const id = { params: { id: account.id } };
    const connected = async () => {
      const [only] = await accountsOf(api);
      expect(only?.state).toBe('connected');
    };
    await virtual.pass(2 * MINUTE);
    const people = (await allContacts(api)).map((person) => person.id);
    const look = (from: number) =>
      api.call(routes.putAttention, { body: { contactIds: people.slice(from, from + 30) } });
    // Somebody scrolls and changes the status as fast as people do, and faster.
    for (let round = 0; round < 20; round += 1) {
      await look((round * 37) % 270);
      if (round % 2 === 0) await changeOwnStatus(virtual, round);
      await virtual.pass(15_000);
    }
    expectWithinLimits(slack);
    await api.call(routes.reconnectAccount, id);
    await virtual.pass(MINUTE);
    await slack.restart();
    await virtual.pass(2 * MINUTE);
    await connected();
    for (let round = 0; round < 3; round += 1) {
      await api.call(routes.patchAccount, { ...id, body: { enabled: false } });
      await virtual.pass(2_000);
      await api.call(routes.patchAccount, { ...id, body: { enabled: true } });
      await virtual.pass(2_000);
    }
    await virtual.pass(2 * MINUTE);
    await connected();
    expectWithinLimits(slack);
    await virtual.pass(20 * MINUTE);
    expectWithinLimits(slack);
    const looks = slack.calls.filter(({ method }) => method === 'users.getPresence').length;
    // The limits are kept by planning, not by doing little: about 50 looks a minute while somebody is looking.
    expect(looks).toBeGreaterThan(500);
  });

  it('are asked about within the limits also when Muster starts again and again', { timeout: 60_000 }, async () => {
    const all = cases();
    const { clock, slack, virtual } = await workspaceWith((workspace) => {
      for (const one of all) give(workspace, one);
    });
    const { home, secretStore } = virtual.core;
    await virtual.pass(90_000);
    await virtual.stop();
    for (let round = 0; round < 3; round += 1) {
      clock.jump(1_000);
      const again = startVirtualCore({ clock, home, secretStore });
      closing(() => again.stop());
      await again.pass(20_000);
      const [account] = await accountsOf(again.api);
      expect(account?.state).toBe('connected');
      await again.stop();
    }
    expectWithinLimits(slack);
  });
});

async function changeOwnStatus({ api }: VirtualCore, round: number): Promise<void> {
  if (round % 4 === 0) await api.call(routes.putOwnStatus, { body: { status: 'busy', message: `Round ${round}` } });
  else await api.call(routes.deleteOwnStatus);
}
