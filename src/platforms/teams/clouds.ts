/**
 * Microsoft's clouds and which of their addresses belong together (learn.microsoft.com/graph/deployments and
 * /entra/identity-platform/authentication-national-cloud). GCC uses the worldwide addresses.
 */

/** One cloud. */
export interface Cloud {
  readonly name: string;
  readonly graphUrl: string;
  readonly authority: string;
  /** Where Teams itself is: links that open a chat lead there. */
  readonly teamsUrl: string;
  /** Where the issuers of its version 1 tokens are: `{sts}/{tenant}/`. */
  readonly sts: string;
  /** True: not the worldwide one. */
  readonly national: boolean;
  /** False: Microsoft's pages say of every call about presence that it is not there, be it for reading or for setting. */
  readonly documentsPresence: boolean;
}

const WORLDWIDE: Cloud = {
  name: 'Microsoft 365',
  graphUrl: 'https://graph.microsoft.com/',
  authority: 'https://login.microsoftonline.com/',
  teamsUrl: 'https://teams.microsoft.com/',
  sts: 'https://sts.windows.net',
  national: false,
  documentsPresence: true,
};
const CLOUDS: readonly Cloud[] = [
  WORLDWIDE,
  {
    ...WORLDWIDE,
    national: true,
    name: 'US Government (GCC High)',
    graphUrl: 'https://graph.microsoft.us/',
    authority: 'https://login.microsoftonline.us/',
    teamsUrl: 'https://gov.teams.microsoft.us/',
  },
  {
    ...WORLDWIDE,
    national: true,
    name: 'US Government (DoD)',
    graphUrl: 'https://dod-graph.microsoft.us/',
    authority: 'https://login.microsoftonline.us/',
    teamsUrl: 'https://dod.teams.microsoft.us/',
  },
  {
    name: 'China (21Vianet)',
    graphUrl: 'https://microsoftgraph.chinacloudapi.cn/',
    authority: 'https://login.chinacloudapi.cn/',
    teamsUrl: WORLDWIDE.teamsUrl,
    sts: 'https://sts.chinacloudapi.cn',
    national: true,
    documentsPresence: false,
  },
];

/** The addresses that an account names. */
export interface CloudSettings {
  readonly graphUrl?: string | undefined;
  readonly authority?: string | undefined;
}

/** The cloud that the addresses are of; one that is not Microsoft's own (a gateway, a test server) behaves like the worldwide one. */
export function cloudOf({ graphUrl, authority }: CloudSettings): Cloud {
  const byGraph = CLOUDS.find((cloud) => sameOrigin(cloud.graphUrl, graphUrl));
  const known = byGraph ?? (graphUrl ? undefined : CLOUDS.find((cloud) => sameOrigin(cloud.authority, authority)));
  const cloud = known ?? WORLDWIDE;
  return {
    ...cloud,
    graphUrl: withSlash(graphUrl ?? cloud.graphUrl),
    authority: withSlash(authority ?? cloud.authority),
  };
}

/** False when both addresses are Microsoft's and of two different clouds: tokens of the one are worth nothing at the other. */
export function belongTogether({ graphUrl, authority }: CloudSettings): boolean {
  if (graphUrl === undefined || authority === undefined) return true;
  const ofGraph = CLOUDS.filter((cloud) => sameOrigin(cloud.graphUrl, graphUrl));
  const ofAuthority = CLOUDS.filter((cloud) => sameOrigin(cloud.authority, authority));
  return ofGraph.length === 0 || ofAuthority.length === 0 || ofGraph.some((cloud) => ofAuthority.includes(cloud));
}

function sameOrigin(one: string, other: string | undefined): boolean {
  return other !== undefined && URL.parse(one)?.origin === URL.parse(other)?.origin;
}

function withSlash(text: string): string {
  return text.endsWith('/') ? text : `${text}/`;
}
