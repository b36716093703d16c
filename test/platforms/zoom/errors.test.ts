import { describe, expect, it } from 'vitest';
import { epochMs } from '../../../src/domain/time.ts';
import { refusalOf } from '../../../src/platforms/zoom/errors.ts';

const NOW = epochMs(Date.parse('2026-03-02T15:30:00Z'));

function told(status: number, body: unknown, headers: Record<string, string> = {}, name = 'GET users/me') {
  return refusalOf({ name, status, headers: new Headers(headers), body }, NOW);
}

describe('a refusal of Zoom’s', () => {
  it.each([
    [401, 124, 'token-expired', 'reauth'],
    [401, 4700, 'token-expired', 'reauth'],
    [401, 4702, 'credentials-refused', 'reauth'],
    [400, 4704, 'credentials-refused', 'reauth'],
    [400, 4706, 'credentials-refused', 'reauth'],
    [400, 4709, 'credentials-refused', 'reauth'],
    [400, 4711, 'missing-scope', 'reauth'],
    [400, 104, 'missing-scope', 'reauth'],
    [400, 4717, 'account-disabled', 'reauth'],
    [400, 4733, 'credentials-refused', 'reauth'],
    [400, 4734, 'credentials-refused', 'reauth'],
    [401, 4735, 'account-disabled', 'reauth'],
    [401, 4738, 'account-disabled', 'reauth'],
    [401, 4741, 'token-revoked', 'reauth'],
    [404, 1001, 'not-found', 'never'],
    [400, 5301, 'not-permitted', 'later'],
    [400, 5411, 'not-permitted', 'never'],
    [400, 300, 'invalid-request', 'never'],
    [403, 403, 'not-permitted', 'never'],
    [500, 500, 'platform-unavailable', 'later'],
  ] as const)('of HTTP %i with number %i is %s', (status, code, expected, retry) => {
    const error = told(status, { code, message: 'Whatever it says.' });
    expect(error).toMatchObject({ code: expected, retry, params: { error: code, method: 'GET users/me' } });
    expect(error.message).toMatch(/^[A-Z].*\.$/);
    expect(error.message).not.toContain('Whatever');
  });

  it('goes by the HTTP status where there is no number', () => {
    expect(told(401, undefined).code).toBe('token-expired');
    expect(told(404, '<html>').code).toBe('not-found');
    expect(told(503, { code: 'odd' }).code).toBe('platform-unavailable');
  });

  it('names the missing permissions as Zoom does', () => {
    const message = 'Invalid access token, does not contain scopes:[team_chat:read:contact, chat_contact:read].';
    expect(told(400, { code: 4711, message }).params.scopes).toBe('team_chat:read:contact, chat_contact:read');
    expect(told(400, { code: 4711 }).params.scopes).toBeUndefined();
  });
});

describe('a limit', () => {
  it('lasts until the date that Zoom names', () => {
    const error = told(429, {}, { 'Retry-After': '2026-03-02T15:30:04Z', 'X-RateLimit-Type': 'QPS' });
    expect(error).toMatchObject({
      code: 'rate-limited',
      retry: 'later',
      retryAfterMs: 4_000,
      params: { daily: false },
    });
  });

  it('understands what proxies say: seconds, or an HTTP date', () => {
    expect(told(429, {}, { 'Retry-After': '9' }).retryAfterMs).toBe(9_000);
    expect(told(429, {}, { 'Retry-After': 'Mon, 02 Mar 2026 15:31:00 GMT' }).retryAfterMs).toBe(60_000);
  });

  it('of the day ends at midnight UTC when Zoom names no time', () => {
    const error = told(429, {}, { 'X-RateLimit-Type': 'Daily-limit', 'X-RateLimit-Category': 'Medium' });
    expect(error).toMatchObject({ retryAfterMs: 8.5 * 3_600_000, params: { daily: true, category: 'Medium' } });
    expect(error.message).toContain('quota');
  });

  it('is reckoned by Zoom’s clock where ours is wrong', () => {
    const headers = { 'Retry-After': '2026-03-02T18:30:10Z', Date: 'Mon, 02 Mar 2026 18:30:00 GMT' };
    expect(told(429, {}, headers).retryAfterMs).toBe(10_000);
    expect(told(503, {}, headers).retryAfterMs).toBe(10_000);
  });

  it('that says nothing is a second, and a minute for one’s own status', () => {
    expect(told(429, { code: 429 }).retryAfterMs).toBe(1_000);
    expect(told(429, { code: 429 }, {}, 'PUT users/me/presence_status').retryAfterMs).toBe(60_000);
    expect(told(429, {}, { 'Retry-After': '2020-01-01T00:00:00Z' }).retryAfterMs).toBe(0);
  });
});
