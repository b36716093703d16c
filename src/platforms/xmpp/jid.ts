/** An XMPP address in parts. `bare` is lower case: servers compare it case-insensitively (RFC 7622), the resource not. */
export interface ParsedJid {
  readonly bare: string;
  readonly domain: string;
  /** Null in a bare address. */
  readonly resource: string | null;
}

/** Splits an address; null when it is not one. Total, unlike the library's, which throws at an empty domain. */
export function parseJid(text: string | undefined): ParsedJid | null {
  if (text === undefined || text.length > 3_071) return null;
  const slash = text.indexOf('/');
  const bare = (slash === -1 ? text : text.slice(0, slash)).toLowerCase();
  const resource = slash === -1 ? null : text.slice(slash + 1);
  const at = bare.indexOf('@');
  const domain = at === -1 ? bare : bare.slice(at + 1);
  if (domain === '' || domain.includes('@') || at === 0 || /\s/.test(bare) || resource === '') return null;
  return { bare, domain, resource };
}

/** The address's first part, for a person without a name. */
export function localPartOf(bareJid: string): string {
  const at = bareJid.indexOf('@');
  return at === -1 ? bareJid : bareJid.slice(0, at);
}
