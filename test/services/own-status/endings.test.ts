import { afterEach, describe, expect, it } from 'vitest';
import { addMs } from '../../../src/domain/time.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { FakePlatform } from '../support/fake-platform.ts';
import { signedIn, stopCores } from '../support/signed-in.ts';

afterEach(stopCores);

const MINUTE = 60_000;
const mine = { status: 'online', message: 'Mine', until: null, doNotDisturb: false } as const;

const evening = {
  name: 'Evening',
  enabled: true,
  timeZone: 'UTC',
  rules: [{ days: ['mon' as const], from: '17:30', to: '18:00' }],
  exceptions: [],
  doNotDisturb: true,
  status: 'away' as const,
  message: 'Home',
  emoji: null,
  allow: [],
};

describe('the end of my own status', () => {
  it('clears what was there before when that has run out meanwhile', async () => {
    const { muster, clock, platform } = await signedIn();
    platform.own = {
      status: 'online',
      message: 'In a meeting',
      until: addMs(clock.now(), 5 * MINUTE),
      doNotDisturb: false,
    };
    await muster.ownStatus.set({ status: 'busy', message: 'Focus', forSeconds: 600 });
    await clock.advance(11 * MINUTE);
    expect(platform.own).toMatchObject({ status: 'online', message: null });
  });

  it('gives back with its end what has not run out', async () => {
    const { muster, clock, platform } = await signedIn();
    const until = addMs(clock.now(), 60 * MINUTE);
    platform.own = { status: 'online', message: 'In a meeting', until, doNotDisturb: false };
    await muster.ownStatus.set({ status: 'busy', message: 'Focus', forSeconds: 600 });
    await clock.advance(11 * MINUTE);
    expect(platform.own).toMatchObject({ message: 'In a meeting', until });
  });

  it('comes also where the platform does not end it by itself', async () => {
    const slack = new FakePlatform();
    const { muster, clock, platform } = await signedIn({ slack });
    platform.own = mine;
    await muster.ownStatus.set({ status: 'busy', message: 'Focus', forSeconds: 60 });
    // The platform forgot the end that it was given.
    platform.own = { ...platform.own, until: null };
    await clock.advance(61_000);
    expect(platform.own).toMatchObject({ message: 'Mine' });
  });

  it('comes once the machine wakes, when that was later', async () => {
    const { muster, clock, platform, emit } = await signedIn();
    platform.own = mine;
    await muster.ownStatus.set({ status: 'busy', message: 'Focus', forSeconds: 60 });
    emit('suspend');
    clock.jump(3_600_000);
    emit('resume');
    await clock.advance(100);
    expect(platform.own).toMatchObject({ message: 'Mine' });
    expect(muster.ownStatus.view().intent).toBeNull();
  });

  it('lets a schedule come out from under what was set by hand, and that back from under a schedule', async () => {
    const clock = new FakeClock({ now: '2026-03-02T17:25:00Z' });
    const { muster, platform } = await signedIn({ clock });
    platform.own = mine;
    muster.schedules.create(evening);
    await muster.ownStatus.set({ status: 'busy', message: 'Focus', forSeconds: 600 });
    await clock.advance(6 * MINUTE);
    expect(platform.own).toMatchObject({ message: 'Focus', doNotDisturb: true });
    const { layers } = muster.ownStatus.view();
    expect(layers.map(({ layer, won, active }) => [layer, won, active])).toEqual([
      ['manual', true, true],
      ['schedule', false, true],
    ]);
    await clock.advance(5 * MINUTE);
    expect(platform.own).toMatchObject({ status: 'away', message: 'Home', doNotDisturb: true });
    await clock.advance(25 * MINUTE);
    expect(platform.own).toMatchObject({ message: 'Mine', doNotDisturb: false });
  });

  it('takes the do-not-disturb along that came with it, and leaves one that did not', async () => {
    const { muster, platform } = await signedIn();
    await muster.ownStatus.set({ status: 'busy', doNotDisturb: true });
    expect(platform.own.doNotDisturb).toBe(true);
    await muster.ownStatus.clear();
    expect(platform.own.doNotDisturb).toBe(false);
    await muster.ownStatus.setDoNotDisturb({ until: '2026-03-02T09:00:00Z' });
    await muster.ownStatus.set({ status: 'busy' });
    await muster.ownStatus.clear();
    expect(muster.ownStatus.view().doNotDisturb).toMatchObject({ active: true, until: '2026-03-02T09:00:00.000Z' });
  });

  it('forgets an “off” by hand with the schedule that it was meant against', async () => {
    const clock = new FakeClock({ now: '2026-03-02T17:35:00Z' });
    const { muster, core, platform } = await signedIn({ clock });
    muster.schedules.create({ ...evening, status: null });
    await clock.advance(1_000);
    await muster.ownStatus.clearDoNotDisturb();
    expect(platform.own.doNotDisturb).toBe(false);
    expect(core.database.doNotDisturbIntents.all()).toHaveLength(1);
    await clock.advance(30 * MINUTE);
    expect(core.database.doNotDisturbIntents.all()).toEqual([]);
    expect(muster.ownStatus.view().layers.filter((layer) => layer.active)).toEqual([]);
  });
});

