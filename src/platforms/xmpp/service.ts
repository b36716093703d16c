/** A server address as the account's settings hold it. */
export interface Service {
  readonly protocol: 'xmpp:' | 'xmpps:';
  readonly host: string;
  /** Null = the protocol's own (5222, 5223). */
  readonly port: number | null;
}

/** Parses `xmpp://host[:port]` or `xmpps://host[:port]`; null for anything else, also for addresses with a user, path or query. */
export function parseService(text: string): Service | null {
  const url = URL.parse(text);
  if (!url || (url.protocol !== 'xmpp:' && url.protocol !== 'xmpps:') || url.hostname === '') return null;
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return null;
  if (url.pathname !== '' && url.pathname !== '/') return null;
  const host = url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname;
  return { protocol: url.protocol, host: host.toLowerCase(), port: url.port === '' ? null : Number(url.port) };
}

/** True when the address can only be this computer. */
export function isLoopback(service: string): boolean {
  const host = parseService(service)?.host;
  if (host === undefined) return false;
  return host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}
