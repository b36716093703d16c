import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../../src/platforms/whatsapp/errors.ts';
import { FakeClock } from '../../support/fake-clock.ts';

function told(
  code: number | null,
  options: { status?: number; subcode?: number; headers?: Record<string, string> } = {},
) {
  const { status = 400, subcode, headers = {} } = options;
  const error = { message: 'As Meta says.', type: 'OAuthException', code, error_subcode: subcode, fbtrace_id: 'A1' };
  const body = code === null ? undefined : { error };
  return refusalOf({ name: 'a call', status, headers: new Headers(headers), body }, new FakeClock());
}

describe('Meta’s refusals', () => {
  it.each([
    [190, undefined, 'credentials-refused'],
    [190, 463, 'token-expired'],
    [190, 460, 'token-revoked'],
    [190, 467, 'token-revoked'],
    [10, undefined, 'missing-scope'],
    [200, undefined, 'missing-scope'],
    [299, undefined, 'missing-scope'],
    [100, undefined, 'invalid-request'],
    [100, 33, 'invalid-settings'],
    [4, undefined, 'rate-limited'],
    [80_007, undefined, 'rate-limited'],
    [130_429, undefined, 'rate-limited'],
    [131_056, undefined, 'rate-limited'],
    [131_031, undefined, 'account-disabled'],
    [131_000, undefined, 'platform-unavailable'],
    [424_242, undefined, 'protocol-error'],
  ])('code %s/%s is told as %s', (code, subcode, expected) => {
    expect(told(code, subcode === undefined ? {} : { subcode }).code).toBe(expected);
  });

  it('go by the HTTP status where there is no code', () => {
    expect(told(null, { status: 401 }).code).toBe('credentials-refused');
    expect(told(null, { status: 429 }).code).toBe('rate-limited');
    expect(told(null, { status: 502 }).code).toBe('platform-unavailable');
    expect(told(null, { status: 404 }).code).toBe('protocol-error');
  });

  it('say how long to wait in Meta’s own header, in minutes', () => {
    const usage = { 1: [{ type: 'whatsapp', call_count: 100, estimated_time_to_regain_access: 7 }] };
    const headers = { 'x-business-use-case-usage': JSON.stringify(usage) };
    expect(told(80_007, { headers }).retryAfterMs).toBe(7 * 60_000);
    expect(told(80_007, { headers: { 'x-business-use-case-usage': '{' } }).retryAfterMs).toBe(null);
  });
});
