import { afterEach, describe, expect, it } from 'vitest';
import { MusterError } from '../../../src/domain/errors.ts';
import { memoryStore } from '../../../src/infra/keychain/memory-store.ts';
import { registry } from '../../../src/platforms/registry.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { newHome, startCore, type TestCore } from '../support/core.ts';
import { FakePlatform } from '../support/fake-platform.ts';

const running: TestCore[] = [];
afterEach(async () => {
  for (const core of running.splice(0)) await core.stop();
});

/** A core with one account on a platform that the test plays. */
async function signedIn(clock = new FakeClock(), platform = new FakePlatform()) {
  const home = newHome();
  const secretStore = memoryStore();
  const start = () => {
    const core = startCore({ clock, home, secretStore, registry: { ...registry, slack: platform, xmpp: platform } });
    running.push(core);
    return core;
  };
  const core = start();
  const account = await core.muster.accounts.create({ platform: 'slack', settings: {}, secrets: { token: 't' } });
  await clock.advance(100);
  return { clock, platform, core, account, restart: start };
}

describe('my own status', () => {
  it('is written, read back, and given back exactly when it expires', async () => {
    const { clock, platform, core } = await signedIn();
    platform.own = { status: 'away', message: 'Lunch', until: null, doNotDisturb: false };
    const answer = await core.muster.ownStatus.set({ status: 'busy', message: 'Focus', forSeconds: 20 });
    expect(answer.results).toMatchObject([{ outcome: 'applied', observed: { status: 'busy', message: 'Focus' } }]);
    await clock.advance(19_000);
    expect(platform.own.message).toBe('Focus');
    await clock.advance(2_000);
    expect(platform.own).toMatchObject({ status: 'away', message: 'Lunch' });
    expect(core.muster.ownStatus.view()).toMatchObject({ intent: null, results: [] });
  });

  it('comes back as it was when it is cleared by hand', async () => {
    const { platform, core } = await signedIn();
    platform.own = { status: 'online', message: 'In the office', until: null, doNotDisturb: false };
    await core.muster.ownStatus.set({ status: 'away', message: 'Gone' });
    const cleared = await core.muster.ownStatus.clear();
    expect(platform.own).toMatchObject({ status: 'online', message: 'In the office' });
    expect(cleared).toMatchObject({ intent: null, results: [{ outcome: 'applied' }] });
  });

  it('comes back to what was there before the first of two wishes in a row', async () => {
    const { platform, core } = await signedIn();
    platform.own = { status: 'online', message: 'Mine', until: null, doNotDisturb: false };
    await core.muster.ownStatus.set({ status: 'busy', message: 'One' });
    await core.muster.ownStatus.set({ status: 'away', message: 'Two' });
    await core.muster.ownStatus.clear();
    expect(platform.own).toMatchObject({ status: 'online', message: 'Mine' });
  });

  it('leaves a change alone that the user made in the platform’s own app', async () => {
    const { clock, platform, core } = await signedIn();
    await core.muster.ownStatus.set({ status: 'busy', message: 'Focus' });
    platform.own = { status: 'online', message: 'Free again', until: null, doNotDisturb: false };
    await clock.advance(30_000);
    expect(core.muster.ownStatus.view().results).toMatchObject([{ outcome: 'overridden' }]);
    await core.muster.ownStatus.clear();
    expect(platform.own.message).toBe('Free again');
  });

  it('writes again after an override when the user sets something new in Muster', async () => {
    const { clock, platform, core } = await signedIn();
    await core.muster.ownStatus.set({ status: 'busy', message: 'Focus' });
    platform.own = { status: 'online', message: 'Free again', until: null, doNotDisturb: false };
    await clock.advance(30_000);
    const answer = await core.muster.ownStatus.set({ status: 'away', message: 'Out' });
    expect(answer.results).toMatchObject([{ outcome: 'applied' }]);
    await core.muster.ownStatus.clear();
    expect(platform.own.message).toBe('Free again');
  });

  it('is given back after a kill, when it expired while Muster was not running', async () => {
    const { clock, platform, core, restart } = await signedIn();
    platform.own = { status: 'online', message: 'Before', until: null, doNotDisturb: false };
    await core.muster.ownStatus.set({ status: 'busy', message: 'Focus', forSeconds: 20 });
    await core.stop();
    clock.jump(60_000);
    restart();
    await clock.advance(1_000);
    expect(platform.own).toMatchObject({ status: 'online', message: 'Before' });
  });

  it('stays in force over a kill while its time has not come, and then ends', async () => {
    const { clock, platform, core, restart } = await signedIn();
    platform.own = { status: 'online', message: 'Before', until: null, doNotDisturb: false };
    await core.muster.ownStatus.set({ status: 'busy', message: 'Focus', forSeconds: 120 });
    await core.stop();
    const second = restart();
    await clock.advance(1_000);
    expect(second.muster.ownStatus.view()).toMatchObject({
      intent: { message: 'Focus' },
      results: [{ outcome: 'applied' }],
    });
    await clock.advance(130_000);
    expect(platform.own.message).toBe('Before');
  });

  it('is given back also when the kill came between writing and reading back', async () => {
    const { clock, platform, core, restart } = await signedIn();
    platform.own = { status: 'online', message: 'Before', until: null, doNotDisturb: false };
    platform.stall = new Promise(() => undefined);
    const answering = core.muster.ownStatus.set({ status: 'busy', message: 'Focus', forSeconds: 60 });
    await clock.advance(2_000);
    expect((await answering).results).toMatchObject([{ outcome: 'pending' }]);
    await core.stop();
    platform.stall = null;
    clock.jump(120_000);
    restart();
    await clock.advance(1_000);
    expect(platform.own).toMatchObject({ status: 'online', message: 'Before' });
  });

  it('is given back also when the kill came before a second wish was written over the first', async () => {
    const { clock, platform, core, restart } = await signedIn();
    platform.own = { status: 'online', message: 'Mine', until: null, doNotDisturb: false };
    await core.muster.ownStatus.set({ status: 'busy', message: 'One' });
    platform.stallBefore = new Promise(() => undefined);
    const answering = core.muster.ownStatus.set({ status: 'away', message: 'Two', forSeconds: 60 });
    await clock.advance(2_000);
    await answering;
    await core.stop();
    platform.stallBefore = null;
    clock.jump(120_000);
    const second = restart();
    await clock.advance(1_000);
    expect(platform.own).toMatchObject({ status: 'online', message: 'Mine' });
    expect(second.muster.ownStatus.view()).toMatchObject({ intent: null });
  });

  it('is given back in full when the kill came while it was half given back', async () => {
    const { clock, platform, core, restart } = await signedIn();
    platform.own = { status: 'away', message: 'Mine', until: null, doNotDisturb: false };
    await core.muster.ownStatus.set({ status: 'online', message: 'One' });
    platform.stallBefore = new Promise(() => undefined);
    const clearing = core.muster.ownStatus.clear();
    await clock.advance(2_000);
    await clearing;
    await core.stop();
    platform.stallBefore = null;
    platform.own = { status: 'online', message: 'Mine', until: null, doNotDisturb: false };
    restart();
    await clock.advance(1_000);
    expect(platform.own).toMatchObject({ status: 'away', message: 'Mine' });
  });

  it('is tried again after a failure, and says so meanwhile', async () => {
    const { clock, platform, core } = await signedIn();
    platform.failures.apply.push(new MusterError('platform-unavailable', 'Fake is down.'));
    const answer = await core.muster.ownStatus.set({ status: 'busy', message: 'Focus' });
    expect(answer.results).toMatchObject([{ outcome: 'failed', detail: 'Fake is down.' }]);
    await clock.advance(5_000);
    expect(core.muster.ownStatus.view().results).toMatchObject([{ outcome: 'applied' }]);
    expect(platform.own.message).toBe('Focus');
  });

  it('keeps do-not-disturb apart from the status', async () => {
    const { platform, core } = await signedIn();
    await core.muster.ownStatus.setDoNotDisturb({ forSeconds: 600 });
    await core.muster.ownStatus.set({ status: 'online' });
    expect(platform.own).toMatchObject({ status: 'online', doNotDisturb: true });
    await core.muster.ownStatus.clear();
    expect(platform.own.doNotDisturb).toBe(true);
    await core.muster.ownStatus.clearDoNotDisturb();
    expect(platform.own.doNotDisturb).toBe(false);
  });

  it('follows a schedule into do-not-disturb and out of it', async () => {
    const clock = new FakeClock({ now: '2026-03-02T17:29:00Z' });
    const { platform, core } = await signedIn(clock);
    core.muster.schedules.create({
      name: 'Evening',
      enabled: true,
      timeZone: 'UTC',
      rules: [{ days: ['mon'], from: '17:30', to: '18:00' }],
      exceptions: [],
      doNotDisturb: true,
      status: 'away',
      message: 'Home',
      emoji: null,
      allow: [],
    });
    await clock.advance(61_000);
    expect(platform.own).toMatchObject({ status: 'away', message: 'Home', doNotDisturb: true });
    expect(core.muster.ownStatus.view().doNotDisturb).toMatchObject({
      active: true,
      until: '2026-03-02T18:00:00.000Z',
    });
    await clock.advance(30 * 60_000);
    expect(platform.own).toMatchObject({ message: null, doNotDisturb: false });
  });

  it('turns a scheduled do-not-disturb off by hand until the schedule begins again', async () => {
    const clock = new FakeClock({ now: '2026-03-02T17:35:00Z' });
    const { core } = await signedIn(clock);
    core.muster.schedules.create({
      name: 'Evening',
      enabled: true,
      timeZone: 'UTC',
      rules: [{ days: ['mon', 'tue'], from: '17:30', to: '18:00' }],
      exceptions: [],
      doNotDisturb: true,
      status: null,
      message: null,
      emoji: null,
      allow: [],
    });
    expect(core.muster.ownStatus.view().doNotDisturb.active).toBe(true);
    await core.muster.ownStatus.clearDoNotDisturb();
    expect(core.muster.ownStatus.view().doNotDisturb.active).toBe(false);
    await clock.advanceTo('2026-03-03T17:31:00Z');
    expect(core.muster.ownStatus.view().doNotDisturb.active).toBe(true);
  });
});