describe('my own status over a kill', () => {
  it.each([0, 30_000, 120_000])('that came while it was in force, %i ms before the next start', async (awayMs) => {
    const { muster, core, clock, platform, restart } = await signedIn();
    platform.own = mine;
    await muster.ownStatus.set({ status: 'busy', message: 'Focus', doNotDisturb: true, forSeconds: 60 });
    await core.stop();
    clock.jump(awayMs);
    restart();
    await clock.advance(61_000);
    expect(platform.own).toMatchObject(mine);
    expect(platform.applied).toBeGreaterThan(1);
  });

  it('that came while writing, before anything was written: it is written after the start', async () => {
    const { muster, core, clock, platform, account, restart } = await signedIn();
    platform.own = mine;
    platform.stall = new Promise(() => undefined);
    const setting = muster.ownStatus.set({ status: 'busy', message: 'Focus' });
    await clock.advance(1_800);
    await setting;
    expect(core.database.journal.find(account.id, 'status')).toMatchObject({ state: 'writing' });
    platform.own = mine;
    await core.stop();
    platform.stall = null;
    const second = restart();
    await clock.advance(1_000);
    expect(platform.own.message).toBe('Focus');
    await second.muster.ownStatus.clear();
    expect(platform.own).toMatchObject(mine);
  });

  it('that came after the user had taken over: it stays theirs', async () => {
    const { muster, core, clock, platform, account, restart } = await signedIn();
    await muster.ownStatus.set({ status: 'busy', message: 'Focus' });
    platform.own = { ...mine, message: 'Free' };
    await clock.advance(30_000);
    expect(core.database.journal.find(account.id, 'status')).toMatchObject({ state: 'overridden' });
    await core.stop();
    const second = restart();
    await clock.advance(60_000);
    expect(platform.own.message).toBe('Free');
    expect(second.muster.ownStatus.view().results).toMatchObject([{ outcome: 'overridden' }]);
    await second.muster.ownStatus.clear();
    expect(platform.own.message).toBe('Free');
    expect(second.database.journal.find(account.id, 'status')).toBeNull();
  });

  it('during which the user took over: what they set stays', async () => {
    const { muster, core, clock, platform, restart } = await signedIn();
    platform.own = mine;
    await muster.ownStatus.set({ status: 'busy', message: 'Focus', forSeconds: 60 });
    await core.stop();
    platform.own = { ...mine, message: 'Free' };
    clock.jump(120_000);
    restart();
    await clock.advance(1_000);
    expect(platform.own.message).toBe('Free');
  });

  it('leaves no timer behind when the core stops in mid-write', async () => {
    const { muster, core, clock, platform } = await signedIn();
    let go: () => void = () => undefined;
    platform.stall = new Promise((resolve) => {
      go = resolve;
    });
    const setting = muster.ownStatus.set({ status: 'busy' });
    await clock.advance(2_000);
    await setting;
    await core.stop();
    go();
    await clock.flush();
    expect(clock.pending).toBe(0);
  });
});
