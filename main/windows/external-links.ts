/** Programs that a chat link may open. */
const CHAT_SCHEMES: ReadonlySet<string> = new Set(['slack:', 'xmpp:']);

/** The web pages that the interface links to: the platforms' documentation and the places where an app is registered. */
const HOSTS: ReadonlySet<string> = new Set(['api.slack.com', 'docs.slack.dev', 'slack.com', 'xmpp.org']);

/** The link as it may be handed to the system; null when it is not one that Muster opens. */
export function allowedLink(address: string, documented: readonly string[] = []): string | null {
  const url = URL.parse(address);
  if (url === null || url.username !== '' || url.password !== '') return null;
  if (CHAT_SCHEMES.has(url.protocol)) return url.href;
  if (url.protocol !== 'https:' || url.port !== '') return null;
  const known = HOSTS.has(url.hostname) || documented.some((other) => URL.parse(other)?.hostname === url.hostname);
  return known ? url.href : null;
}
