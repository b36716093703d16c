import { afterEach, describe, expect, it } from 'vitest';
import { addMs, HOUR_MS, MINUTE_MS } from '../../../src/domain/time.ts';
import type { Connection, OwnTarget } from '../../../src/platforms/platform.ts';
import { stateAt } from '../../../src/simulator/teams/presence.ts';
import { ADA, ME, TeamsBench } from './bench.ts';

let bench: TeamsBench;
afterEach(() => bench.close());

const status = (
  wanted: 'online' | 'busy' | 'away' | 'offline',
  more: { message?: string; emoji?: string; until?: number } = {},
): OwnTarget['status'] => ({
  kind: 'set',
  status: wanted,
  message: more.message ?? null,
  emoji: more.emoji ?? null,
  until: more.until === undefined ? null : addMs(bench.seat.clock.now(), more.until),
});
const dnd = (active: boolean, until: number | null = null): OwnTarget['doNotDisturb'] => ({
  kind: 'set',
  active,
  until: until === null ? null : addMs(bench.seat.clock.now(), until),
});

/** What colleagues see of oneself. */
function shown(): string {
  const { organisation } = bench.simulator;
  const { availability, activity } = stateAt(organisation.person(ME), bench.seat.clock.now());
  return `${availability}/${activity}`;
}

async function passing(minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) {
    await bench.seat.clock.advance(MINUTE_MS);
    await bench.seat.until('calls to end', () => bench.seat.inFlight === 0);
  }
}

async function compared(
  connection: Connection,
  part: 'status' | 'doNotDisturb',
  written: Parameters<NonNullable<Connection['ownStatus']>['compare']>[1],
) {
  const now = await bench.read(connection);
  return connection.ownStatus?.compare(part, written, now[part].snapshot, bench.seat.clock.now());
}

describe('a session of Muster’s own', () => {
  it('keeps the wish shown while no other client is there, and ends with it', async () => {
    bench = await TeamsBench.start();
    bench.simulator.organisation.quit(ME);
    const connection = await bench.signedIn();
    const before = await bench.read(connection);
    expect(before.status.status).toBe('offline');
    const result = await bench.apply(connection, { status: status('busy', { until: 3 * HOUR_MS }) });
    expect(result.status).toEqual({ outcome: 'applied', detail: null, expiresBy: 'platform' });
    expect(shown()).toBe('Busy/Busy');
    await passing(40);
    expect(shown()).toBe('Busy/Busy');
    expect(bench.calls().filter((name) => name === 'setPresence').length).toBe(5);
    await bench.apply(connection, { status: { kind: 'restore', snapshot: before.status.snapshot } });
    expect(shown()).toBe('Offline/Offline');
    const beats = bench.calls().length;
    await passing(30);
    expect(bench.calls()).toHaveLength(beats);
  });

  it('is not made while Teams runs, and takes over when Teams is closed', async () => {
    bench = await TeamsBench.start();
    const connection = await bench.signedIn();
    await bench.apply(connection, { status: status('away') });
    expect(bench.calls()).not.toContain('setPresence');
    bench.simulator.organisation.quit(ME);
    expect(shown()).toBe('Offline/Offline');
    expect((await bench.read(connection)).status.status).toBe('away');
    expect(shown()).toBe('Away/Away');
  });

  it('never hides what Teams itself says once the wish is over', async () => {
    bench = await TeamsBench.start();
    bench.simulator.organisation.quit(ME);
    const connection = await bench.signedIn();
    await bench.apply(connection, { status: status('online', { until: 5 * MINUTE_MS }) });
    bench.simulator.organisation.client(ME, 'Busy', 'InAMeeting');
    await passing(6);
    expect(shown()).toBe('Busy/InAMeeting');
  });

  it('goes on after a restart of Muster, and runs out soon when Muster is gone for good', async () => {
    bench = await TeamsBench.start();
    bench.simulator.organisation.quit(ME);
    const first = await bench.signedIn();
    await bench.apply(first, { status: status('busy') });
    const written = (await bench.read(first)).status.snapshot;
    await first.close();
    await passing(5);
    const second = await bench.connect();
    await passing(12);
    expect(shown()).toBe('Busy/Busy');
    expect(await compared(second, 'status', written)).toBe('same');
    await second.close();
    await passing(16);
    expect(shown()).toBe('Offline/Offline');
  });

  it('comes back after a sleep in which it ran out', async () => {
    bench = await TeamsBench.start();
    bench.simulator.organisation.quit(ME);
    const connection = await bench.signedIn();
    await bench.apply(connection, { status: status('busy') });
    bench.seat.clock.jump(8 * HOUR_MS);
    expect(shown()).toBe('Offline/Offline');
    await passing(1);
    expect(shown()).toBe('Busy/Busy');
  });
});

