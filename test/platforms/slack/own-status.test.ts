import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../src/domain/time.ts';
import { addMs } from '../../../src/domain/time.ts';
import type { Connection, OwnReading, OwnStatusBundle, OwnTarget } from '../../../src/platforms/platform.ts';
import type { SlackWorkspaceState } from '../../../src/simulator/slack/workspace/workspace-state.ts';
import { type SlackBench, startSlackBench } from './bench.ts';

const MINUTE = 60_000;

let bench: SlackBench;
let connection: Connection;
let workspace: SlackWorkspaceState;
let own: OwnStatusBundle;

beforeEach(async () => {
  bench = await startSlackBench();
  workspace = bench.simulator.workspace;
  workspace.setPresence('U0ME', 'active');
  connection = await bench.connect();
  if (connection.ownStatus === undefined) throw new Error('no own status');
  own = connection.ownStatus;
});
afterEach(async () => {
  bench.abort.abort();
  await bench.simulator.close();
});

const read = (): Promise<OwnReading> => bench.during(own.read(bench.signal));
const apply = (target: Partial<OwnTarget>) =>
  bench.during(own.apply({ status: null, doNotDisturb: null, ...target }, bench.signal));
const later = (ms: number): EpochMs => addMs(bench.clock.now(), ms);
const me = () => workspace.user('U0ME');

function wish(
  status: 'online' | 'away' | 'busy' | 'offline',
  words: { message?: string; emoji?: string; until?: EpochMs } = {},
): Partial<OwnTarget> {
  const { message = null, emoji = null, until = null } = words;
  return { status: { kind: 'set', status, message, emoji, until } };
}
const dnd = (active: boolean, until: EpochMs | null = null): Partial<OwnTarget> => ({
  doNotDisturb: { kind: 'set', active, until },
});

describe('reading one’s own status from Slack', () => {
  it.each([
    ['active', 'online', () => {}],
    ['away by hand', 'away', () => workspace.setManualAway('U0ME', true)],
    [
      'away by hand in a do-not-disturb',
      'away',
      () => {
        workspace.setManualAway('U0ME', true);
        workspace.setSnooze('U0ME', later(MINUTE));
      },
    ],
    [
      'away by itself',
      'idle',
      async () => {
        workspace.stopActivity('U0ME');
        await bench.clock.advance(11 * MINUTE);
      },
    ],
    ['without any Slack app', 'away', () => workspace.disconnectClients('U0ME')],
    ['active and snoozed', 'busy', () => workspace.setSnooze('U0ME', later(MINUTE))],
    [
      'active in a scheduled do-not-disturb',
      'busy',
      () => workspace.setDnd('U0ME', { start: later(-MINUTE), end: later(MINUTE) }),
    ],
    ['active in a huddle', 'busy', () => workspace.startHuddle('U0ME')],
  ])('%s is %s', async (_what, status, arrange) => {
    await arrange();
    expect((await read()).status.status).toBe(status);
  });

  it('tells text, emoji and end, and the do-not-disturb with its end', async () => {
    workspace.setStatus('U0ME', { text: 'R&amp;D', emoji: ':microscope:', expiresAt: later(10 * MINUTE) });
    workspace.setSnooze('U0ME', later(5 * MINUTE));
    expect(await read()).toMatchObject({
      status: { message: 'R&D', emoji: '🔬', until: later(10 * MINUTE) },
      doNotDisturb: { active: true, until: later(5 * MINUTE) },
    });
  });
});

