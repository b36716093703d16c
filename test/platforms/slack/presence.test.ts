import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../../src/platforms/platform.ts';
import { type BelievableWorkspace, populateBelievably } from '../../../src/simulator/slack/believable-workspace.ts';
import { mostCallsInAnyMinute } from '../../../src/simulator/slack/call-log.ts';
import type { SlackWorkspaceState } from '../../../src/simulator/slack/workspace/workspace-state.ts';
import { type SlackBench, startSlackBench } from './bench.ts';

const MINUTE = 60_000;
const CALL = { kind: 'in-a-call', detail: null };

let bench: SlackBench;
let connection: Connection;
let workspace: SlackWorkspaceState;

beforeEach(async () => {
  bench = await startSlackBench();
  workspace = bench.simulator.workspace;
  connection = await bench.connect();
});
afterEach(async () => {
  bench.abort.abort();
  await bench.simulator.close();
});

/** Everything that Slack has to say about Ada. */
async function lookAtAda() {
  await bench.list(connection);
  await bench.lookAtWindows(connection, 'U0ADA');
  await bench.look(connection, 'U0ADA');
  return bench.latest('U0ADA');
}

const inDnd = (): void =>
  workspace.setDnd('U0ADA', { start: bench.clock.now() - MINUTE, end: bench.clock.now() + 30 * MINUTE });
const laterDnd = (): void =>
  workspace.setDnd('U0ADA', { start: bench.clock.now() + 10 * MINUTE, end: bench.clock.now() + 30 * MINUTE });

/** Presence × do-not-disturb × huddle, as the reference table reads. */
const TABLE = [
  ['active', 'none', false, { status: 'online', doNotDisturb: false, activities: [] }],
  ['active', 'later', false, { status: 'online', doNotDisturb: false, activities: [] }],
  ['active', 'now', false, { status: 'busy', doNotDisturb: true, activities: [] }],
  ['active', 'none', true, { status: 'busy', doNotDisturb: false, activities: [CALL] }],
  ['active', 'later', true, { status: 'busy', doNotDisturb: false, activities: [CALL] }],
  ['active', 'now', true, { status: 'busy', doNotDisturb: true, activities: [CALL] }],
  ['away', 'none', false, { status: 'away', doNotDisturb: false, activities: [] }],
  ['away', 'later', false, { status: 'away', doNotDisturb: false, activities: [] }],
  ['away', 'now', false, { status: 'away', doNotDisturb: true, activities: [] }],
  ['away', 'none', true, { status: 'away', doNotDisturb: false, activities: [CALL] }],
  ['away', 'now', true, { status: 'away', doNotDisturb: true, activities: [CALL] }],
] as const;

/** Ways of not being active that Slack tells apart for oneself only. */
const AWAY_KINDS = ['by hand', 'by itself', 'disconnected'] as const;

/** Custom statuses and how they are shown. */
const STATUSES = [
  ['none', '', '', null, null],
  ['text and a standard emoji', 'Pairing', ':headphones:', 'Pairing', '🎧'],
  ['a text alone', 'Lunch', '', 'Lunch', null],
  ['an emoji alone', '', ':palm_tree:', null, '🌴'],
  ['the workspace’s own emoji', 'On call', ':pager-duty:', 'On call', ':pager-duty:'],
  ['a skin tone', 'Hi', ':wave::skin-tone-3:', 'Hi', '👋🏼'],
  ['escaped text with emoji inside', 'R&amp;D &lt;3 :coffee: :pager-duty:', '', 'R&D <3 ☕ :pager-duty:', null],
] as const;

