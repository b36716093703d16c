import { afterEach, describe, expect, it } from 'vitest';
import { MusterError } from '../../../src/domain/errors.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/domain/time.ts';
import { memoryStore } from '../../../src/infra/keychain/memory-store.ts';
import type { PlatformManifest } from '../../../src/platforms/manifest.ts';
import type { OAuthProvider } from '../../../src/platforms/oauth.ts';
import { registry } from '../../../src/platforms/registry.ts';
import type { OAuthClient } from '../../../src/ports/oauth-client.ts';
import type { RedirectListener } from '../../../src/ports/oauth-redirect.ts';
import type { SecretStore } from '../../../src/ports/secret-store.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { newHome, startCore, type TestCore } from '../support/core.ts';
import { FakePlatform } from '../support/fake-platform.ts';
import { provider, ScriptedServer } from './keeper-bench.ts';

const running: TestCore[] = [];
afterEach(async () => {
  for (const core of running.splice(0)) await core.stop();
});

/** A fake platform that asks for its token at every check, with sign-in by OAuth. */
class TokenPlatform extends FakePlatform {
  readonly oauth: OAuthProvider;
  override readonly manifest: PlatformManifest;
  constructor(lifetimes: Partial<OAuthProvider['lifetimes']>) {
    super();
    this.oauth = { ...provider, accessTokenKey: 'token', lifetimes: { ...provider.lifetimes, ...lifetimes } };
    this.manifest = {
      ...new FakePlatform().manifest,
      secrets: [
        { key: 'token', title: 'Token', description: '', required: true },
        { key: 'refreshToken', title: 'Refresh token', description: '', required: false },
        { key: 'webhookSecret', title: 'Webhook secret', description: '', required: false },
      ],
    };
  }
  override async connect(...args: Parameters<FakePlatform['connect']>) {
    const [context] = args;
    await context.tokens.current();
    const connection = await super.connect(context);
    return {
      ...connection,
      verify: async () => {
        await context.tokens.current();
      },
    };
  }
}

async function bench(lifetimes: Partial<OAuthProvider['lifetimes']> = {}, expiresInSeconds = 3600) {
  const clock = new FakeClock();
  const server = new ScriptedServer();
  server.expiresInSeconds = expiresInSeconds;
  const platform = new TokenPlatform(lifetimes);
  const revoked: string[] = [];
  let land: (url: URL) => boolean = () => false;
  const redirects: RedirectListener = {
    open: async (_address, landed) => {
      land = landed;
      return { redirectUri: 'http://127.0.0.1:1/oauth/fake', close: () => undefined };
    },
  };
  const renewable = lifetimes.refreshDays !== null;
  const oauth: OAuthClient = {
    authorize: async () => ({
      url: new URL('https://signin.example/authorize'),
      redirectUri: 'http://127.0.0.1:1/oauth/fake',
      state: 'state',
      verifier: 'verifier',
      nonce: null,
    }),
    exchange: async () => ({
      accessToken: 'access-0',
      refreshToken: renewable ? 'refresh-0' : null,
      expiresInSeconds,
      scopes: ['read', 'write'],
    }),
    refresh: (app, token) => server.refresh(app, token),
    revoke: async (_app, token) => void revoked.push(token),
    authorizeDevice: () => Promise.reject(new Error('not asked for here')),
    askDevice: () => Promise.reject(new Error('not asked for here')),
  };
  const kept = memoryStore();
  const store: { locked: boolean } = { locked: false };
  const secretStore: SecretStore = {
    ...kept,
    delete: async (name) => {
      if (store.locked) throw new MusterError('secret-store-locked', 'locked');
      return kept.delete(name);
    },
  };
  const home = newHome();
  const start = () => {
    const core = startCore({
      clock,
      home,
      secretStore,
      oauth,
      redirects,
      registry: { ...registry, slack: platform },
    });
    running.push(core);
    return core;
  };
  const core = start();
  const { muster } = core;
  const signIn = async (accountId?: string) => {
    const { flowId } = await muster.signIns.begin({
      platform: 'slack',
      settings: {},
      method: 'browser',
      ...(accountId ? { accountId } : {}),
    });
    land(new URL('http://127.0.0.1:1/oauth/fake?code=c&state=state'));
    await clock.advance(100);
    const flow = muster.signIns.status(flowId);
    if (flow.accountId === null) throw new Error(flow.reason ?? 'no account');
    return flow.accountId;
  };
  return { clock, server, platform, revoked, secretStore, store, muster, core, start, signIn };
}

/** Days on which the machine is awake for a moment only. */
async function days(clock: FakeClock, count: number): Promise<void> {
  for (let day = 0; day < count; day += 1) {
    clock.jump(DAY_MS);
    await clock.advance(1_000);
  }
}