describe('setting one’s own status on Slack', () => {
  it('sets text, emoji and an end that Slack keeps itself', async () => {
    const until = later(20 * MINUTE);
    expect(await apply(wish('busy', { message: 'Pairing', emoji: '🎧', until }))).toEqual({
      status: { outcome: 'applied', detail: null, expiresBy: 'platform' },
      doNotDisturb: null,
    });
    expect(me().status).toEqual({ text: 'Pairing', emoji: ':headphones:', expiresAt: until });
    await bench.clock.advance(20 * MINUTE);
    expect((await read()).status).toMatchObject({ message: null, emoji: null });
  });

  it('shortens what Slack counts as too long although it is within the limit, and says so once', async () => {
    bench.simulator.faults.add(
      { kind: 'platform-error', error: 'too_long' },
      { method: 'users.profile.set', times: 2 },
    );
    const { status: result } = await apply(wish('away', { message: '🙂'.repeat(80), emoji: '🎧' }));
    expect(result).toMatchObject({
      outcome: 'partial',
      detail: 'Slack found the message too long: it was shortened.',
    });
    expect(me().status).toMatchObject({ text: `${'🙂'.repeat(19)}…`, emoji: ':headphones:' });
  });

  it('gives up a message that Slack finds too long however short it is', async () => {
    bench.simulator.faults.add({ kind: 'platform-error', error: 'too_long' }, { method: 'users.profile.set' });
    await expect(apply(wish('away', { message: 'A few words' }))).rejects.toMatchObject({
      params: { error: 'too_long' },
    });
    const asked = bench.simulator.calls.filter(({ method }) => method === 'users.profile.set').length;
    expect(asked).toBeLessThan(4);
  });

  it.each(['away', 'offline'] as const)('shows %s as away', async (status) => {
    const { status: result } = await apply(wish(status));
    expect(me().manualAway).toBe(true);
    expect(result?.outcome).toBe(status === 'away' ? 'applied' : 'partial');
    expect(result?.expiresBy).toBe('muster');
    expect((await read()).status.status).toBe('away');
  });

  it('cannot force active while no Slack app is open, and says so', async () => {
    workspace.setManualAway('U0ME', true);
    workspace.disconnectClients('U0ME');
    const { status } = await apply(wish('online'));
    expect(status).toMatchObject({ outcome: 'partial', detail: expect.stringContaining('Slack apps') });
    expect(me().manualAway).toBe(false);
  });

  it('shortens a message that is too long between characters, and says so', async () => {
    const { status } = await apply(wish('online', { message: '👩‍👩‍👧‍👦'.repeat(30) }));
    expect(status).toMatchObject({ outcome: 'partial', detail: expect.stringContaining('100') });
    expect(me().status.text).toBe(`${'👩‍👩‍👧‍👦'.repeat(14)}…`);
  });

  it('takes the workspace’s own emoji, and goes without one that Slack does not have', async () => {
    workspace.addCustomEmoji('harbour', 'https://emoji.slack-edge.com/h.png');
    expect((await apply(wish('online', { message: 'a', emoji: ':harbour:' }))).status?.outcome).toBe('applied');
    expect(me().status.emoji).toBe(':harbour:');
    const { status } = await apply(wish('online', { message: 'b', emoji: ':nowhere:' }));
    expect(status).toMatchObject({ outcome: 'partial', detail: expect.stringContaining(':nowhere:') });
    expect(me().status.text).toBe('b');
  });

  it('pauses notifications for whole minutes, never too short', async () => {
    expect((await apply(dnd(true, later(90_000)))).doNotDisturb).toMatchObject({
      outcome: 'applied',
      expiresBy: 'muster',
    });
    expect(me().snoozeUntil).toBe(later(2 * MINUTE));
    expect((await apply(dnd(false))).doNotDisturb?.outcome).toBe('applied');
    expect(me().snoozeUntil).toBe(null);
    expect((await apply(dnd(false))).doNotDisturb?.outcome).toBe('applied');
  });

  it('pauses for a day when no end is given, and when the end is too far for Slack', async () => {
    expect((await apply(dnd(true))).doNotDisturb).toEqual({ outcome: 'applied', detail: null, expiresBy: 'muster' });
    expect(me().snoozeUntil).toBe(later(24 * 60 * MINUTE));
    workspace.setSnooze('U0ME', null);
    await apply(dnd(true, later(400 * 24 * 60 * MINUTE)));
    expect(me().snoozeUntil).toBe(later(24 * 60 * MINUTE));
  });

  it('gives back a snooze without an end as a day, and says so', async () => {
    const restored = await apply({ doNotDisturb: { kind: 'restore', snapshot: { endsAt: null, indefinite: true } } });
    expect(restored.doNotDisturb).toMatchObject({ outcome: 'partial', detail: expect.stringContaining('24 hours') });
    expect(me().snoozeUntil).toBe(later(24 * 60 * MINUTE));
  });

  it('leaves the user’s own notification schedule alone', async () => {
    workspace.setDnd('U0ME', { start: later(-MINUTE), end: later(60 * MINUTE) });
    expect((await apply(dnd(false))).doNotDisturb).toMatchObject({
      outcome: 'partial',
      detail: expect.stringContaining('schedule'),
    });
    expect(bench.simulator.calls.map(({ method }) => method)).not.toContain('dnd.endDnd');
  });

  it('touches only the part that is ours', async () => {
    workspace.setStatus('U0ME', { text: 'Mine', emoji: ':coffee:' });
    expect((await apply(dnd(true, later(MINUTE)))).status).toBe(null);
    expect(me().status.text).toBe('Mine');
  });
});

