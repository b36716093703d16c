import { afterEach, describe, expect, it } from 'vitest';
import { createApi } from '../../src/api/create-api.ts';
import { startCore, type TestCore } from '../services/support/core.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { quietLogger } from '../support/quiet-logger.ts';

const running: TestCore[] = [];
afterEach(async () => {
  for (const core of running.splice(0)) await core.stop();
});

function bench() {
  const clock = new FakeClock();
  const core = startCore({ clock });
  running.push(core);
  const api = createApi({ muster: core.muster, clock, logger: quietLogger() });
  const ask = async (method: string, path: string, body?: object) => {
    const response = await api.request(path, {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
  };
  return { core, ask };
}

describe('sign-in by browser over HTTP', () => {
  it('begins with the address for the browser, can be asked about and given up', async () => {
    const { ask } = bench();
    const started = await ask('POST', '/v1/accounts/oauth', { platform: 'zoom', settings: { clientId: 'my-own-app' } });
    expect(started).toMatchObject({ status: 200, body: { userCode: null, expiresAt: '2026-03-02T08:10:00.000Z' } });
    const url = new URL(started.body.authorizationUrl);
    expect([url.origin, url.searchParams.get('client_id')]).toEqual(['https://zoom.us', 'my-own-app']);
    expect(url.searchParams.get('redirect_uri')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/zoom$/);
    expect(url.searchParams.get('code_challenge_method')).toBe('S256');
    const flow = `/v1/accounts/oauth/${started.body.flowId}`;
    expect(await ask('GET', flow)).toMatchObject({ status: 200, body: { state: 'pending', accountId: null } });
    expect(await ask('DELETE', flow)).toEqual({ status: 204, body: null });
    expect(await ask('GET', flow)).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });

  it('ends by itself after ten minutes', async () => {
    const clock = new FakeClock();
    const core = startCore({ clock });
    running.push(core);
    const { flowId } = await core.muster.signIns.begin({
      platform: 'zoom',
      settings: { clientId: 'my-own-app' },
      method: 'browser',
    });
    await clock.advance(10 * 60_000);
    expect(core.muster.signIns.status(flowId)).toMatchObject({ state: 'failed', code: 'expired' });
  });

  it.each([
    ['a platform that there is not', { platform: 'icq', settings: {} }, 422, 'invalid'],
    ['a platform without it', { platform: 'xmpp', settings: {} }, 409, 'conflict'],
    ['settings that are not valid', { platform: 'zoom', settings: { clientId: 'x', colour: 'red' } }, 422, 'invalid'],
    ['an app registration that is missing', { platform: 'slack', settings: {} }, 422, 'invalid'],
    [
      'a secret that there is not',
      { platform: 'zoom', settings: { clientId: 'x' }, secrets: { pin: '1' } },
      422,
      'invalid',
    ],
    ['an account that is not there', { platform: 'zoom', settings: {}, accountId: 'a_gone' }, 404, 'not-found'],
    [
      'a code to type where there is none',
      { platform: 'zoom', settings: { clientId: 'x' }, method: 'device' },
      409,
      'conflict',
    ],
    ['unknown fields', { platform: 'zoom', settings: { clientId: 'x' }, token: 'x' }, 422, 'invalid'],
  ])('refuses %s', async (_what, body, status, code) => {
    expect(await bench().ask('POST', '/v1/accounts/oauth', body)).toMatchObject({ status, body: { code } });
  });
});

describe('the audit trail over HTTP', () => {
  it('is read page by page, newest first, and of one account', async () => {
    const { core, ask } = bench();
    const { audit } = core.muster;
    for (let index = 1; index <= 5; index += 1)
      audit.record('token-refreshed', `Renewal ${index}.`, {
        id: index % 2 ? 'odd' : 'even',
        platform: 'zoom',
        label: 'Work',
      });
    const first = await ask('GET', '/v1/audit?limit=2');
    expect(first.body.items.map(({ detail }: { detail: string }) => detail)).toEqual(['Renewal 5.', 'Renewal 4.']);
    expect(first.body).toMatchObject({ total: 5, nextCursor: expect.any(String) });
    // What happens meanwhile does not move what was being read.
    audit.record('exported', 'Everything but secrets was exported.');
    const second = await ask('GET', `/v1/audit?limit=2&cursor=${first.body.nextCursor}`);
    expect(second.body.items.map(({ detail }: { detail: string }) => detail)).toEqual(['Renewal 3.', 'Renewal 2.']);
    const odd = await ask('GET', '/v1/audit?account=odd');
    expect(odd.body.items).toHaveLength(3);
    expect(odd.body.items[0]).toEqual({
      id: expect.any(String),
      at: '2026-03-02T08:00:00.000Z',
      event: 'token-refreshed',
      accountId: 'odd',
      platform: 'zoom',
      label: 'Work',
      detail: 'Renewal 5.',
      scopes: null,
    });
    expect(await ask('GET', '/v1/audit?colour=red')).toMatchObject({ status: 422 });
  });

  it('is in the export, which is in the trail', async () => {
    const { ask } = bench();
    const { body } = await ask('POST', '/v1/export');
    expect(body.audit).toMatchObject([{ event: 'exported' }]);
  });

  it('is empty again once everything was erased', async () => {
    const { core, ask } = bench();
    core.muster.audit.record('exported', 'Everything but secrets was exported.');
    await ask('POST', '/v1/erase', { confirm: 'erase' });
    expect((await ask('GET', '/v1/audit')).body.items).toEqual([]);
  });
});
