import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { filesUnder, findCanaries } from '../../e2e/headless/support/canaries.ts';
import { HeadlessBrowser } from '../../support/oidc-provider.ts';
import { until } from '../support/core.ts';
import { endSignIns, signInBench } from './sign-in-bench.ts';

afterEach(endSignIns);

const tokensOf = (text: string | null): { accessToken: string; refreshToken: string } => JSON.parse(text ?? '{}');

describe('a sign-in by browser', () => {
  it('becomes an account, with its tokens as one secret and its consent in the audit trail', async () => {
    const bench = await signInBench();
    const { state, accountId, landed } = await bench.signIn({ label: 'Work' });
    expect([state, accountId]).toEqual(['done', expect.any(String)]);
    await bench.connected(accountId ?? '');
    expect(bench.muster.accounts.get(accountId ?? '')).toMatchObject({ label: 'Work', account: { userId: 'ada' } });
    expect(await bench.secretStore.names()).toEqual([`${accountId}/tokens`]);
    expect(bench.audit().map(({ event, scopes }) => [event, scopes])).toEqual([
      ['consent-granted', ['openid', 'offline_access', 'presence.read']],
      ['signed-in', null],
    ]);
    expect(bench.muster.healths.of(accountId ?? '').signIn).toMatchObject({
      granted: ['openid', 'offline_access', 'presence.read'],
      missing: [],
      endsAt: expect.any(String),
    });
    // The page is gone: what comes once more reaches nobody.
    await expect(fetch(landed)).rejects.toThrow();
  });

  it('says when it was declined, and keeps nothing', async () => {
    const bench = await signInBench();
    expect(await bench.signIn({ decision: 'deny' })).toMatchObject({ state: 'failed', code: 'denied' });
    expect(bench.muster.accounts.list()).toEqual([]);
    expect(await bench.secretStore.names()).toEqual([]);
    expect(bench.audit()).toMatchObject([{ event: 'sign-in-failed', platform: 'slack', accountId: null }]);
  });

  it.each([
    ['wrong-issuer', (url: URL) => url.searchParams.delete('iss')],
    ['wrong-issuer', (url: URL) => url.searchParams.set('iss', 'https://other.example')],
    ['credentials-refused', (url: URL) => url.searchParams.set('code', 'replayed-from-elsewhere')],
  ])('accepts nothing with a %s', async (code, spoil) => {
    const bench = await signInBench();
    expect(await bench.signIn({ spoil })).toMatchObject({ state: 'failed', code, reason: expect.any(String) });
    expect(bench.muster.accounts.list()).toEqual([]);
    expect(await bench.secretStore.names()).toEqual([]);
  });

  it('waits on when an answer does not belong to it: nothing is exchanged, the browser and the audit trail are told', async () => {
    const bench = await signInBench();
    const { flowId, authorizationUrl } = await bench.begin();
    const landed = await new HeadlessBrowser('ada').signIn(authorizationUrl);
    const strays: ((url: URL) => void)[] = [
      (url) => url.searchParams.set('state', 'x'),
      (url) => url.searchParams.delete('state'),
      (url) => url.searchParams.append('state', url.searchParams.get('state') ?? ''),
      (url) => {
        url.search = '?error=access_denied';
      },
      (url) => {
        url.search = '?code=planted&state=';
      },
    ];
    for (const spoil of strays) {
      const stray = new URL(landed);
      spoil(stray);
      const response = await fetch(stray);
      expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('does not belong')]);
    }
    expect(bench.muster.signIns.status(flowId)).toMatchObject({ state: 'pending' });
    expect(bench.provider.calls.get('/token')).toBeUndefined();
    // Few of them are told: any page could bring thousands.
    expect(bench.audit().map(({ event }) => event)).toEqual(Array(3).fill('sign-in-answer-refused'));
    expect(bench.audit()[0]).toMatchObject({ platform: 'slack', detail: expect.stringContaining('not listed') });
    expect((await fetch(landed)).status).toBe(200);
    expect(await bench.flow(flowId)).toMatchObject({ state: 'done' });
  });

  it('names a permission that it cannot do without, and what for; the tokens are ended', async () => {
    const bench = await signInBench();
    bench.platform.scopes = [...bench.platform.scopes, 'presence.admin'];
    expect(await bench.signIn()).toMatchObject({
      state: 'failed',
      code: 'missing-scope',
      reason: expect.stringContaining('presence.admin (To see everybody)'),
    });
    const given = Object.entries(bench.secrets).find(([name]) => name.startsWith('access_token'))?.[1] ?? '';
    expect(await bench.introspect(given)).toBe(false);
  });

  it('goes on without a permission that it can do without, and says so', async () => {
    const bench = await signInBench();
    bench.platform.scopes = [...bench.platform.scopes, 'presence.extra'];
    const id = await bench.account();
    expect(bench.muster.accounts.get(id).notices).toEqual([
      'Not permitted: presence.extra (To see more). Sign in again to permit it.',
    ]);
    expect(bench.muster.healths.of(id).signIn?.missing).toEqual([
      { scope: 'presence.extra', required: false, purpose: 'To see more.' },
    ]);
  });

  it('is over when it is cancelled: the page is gone', async () => {
    const bench = await signInBench();
    const { flowId, authorizationUrl } = await bench.begin();
    const landed = await new HeadlessBrowser('ada').signIn(authorizationUrl);
    bench.muster.signIns.cancel(flowId);
    await expect(fetch(landed)).rejects.toThrow();
    expect(() => bench.muster.signIns.status(flowId)).toThrow(/no such sign-in/);
    expect(bench.audit()).toMatchObject([{ event: 'sign-in-failed', detail: 'The sign-in was given up.' }]);
  });

  it('waits for few at a time', async () => {
    const bench = await signInBench();
    for (let index = 0; index < 10; index += 1) await bench.begin();
    await expect(bench.begin()).rejects.toMatchObject({ code: 'rate-limited' });
  });

  it('is possible by a code that is typed on another page', async () => {
    const bench = await signInBench();
    const { flowId, authorizationUrl, userCode } = await bench.begin({ method: 'device' });
    expect(userCode).toMatch(/^[A-Z]{4}-[A-Z]{4}$/);
    await new HeadlessBrowser('ada').typeCode(authorizationUrl);
    expect(await bench.flow(flowId)).toMatchObject({ state: 'done' });
  });
});

