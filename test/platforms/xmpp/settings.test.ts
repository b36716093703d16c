import { describe, expect, it } from 'vitest';
import { endpointsOf, redirected, type SrvRecord, tlsOptionsOf } from '../../../src/platforms/xmpp/endpoints.ts';
import { xmppManifest } from '../../../src/platforms/xmpp/manifest.ts';
import { isLoopback, parseService } from '../../../src/platforms/xmpp/service.ts';

const account = { domain: 'example.org', username: 'ada' };

describe('the settings of an account', () => {
  it.each([
    [account],
    [{ ...account, service: 'xmpp://127.0.0.1:5222', allowInsecureLoopback: true }],
    [{ ...account, service: 'xmpp://[::1]', allowInsecureLoopback: true }],
    [{ ...account, service: 'xmpps://chat.example.org' }],
  ])('takes %j', (settings) => {
    expect(xmppManifest.settings.safeParse(settings).success).toBe(true);
  });

  it.each([
    [{ ...account, service: 'https://example.org' }, 'service'],
    [{ ...account, service: 'xmpp://ada:secret@example.org' }, 'service'],
    [{ ...account, service: 'example.org' }, 'service'],
    [{ ...account, username: 'ada@example.org' }, 'username'],
    [{ ...account, domain: 'ada@example.org' }, 'domain'],
    [{ ...account, service: 'xmpp://chat.example.org', allowInsecureLoopback: true }, 'allowInsecureLoopback'],
    [{ ...account, allowInsecureLoopback: true }, 'allowInsecureLoopback'],
  ])('refuses %j, naming %s', (settings, path) => {
    const result = xmppManifest.settings.safeParse(settings);
    expect(result.error?.issues[0]?.path).toEqual([path]);
  });

  it('refuses what it does not know', () => {
    const result = xmppManifest.settings.safeParse({ ...account, password: 'not here' });
    expect(result.error?.issues[0]).toMatchObject({ code: 'unrecognized_keys', keys: ['password'] });
  });

  it.each([
    ['xmpp://localhost', true],
    ['xmpp://127.9.8.7:1', true],
    ['xmpp://[::1]:5222', true],
    ['xmpp://127.0.0.1.example.org', false],
    ['xmpp://localhost.example.org', false],
    ['xmpp://10.0.0.1', false],
    ['nonsense', false],
  ])('takes %s for this computer: %s', (service, expected) => {
    expect(isLoopback(service)).toBe(expected);
  });

  it('reads an address in parts', () => {
    expect(parseService('xmpps://Chat.Example.org:5270')).toEqual({
      protocol: 'xmpps:',
      host: 'chat.example.org',
      port: 5270,
    });
  });
});

describe('where to connect', () => {
  const records: Record<string, SrvRecord[]> = {
    '_xmpps-client._tcp.example.org': [{ name: 'a.host', port: 443, priority: 10, weight: 0 }],
    '_xmpp-client._tcp.example.org': [
      { name: 'b.host', port: 5222, priority: 5, weight: 1 },
      { name: 'c.host', port: 5222, priority: 5, weight: 9 },
      { name: 'd.host', port: 5222, priority: 10, weight: 0 },
    ],
  };
  const lookup = async (name: string) => {
    const found = records[name];
    if (!found) throw new Error('ENOTFOUND');
    return found;
  };

  it('follows the SRV records by priority, weight and direct TLS', async () => {
    const uris = (await endpointsOf(account, lookup)).map(({ uri }) => uri);
    expect(uris).toEqual(['xmpp://c.host:5222', 'xmpp://b.host:5222', 'xmpps://a.host:443', 'xmpp://d.host:5222']);
  });

  it('goes to the domain itself without records, and takes "." for none', async () => {
    const plain = [
      {
        uri: 'xmpp://else.org:5222',
        host: 'else.org',
        port: 5222,
        certificateNames: ['else.org'],
        insecureAllowed: false,
      },
    ];
    expect(await endpointsOf({ ...account, domain: 'else.org' }, lookup)).toEqual(plain);
    const none = async () => [{ name: '.', port: 0, priority: 0, weight: 0 }];
    expect(await endpointsOf({ ...account, domain: 'else.org' }, none)).toEqual(plain);
  });

  it('knows the port of an address without one, and addresses of IPv6', async () => {
    const at = async (service: string) => (await endpointsOf({ ...account, service }, lookup))[0];
    expect(await at('xmpp://chat.host')).toMatchObject({ uri: 'xmpp://chat.host:5222', host: 'chat.host', port: 5222 });
    expect(await at('xmpps://chat.host')).toMatchObject({ uri: 'xmpps://chat.host:5223', port: 5223 });
    expect(await at('xmpp://[2001:db8::1]')).toMatchObject({ uri: 'xmpp://[2001:db8::1]:5222', host: '2001:db8::1' });
  });

  it('follows a redirection without trusting it any more than DNS', async () => {
    const [direct] = await endpointsOf({ ...account, service: 'xmpps://chat.host' }, lookup);
    if (!direct) throw new Error('no endpoint');
    expect(redirected(direct, 'other.host:443', 'example.org')).toEqual({
      uri: 'xmpps://other.host:443',
      host: 'other.host',
      port: 443,
      certificateNames: ['example.org'],
      insecureAllowed: false,
    });
    expect(redirected(direct, '[2001:db8::1]', 'example.org')).toMatchObject({ host: '2001:db8::1', port: 5223 });
    for (const odd of ['', 'a b', 'user@host', 'host/path']) expect(redirected(direct, odd, 'example.org')).toBe(null);
    const local = { ...account, service: 'xmpp://127.0.0.1:15222', allowInsecureLoopback: true };
    const [plain] = await endpointsOf(local, lookup);
    if (!plain) throw new Error('no endpoint');
    expect(redirected(plain, '127.0.0.1:15223', 'example.org')?.insecureAllowed).toBe(true);
    expect(redirected(plain, 'chat.host', 'example.org')?.insecureAllowed).toBe(false);
  });

  it('lets no host from DNS vouch for the domain', async () => {
    const [, , direct] = await endpointsOf(account, lookup);
    if (!direct) throw new Error('no endpoint');
    const { checkServerIdentity } = tlsOptionsOf(direct);
    if (typeof checkServerIdentity !== 'function') throw new Error('no check');
    const holds = (name: string) => checkServerIdentity('', { subject: { CN: '' }, subjectaltname: `DNS:${name}` });
    expect(holds('example.org')).toBeUndefined();
    expect(holds('a.host')).toBeInstanceOf(Error);
    const named = (await endpointsOf({ ...account, service: 'xmpps://chat.host' }, lookup))[0];
    if (!named) throw new Error('no endpoint');
    const check = tlsOptionsOf(named).checkServerIdentity;
    if (typeof check !== 'function') throw new Error('no check');
    expect(check('', { subject: { CN: '' }, subjectaltname: 'DNS:chat.host' })).toBeUndefined();
  });

  it('allows no encryption only where the settings say so', async () => {
    const insecure = async (allowInsecureLoopback: boolean) =>
      (await endpointsOf({ ...account, service: 'xmpp://127.0.0.1', allowInsecureLoopback }, lookup))[0]
        ?.insecureAllowed;
    expect(await insecure(true)).toBe(true);
    expect(await insecure(false)).toBe(false);
  });
});
