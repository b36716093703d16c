import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LinkedinSimulator, startLinkedinSimulator } from '../../../src/simulator/linkedin/server.ts';

const ADA = { id: 'Ad4Byr0n', firstName: 'Ada', lastName: 'Byron' };
const VERSION = { 'linkedin-version': '202312' };

describe('the simulated LinkedIn', () => {
  let now = Date.parse('2026-03-02T22:00:00Z');
  let linkedin: LinkedinSimulator;
  let token: string;
  beforeEach(async () => {
    linkedin = await startLinkedinSimulator({ now: () => now, callsADay: 20 });
    linkedin.member.regulatedAt = now;
    token = linkedin.issueToken();
  });
  afterEach(() => linkedin.close());

  async function call(path: string, options: { token?: string; headers?: Record<string, string>; body?: string } = {}) {
    const { headers = VERSION, body } = options;
    const response = await fetch(`${linkedin.apiUrl}/${path}`, {
      headers: {
        authorization: `Bearer ${options.token ?? token}`,
        ...headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { method: 'POST', body }),
    });
    return { status: response.status, headers: response.headers, body: await response.json() };
  }
  const log = (more = '') => call(`rest/memberChangeLogs?q=memberAndApplication${more}`);

  it('shapes events as the documentation does, field by field', async () => {
    linkedin.member.act(ADA, 'messages');
    const { body } = await log();
    const [event] = body.elements;
    // dma/member-data-portability/shared/member-changelog-api, “Changelog Event Schema”
    expect(event).toEqual({
      id: expect.any(Number),
      capturedAt: now,
      processedAt: now,
      configVersion: expect.any(Number),
      owner: 'urn:li:person:Gr4ceH0pp',
      actor: 'urn:li:person:Ad4Byr0n',
      resourceName: 'messages',
      resourceId: expect.any(String),
      resourceUri: expect.any(String),
      method: 'CREATE',
      methodName: null,
      activity: expect.any(Object),
      processedActivity: expect.objectContaining({ 'author~': expect.any(Object) }),
      siblingActivities: [],
      parentSiblingActivities: [],
      activityId: expect.any(String),
      activityStatus: 'SUCCESS',
    });
    // member-authorization-management-api, “sample GET response”
    expect((await call('rest/memberAuthorizations?q=memberAndApplication')).body.elements).toEqual([
      {
        memberComplianceAuthorizationKey: {
          developerApplication: expect.stringMatching(/^urn:li:developerApplication:\d+$/),
          member: 'urn:li:person:Gr4ceH0pp',
        },
        regulatedAt: now,
        memberComplianceScopes: ['DMA'],
      },
    ]);
    expect((await call('v2/userinfo')).body).toMatchObject({ sub: 'Gr4ceH0pp', name: 'Grace Hopper' });
  });

  it('shows events from startTime on, inclusive, from the consent on, and none older than 28 days', async () => {
    linkedin.member.act(ADA, 'messages', { at: now - 1 });
    linkedin.member.act(ADA, 'messages');
    const consent = now;
    now += 1_000;
    linkedin.member.act(ADA, 'messages');
    expect((await log(`&startTime=${consent}`)).body.elements).toHaveLength(2);
    expect((await log(`&startTime=${consent + 1}`)).body.elements).toHaveLength(1);
    now = consent + 28 * 86_400_000 + 500;
    expect((await log()).body.elements).toHaveLength(1);
  });

  it('pages, at most 50 at a time', async () => {
    for (let index = 0; index < 60; index += 1) linkedin.member.act(ADA, 'messages');
    const first = await log('&count=50');
    expect(first.body.elements).toHaveLength(50);
    expect(first.body.paging.links).toMatchObject([{ rel: 'next' }]);
    const second = await log('&count=50&start=50');
    expect(second.body.elements).toHaveLength(10);
    expect(second.body.paging.links).toEqual([]);
    expect((await log('&count=51')).status).toBe(400);
    expect((await log('&startTime=yesterday')).status).toBe(400);
  });

  it('leaves events out after counting, so that a short page need not be the last', async () => {
    for (let index = 0; index < 60; index += 1) linkedin.member.act(ADA, 'messages', { withheld: index === 3 });
    const { elements, paging } = (await log('&count=50')).body;
    expect(elements).toHaveLength(49);
    expect(paging.links[0].href).toContain('start=50');
  });

  it('refuses in LinkedIn’s words', async () => {
    const refused = (status: number, code?: number) => ({
      status,
      body: { status, ...(code === undefined ? {} : { serviceErrorCode: code }), message: expect.any(String) },
    });
    expect(await call('v2/userinfo', { token: 'AQXnobody' })).toMatchObject(refused(401, 65_600));
    const other = linkedin.issueToken();
    linkedin.oauth.revoke(other);
    expect(await call('v2/userinfo', { token: other })).toMatchObject(refused(401, 65_601));
    const old = linkedin.issueToken();
    linkedin.oauth.expire(old);
    expect(await call('v2/userinfo', { token: old })).toMatchObject(refused(401, 65_602));
    const path = 'rest/memberChangeLogs?q=memberAndApplication';
    expect(await call(path, { headers: {} })).toMatchObject(refused(400));
    expect(await call(path, { headers: { 'linkedin-version': '202001' } })).toMatchObject(refused(426));
    expect(await call(path, { token: linkedin.issueToken(['openid']) })).toMatchObject(refused(403, 100));
    // linkedin-developers/linkedin-api-python-client#66, a recorded refusal for lack of a permission.
    expect((await call('v2/userinfo', { token: linkedin.issueToken(['r_dma_portability_self_serve']) })).body).toEqual({
      status: 403,
      serviceErrorCode: 100,
      code: 'ACCESS_DENIED',
      message: 'Not enough permissions to access: userinfo.GET.NO_VERSION',
    });
    linkedin.member.inRegion = false;
    expect(await call(path)).toMatchObject(refused(403));
    expect((await call('rest/memberAuthorizations', { body: '{"a":1}' })).status).toBe(403);
  });

  it('counts calls by the day of UTC, and does not say how long to wait', async () => {
    for (let made = 0; made < 20; made += 1) await call('v2/userinfo');
    const over = await call('v2/userinfo');
    expect(over.status).toBe(429);
    expect(over.headers.has('retry-after')).toBe(false);
    now = Date.parse('2026-03-03T00:00:00Z');
    expect((await call('v2/userinfo')).status).toBe(200);
  });

  it('records from the consent on, which a POST of {} gives once', async () => {
    linkedin.member.regulatedAt = null;
    linkedin.member.act(ADA, 'messages');
    expect((await call('rest/memberAuthorizations?q=memberAndApplication')).body.elements).toEqual([]);
    expect((await call('rest/memberAuthorizations', { body: '[]' })).status).toBe(400);
    expect((await call('rest/memberAuthorizations', { body: '{}' })).status).toBe(200);
    linkedin.member.act(ADA, 'messages');
    expect((await log()).body.elements).toHaveLength(1);
  });
});