describe('signing in again', () => {
  it('repairs the account, which keeps its name', async () => {
    const bench = await signInBench();
    const id = await bench.account();
    await bench.muster.accounts.patch(id, { label: 'Harbour' });
    bench.provider.expire('AccessToken');
    bench.provider.expire('RefreshToken');
    bench.muster.accounts.reconnect(id);
    await until('it needs a sign-in', () => bench.muster.accounts.get(id).state === 'needs-sign-in');
    expect(bench.muster.accounts.get(id).stateReason).toMatch(/Sign in again; people and settings stay/);
    expect(await bench.signIn({ accountId: id })).toMatchObject({ state: 'done', accountId: id });
    await bench.connected(id);
    expect(bench.muster.accounts.list()).toMatchObject([{ id, label: 'Harbour', stateReason: null }]);
  });

  it('refuses somebody else, and leaves the account as it is', async () => {
    const bench = await signInBench();
    const id = await bench.account();
    const before = await bench.secretStore.get(`${id}/tokens`);
    expect(await bench.signIn({ accountId: id, login: 'eve' })).toMatchObject({ state: 'failed', code: 'conflict' });
    expect(await bench.secretStore.get(`${id}/tokens`)).toBe(before);
    expect(bench.muster.accounts.get(id)).toMatchObject({ state: 'connected', account: { userId: 'ada' } });
  });

  it('as somebody who is here already repairs that account instead of making a second', async () => {
    const bench = await signInBench();
    const id = await bench.account();
    expect(await bench.signIn()).toMatchObject({ state: 'done', accountId: id });
    expect(bench.muster.accounts.list()).toHaveLength(1);
  });
});