describe('ends', () => {
  it('are Graph’s own: it drops the status and the message on time, and that is no change by the user', async () => {
    bench = await TeamsBench.start();
    const connection = await bench.signedIn();
    await bench.apply(connection, { status: status('busy', { message: 'Until ten', until: 20 * MINUTE_MS }) });
    const written = await bench.read(connection);
    expect(written.status).toMatchObject({
      message: 'Until ten',
      until: addMs(bench.seat.clock.now(), 20 * MINUTE_MS),
    });
    await passing(19);
    expect(await compared(connection, 'status', written.status.snapshot)).toBe('same');
    await passing(2);
    expect(shown()).toBe('Available/Available');
    expect(await compared(connection, 'status', written.status.snapshot)).toBe('expired');
  });

  it('of do-not-disturb too', async () => {
    bench = await TeamsBench.start();
    const connection = await bench.signedIn();
    await bench.apply(connection, { doNotDisturb: dnd(true, 20 * MINUTE_MS) });
    const written = await bench.read(connection);
    expect(written.doNotDisturb).toMatchObject({ active: true, until: addMs(bench.seat.clock.now(), 20 * MINUTE_MS) });
    await passing(21);
    expect(await compared(connection, 'doNotDisturb', written.doNotDisturb.snapshot)).toBe('expired');
  });

  it('that have passed already clear instead of setting', async () => {
    bench = await TeamsBench.start();
    const connection = await bench.signedIn();
    await bench.apply(connection, { status: status('busy', { message: 'Late', until: -1 }) });
    expect(shown()).toBe('Available/Available');
    expect(bench.simulator.organisation.person(ME).statusMessage).toBeNull();
  });
});

describe('giving back', () => {
  it.each([
    ['DoNotDisturb', 'DoNotDisturb'],
    ['BeRightBack', 'BeRightBack'],
    ['Offline', 'OffWork'],
    ['Busy', 'Busy'],
  ])('%s/%s, which the user had chosen, is chosen again', async (availability, activity) => {
    bench = await TeamsBench.start();
    const { organisation } = bench.simulator;
    organisation.choose(ME, { availability, activity });
    const connection = await bench.signedIn();
    const before = await bench.read(connection);
    await bench.apply(connection, { status: status('online'), doNotDisturb: dnd(false) });
    expect(shown()).toBe('Available/Available');
    await bench.apply(connection, {
      status: { kind: 'restore', snapshot: before.status.snapshot },
      doNotDisturb: { kind: 'restore', snapshot: before.doNotDisturb.snapshot },
    });
    expect(shown()).toBe(`${availability}/${activity}`);
  });

  it('leaves the automatic presence to Teams', async () => {
    bench = await TeamsBench.start();
    const connection = await bench.signedIn();
    bench.simulator.organisation.client(ME, 'Busy', 'InACall');
    const before = await bench.read(connection);
    await bench.apply(connection, { status: status('away') });
    bench.simulator.organisation.client(ME, 'Available');
    await bench.apply(connection, { status: { kind: 'restore', snapshot: before.status.snapshot } });
    expect(bench.simulator.organisation.person(ME).preferred).toBeNull();
    expect(shown()).toBe('Available/Available');
  });

  it('brings a rich message back as its text, and says so', async () => {
    bench = await TeamsBench.start();
    bench.simulator.organisation.say(ME, '<p>Ask <b>Ada</b></p>');
    const connection = await bench.signedIn();
    const before = await bench.read(connection);
    expect(before.status.message).toBe('Ask Ada');
    await bench.apply(connection, { status: status('busy', { message: 'Ours' }) });
    const result = await bench.apply(connection, { status: { kind: 'restore', snapshot: before.status.snapshot } });
    expect(result.status).toMatchObject({ outcome: 'partial', detail: expect.stringContaining('plain') });
    expect(bench.simulator.organisation.person(ME).statusMessage).toMatchObject({
      content: 'Ask Ada',
      contentType: 'text',
    });
  });

  it('does not bring back a message that has ended meanwhile', async () => {
    bench = await TeamsBench.start();
    const { organisation } = bench.simulator;
    organisation.say(ME, 'Lunch', 'text', addMs(bench.seat.clock.now(), 30 * MINUTE_MS));
    const connection = await bench.signedIn();
    const before = await bench.read(connection);
    await bench.apply(connection, { status: status('busy', { message: 'Ours' }) });
    await passing(31);
    await bench.apply(connection, { status: { kind: 'restore', snapshot: before.status.snapshot } });
    expect(organisation.person(ME).statusMessage).toBeNull();
  });
});

