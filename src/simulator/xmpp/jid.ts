/** An XMPP address (RFC 7622); `local` is undefined for a host, `resource` for a bare address. */
export interface Jid {
  readonly local: string | undefined;
  readonly domain: string;
  readonly resource: string | undefined;
}

/** Reads an address, folding the case of its local part and domain; undefined when it is none. */
export function parseJid(value: string): Jid | undefined {
  const slash = value.indexOf('/');
  const resource = slash === -1 ? undefined : value.slice(slash + 1);
  const bare = slash === -1 ? value : value.slice(0, slash);
  const at = bare.indexOf('@');
  const local = at === -1 ? undefined : bare.slice(0, at).toLowerCase();
  const domain = bare.slice(at + 1).toLowerCase();
  if (domain === '' || local === '' || resource === '' || /[\s"&'/:<>@]/.test(local ?? '')) return undefined;
  if (/[\s@]/.test(domain)) return undefined;
  return { local, domain, resource };
}

/** `local@domain`, or the domain. */
export function bareOf(jid: Jid): string {
  return jid.local === undefined ? jid.domain : `${jid.local}@${jid.domain}`;
}