describe('the tokens of an account', () => {
  it('are renewed once for 50 who ask at the same time', async () => {
    const bench = await signInBench();
    await bench.account();
    bench.provider.expire('AccessToken');
    const { live } = bench.platform;
    live.tokens.refused(await live.tokens.current());
    const before = bench.provider.calls.get('/token') ?? 0;
    const tokens = await Promise.all(Array.from({ length: 50 }, () => live.tokens.current()));
    expect(new Set(tokens).size).toBe(1);
    expect(bench.provider.calls.get('/token')).toBe(before + 1);
    expect(await bench.introspect(tokens[0] ?? '')).toBe(true);
  });

  it('outlive a restart, and changed keys of the provider', async () => {
    const bench = await signInBench();
    const id = await bench.account();
    bench.provider.expire('AccessToken');
    bench.provider.rotateKeys();
    await bench.restart();
    await bench.connected(id);
    expect(bench.audit().filter(({ event }) => event === 'token-refreshed')).toHaveLength(1);
  });

  it('are lost to a kill between the answer and the store, which is said honestly and once', async () => {
    const bench = await signInBench();
    const id = await bench.account();
    const { live } = bench.platform;
    bench.refusals.push(new Error('killed here'));
    live.tokens.refused(await live.tokens.current());
    await expect(live.tokens.current()).rejects.toMatchObject({ retry: 'later' });
    bench.provider.expire('AccessToken');
    await bench.restart();
    await until('it needs a sign-in', () => bench.muster.accounts.get(id).state === 'needs-sign-in');
    expect(bench.muster.accounts.get(id).stateReason).toMatch(/cut off before its answer could be kept/);
    const asked = bench.provider.calls.get('/token');
    await bench.restart();
    await until('it needs a sign-in', () => bench.muster.accounts.get(id).state === 'needs-sign-in');
    expect(bench.provider.calls.get('/token')).toBe(asked);
    expect(bench.audit().filter(({ event }) => event === 'needs-sign-in')).toHaveLength(1);
    expect(await bench.signIn({ accountId: id })).toMatchObject({ state: 'done' });
    await bench.connected(id);
  });

  it('are lost to a real kill in that moment, and the next process knows what happened', async () => {
    const bench = await signInBench({ vault: true });
    const id = await bench.account();
    bench.provider.expire('AccessToken');
    await bench.core.stop();
    const dying = spawn(process.execPath, [
      fileURLToPath(new URL('killed-renewal.ts', import.meta.url)),
      bench.home,
      bench.provider.issuer,
    ]);
    const [, signal] = await once(dying, 'exit');
    expect(signal).toBe('SIGKILL');
    await bench.restart();
    await until('it needs a sign-in', () => bench.muster.accounts.get(id).state === 'needs-sign-in');
    expect(bench.muster.accounts.get(id).stateReason).toMatch(/cut off before its answer could be kept/);
    expect(bench.audit().filter(({ event }) => event === 'needs-sign-in')).toHaveLength(1);
    expect(await bench.signIn({ accountId: id })).toMatchObject({ state: 'done' });
    await bench.connected(id);
  });

  it('wait for the network, and are good again without anybody', async () => {
    const bench = await signInBench();
    const id = await bench.account();
    bench.provider.expire('AccessToken');
    bench.offline = true;
    bench.muster.accounts.reconnect(id);
    await until('it is offline', () => bench.muster.accounts.get(id).state === 'offline');
    bench.offline = false;
    bench.muster.accounts.reconnect(id);
    await bench.connected(id);
  });

  it('that were pasted and used up in checking them are kept as what they became', async () => {
    const bench = await signInBench();
    const first = await bench.account();
    const { refreshToken } = tokensOf(await bench.secretStore.get(`${first}/tokens`));
    const record = bench.core.database.accounts.find(first);
    // Only the account goes, its tokens stay good: as if they came from another program.
    bench.core.database.accounts.delete(first);
    await bench.secretStore.delete(`${first}/tokens`);
    expect(record).not.toBeNull();
    await bench.restart();
    const { id } = await bench.muster.accounts.create({
      platform: 'slack',
      settings: {},
      secrets: { token: 'long-over', refreshToken },
    });
    await bench.connected(id);
    const kept = tokensOf(await bench.secretStore.get(`${id}/tokens`));
    expect(kept.refreshToken).not.toBe(refreshToken);
    expect(await bench.introspect(kept.accessToken)).toBe(true);
  });

  it('are ended at the platform when the account is removed, and every secret of it is deleted', async () => {
    const bench = await signInBench();
    const id = await bench.account();
    const { accessToken, refreshToken } = tokensOf(await bench.secretStore.get(`${id}/tokens`));
    await bench.muster.accounts.delete(id);
    expect(await bench.introspect(accessToken)).toBe(false);
    expect(await bench.introspect(refreshToken)).toBe(false);
    expect(await bench.secretStore.names()).toEqual([]);
    expect(bench.audit().map(({ event }) => event)).toEqual([
      'signed-out',
      'token-revoked',
      'consent-granted',
      'signed-in',
    ]);
  });

  it('are removed with the account also when the platform cannot be told', async () => {
    const bench = await signInBench();
    const id = await bench.account();
    bench.offline = true;
    await bench.muster.accounts.delete(id);
    expect(bench.muster.accounts.list()).toEqual([]);
    expect(await bench.secretStore.names()).toEqual([]);
    expect(bench.audit().slice(0, 2)).toMatchObject([
      { event: 'signed-out' },
      { event: 'token-revoke-failed', detail: expect.stringContaining('remove Muster’s app') },
    ]);
  });
});

describe('secrets of sign-ins', () => {
  it('are in the place for secrets and nowhere else, after sign-in, renewal, failure and repair', async () => {
    const bench = await signInBench();
    const id = await bench.account();
    bench.provider.expire('AccessToken');
    const { live } = bench.platform;
    live.tokens.refused(await live.tokens.current());
    await live.tokens.current();
    await bench.signIn({ spoil: (url) => url.searchParams.set('iss', 'https://other.example') });
    await bench.signIn({ accountId: id, login: 'eve' });
    bench.provider.expire('RefreshToken');
    live.tokens.refused(await live.tokens.current());
    await expect(live.tokens.current()).rejects.toMatchObject({ code: 'token-revoked' });
    await bench.signIn({ accountId: id });
    await bench.connected(id);
    const told = JSON.stringify([bench.events, bench.muster.privacy.export(), await bench.muster.doctor()]);
    await bench.core.stop();
    expect(Object.keys(bench.secrets).length).toBeGreaterThan(12);
    const found = [
      ...findCanaries('what is told', told, bench.secrets),
      ...filesUnder(bench.home).flatMap(({ name, text }) => findCanaries(name, text, bench.secrets)),
    ];
    expect(found).toEqual([]);
    expect(filesUnder(bench.home).find(({ name }) => name.includes('muster.log'))?.text).toContain('a sign-in failed');
    expect(told).toContain('sign-in-failed');
    expect(tokensOf(await bench.secretStore.get(`${id}/tokens`)).accessToken).toBe(
      Object.entries(bench.secrets).findLast(([name]) => name.startsWith('access_token'))?.[1],
    );
  });
});
