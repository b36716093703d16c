import { resolveSrv } from 'node:dns/promises';
import { checkServerIdentity } from 'node:tls';
import type { XmppSettings } from './manifest.ts';
import { isLoopback, parseService, type Service } from './service.ts';

const DEFAULT_PORT = { 'xmpp:': 5222, 'xmpps:': 5223 } as const;

/** One place to try. */
export interface Endpoint {
  /** `xmpp:` (STARTTLS) or `xmpps:` (direct TLS), with the port. */
  readonly uri: string;
  /** Without the brackets of an IPv6 address. */
  readonly host: string;
  readonly port: number;
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
    const named = parseService(service) ?? { protocol: 'xmpp:', host: domain, port: null };
    const insecureAllowed = settings.allowInsecureLoopback === true && isLoopback(service);
    return [endpointAt(named, [domain, named.host], insecureAllowed)];
  }
  const [direct, starttls] = await Promise.all([
    lookup(`_xmpps-client._tcp.${domain}`).catch(() => []),
    lookup(`_xmpp-client._tcp.${domain}`).catch(() => []),
  ]);
  const records = [
    ...direct.map((record) => ({ record, protocol: 'xmpps:' as const })),
    ...starttls.map((record) => ({ record, protocol: 'xmpp:' as const })),
  ].filter(({ record }) => record.name !== '' && record.name !== '.');
  records.sort((a, b) => a.record.priority - b.record.priority || b.record.weight - a.record.weight);
  const services: Service[] = records.map(({ record, protocol }) => ({
    protocol,
    host: record.name,
    port: record.port,
  }));
  if (services.length === 0) services.push({ protocol: 'xmpp:', host: domain, port: null });
  return services.slice(0, 6).map((service) => endpointAt(service, [domain], false));
}

/**
 * Where a server sends its clients (`see-other-host`, RFC 6120 section 4.9.3.19): nothing but the address changes, so that the
 * certificate has to be the domain's all the same. Null when it is no address.
 */
export function redirected(from: Endpoint, to: string, domain: string): Endpoint | null {
  const service = parseService(`${from.uri.split('//')[0]}//${to}`);
  if (service === null) return null;
  const insecureAllowed = from.insecureAllowed && isLoopback(`xmpp://${to}`);
  return endpointAt(service, [domain], insecureAllowed);
}

function endpointAt(
  { protocol, host, port }: Service,
  certificateNames: readonly string[],
  insecureAllowed: boolean,
): Endpoint {
  const at = port ?? DEFAULT_PORT[protocol];
  const named = host.includes(':') ? `[${host}]` : host;
  return { uri: `${protocol}//${named}:${at}`, host, port: at, certificateNames, insecureAllowed };
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
