import { afterEach, describe, expect, it } from 'vitest';
import { FakePlatform } from '../support/fake-platform.ts';
import { signedIn, stopCores } from '../support/signed-in.ts';

afterEach(stopCores);

describe('sleep', () => {
  it('stops the looks, and waking checks the connection and goes on', async () => {
    const slack = new FakePlatform({ push: false });
    const { muster, clock, platform, emit } = await signedIn({ slack });
    muster.attention.noteReader();
    await clock.advance(60_000);
    emit('suspend');
    const before = platform.polled.length;
    const verified = platform.verified;
    await clock.advance(3_600_000);
    expect(platform.polled).toHaveLength(before);
    emit('resume');
    await clock.advance(1_000);
    expect(platform.verified).toBe(verified + 1);
    expect(platform.polled.length).toBeGreaterThan(before);
  });

  it('is not what a clock does that is set right again: what was seen by the wrong one is no news of tomorrow', async () => {
    const { muster, clock, platform, person } = await signedIn({ slack: new FakePlatform({ push: false }) });
    muster.attention.noteReader();
    await clock.advance(10_000);
    clock.jump(86_400_000);
    await clock.advance(30_000);
    expect(platform.polled.length).toBeGreaterThan(0);
    clock.jump(-86_400_000);
    await clock.advance(30_000);
    for (const { observedAt } of person('ann').identities)
      expect(Date.parse(observedAt ?? '')).toBeLessThanOrEqual(clock.now());
  });

  it('is not what a locked screen is', async () => {
    const { muster, platform, person, emit } = await signedIn();
    muster.watches.create({ contactId: person('ann').id, to: ['online'], repeat: 'always' });
    platform.push('ann', 'offline', { replayed: true });
    for (const event of ['locked', 'idle', 'active', 'unlocked'] as const) emit(event);
    platform.push('ann', 'online');
    expect(muster.alerts.list()).toMatchObject([{ outcome: 'delivered' }]);
  });

  it('takes what arrives in the first moments after waking for what happened meanwhile', async () => {
    const { muster, clock, platform, person, emit } = await signedIn();
    muster.watches.create({ contactId: person('ann').id, to: ['online'], repeat: 'always' });
    platform.push('ann', 'offline', { replayed: true });
    emit('suspend');
    emit('resume');
    platform.push('ann', 'online');
    expect(muster.alerts.list()).toMatchObject([{ outcome: 'suppressed', reason: 'asleep' }]);
    platform.push('ann', 'offline');
    await clock.advance(120_000);
    platform.push('ann', 'online');
    expect(muster.alerts.list()[0]).toMatchObject({ outcome: 'delivered' });
  });

  it('leaves nothing behind when the core stops', async () => {
    const { core, clock, emit } = await signedIn();
    await core.stop();
    expect(clock.pending).toBe(0);
    emit('resume');
    expect(clock.pending).toBe(0);
  });
});
