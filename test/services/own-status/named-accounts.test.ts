import { afterEach, describe, expect, it } from 'vitest';
import { FakePlatform } from '../support/fake-platform.ts';
import { signedIn, stopCores } from '../support/signed-in.ts';

afterEach(stopCores);

async function both() {
  const bench = await signedIn({ xmpp: new FakePlatform({ platform: 'xmpp' }) });
  const [slackId = '', xmppId = ''] = bench.muster.accounts.ids();
  const quiet = () => [bench.platform.own.doNotDisturb, bench.other.own.doNotDisturb];
  return { ...bench, slackId, xmppId, quiet };
}

describe('my own status on some accounts alone', () => {
  it('brings its do-not-disturb to these alone', async () => {
    const { muster, slackId, quiet } = await both();
    await muster.ownStatus.set({ status: 'busy', doNotDisturb: true, accounts: [slackId] });
    expect(quiet()).toEqual([true, false]);
    await muster.ownStatus.clear();
    expect(quiet()).toEqual([false, false]);
  });

  it('leaves do-not-disturb on the others as it was', async () => {
    const { muster, slackId, quiet } = await both();
    await muster.ownStatus.setDoNotDisturb({ forSeconds: 3_600 });
    await muster.ownStatus.set({ status: 'online', doNotDisturb: false, accounts: [slackId] });
    expect(quiet()).toEqual([false, true]);
    expect(muster.ownStatus.view().doNotDisturb.active).toBe(true);
    await muster.ownStatus.clear();
    expect(quiet()).toEqual([true, true]);
  });

  it('counts no more once these are gone', async () => {
    const { muster, core, slackId, xmppId, other, quiet } = await both();
    await muster.ownStatus.set({ status: 'away', message: 'Elsewhere' });
    await muster.ownStatus.set({ status: 'busy', message: 'Here', doNotDisturb: true, accounts: [slackId] });
    await muster.accounts.delete(slackId);
    expect(muster.ownStatus.view()).toMatchObject({
      status: 'away',
      intent: { message: 'Elsewhere' },
      doNotDisturb: { active: false },
      results: [{ accountId: xmppId, outcome: 'applied' }],
    });
    expect(core.database.intents.all()).toHaveLength(1);
    expect([other.own.message, ...quiet()]).toEqual(['Elsewhere', false, false]);
  });

  it('cannot be asked of one that is switched off, and says so', async () => {
    const { muster, xmppId } = await both();
    await muster.accounts.patch(xmppId, { enabled: false });
    await expect(muster.ownStatus.set({ status: 'busy', accounts: [xmppId, 'a_none'] })).rejects.toMatchObject({
      issues: [
        { path: 'accounts.0', message: 'This account is switched off.' },
        { path: 'accounts.1', message: 'There is no such account.' },
      ],
    });
  });
});

describe('being busy where that is shown through do-not-disturb alone', () => {
  it('brings it along, but not against one’s will', async () => {
    const slack = new FakePlatform();
    slack.busyImpliesDoNotDisturb = true;
    const { muster, platform } = await signedIn({ slack });
    const { results } = await muster.ownStatus.set({ status: 'busy', message: 'Focus' });
    expect([platform.own.doNotDisturb, results[0]?.outcome]).toEqual([true, 'applied']);
    const asked = await muster.ownStatus.set({ status: 'busy', message: 'Call me', doNotDisturb: false });
    expect(platform.own).toMatchObject({ message: 'Call me', doNotDisturb: false });
    expect(asked.results).toMatchObject([
      { outcome: 'partial', detail: expect.stringContaining('which you want off') },
    ]);
    await muster.ownStatus.set({ status: 'busy', message: 'Focus' });
    expect(platform.own.doNotDisturb).toBe(true);
    await muster.ownStatus.clear();
    expect(platform.own.doNotDisturb).toBe(false);
  });
});

describe('my own status and the accounts that come and go', () => {
  it('is written once to an account that is new, whatever else changes', async () => {
    const { muster, clock } = await both();
    await muster.ownStatus.set({ status: 'busy', message: 'Focus' });
    const late = await signedIn();
    await late.muster.ownStatus.set({ status: 'busy', message: 'Focus' });
    const platform = late.other;
    await late.muster.accounts.create({ platform: 'xmpp', settings: {}, secrets: { token: 't' } });
    await late.clock.advance(1_000);
    expect(platform).toMatchObject({ own: { message: 'Focus' }, applied: 1 });
    late.muster.schedules.create({
      name: 'Later',
      enabled: true,
      timeZone: 'UTC',
      rules: [{ days: ['sun'], from: '01:00', to: '02:00' }],
      exceptions: [],
      doNotDisturb: true,
      status: null,
      message: null,
      emoji: null,
      allow: [],
    });
    await late.clock.advance(1_000);
    expect(platform.applied).toBe(1);
    await clock.advance(10);
  });

  it('is pending on an account that is switched on until it is what is wished now', async () => {
    const { muster, clock, xmppId, other } = await both();
    await muster.ownStatus.set({ status: 'busy', message: 'One' });
    await muster.accounts.patch(xmppId, { enabled: false });
    await muster.ownStatus.set({ status: 'away', message: 'Two' });
    const held = Promise.withResolvers<void>();
    other.stallBefore = held.promise;
    await muster.accounts.patch(xmppId, { enabled: true });
    await clock.advance(100);
    expect(muster.ownStatus.view().results).toMatchObject([{ outcome: 'applied' }, { outcome: 'pending' }]);
    held.resolve();
    await clock.advance(100);
    expect(muster.ownStatus.view().results).toMatchObject([{ outcome: 'applied' }, { outcome: 'applied' }]);
    expect(other.own.message).toBe('Two');
  });

  it('is given back before an account gets other settings, under which that may be impossible', async () => {
    const { muster, clock, slackId, platform } = await both();
    platform.own = { status: 'online', message: 'Mine', until: null, doNotDisturb: false };
    await muster.ownStatus.set({ status: 'busy', message: 'Focus' });
    platform.options.ownStatus = false;
    await muster.accounts.patch(slackId, { settings: { name: 'other' } });
    await clock.advance(1_000);
    expect(platform.own.message).toBe('Mine');
    platform.options.ownStatus = true;
    await muster.accounts.patch(slackId, { settings: { name: 'third' } });
    await clock.advance(1_000);
    expect(platform.own.message).toBe('Focus');
    await muster.ownStatus.clear();
    expect(platform.own.message).toBe('Mine');
  });
});