describe('putting back what was there', () => {
  it('restores text, emoji, end and away exactly', async () => {
    workspace.setManualAway('U0ME', true);
    const before = { text: 'On a train', emoji: ':train:', expiresAt: later(60 * MINUTE) };
    workspace.setStatus('U0ME', before);
    const { status } = await read();
    await apply(wish('busy', { message: 'Pairing', emoji: '🎧', until: later(20 * MINUTE) }));
    expect(me()).toMatchObject({ manualAway: false, status: { text: 'Pairing' } });
    const { status: result } = await apply({ status: { kind: 'restore', snapshot: status.snapshot } });
    expect(result?.outcome).toBe('applied');
    expect(me()).toMatchObject({ manualAway: true, status: before });
    expect(own.compare('status', status.snapshot, (await read()).status.snapshot, bench.clock.now())).toBe('same');
  });

  it('clears what has run out meanwhile', async () => {
    workspace.setStatus('U0ME', { text: 'Lunch', emoji: ':coffee:', expiresAt: later(5 * MINUTE) });
    const { status } = await read();
    await apply(wish('busy', { message: 'Pairing' }));
    await bench.clock.advance(6 * MINUTE);
    await apply({ status: { kind: 'restore', snapshot: status.snapshot } });
    expect(me().status).toEqual({ text: '', emoji: '', expiresAt: null });
  });

  it('restores an emoji alone, and no status at all', async () => {
    const nothing = (await read()).status.snapshot;
    workspace.setStatus('U0ME', { text: '', emoji: ':palm_tree:' });
    const palm = (await read()).status.snapshot;
    await apply({ status: { kind: 'restore', snapshot: nothing } });
    expect(me().status).toEqual({ text: '', emoji: '', expiresAt: null });
    await apply({ status: { kind: 'restore', snapshot: palm } });
    expect(me().status).toEqual({ text: '', emoji: ':palm_tree:', expiresAt: null });
  });

  it('restores the snooze that the user had, to the minute', async () => {
    const mine = later(45 * MINUTE);
    workspace.setSnooze('U0ME', mine);
    const { doNotDisturb } = await read();
    await apply(dnd(true, later(10 * MINUTE)));
    await bench.clock.advance(9 * MINUTE);
    await apply({ doNotDisturb: { kind: 'restore', snapshot: doNotDisturb.snapshot } });
    expect(me().snoozeUntil).toBe(mine);
  });

  it('ends the snooze where there was none, or where it would be over by now', async () => {
    const none = (await read()).doNotDisturb.snapshot;
    workspace.setSnooze('U0ME', later(5 * MINUTE));
    const short = (await read()).doNotDisturb.snapshot;
    for (const snapshot of [none, short]) {
      await apply(dnd(true, later(30 * MINUTE)));
      if (snapshot === short) await bench.clock.advance(6 * MINUTE);
      await apply({ doNotDisturb: { kind: 'restore', snapshot } });
      expect(me().snoozeUntil).toBe(null);
    }
  });

  it('refuses a snapshot that is not one', async () => {
    await expect(apply({ status: { kind: 'restore', snapshot: { text: 7 } } })).rejects.toMatchObject({
      code: 'internal',
    });
    expect(me().status.text).toBe('');
  });
});

