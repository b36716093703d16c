import { afterEach, describe, expect, it, vi } from 'vitest';
import { memoryStore } from '../../../src/infra/keychain/memory-store.ts';
import { startSlackSimulator } from '../../../src/simulator/slack/server.ts';
import { newHome, startCore, type TestCore } from '../../services/support/core.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** The whole core on a simulated workspace, whose server and core live by one driven clock. */
async function signedIn() {
  const clock = new FakeClock();
  const simulator = await startSlackSimulator({
    now: () => clock.now(),
    populate: (slack) => void slack.addUser({ id: 'U0ME', name: 'grace', realName: 'Grace Hopper' }),
  });
  closing.push(() => simulator.close());
  const { workspace } = simulator;
  workspace.setPresence('U0ME', 'active');
  const home = newHome();
  const secretStore = memoryStore();
  const start = (): TestCore => {
    const core = startCore({ clock, home, secretStore });
    closing.push(() => core.stop());
    return core;
  };
  /** Time goes on slowly enough for the network to keep up. */
  const pass = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 250) {
      await clock.advance(250);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const meanwhile = async <T>(promise: Promise<T>): Promise<T> => {
    let over = false;
    promise.then(
      () => {
        over = true;
      },
      () => {
        over = true;
      },
    );
    while (!over) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      if (!over) await clock.advance(10);
    }
    return promise;
  };
  const core = start();
  await meanwhile(
    core.muster.accounts.create({
      platform: 'slack',
      settings: { apiUrl: simulator.apiUrl },
      secrets: { userToken: workspace.issueToken({ userId: 'U0ME' }) },
    }),
  );
  await pass(1_000);
  const me = () => {
    const { status, snoozeUntil, manualAway } = workspace.user('U0ME');
    return { ...status, snoozed: snoozeUntil !== null && snoozeUntil > clock.now(), manualAway };
  };
  return { clock, simulator, workspace, core, start, pass, meanwhile, me };
}

/** Holds once the network has kept up; the clock stands still meanwhile. */
function soon(check: () => void): Promise<void> {
  return vi.waitFor(check, { timeout: 5_000, interval: 10 });
}

const FOCUS = { status: 'busy', message: 'R&D <focus> :coffee:', emoji: '🎧', forSeconds: 20 } as const;

describe('one’s own Slack status under the core', () => {
  it('is held for twenty seconds and then exactly what it was', async () => {
    const { workspace, core, pass, meanwhile, me } = await signedIn();
    workspace.setManualAway('U0ME', true);
    workspace.setStatus('U0ME', { text: 'On a train', emoji: ':train:', expiresAt: null });
    const before = me();
    const { results } = await meanwhile(core.muster.ownStatus.set(FOCUS));
    expect(results).toMatchObject([{ outcome: 'applied', observed: { status: 'busy', emoji: '🎧' } }]);
    expect(me()).toMatchObject({ text: FOCUS.message, emoji: ':headphones:', snoozed: true, manualAway: false });
    await pass(18_000);
    await soon(() => expect(me()).toMatchObject({ text: FOCUS.message, snoozed: true }));
    await pass(4_000);
    await soon(() => expect(me()).toEqual(before));
    await soon(() => expect(core.muster.ownStatus.view()).toMatchObject({ intent: null }));
  });

  it('is what it was when it is cleared by hand', async () => {
    const { workspace, core, meanwhile, me } = await signedIn();
    workspace.setStatus('U0ME', { text: 'In the office', emoji: ':office:', expiresAt: null });
    const before = me();
    await meanwhile(core.muster.ownStatus.set({ status: 'away', message: 'Gone' }));
    expect(me()).toMatchObject({ text: 'Gone', manualAway: true });
    await meanwhile(core.muster.ownStatus.clear());
    expect(me()).toEqual(before);
  });

  it('belongs to the user again once they change it in Slack', async () => {
    const { workspace, core, pass, meanwhile, me } = await signedIn();
    await meanwhile(core.muster.ownStatus.set({ ...FOCUS, forSeconds: 120 }));
    workspace.setStatus('U0ME', { text: 'My own words', emoji: ':tea:' });
    await pass(25_000);
    await soon(() => expect(core.muster.ownStatus.view().results).toMatchObject([{ outcome: 'overridden' }]));
    await pass(120_000);
    await soon(() => expect(me()).toMatchObject({ text: 'My own words', emoji: ':tea:', snoozed: false }));
  });

  it('stays do-not-disturb without an end for longer than Slack pauses at a time', async () => {
    const { clock, core, pass, meanwhile, me } = await signedIn();
    await meanwhile(core.muster.ownStatus.set({ status: 'busy', message: 'Deep in it' }));
    expect(me()).toMatchObject({ text: 'Deep in it', snoozed: true });
    clock.jump(24 * 3_600_000);
    expect(me().snoozed).toBe(false);
    await pass(25_000);
    await soon(() => expect(me()).toMatchObject({ text: 'Deep in it', snoozed: true }));
    await soon(() => expect(core.muster.ownStatus.view().results).toMatchObject([{ outcome: 'applied' }]));
  });

  it('is given back when Muster was killed between writing and reading back', async () => {
    const { clock, simulator, workspace, core, start, pass, me } = await signedIn();
    workspace.setStatus('U0ME', { text: 'Before', emoji: ':tea:' });
    const before = me();
    // Reading back never ends: everything was written, and nobody knows yet.
    void core.muster.ownStatus.set({ ...FOCUS, message: 'Focus', forSeconds: undefined }).catch(() => {});
    const written = (): boolean => simulator.calls.some(({ method }) => method === 'users.setPresence');
    while (!written()) await new Promise((resolve) => setTimeout(resolve, 1));
    simulator.faults.add({ kind: 'hang' });
    await pass(3_000);
    await soon(() => expect(me().text).toBe('Focus'));
    await core.stop();
    simulator.faults.clear();
    clock.jump(60_000);
    const again = start();
    await pass(5_000);
    await soon(() =>
      expect(again.muster.ownStatus.view()).toMatchObject({
        intent: { message: 'Focus' },
        results: [{ outcome: 'applied' }],
      }),
    );
    void again.muster.ownStatus.clear();
    await pass(5_000);
    await soon(() => expect(me()).toEqual(before));
  });

  it('is given back when it ran out while Muster was killed', async () => {
    const { clock, workspace, core, start, pass, meanwhile, me } = await signedIn();
    workspace.setStatus('U0ME', { text: 'Before', emoji: ':tea:' });
    const before = me();
    await meanwhile(core.muster.ownStatus.set(FOCUS));
    await core.stop();
    clock.jump(600_000);
    expect(me()).toMatchObject({ text: '' });
    start();
    await pass(5_000);
    await soon(() => expect(me()).toEqual(before));
  });
});
