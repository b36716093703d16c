import { afterEach, describe, expect, it, vi } from 'vitest';
import { memoryStore } from '../../../src/infra/keychain/memory-store.ts';
import { limitsPassed } from '../../../src/simulator/zoom/call-log.ts';
import type { ZoomPlan } from '../../../src/simulator/zoom/rate-limits.ts';
import { startZoomSimulator } from '../../../src/simulator/zoom/server.ts';
import { newHome, startCore } from '../../services/support/core.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { CLIENT_ID, ME } from './bench.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** The whole core on a simulated Zoom, both by one driven clock. */
async function signedIn(plan: ZoomPlan = 'pro', colleagues = 0) {
  const clock = new FakeClock();
  const simulator = await startZoomSimulator({
    now: () => clock.now(),
    plan,
    me: ME,
    accessSeconds: 100 * 86_400,
    populate: (account) => {
      account.addUser({ id: ME, firstName: 'Grace', lastName: 'Hopper', presence: 'out-of-office' });
      for (let index = 0; index < colleagues; index += 1) account.addUser({ id: `colleague-${index}` });
    },
  });
  closing.push(() => simulator.close());
  const core = startCore({ clock, home: newHome(), secretStore: memoryStore() });
  closing.push(() => core.stop());
  /** Time goes on slowly enough for the network to keep up. */
  const pass = async (ms: number, stepMs = 250): Promise<void> => {
    for (let passed = 0; passed < ms; passed += stepMs) {
      await clock.advance(stepMs);
      await new Promise((resolve) => setTimeout(resolve, 4));
    }
  };
  const settings = { clientId: CLIENT_ID, plan, apiUrl: simulator.apiUrl, authUrl: simulator.authUrl };
  const { accessToken, refreshToken } = simulator.issueToken(ME);
  const secrets = { accessToken, refreshToken: refreshToken ?? '' };
  const creating = core.muster.accounts.create({ platform: 'zoom', settings, secrets });
  await pass(1_000);
  await creating;
  await pass(1_000);
  const { ownStatus, accounts } = core.muster;
  const state = () => accounts.list()[0]?.state;
  return { simulator, accessToken, state, ownStatus, pass, me: () => simulator.account.user(ME) };
}

/** Holds once the network has kept up; the clock stands still meanwhile. */
function soon(check: () => void): Promise<void> {
  return vi.waitFor(check, { timeout: 5_000, interval: 10 });
}

describe('one’s own Zoom status under the core', () => {
  it('waits for its minute as pending, is set then, and is given back exactly', async () => {
    const { simulator, ownStatus, pass, me } = await signedIn();
    void ownStatus.set({ status: 'busy' });
    await pass(2_000);
    await soon(() => expect(ownStatus.view().results).toMatchObject([{ outcome: 'applied' }]));
    expect(me().presence).toBe('busy');
    void ownStatus.set({ status: 'away', message: 'Lunch' });
    await pass(20_000);
    await soon(() => expect(ownStatus.view().results).toMatchObject([{ outcome: 'pending' }]));
    expect(me().presence).toBe('busy');
    await pass(50_000);
    await soon(() =>
      expect(ownStatus.view().results).toMatchObject([
        { outcome: 'partial', detail: expect.stringContaining('no status text') },
      ]),
    );
    expect(me().presence).toBe('away');
    void ownStatus.clear();
    await pass(70_000);
    await soon(() => expect(me().presence).toBe('out-of-office'));
    expect(limitsPassed(simulator.calls, 'pro')).toEqual([]);
  });

  it('fails in words while no Zoom app is signed in, and is set by itself once one is', async () => {
    const { ownStatus, pass, me } = await signedIn();
    me().signedIn = false;
    void ownStatus.set({ status: 'busy' });
    await pass(2_000);
    await soon(() =>
      expect(ownStatus.view().results).toMatchObject([
        { outcome: 'failed', detail: expect.stringContaining('Sign in to Zoom') },
      ]),
    );
    me().signedIn = true;
    await pass(310_000, 1_000);
    await soon(() => expect(ownStatus.view().results).toMatchObject([{ outcome: 'applied' }]));
    expect(me().presence).toBe('busy');
  });

  it('belongs to the user again once they change it in Zoom; a meeting is no such change', async () => {
    const { simulator, ownStatus, pass } = await signedIn();
    void ownStatus.set({ status: 'busy' });
    await pass(2_000);
    const meeting = simulator.account.startMeeting(ME);
    await pass(45_000);
    await soon(() => expect(ownStatus.view().results).toMatchObject([{ outcome: 'applied' }]));
    simulator.account.endMeeting(meeting);
    await pass(25_000);
    await soon(() => expect(ownStatus.view().results).toMatchObject([{ outcome: 'applied' }]));
    simulator.account.setPresence(ME, 'away');
    await pass(25_000);
    await soon(() => expect(ownStatus.view().results).toMatchObject([{ outcome: 'overridden' }]));
  });
});

describe('the sign-in to Zoom under the core', () => {
  it('is renewed by itself when its token has ended, with one refresh', async () => {
    const { simulator, accessToken, state, ownStatus, pass, me } = await signedIn();
    simulator.oauth.expire(accessToken);
    void ownStatus.set({ status: 'busy' });
    await pass(5_000);
    await soon(() => expect(ownStatus.view().results).toMatchObject([{ outcome: 'applied' }]));
    expect(me().presence).toBe('busy');
    expect(simulator.oauth.refreshes).toBe(1);
    expect(state()).toBe('connected');
  });

  it('asks for the user when it was revoked', async () => {
    const { simulator, accessToken, state, ownStatus, pass } = await signedIn();
    simulator.oauth.revoke(accessToken);
    void ownStatus.set({ status: 'busy' });
    await pass(5_000);
    await soon(() => expect(state()).toBe('needs-sign-in'));
  });
});

describe('the free plan under the core', () => {
  it('spreads its day over 120 contacts and the status in force, and leaves no one out', {
    timeout: 120_000,
  }, async () => {
    const { simulator, ownStatus, pass } = await signedIn('free', 120);
    void ownStatus.set({ status: 'busy' });
    await pass(3_600_000, 20_000);
    const medium = simulator.calls.filter(({ label }) => label === 'Medium');
    const looks = medium.filter(({ method }) => method === 'contact');
    // Everybody once, and then evenly: 2,000 a day are 83 an hour.
    expect(new Set(looks.map(({ target }) => target)).size).toBe(120);
    expect(medium.length).toBeLessThan(500);
    // The core looks at one's own status every 20 s; Zoom is asked every five minutes.
    expect(medium.filter(({ method }) => method === 'presence').length).toBeLessThan(20);
    expect(limitsPassed(simulator.calls, 'free')).not.toContain('Medium a day');
  });
});