describe('what Slack’s presence means', () => {
  for (const [presence, dnd, huddle, expected] of TABLE) {
    for (const how of presence === 'away' ? AWAY_KINDS : (['at the keyboard'] as const)) {
      it(`is ${expected.status} when ${presence} (${how}), do-not-disturb ${dnd}, ${huddle ? 'in a huddle' : 'no huddle'}`, async () => {
        workspace.setPresence('U0ADA', 'active');
        if (how === 'by hand') workspace.setPresence('U0ADA', 'away');
        if (how === 'disconnected') workspace.disconnectClients('U0ADA');
        if (how === 'by itself') {
          workspace.stopActivity('U0ADA');
          await bench.clock.advance(11 * MINUTE);
        }
        if (dnd === 'now') inDnd();
        if (dnd === 'later') laterDnd();
        if (huddle) workspace.startHuddle('U0ADA');
        const expectedAt = bench.clock.now();
        expect(await lookAtAda()).toEqual({
          userId: 'U0ADA',
          rawStatus: presence,
          message: null,
          emoji: null,
          lastSeen: null,
          observedAt: expectedAt,
          source: 'poll',
          replayed: true,
          ...expected,
        });
      });
    }
  }

  for (const [what, text, emoji, message, shown] of STATUSES) {
    for (const presence of ['active', 'away'] as const) {
      it(`shows ${what} while ${presence}`, async () => {
        workspace.addCustomEmoji('pager-duty', 'https://emoji.slack-edge.com/p.png');
        workspace.setPresence('U0ADA', presence);
        workspace.setStatus('U0ADA', { text, emoji });
        expect(await lookAtAda()).toMatchObject({
          status: presence === 'active' ? 'online' : 'away',
          message,
          emoji: shown,
        });
      });
    }
  }

  it('is unknown, with Slack’s own word kept, for a presence that Muster has never heard of', async () => {
    bench.simulator.faults.add(
      { kind: 'replaced-values', values: { presence: 'hovering' } },
      { method: 'users.getPresence' },
    );
    expect(await lookAtAda()).toMatchObject({ status: 'unknown', rawStatus: 'hovering', doNotDisturb: false });
  });

  it('is unknown for somebody whom Slack does not show, and keeps looking at the others of the batch', async () => {
    workspace.addUser({ id: 'U0EVE', name: 'eve', realName: 'Eve' });
    workspace.setPresence('U0ADA', 'active');
    workspace.setStatus('U0EVE', { text: 'secret' });
    inDnd();
    bench.simulator.invisibleUsers.add('U0EVE');
    await bench.list(connection);
    await bench.lookAtWindows(connection, 'U0EVE', 'U0ADA');
    await bench.look(connection, 'U0EVE', 'U0ADA');
    expect(bench.latest('U0EVE')).toMatchObject({ status: 'unknown', rawStatus: 'user_not_visible', message: null });
    expect(bench.latest('U0ADA')).toMatchObject({ status: 'busy', doNotDisturb: true });
  });

  it('reports nothing when a look fails, and what was known stays', async () => {
    workspace.setPresence('U0ADA', 'active');
    await lookAtAda();
    const before = bench.observations.length;
    bench.simulator.faults.add(
      { kind: 'replaced-values', values: { presence: 7 } },
      { method: 'users.getPresence', times: 1 },
    );
    await expect(bench.look(connection, 'U0ADA')).rejects.toMatchObject({ code: 'protocol-error', retry: 'later' });
    expect(bench.observations).toHaveLength(before);
  });
});

