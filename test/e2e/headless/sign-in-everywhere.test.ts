import { afterEach, describe, expect, it } from 'vitest';
import { SystemClock } from '../../../src/infra/clock/system-clock.ts';
import type { PlatformId } from '../../../src/platforms/manifest.ts';
import { SLACK_REDIRECT_PORTS, slackRedirectUrl } from '../../../src/platforms/slack/oauth.ts';
import { GOOGLE_CLIENT, startGoogleChatSimulator } from '../../../src/simulator/google-chat/server.ts';
import { LINKEDIN_CLIENT, startLinkedinSimulator } from '../../../src/simulator/linkedin/server.ts';
import type { AuthorizationServer } from '../../../src/simulator/oauth/authorization-server.ts';
import { startSlackSimulator } from '../../../src/simulator/slack/server.ts';
import { startTeamsSimulator } from '../../../src/simulator/teams/server.ts';
import { ZOOM_APP } from '../../../src/simulator/zoom/oauth.ts';
import { startZoomSimulator } from '../../../src/simulator/zoom/server.ts';
import { eventually } from '../../contract/caller.ts';
import { startCore, type TestCore, until } from '../../services/support/core.ts';
import { FakeClock } from '../../support/fake-clock.ts';

interface Simulated {
  readonly settings: Record<string, unknown>;
  readonly secrets?: Record<string, string>;
  readonly oauth: AuthorizationServer;
  /** Renewals work; LinkedIn gives most apps none. */
  readonly renews: boolean;
  close(): Promise<void>;
}

const PLATFORMS: Partial<Record<PlatformId, () => Promise<Simulated>>> = {
  slack: async () => {
    const simulator = await startSlackSimulator({
      populate: (workspace) => workspace.addUser({ id: 'U0ME', name: 'grace', realName: 'Grace Hopper' }),
      app: {
        clientId: '1.2',
        redirectUris: SLACK_REDIRECT_PORTS.map(slackRedirectUrl),
        rotation: true,
        userId: 'U0ME',
      },
    });
    const { oauth } = simulator.signIn ?? {};
    if (!oauth) throw new Error('no app');
    return {
      settings: { apiUrl: simulator.apiUrl, clientId: '1.2' },
      oauth,
      renews: true,
      close: () => simulator.close(),
    };
  },
  teams: async () => {
    const simulator = await startTeamsSimulator({
      populate: (organisation) => {
        const me = organisation.add({ displayName: 'Grace Hopper' });
        organisation.client(me.id, 'Available');
        return me;
      },
    });
    const { graphUrl, authority, clientId } = simulator;
    return {
      settings: { graphUrl, authority, clientId },
      oauth: simulator.signIn.oauth,
      renews: true,
      close: () => simulator.close(),
    };
  },
  zoom: async () => {
    const me = 'Gr4ceH0pperZoomUser_Id';
    const simulator = await startZoomSimulator({
      me,
      populate: (account) => account.addUser({ id: me, firstName: 'Grace', lastName: 'Hopper' }),
    });
    return {
      settings: { apiUrl: simulator.apiUrl, authUrl: simulator.authUrl, clientId: ZOOM_APP.clientId },
      oauth: simulator.oauth,
      renews: true,
      close: () => simulator.close(),
    };
  },
  'google-chat': async () => {
    const simulator = await startGoogleChatSimulator();
    return {
      settings: { apiUrl: simulator.apiUrl, authUrl: simulator.authUrl, clientId: GOOGLE_CLIENT.clientId },
      secrets: { clientSecret: GOOGLE_CLIENT.clientSecret },
      oauth: simulator.oauth,
      renews: true,
      close: () => simulator.close(),
    };
  },
  linkedin: async () => {
    const simulator = await startLinkedinSimulator();
    simulator.member.regulatedAt = Date.now();
    return {
      settings: { apiUrl: simulator.apiUrl, authUrl: simulator.authUrl, clientId: LINKEDIN_CLIENT.clientId },
      secrets: { clientSecret: LINKEDIN_CLIENT.clientSecret },
      oauth: simulator.oauth,
      renews: false,
      close: () => simulator.close(),
    };
  },
};

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

