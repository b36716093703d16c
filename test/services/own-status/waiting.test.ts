import { afterEach, describe, expect, it } from 'vitest';
import { MusterError } from '../../../src/domain/errors.ts';
import { FakePlatform } from '../support/fake-platform.ts';
import { signedIn, stopCores } from '../support/signed-in.ts';

afterEach(stopCores);

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const slowDown = (retryAfterMs: number) =>
  new MusterError('rate-limited', 'Slack asks Muster to slow down.', { retryAfterMs });

/** A platform that takes one change in so many seconds. */
async function slowWriter(seconds: number) {
  const slack = new FakePlatform();
  slack.writes = [{ calls: 1, seconds }];
  const bench = await signedIn({ slack });
  const { muster, clock } = bench;
  /** Sets a status and gives the answer, however long that takes. */
  const set = async (message: string) => {
    const setting = muster.ownStatus.set({ status: 'busy', message });
    await clock.advance(2 * SECOND);
    return (await setting).results;
  };
  const result = () => muster.ownStatus.view().results[0];
  return { ...bench, set, result };
}

describe('my own status while the platform wants quiet', () => {
  it('is pending, with the reason and when Muster goes on, and is then what came of it', async () => {
    const { muster, clock, platform, named } = await signedIn();
    platform.failures.apply.push(slowDown(90 * SECOND));
    const asked = clock.now();
    const { results } = await muster.ownStatus.set({ status: 'busy', message: 'Focus' });
    expect(results).toMatchObject([{ outcome: 'pending', detail: 'Slack asks Muster to slow down.' }]);
    const at = Date.parse(results[0]?.retryAt ?? '');
    expect(at - asked).toBeGreaterThanOrEqual(90 * SECOND);
    await clock.advance(at - clock.now() - SECOND);
    expect(platform.own.message).toBeNull();
    await clock.advance(2 * SECOND);
    expect(platform.own.message).toBe('Focus');
    expect(named('me').at(-1)?.data).toMatchObject({ results: [{ outcome: 'applied', detail: null, retryAt: null }] });
  });

  it('asks nothing for as long, whatever else is wished meanwhile', async () => {
    const { muster, clock, platform } = await signedIn();
    platform.failures.apply.push(slowDown(10 * MINUTE));
    await muster.ownStatus.set({ status: 'busy', message: 'One' });
    const { reads } = platform;
    const { results } = await muster.ownStatus.set({ status: 'away', message: 'Two' });
    expect(results).toMatchObject([{ outcome: 'pending', retryAt: expect.any(String) }]);
    await muster.ownStatus.setDoNotDisturb({ forSeconds: 3_600 });
    platform.live().report.ownChanged();
    await clock.advance(9 * MINUTE);
    expect(platform).toMatchObject({ reads, applied: 0 });
    await clock.advance(2 * MINUTE);
    expect(platform.own).toMatchObject({ message: 'Two', doNotDisturb: true });
  });

  it('waits too when another call was asked for quiet, and lets other calls wait', async () => {
    const slack = new FakePlatform({ push: false });
    const { muster, clock, platform } = await signedIn({ slack });
    await clock.advance(MINUTE);
    platform.failures.poll.push(slowDown(5 * MINUTE));
    while (platform.failures.poll.length > 0) await clock.advance(10 * SECOND);
    const { results } = await muster.ownStatus.set({ status: 'busy', message: 'Focus' });
    expect(results).toMatchObject([{ outcome: 'pending', detail: expect.stringContaining('slow down') }]);
    await clock.advance(6 * MINUTE);
    expect(platform.own.message).toBe('Focus');
    platform.failures.apply.push(slowDown(10 * MINUTE));
    await muster.ownStatus.set({ status: 'busy', message: 'More' });
    const looks = platform.polled.length;
    await clock.advance(9 * MINUTE);
    expect(platform.polled).toHaveLength(looks);
    await clock.advance(6 * MINUTE);
    expect(platform.polled.length).toBeGreaterThan(looks);
    expect(platform.own.message).toBe('More');
  });

  it('is tried as soon as the machine wakes, when the quiet ended in its sleep', async () => {
    const { muster, clock, platform, emit } = await signedIn();
    platform.failures.apply.push(slowDown(60 * MINUTE));
    await muster.ownStatus.set({ status: 'busy', message: 'Focus' });
    emit('suspend');
    clock.jump(8 * 60 * MINUTE);
    emit('resume');
    await clock.advance(5 * SECOND);
    expect(platform.own.message).toBe('Focus');
    expect(muster.ownStatus.view().results).toMatchObject([{ outcome: 'applied' }]);
  });

  it('goes on waiting as long as was asked for when the clock is set back', async () => {
    const { muster, clock, platform } = await signedIn();
    platform.failures.apply.push(slowDown(5 * MINUTE));
    await muster.ownStatus.set({ status: 'busy', message: 'Focus' });
    clock.jump(-24 * 60 * MINUTE);
    await clock.advance(4 * MINUTE);
    expect(platform.own.message).toBeNull();
    const [result] = muster.ownStatus.view().results;
    expect(Date.parse(result?.retryAt ?? '') - clock.now()).toBeLessThan(2 * MINUTE);
    await clock.advance(2 * MINUTE);
    expect(platform.own.message).toBe('Focus');
  });

  it('stands as it was when only a look at it failed', async () => {
    const { muster, clock, platform } = await signedIn();
    await muster.ownStatus.set({ status: 'busy', message: 'Focus' });
    platform.failures.read.push(new MusterError('platform-unavailable', 'Down.'), slowDown(MINUTE));
    await clock.advance(25 * SECOND);
    expect(platform.failures.read).toEqual([]);
    expect(muster.ownStatus.view().results).toMatchObject([{ outcome: 'applied', retryAt: null }]);
  });

  it('is failed when what the platform took away could not be set again', async () => {
    const { muster, clock, platform } = await signedIn();
    await muster.ownStatus.set({ status: 'busy', message: 'Focus' });
    platform.own = { ...platform.own, message: null };
    platform.failures.apply.push(new MusterError('not-permitted', 'No.'));
    await clock.advance(25 * SECOND);
    expect(muster.ownStatus.view().results).toMatchObject([{ outcome: 'failed', detail: 'No.' }]);
  });
});

