import { resolveSrv } from 'node:dns/promises';
import { checkServerIdentity } from 'node:tls';
import type { XmppSettings } from './manifest.ts';
import { isLoopback, parseService } from './service.ts';

/** One place to try. */
export interface Endpoint {
  readonly uri: string;
  /** Names that a certificate for direct TLS may carry: the domain, and a host that the user named. STARTTLS checks the domain. */
  readonly certificateNames: readonly string[];
  readonly insecureAllowed: boolean;
}

/** One SRV record, as node:dns gives it. */
export interface SrvRecord {
  readonly name: string;
  readonly port: number;
  readonly priority: number;
  readonly weight: number;
}

/** How SRV records are asked for; rejects when there are none. */
export type SrvLookup = (name: string) => Promise<readonly SrvRecord[]>;

/**
 * Where to connect: the address of the settings, or what the domain's SRV records name (RFC 6120 section 3.2.1; XEP-0368 for
 * direct TLS, first among equals), or the domain itself. A host from DNS is never a name that a certificate may carry.
 */
export async function endpointsOf(settings: XmppSettings, lookup: SrvLookup = resolveSrv): Promise<Endpoint[]> {
  const { service, domain } = settings;
  if (service !== undefined) {
    const host = parseService(service)?.host ?? domain;
    const insecureAllowed = settings.allowInsecureLoopback === true && isLoopback(service);
    return [{ uri: service, certificateNames: [domain, host], insecureAllowed }];
  }
  const [direct, starttls] = await Promise.all([
    lookup(`_xmpps-client._tcp.${domain}`).catch(() => []),
    lookup(`_xmpp-client._tcp.${domain}`).catch(() => []),
  ]);
  const records = [
    ...direct.map((record) => ({ record, scheme: 'xmpps' })),
    ...starttls.map((record) => ({ record, scheme: 'xmpp' })),
  ].filter(({ record }) => record.name !== '' && record.name !== '.');
  records.sort((a, b) => a.record.priority - b.record.priority || b.record.weight - a.record.weight);
  const uris = records.map(({ record, scheme }) => `${scheme}://${record.name}:${record.port}`);
  if (uris.length === 0) uris.push(`xmpp://${domain}:5222`);
  return uris.slice(0, 6).map((uri) => ({ uri, certificateNames: [domain], insecureAllowed: false }));
}

/** TLS options for a direct connection that hold the server to the endpoint's names (RFC 7590). */
export function tlsOptionsOf(endpoint: Endpoint): Record<string, unknown> {
  const [first] = endpoint.certificateNames;
  return {
    servername: first,
    ALPNProtocols: ['xmpp-client'],
    checkServerIdentity: (_name: string, certificate: Parameters<typeof checkServerIdentity>[1]) => {
      const errors = endpoint.certificateNames.map((name) => checkServerIdentity(name, certificate));
      return errors.some((error) => error === undefined) ? undefined : errors[0];
    },
  };
}