async function started(id: PlatformId) {
  const simulated = await PLATFORMS[id]?.();
  if (!simulated) throw new Error(`${id} has no sign-in by browser`);
  cleanups.push(() => simulated.close());
  const core: TestCore = startCore({ clock: new SystemClock() });
  cleanups.push(() => core.stop());
  const { muster } = core;
  const signIn = async (accountId?: string) => {
    const { flowId, authorizationUrl } = await muster.signIns.begin({
      platform: id,
      settings: accountId ? {} : simulated.settings,
      method: 'browser',
      ...(accountId ? { accountId } : { secrets: simulated.secrets ?? {} }),
    });
    // A browser whose user decides as the simulator was told.
    const landed = await fetch(authorizationUrl);
    expect(await landed.text()).toContain('You can close this window');
    return until('the sign-in ends', () => {
      const flow = muster.signIns.status(flowId);
      return flow.state !== 'pending' && flow;
    });
  };
  const state = (accountId: string) => muster.accounts.get(accountId).state;
  const connected = (accountId: string) => until(`${id} is connected`, () => state(accountId) === 'connected');
  const tokens = async (accountId: string): Promise<{ accessToken: string; refreshToken: string | null }> =>
    JSON.parse((await core.secretStore.get(`${accountId}/tokens`)) ?? '{}');
  return { simulated, core, muster, signIn, state, connected, tokens };
}

const ids = Object.keys(PLATFORMS) as PlatformId[];

describe.each(ids)('sign-in by browser at %s', (id) => {
  it('gives an account that renews its tokens, needs its user when they are revoked, is repaired, and leaves nothing', async () => {
    const { simulated, core, muster, signIn, state, connected, tokens } = await started(id);
    const { oauth, renews } = simulated;
    const first = await signIn();
    expect(first).toMatchObject({ state: 'done', reason: null });
    const accountId = first.accountId ?? '';
    await connected(accountId);
    expect(muster.healths.of(accountId).signIn?.missing.filter(({ required }) => required)).toEqual([]);
    expect(muster.audit.list().map(({ event }) => event)).toEqual(['consent-granted', 'signed-in']);

    if (renews) {
      const before = await tokens(accountId);
      oauth.expire(before.accessToken);
      muster.accounts.reconnect(accountId);
      await eventually(
        'it has another token',
        async () => (await tokens(accountId)).accessToken !== before.accessToken,
      );
      await connected(accountId);
      expect(oauth.standing((await tokens(accountId)).accessToken)).toBe('valid');
    }

    oauth.revoke((await tokens(accountId)).accessToken);
    muster.accounts.reconnect(accountId);
    await until('it needs its user', () => state(accountId) === 'needs-sign-in');
    expect(await signIn(accountId)).toMatchObject({ state: 'done', accountId });
    await connected(accountId);

    const last = await tokens(accountId);
    await muster.accounts.delete(accountId);
    expect(await core.secretStore.names()).toEqual([]);
    const ended = core.muster.audit.list().some(({ event }) => event === 'token-revoked');
    expect(ended).toBe(oauth.standing(last.accessToken) === 'revoked');
  });

  it('says so when its user declines', async () => {
    const { simulated, signIn, muster } = await started(id);
    simulated.oauth.consent = { ...simulated.oauth.consent, decision: 'deny' };
    expect(await signIn()).toMatchObject({ state: 'failed', code: 'denied' });
    expect(muster.accounts.list()).toEqual([]);
  });
});

it('signs in to Teams by a code that is typed on another page, asking no more often than told', async () => {
  const clock = new FakeClock();
  const simulator = await startTeamsSimulator({
    now: () => clock.now(),
    populate: (organisation) => organisation.add({ displayName: 'Grace Hopper' }),
  });
  cleanups.push(() => simulator.close());
  const core = startCore({ clock });
  cleanups.push(() => core.stop());
  const { signIns, accounts } = core.muster;
  const { graphUrl, authority, clientId } = simulator;
  const { flowId, userCode } = await signIns.begin({
    platform: 'teams',
    settings: { graphUrl, authority, clientId },
    method: 'device',
  });
  await clock.advance(20_000);
  expect(signIns.status(flowId)).toMatchObject({ state: 'pending' });
  simulator.signIn.oauth.typeUserCode(userCode ?? '');
  const done = await eventually('the sign-in ends', async () => {
    await clock.advance(1_000);
    const flow = signIns.status(flowId);
    return flow.state !== 'pending' && flow;
  });
  expect(done).toMatchObject({ state: 'done', reason: null });
  expect(accounts.get(done.accountId ?? '').account?.displayName).toBe('Grace Hopper');
});