describe('my own status on a platform that takes a change now and then', () => {
  it('is pending until its turn, says when that is, and has not failed however long it takes', async () => {
    const { clock, set, result, platform, named } = await slowWriter(600);
    expect(await set('One')).toMatchObject([{ outcome: 'applied', retryAt: null }]);
    const [waiting] = await set('Two');
    expect(waiting).toMatchObject({ outcome: 'pending', detail: expect.stringContaining('waits for its turn') });
    const turn = Date.parse(waiting?.retryAt ?? '');
    expect(turn - clock.now()).toBeGreaterThan(590 * SECOND);
    const told = named('me').length;
    await clock.advance(turn - clock.now() - 2 * SECOND);
    expect(result()).toEqual(waiting);
    // It was told once that it waits, not each time that it was looked at.
    expect(named('me').slice(told)).toHaveLength(1);
    await clock.advance(4 * SECOND);
    expect(result()).toMatchObject({ outcome: 'applied', detail: null, retryAt: null });
    expect(platform.own.message).toBe('Two');
  });

  it('gives the turn to the newest wish', async () => {
    const { clock, set, platform, result } = await slowWriter(64);
    await set('One');
    await set('Two');
    expect(await set('Three')).toMatchObject([{ outcome: 'pending', retryAt: expect.any(String) }]);
    await clock.advance(64 * SECOND);
    expect(platform).toMatchObject({ own: { message: 'Three' }, applied: 2 });
    expect(result()).toMatchObject({ outcome: 'applied' });
  });

  it('comes back in its turn when the wish ends while another one waits', async () => {
    const { muster, clock, set, platform } = await slowWriter(64);
    platform.own = { status: 'online', message: 'Mine', until: null, doNotDisturb: false };
    await set('One');
    await set('Two');
    const clearing = muster.ownStatus.clear();
    await clock.advance(2 * SECOND);
    expect((await clearing).results).toMatchObject([
      { outcome: 'pending', detail: expect.stringContaining('turn'), retryAt: expect.any(String) },
    ]);
    await clock.advance(64 * SECOND);
    expect(platform).toMatchObject({ own: { message: 'Mine' }, applied: 2 });
    expect(muster.ownStatus.view().results).toEqual([]);
  });
});