describe('sign-ins that end for good', () => {
  it('are announced a week before, by an event and in the account’s words, and not earlier', async () => {
    const { clock, muster, signIn } = await bench({ refreshDays: null }, 60 * 86_400);
    const id = await signIn();
    const events: string[][] = [];
    muster.events.subscribe(({ event, data }) => {
      if (event === 'account' && 'notices' in data) events.push(data.notices);
    });
    expect(muster.healths.of(id).signIn).toMatchObject({ endsAt: '2026-05-01T08:00:00.000Z' });
    await days(clock, 52);
    expect(muster.accounts.get(id).notices).toEqual([]);
    await days(clock, 2);
    const said = 'This sign-in ends on 2026-05-01. Sign in again before that; people and settings stay.';
    expect(muster.accounts.get(id).notices).toEqual([said]);
    expect(events.filter((notices) => notices.includes(said)).length).toBeGreaterThan(0);
    await signIn(id);
    expect(muster.accounts.get(id).notices).toEqual([]);
  });

  it('are not announced while renewals keep them going', async () => {
    const { clock, muster, signIn } = await bench({ refreshDays: 30, refreshSlides: true }, 86_400);
    const id = await signIn();
    await days(clock, 60);
    expect(muster.accounts.get(id)).toMatchObject({ state: 'connected', notices: [] });
  });
});

describe('the tokens of an account', () => {
  it('that the platform ended while the account is connected close it at once, told once', async () => {
    const { clock, server, muster, signIn } = await bench();
    const id = await signIn();
    expect(muster.accounts.get(id).state).toBe('connected');
    server.valid = 'another';
    await clock.advance(56 * MINUTE_MS);
    expect(muster.accounts.get(id)).toMatchObject({
      state: 'needs-sign-in',
      stateReason: expect.stringContaining('Sign in again; people and settings stay.'),
    });
    await clock.advance(DAY_MS);
    expect(muster.audit.list().filter(({ event }) => event === 'needs-sign-in')).toHaveLength(1);
    server.valid = 'refresh-0';
    await signIn(id);
    expect(muster.accounts.get(id).state).toBe('connected');
  });

  it('are kept valid over a night’s sleep', async () => {
    const { clock, server, muster, signIn } = await bench();
    const id = await signIn();
    clock.jump(8 * HOUR_MS);
    await clock.advance(1_000);
    expect(server.calls).toBe(1);
    expect(muster.accounts.get(id).state).toBe('connected');
  });

  it('are not renewed while the account is switched off', async () => {
    const { clock, server, muster, signIn } = await bench();
    const id = await signIn();
    await muster.accounts.patch(id, { enabled: false });
    await clock.advance(DAY_MS);
    expect(server.calls).toBe(0);
    await muster.accounts.patch(id, { enabled: true });
    await clock.advance(100);
    expect(muster.accounts.get(id).state).toBe('connected');
    expect(server.calls).toBe(1);
  });

  it('stay while another secret of the account is replaced by hand', async () => {
    const { muster, signIn, secretStore } = await bench();
    const id = await signIn();
    await muster.accounts.patch(id, { secrets: { webhookSecret: 'canary-webhook' } });
    expect((await secretStore.names()).sort()).toEqual([`${id}/tokens`, `${id}/webhookSecret`]);
    expect(muster.audit.list()[0]).toMatchObject({ event: 'secrets-replaced', accountId: id });
  });

  it('give way to such that are pasted, and those to a new sign-in', async () => {
    const { clock, server, muster, signIn, secretStore, platform } = await bench();
    const id = await signIn();
    await muster.accounts.patch(id, { secrets: { token: 'pasted' } });
    await clock.advance(100);
    expect((await secretStore.names()).sort()).toEqual([`${id}/token`]);
    expect(await platform.live().tokens.current()).toBe('pasted');
    await signIn(id);
    expect(await secretStore.names()).toEqual([`${id}/tokens`]);
    expect(await platform.live().tokens.current()).toBe('access-0');
    expect(server.calls).toBe(0);
  });

  it('that were pasted and used up in a trial that failed are remembered for the next trial', async () => {
    const { clock, server, muster, platform, secretStore } = await bench();
    const wanted = { platform: 'slack', settings: {}, secrets: { token: ' ', refreshToken: 'refresh-0' } };
    platform.failures.connect.push(new MusterError('platform-unreachable', 'later'));
    await expect(muster.accounts.create(wanted)).rejects.toMatchObject({ code: 'platform-unreachable' });
    expect([server.calls, server.valid]).toEqual([1, 'refresh-1']);
    const { id } = await muster.accounts.create(wanted);
    await clock.advance(100);
    expect(muster.accounts.get(id).state).toBe('connected');
    expect(server.calls).toBe(1);
    expect(await secretStore.get(`${id}/tokens`)).toContain('"refresh-1"');
  });

  it('are all there still when the place for secrets refuses to delete them, and so is the account', async () => {
    const { clock, server, muster, signIn, store, secretStore, revoked, platform } = await bench();
    const id = await signIn();
    store.locked = true;
    await expect(muster.accounts.delete(id)).rejects.toMatchObject({ code: 'secret-store-locked' });
    expect(muster.accounts.get(id).state).toBe('connected');
    expect([await secretStore.names(), revoked]).toEqual([[`${id}/tokens`], []]);
    await clock.advance(2 * HOUR_MS);
    expect(server.calls).toBeGreaterThan(0);
    const token = await platform.live().tokens.current();
    expect(await secretStore.get(`${id}/tokens`)).toContain(`"${token}"`);
    store.locked = false;
    await muster.accounts.delete(id);
    expect(await secretStore.names()).toEqual([]);
    expect(revoked).toEqual([server.valid, token]);
  });

  it('leave no timer behind when the core stops', async () => {
    const { clock, signIn, core } = await bench();
    await signIn();
    await core.stop();
    expect(clock.pending).toBe(0);
  });
});