describe('telling whose status it is', () => {
  const compared = async (part: 'status' | 'doNotDisturb', written: OwnReading) => {
    const reading = await read();
    return own.compare(part, written[part].snapshot, reading[part].snapshot, bench.clock.now());
  };

  it('is the same while nobody changes it, expired when Slack ended it, changed when the user did', async () => {
    await apply(wish('busy', { message: 'Pairing', until: later(20 * MINUTE) }));
    const written = await read();
    expect(await compared('status', written)).toBe('same');
    workspace.setStatus('U0ME', { text: 'Something else' });
    expect(await compared('status', written)).toBe('changed');
    workspace.clearStatus('U0ME');
    expect(await compared('status', written)).toBe('changed');
    await bench.clock.advance(20 * MINUTE);
    expect(await compared('status', written)).toBe('expired');
    workspace.setStatus('U0ME', { text: 'Later' });
    expect(await compared('status', written)).toBe('changed');
  });

  it('sees that the user set themselves away in Slack', async () => {
    await apply(wish('online'));
    const written = await read();
    workspace.setManualAway('U0ME', true);
    expect(await compared('status', written)).toBe('changed');
  });

  it('does not take being away by itself for a change', async () => {
    await apply(wish('online', { message: 'Here' }));
    const written = await read();
    workspace.stopActivity('U0ME');
    await bench.clock.advance(11 * MINUTE);
    expect((await read()).status.status).toBe('idle');
    expect(await compared('status', written)).toBe('same');
  });

  it('tells a snooze that ran out from one that was ended or moved', async () => {
    await apply(dnd(true, later(10 * MINUTE)));
    const written = await read();
    expect(await compared('doNotDisturb', written)).toBe('same');
    workspace.setSnooze('U0ME', later(30 * MINUTE));
    expect(await compared('doNotDisturb', written)).toBe('changed');
    workspace.setSnooze('U0ME', null);
    expect(await compared('doNotDisturb', written)).toBe('changed');
    await bench.clock.advance(10 * MINUTE);
    expect(await compared('doNotDisturb', written)).toBe('expired');
  });

  it('does not take the user’s schedule beginning for a change', async () => {
    workspace.setDnd('U0ME', { start: later(MINUTE), end: later(9 * MINUTE) });
    const written = await read();
    await bench.clock.advance(2 * MINUTE);
    expect((await read()).doNotDisturb.active).toBe(true);
    expect(await compared('doNotDisturb', written)).toBe('same');
  });

  it('ignores what Slack writes in its own way', () => {
    const compare = (written: object, reading: object) =>
      own.compare(
        'status',
        { expiration: 0, away: false, ...written },
        { expiration: 0, away: false, ...reading },
        bench.clock.now(),
      );
    expect(compare({ text: 'Hi', emoji: '' }, { text: 'Hi', emoji: ':speech_balloon:' })).toBe('same');
    expect(compare({ text: 'R&D ☕', emoji: ':+1:' }, { text: 'R&amp;D :coffee:', emoji: ':thumbsup:' })).toBe('same');
    expect(compare({ text: 'Hi', emoji: ':coffee:' }, { text: 'Hi', emoji: ':tea:' })).toBe('changed');
  });

  it('notices with the roster that the user changed the status in Slack, and not what Muster wrote', async () => {
    await bench.list(connection);
    await read();
    await bench.list(connection);
    expect(bench.ownChanges).toBe(0);
    await apply(wish('busy', { message: 'Pairing' }));
    await bench.list(connection);
    expect(bench.ownChanges).toBe(0);
    await read();
    workspace.setStatus('U0ME', { text: 'My own words' });
    await bench.list(connection);
    await bench.list(connection);
    expect(bench.ownChanges).toBe(1);
  });
});