describe('one state for status and do-not-disturb', () => {
  it('shows do-not-disturb over the status, says so, and comes back to the status', async () => {
    bench = await TeamsBench.start();
    const connection = await bench.signedIn();
    const before = await bench.read(connection);
    const both = await bench.apply(connection, { status: status('away'), doNotDisturb: dnd(true) });
    expect(both.status).toMatchObject({ outcome: 'partial', detail: expect.stringContaining('one status') });
    expect(both.doNotDisturb?.outcome).toBe('applied');
    expect(shown()).toBe('DoNotDisturb/DoNotDisturb');
    const restored = { kind: 'restore', snapshot: before.doNotDisturb.snapshot } as const;
    await bench.apply(connection, { status: status('away'), doNotDisturb: restored });
    expect(shown()).toBe('Away/Away');
  });

  it('leaves the user’s own do-not-disturb on when only a status is wished, and says so', async () => {
    bench = await TeamsBench.start();
    bench.simulator.organisation.choose(ME, { availability: 'DoNotDisturb', activity: 'DoNotDisturb' });
    const connection = await bench.signedIn();
    const result = await bench.apply(connection, { status: status('online', { message: 'Here' }) });
    expect(result.status).toMatchObject({
      outcome: 'partial',
      detail: expect.stringContaining('do-not-disturb on in Teams'),
    });
    expect(shown()).toBe('DoNotDisturb/DoNotDisturb');
    expect((await bench.read(connection)).status.message).toBe('Here');
    await bench.apply(connection, { status: status('online'), doNotDisturb: dnd(false) });
    expect(shown()).toBe('Available/Available');
  });

  it('forgets what it had set once that has ended: what the user chooses then is the user’s', async () => {
    bench = await TeamsBench.start();
    const connection = await bench.signedIn();
    await bench.apply(connection, { status: status('busy', { until: 10 * MINUTE_MS }) });
    await passing(11);
    bench.simulator.organisation.choose(ME, { availability: 'Busy', activity: 'Busy' });
    const before = await bench.read(connection);
    await bench.apply(connection, { status: status('away') });
    await bench.apply(connection, { status: { kind: 'restore', snapshot: before.status.snapshot } });
    expect(shown()).toBe('Busy/Busy');
  });

  it('stays hidden when one wants to appear offline', async () => {
    bench = await TeamsBench.start();
    const connection = await bench.signedIn();
    const both = await bench.apply(connection, { status: status('offline'), doNotDisturb: dnd(true) });
    expect(shown()).toBe('Offline/OffWork');
    expect(both.doNotDisturb).toMatchObject({ outcome: 'partial', detail: expect.stringContaining('appear offline') });
  });

  it('ends do-not-disturb alone without touching what the user chose before it', async () => {
    bench = await TeamsBench.start();
    bench.simulator.organisation.choose(ME, { availability: 'BeRightBack', activity: 'BeRightBack' });
    const connection = await bench.signedIn();
    const before = await bench.read(connection);
    await bench.apply(connection, { doNotDisturb: dnd(true) });
    await bench.apply(connection, { doNotDisturb: { kind: 'restore', snapshot: before.doNotDisturb.snapshot } });
    expect(shown()).toBe('BeRightBack/BeRightBack');
    await bench.apply(connection, { doNotDisturb: dnd(false) });
    expect(shown()).toBe('BeRightBack/BeRightBack');
  });

  it('is not taken for a change by the user when Teams is closed meanwhile', async () => {
    bench = await TeamsBench.start();
    const connection = await bench.signedIn();
    await bench.apply(connection, { status: status('busy'), doNotDisturb: dnd(true) });
    const written = await bench.read(connection);
    bench.simulator.organisation.quit(ME);
    expect(await compared(connection, 'doNotDisturb', written.doNotDisturb.snapshot)).toBe('same');
    expect(await compared(connection, 'status', written.status.snapshot)).toBe('same');
  });

  it.each([
    ['another status', () => bench.simulator.organisation.choose(ME, { availability: 'Away', activity: 'Away' })],
    ['“Reset status”', () => bench.simulator.organisation.choose(ME, null)],
    ['another message', () => bench.simulator.organisation.say(ME, 'Mine')],
    ['no message', () => bench.simulator.organisation.say(ME, null)],
  ])('takes %s for a change by the user', async (_what, deed) => {
    bench = await TeamsBench.start();
    const connection = await bench.signedIn();
    await bench.apply(connection, { status: status('busy', { message: 'Ours', until: HOUR_MS }) });
    const written = await bench.read(connection);
    deed();
    expect(await compared(connection, 'status', written.status.snapshot)).toBe('changed');
  });
});

