import { registry } from '../../src/platforms/registry.ts';

/** Programs that a chat link may open. */
const CHAT_SCHEMES: ReadonlySet<string> = new Set(['discord:', 'slack:', 'xmpp:']);

/** Pages of the platforms that open a chat, and pages of theirs that our texts name. */
const CHAT_HOSTS: readonly string[] = [
  'slack.com',
  'teams.microsoft.com',
  // Microsoft's clouds for the US government.
  'gov.teams.microsoft.us',
  'dod.teams.microsoft.us',
  'wa.me',
];

/** The web pages that the interface links to: the platforms' documentation and the places where an app is registered. */
function platformHosts(): string[] {
  return Object.values(registry).flatMap(({ manifest }) =>
    [manifest.documentationUrl, manifest.signIn.portalUrl].flatMap((address) => {
      const url = address === null ? null : URL.parse(address);
      return url === null ? [] : [url.hostname];
    }),
  );
}

const HOSTS: ReadonlySet<string> = new Set([...CHAT_HOSTS, ...platformHosts()]);

/** The link as it may be handed to the system; null when it is not one that Muster opens. */
export function allowedLink(address: string): string | null {
  const url = URL.parse(address);
  if (url === null || url.username !== '' || url.password !== '') return null;
  if (CHAT_SCHEMES.has(url.protocol)) return url.href;
  if (url.protocol !== 'https:' || url.port !== '') return null;
  return HOSTS.has(url.hostname) ? url.href : null;
}
