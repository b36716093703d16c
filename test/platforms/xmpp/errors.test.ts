import { describe, expect, it } from 'vitest';
import { MusterError } from '../../../src/domain/errors.ts';
import { StanzaRefused, toXmppError } from '../../../src/platforms/xmpp/errors.ts';

function raised(name: string, properties: object): Error {
  return Object.assign(new Error('some words'), { name }, properties);
}

describe('what goes wrong on a connection', () => {
  it.each([
    ['SASLError', { condition: 'not-authorized' }, 'credentials-refused', 'reauth'],
    ['SASLError', { condition: 'account-disabled' }, 'account-disabled', 'reauth'],
    ['SASLError', { condition: 'temporary-auth-failure' }, 'platform-unavailable', 'later'],
    ['SASLError', { condition: 'SASL: No compatible mechanism available.' }, 'unsupported', 'never'],
    ['StreamError', { condition: 'conflict' }, 'replaced-by-another-session', 'never'],
    ['StreamError', { condition: 'host-unknown' }, 'invalid-settings', 'never'],
    ['StreamError', { condition: 'system-shutdown' }, 'platform-unavailable', 'later'],
    ['StreamError', { condition: 'something-new' }, 'protocol-error', 'later'],
    ['Error', { code: 'ECONNREFUSED' }, 'platform-unreachable', 'later'],
    ['Error', { code: 'CERT_HAS_EXPIRED' }, 'insecure-connection', 'never'],
    ['Error', { code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, 'insecure-connection', 'never'],
    ['Error', { code: 'ERR_SSL_WRONG_VERSION_NUMBER' }, 'insecure-connection', 'later'],
    ['XMLError', {}, 'protocol-error', 'later'],
    ['TimeoutError', {}, 'timeout', 'later'],
  ])('%s %j is %s, %s', (name, properties, code, retry) => {
    expect(toXmppError(raised(name, properties))).toMatchObject({ code, retry });
  });

  it('leaves what is already in Muster’s words alone', () => {
    const error = new MusterError('timeout', 'x');
    expect(toXmppError(error)).toBe(error);
    expect(toXmppError(new StanzaRefused('forbidden'))).toMatchObject({ code: 'protocol-error' });
    expect(toXmppError(undefined)).toMatchObject({ code: 'platform-unreachable' });
  });

  it('says sentences that name no words of the other side', () => {
    const error = toXmppError(raised('SASLError', { condition: 'not-authorized', text: 'hunter2' }));
    expect(error.message).not.toContain('hunter2');
    expect(JSON.stringify(error.params)).not.toContain('hunter2');
  });
});