describe('a message without an end', () => {
  it('has none, although Graph names the last moment of the calendar, and comes back without one', async () => {
    bench = await TeamsBench.start();
    bench.simulator.organisation.say(ME, 'Reach me by mail', 'text');
    const connection = await bench.signedIn();
    const before = await bench.read(connection);
    expect(before.status).toMatchObject({ message: 'Reach me by mail', until: null });
    await bench.apply(connection, { status: status('busy', { message: 'Ours' }) });
    const written = await bench.read(connection);
    expect(written.status.message).toBe('Ours');
    expect(await compared(connection, 'status', written.status.snapshot)).toBe('same');
    await bench.apply(connection, { status: { kind: 'restore', snapshot: before.status.snapshot } });
    expect(bench.simulator.organisation.person(ME).statusMessage).toMatchObject({
      content: 'Reach me by mail',
      expiresAt: null,
    });
  });
});

describe('what Teams takes', () => {
  it('keeps what stands behind a <, which Graph would take for markup, and says so', async () => {
    bench = await TeamsBench.start();
    const connection = await bench.signedIn();
    const { status: result } = await bench.apply(connection, {
      status: status('busy', { message: 'Back in <10 min, then a > b' }),
    });
    expect(result).toMatchObject({ outcome: 'partial', detail: expect.stringContaining('markup') });
    expect((await bench.read(connection)).status.message).toBe('Back in ‹10 min, then a › b');
  });

  it('puts the emoji before the text, cuts what is too long, and leaves out another platform’s emoji', async () => {
    bench = await TeamsBench.start();
    const connection = await bench.signedIn();
    const message = () => bench.simulator.organisation.person(ME).statusMessage?.content ?? '';
    expect(
      (await bench.apply(connection, { status: status('busy', { message: 'Deep work', emoji: '🎧' }) })).status
        ?.outcome,
    ).toBe('applied');
    expect(message()).toBe('🎧 Deep work');
    const long = await bench.apply(connection, { status: status('busy', { message: 'é'.repeat(400) }) });
    expect(long.status).toMatchObject({ outcome: 'partial', detail: expect.stringContaining('280') });
    expect([...message()]).toHaveLength(280);
    const named = await bench.apply(connection, {
      status: status('busy', { message: 'Deploying', emoji: ':shipit:' }),
    });
    expect(named.status?.outcome).toBe('partial');
    expect(message()).toBe('Deploying');
  });

  it('names the permission when it may not write, and the account goes on', async () => {
    bench = await TeamsBench.start();
    bench.secrets = {
      accessToken: bench.simulator.issueToken(ME, ['User.Read', 'User.ReadBasic.All', 'Presence.Read.All']),
    };
    const connection = await bench.signedIn();
    await expect(bench.apply(connection, { status: status('busy') })).rejects.toMatchObject({
      code: 'missing-scope',
      retry: 'never',
      params: { scopes: 'Presence.ReadWrite' },
    });
    expect(bench.seat.lost).toEqual([]);
    await bench.look(connection);
    expect(bench.seat.latest(bench.simulator.organisation.person(ADA).id)?.status).toBe('online');
  });
});