describe('what changes without a look', () => {
  it('opens and closes a do-not-disturb window at its time, without renewing the look', async () => {
    workspace.setPresence('U0ADA', 'active');
    laterDnd();
    const lookedAt = bench.clock.now();
    await lookAtAda();
    await bench.clock.advance(10 * MINUTE - 1);
    expect(bench.latest('U0ADA')).toMatchObject({ status: 'online', doNotDisturb: false });
    await bench.clock.advance(1);
    expect(bench.latest('U0ADA')).toMatchObject({
      status: 'busy',
      doNotDisturb: true,
      observedAt: lookedAt,
      replayed: false,
    });
    await bench.clock.advance(20 * MINUTE - 1);
    expect(bench.latest('U0ADA')).toMatchObject({ status: 'busy', doNotDisturb: true });
    await bench.clock.advance(1);
    expect(bench.latest('U0ADA')).toMatchObject({ status: 'online', doNotDisturb: false, observedAt: lookedAt });
    expect(bench.clock.pending).toBe(0);
  });

  it('stops showing a status and a huddle when they end', async () => {
    workspace.setPresence('U0ADA', 'active');
    workspace.setStatus('U0ADA', { text: 'Lunch', emoji: ':coffee:', expiresAt: bench.clock.now() + 5 * MINUTE });
    workspace.startHuddle('U0ADA', bench.clock.now() + 8 * MINUTE);
    expect(await lookAtAda()).toMatchObject({ status: 'busy', message: 'Lunch', emoji: '☕', activities: [CALL] });
    await bench.clock.advance(5 * MINUTE);
    expect(bench.latest('U0ADA')).toMatchObject({ status: 'busy', message: null, emoji: null, activities: [CALL] });
    await bench.clock.advance(3 * MINUTE);
    expect(bench.latest('U0ADA')).toMatchObject({ status: 'online', activities: [] });
  });

  it('tells what details change at once, at the time of the earlier look', async () => {
    workspace.setPresence('U0ADA', 'active');
    const lookedAt = bench.clock.now();
    await lookAtAda();
    await bench.clock.advance(MINUTE);
    inDnd();
    await bench.lookAtWindows(connection, 'U0ADA');
    expect(bench.latest('U0ADA')).toMatchObject({ status: 'busy', doNotDisturb: true, observedAt: lookedAt });
    const count = bench.observations.length;
    await bench.lookAtWindows(connection, 'U0ADA');
    expect(bench.observations).toHaveLength(count);
    workspace.setStatus('U0ADA', { text: 'Deep work' });
    await bench.list(connection);
    expect(bench.latest('U0ADA')).toMatchObject({ message: 'Deep work', observedAt: lookedAt });
  });

  it('says nothing about somebody before the first look, and nothing after closing', async () => {
    inDnd();
    await bench.list(connection);
    await bench.lookAtWindows(connection, 'U0ADA');
    expect(bench.observations).toEqual([]);
    workspace.setPresence('U0ADA', 'active');
    await bench.look(connection, 'U0ADA');
    expect(bench.observations).toHaveLength(1);
    await connection.close();
    expect(bench.clock.pending).toBe(0);
    await bench.clock.advance(60 * MINUTE);
    expect(bench.observations).toHaveLength(1);
  });

  it('counts only the first look of a connection as replayed', async () => {
    await bench.look(connection, 'U0ADA');
    workspace.setPresence('U0ADA', 'active');
    await bench.look(connection, 'U0ADA');
    expect(bench.observations.map(({ status, replayed }) => [status, replayed])).toEqual([
      ['away', true],
      ['online', false],
    ]);
  });

  it('reads Slack’s times by Slack’s clock when the machine’s own is an hour wrong', async () => {
    bench.abort.abort();
    await bench.simulator.close();
    const skewed = await startSlackBench({ now: () => bench.clock.now() + 60 * MINUTE });
    const serverNow = (): number => bench.clock.now() + 60 * MINUTE;
    const slack = skewed.simulator.workspace;
    slack.setPresence('U0ADA', 'active');
    slack.setDnd('U0ADA', { start: serverNow() - MINUTE, end: serverNow() + 5 * MINUTE });
    const signedIn = await skewed.connect();
    await skewed.list(signedIn);
    await skewed.lookAtWindows(signedIn, 'U0ADA');
    await skewed.look(signedIn, 'U0ADA');
    expect(skewed.latest('U0ADA')).toMatchObject({ status: 'busy', observedAt: skewed.clock.now() });
    await skewed.clock.advance(5 * MINUTE);
    expect(skewed.latest('U0ADA')).toMatchObject({ status: 'online' });
    skewed.abort.abort();
    await skewed.simulator.close();
  });
});

describe('Slack’s limits', () => {
  it('looks at 300 people without ever passing a limit', { timeout: 60_000 }, async () => {
    let team: BelievableWorkspace | undefined;
    const big = await startSlackBench({
      populate: (slack) => {
        team = populateBelievably(slack, { people: 300 });
      },
    });
    const signedIn = await big.connect();
    const people = (await big.list(signedIn)).map(({ userId }) => userId);
    const batches = Array.from({ length: Math.ceil(people.length / 50) }, (_, index) =>
      people.slice(index * 50, index * 50 + 50),
    );
    const presence = signedIn.presence?.poll.find(({ facet }) => facet === 'presence');
    await big.during(
      Promise.all([
        ...people.map((userId) => presence?.poll([userId], big.signal)),
        ...Array.from({ length: 10 }, () => batches.map((batch) => big.lookAtWindows(signedIn, ...batch))).flat(),
      ]),
    );
    expect(new Set(big.observations.map(({ userId }) => userId)).size).toBe(people.length);
    expect(team?.people.length).toBe(300);
    for (const [method, limit] of [
      ['users.getPresence', 50],
      ['dnd.teamInfo', 20],
      ['users.list', 20],
    ] as const) {
      expect(mostCallsInAnyMinute(big.simulator.calls, method), method).toBeLessThanOrEqual(limit);
    }
    expect(big.simulator.calls.filter(({ status }) => status !== 200)).toEqual([]);
    big.abort.abort();
    await big.simulator.close();
  });
});
