import { describe, expect, it } from 'vitest';
import { type Call, isInterface, isLoopback, makeGuard } from '../../src/server/guard.ts';

const guard = makeGuard({
  port: 4747,
  token: 'the-token',
  publicHost: 'muster.example.org',
  isSession: (cookie) => cookie === 'good',
});
const asked = (call: Partial<Call>) =>
  guard({
    method: 'GET',
    path: '/v1/contacts',
    host: '127.0.0.1:4747',
    origin: undefined,
    authorization: undefined,
    cookie: undefined,
    fetchSite: undefined,
    ...call,
  })?.code ?? 'passes';
const authorization = 'Bearer the-token';

describe('the public address', () => {
  it('reaches hooks and nothing else, also with the token', () => {
    const host = 'muster.example.org';
    expect(asked({ host, path: '/hooks/zoom/a_1', method: 'POST' })).toBe('passes');
    for (const path of ['/v1/contacts', '/v1/health', '/', '/openapi.json', '/hooks']) {
      expect(asked({ host, path, authorization })).toBe('foreign-host');
    }
    expect(asked({ host: 'other.example.org', path: '/hooks/zoom/a_1' })).toBe('foreign-host');
  });
});

describe('the caller', () => {
  it('passes with the token or a session', () => {
    expect(asked({})).toBe('unauthorized');
    expect(asked({ authorization })).toBe('passes');
    expect(asked({ authorization: 'bearer the-token' })).toBe('passes');
    expect(asked({ authorization: 'Bearer the-token2' })).toBe('unauthorized');
    expect(asked({ cookie: 'a=b; muster_session_4747=good' })).toBe('passes');
    expect(asked({ cookie: 'muster_session_4747=bad' })).toBe('unauthorized');
    expect(asked({ cookie: 'muster_session_1=good' })).toBe('unauthorized');
    expect(asked({ cookie: 'xmuster_session_4747=good' })).toBe('unauthorized');
  });

  it('is not let in by a cookie that another site’s page made the browser send', () => {
    const cookie = 'muster_session_4747=good';
    expect(asked({ cookie, fetchSite: 'same-origin' })).toBe('passes');
    expect(asked({ cookie, fetchSite: 'none' })).toBe('passes');
    expect(asked({ cookie, fetchSite: 'same-site' })).toBe('foreign-host');
    expect(asked({ cookie, fetchSite: 'cross-site' })).toBe('foreign-host');
  });

  it('needs nothing for what is open', () => {
    expect(asked({ path: '/v1/health' })).toBe('passes');
    expect(asked({ path: '/v1/health', method: 'HEAD' })).toBe('passes');
    expect(asked({ path: '/v1/session', method: 'POST' })).toBe('passes');
    expect(asked({ path: '/v1/session', method: 'DELETE' })).toBe('unauthorized');
    expect(asked({ path: '/v1/health', host: undefined })).toBe('foreign-host');
  });
});

it('knows loopback addresses from others', () => {
  for (const host of ['127.0.0.1', '127.1.2.3', '::1', '[::1]', 'localhost', 'LocalHost'])
    expect(isLoopback(host)).toBe(true);
  for (const host of ['0.0.0.0', '::', '10.0.0.1', '127.0.0.1.nip.io', 'localhost.example', '1270.0.0.1', '', '[::2]'])
    expect(isLoopback(host)).toBe(false);
});

it('knows the interface’s paths from the API’s', () => {
  for (const path of ['/', '/people/c_1', '/v1x', '/assets/a.js']) expect(isInterface('GET', path)).toBe(true);
  for (const path of ['/v1', '/v1/', '/v1/x', '/hooks/x', '/openapi.json', '/metrics'])
    expect(isInterface('GET', path)).toBe(false);
  expect(isInterface('POST', '/')).toBe(false);
});
