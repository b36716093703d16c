import { afterEach, describe, expect, it, vi } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../../src/domain/time.ts';
import { memoryStore } from '../../../src/infra/keychain/memory-store.ts';
import { startSlackSimulator } from '../../../src/simulator/slack/server.ts';
import { startCore } from '../../services/support/core.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const CLIENT_ID = '2141029472.691202649728';
const PORTS = [41_730, 41_731, 41_732, 41_733];

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Holds once the network has kept up. */
function soon(check: () => void): Promise<void> {
  return vi.waitFor(check, { timeout: 5_000, interval: 10 });
}

/** The whole core and a simulated workspace on one driven clock, signed in through the browser, with an event socket. */
async function signedIn() {
  const clock = new FakeClock();
  const simulator = await startSlackSimulator({
    now: () => clock.now(),
    app: {
      clientId: CLIENT_ID,
      redirectUris: PORTS.map((port) => `http://localhost:${port}/slack`),
      rotation: true,
      userId: 'U0ME',
    },
    populate: (slack) => {
      slack.addUser({ id: 'U0ME', name: 'grace', realName: 'Grace Hopper' });
      slack.addUser({ id: 'U0ADA', name: 'ada', realName: 'Ada Byron' });
      slack.setPresence('U0ADA', 'active');
    },
  });
  closing.push(() => simulator.close());
  const { workspace, signIn } = simulator;
  const secretStore = memoryStore();
  const core = startCore({ clock, secretStore });
  closing.push(() => core.stop());
  const { muster } = core;
  const pass = async (ms: number, stepMs = 250): Promise<void> => {
    for (let passed = 0; passed < ms; passed += stepMs) {
      await clock.advance(stepMs);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const { flowId, authorizationUrl } = await muster.signIns.begin({
    platform: 'slack',
    settings: { apiUrl: simulator.apiUrl, clientId: CLIENT_ID },
    secrets: { appToken: workspace.issueToken({ userId: 'U0ME', kind: 'app' }) },
    method: 'browser',
  });
  // The browser: Slack's page sends it back to Muster's own.
  expect((await fetch(authorizationUrl)).status).toBe(200);
  await soon(() => expect(muster.signIns.status(flowId)).toMatchObject({ state: 'done', reason: null }));
  const accountId = muster.signIns.status(flowId).accountId ?? '';
  const account = () => muster.accounts.get(accountId);
  await soon(() => expect(account().state).toBe('connected'));
  await soon(() => expect(simulator.events.open).toBe(1));
  await pass(2_000);
  const ada = () => muster.contacts.all().find(({ name }) => name === 'Ada Byron');
  return { clock, simulator, workspace, signIn, secretStore, core, muster, pass, account, accountId, ada };
}

describe('a Slack account that was signed in by OAuth, under the core', () => {
  it('shows a huddle within a second, and the next poll keeps it', async () => {
    const { workspace, ada, pass } = await signedIn();
    await soon(() => expect(ada()).toMatchObject({ status: 'online' }));
    workspace.startHuddle('U0ADA');
    await soon(() => expect(ada()).toMatchObject({ status: 'busy' }));
    await pass(2 * MINUTE_MS, 1_000);
    expect(ada()).toMatchObject({ status: 'busy' });
  });

  it('goes on for more than a day, each token for twelve hours, and nobody is asked', async () => {
    const { account, pass, signIn, core, simulator } = await signedIn();
    await pass(26 * HOUR_MS, 10 * MINUTE_MS);
    await soon(() => expect(account().state).toBe('connected'));
    expect(signIn?.oauth.refreshes).toBe(2);
    expect(core.notifications).toEqual([]);
    const refused = simulator.calls.filter(({ error }) => error !== null && /auth|token/.test(error));
    expect(refused).toEqual([]);
  });

  it('asks to sign in again when the sign-in is revoked at Slack, once, and keeps its people', async () => {
    const { account, pass, signIn, core, ada } = await signedIn();
    await soon(() => expect(ada()).toBeDefined());
    signIn?.oauth.revokeUser('U0ME');
    await pass(2 * MINUTE_MS, 1_000);
    await soon(() => expect(account()).toMatchObject({ state: 'needs-sign-in' }));
    await pass(HOUR_MS, 30_000);
    expect(core.notifications.length).toBe(1);
    expect(ada()).toBeDefined();
  });

  it('ends its tokens at Slack when it is removed, and leaves no secret behind', async () => {
    const { muster, accountId, signIn, secretStore, simulator } = await signedIn();
    const { accessToken } = JSON.parse((await secretStore.get(`${accountId}/tokens`)) ?? '{}');
    expect(signIn?.oauth.standing(accessToken)).toBe('valid');
    await muster.accounts.delete(accountId);
    expect(signIn?.oauth.standing(accessToken)).toBe('revoked');
    expect(await secretStore.names()).toEqual([]);
    await soon(() => expect(simulator.events.open).toBe(0));
  });
});
