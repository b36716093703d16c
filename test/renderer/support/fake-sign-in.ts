import type {
  AccountHealthView,
  AuditEntryView,
  CapabilitiesView,
  OAuthFlow,
  PlatformView,
} from '../../../src/contract/index.ts';
import type { FakeAnswers } from './fake-api.ts';
import { account, ago } from './team.ts';

const full = { level: 'full', reason: null } as const;
const none = (reason: string) => ({ level: 'none', reason }) as const;
const partial = (reason: string) => ({ level: 'partial', reason }) as const;

const capabilities: CapabilitiesView = {
  readOthers: full,
  push: partial('Only with an address on the internet; else Muster looks once a minute.'),
  ownAvailability: full,
  ownMessage: full,
  ownExpiry: full,
  doNotDisturb: partial('It ends with the status that it came with.'),
  lastSeen: none('Nobody is told when somebody was last there.'),
};

const secretOf = (title: string) => ({ type: 'string', title, format: 'password' });

/** Signs in by the browser or with a code; takes events; its permissions can be refused. */
export const harbour: PlatformView = {
  id: 'teams',
  name: 'Harbour Teams',
  delivery: 'both',
  auth: ['oauth', 'device-code', 'token'],
  offByDefault: null,
  directory: { setting: 'people', most: 2 },
  inbound: {
    purpose: 'Changes then come at once instead of once a minute.',
    steps: ['Open the app page and choose “Events”.', 'Enter {url} as the address, and save.'],
  },
  capabilities,
  settings: {
    type: 'object',
    properties: {
      clientId: { type: 'string', title: 'Application (client) ID' },
      cloud: { type: 'string', enum: ['world', 'government'], title: 'Cloud' },
      guildIds: { type: 'array', items: { type: 'string' } },
      quiet: { type: 'boolean', title: 'Look less often' },
    },
    required: ['clientId'],
  },
  secrets: {
    type: 'object',
    properties: {
      clientSecret: secretOf('Client secret'),
      accessToken: secretOf('Access token'),
      refreshToken: secretOf('Refresh token'),
    },
  },
  signIn: {
    steps: ['Make a token on the app page.', 'Paste it here.'],
    oauthSteps: ['Register an app on the app page.', 'Copy its client ID to the field below.'],
    clientSecret: 'optional',
    appManifest: '{ "name": "Muster" }',
    portalUrl: 'https://portal.example.org/apps',
    permissions: [
      { scope: 'Presence.Read.All', required: true, purpose: 'to see who is available' },
      { scope: 'User.ReadBasic.All', required: false, purpose: 'to find colleagues by name' },
    ],
  },
  documentationUrl: 'https://docs.example.org/presence',
  verifiedLive: null,
};

/** Gives so little that it is off until it is asked for. */
export const pier: PlatformView = {
  ...harbour,
  id: 'linkedin',
  name: 'Pier Network',
  auth: ['oauth'],
  offByDefault: 'It tells when somebody last wrote, and nothing about who is there now.',
  inbound: null,
  directory: null,
  settings: { type: 'object', properties: { clientId: { type: 'string' } }, required: ['clientId'] },
  secrets: { type: 'object', properties: { clientSecret: secretOf('Client secret') } },
  signIn: { ...harbour.signIn, appManifest: null, steps: [] },
};

/** An account that works, with a permission missing. */
export const healthOf = (now: number, given: Partial<AccountHealthView> = {}): AccountHealthView => ({
  accountId: 'a_teams',
  state: 'connected',
  reason: null,
  since: ago(now, 7_200),
  nextRetryAt: null,
  calls: { count: 1_240, failed: 3, successRate: 0.9976, latencyMs: { p50: 84, p90: 190, p99: 1_310 } },
  lastSuccessAt: ago(now, 12),
  lastFailure: { at: ago(now, 1_800), code: 'platform-unreachable', message: 'graph.example.org took too long.' },
  budgets: [
    { name: 'presence', windows: [{ calls: 1_500, seconds: 30, used: 420 }] },
    {
      name: 'users',
      windows: [
        { calls: 60, seconds: 60, used: 4 },
        { calls: 5_000, seconds: 86_400, used: 312 },
      ],
    },
  ],
  dataAgeSeconds: { p50: 24, p90: 58, max: 131 },
  push: { state: 'silent', lastEventAt: ago(now, 3_600) },
  signIn: {
    accessExpiresAt: ago(now, -2_400),
    endsAt: ago(now, -6 * 86_400),
    granted: ['Presence.Read.All', 'Presence.ReadWrite'],
    missing: [{ scope: 'User.ReadBasic.All', required: false, purpose: 'to find colleagues by name' }],
  },
  webhookUrl: 'https://muster.example.org/hooks/teams/a_teams?key=canary-address-key',
  recommendations: ['Sign in again within six days, before the sign-in ends.'],
  ...given,
});

const entry = (index: number, now: number, given: Partial<AuditEntryView>): AuditEntryView => ({
  id: `au_${index}`,
  at: ago(now, index * 3_600),
  event: 'token-refreshed',
  accountId: 'a_teams',
  platform: 'teams',
  label: 'Works',
  detail: 'Access was renewed.',
  scopes: null,
  ...given,
});

/** A hundred and thirty entries about one account, newest first. */
export const trail = (now: number): readonly AuditEntryView[] =>
  Array.from({ length: 130 }, (_, index) =>
    entry(
      index,
      now,
      index % 10 === 9
        ? {
            event: 'consent-granted',
            detail: 'You agreed to two permissions.',
            scopes: ['Presence.Read.All', 'Presence.ReadWrite'],
          }
        : {},
    ),
  );

/** How the sign-in that is begun goes: asked anew with each look. */
export type FakeSignIn = {
  flow: Partial<OAuthFlow>;
  health: Partial<AccountHealthView>;
  settings?: Record<string, unknown>;
};

const settingsOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

const pages = (items: readonly unknown[], query: URLSearchParams) => {
  const start = Number(query.get('cursor') ?? 0);
  const end = start + Number(query.get('limit') ?? 100);
  const nextCursor = end < items.length ? String(end) : null;
  return { items: items.slice(start, end), nextCursor, total: items.length, sequence: 1 };
};

const listOf = (items: readonly unknown[]) => ({ items, nextCursor: null, total: items.length, sequence: 1 });

/** A core on which `harbour` and `pier` can be signed in to, with an account on the first. */
export const signInAnswers = (
  now: number,
  going: FakeSignIn = { flow: {}, health: {} },
  others: FakeAnswers = () => undefined,
): FakeAnswers => {
  const signedIn = account({
    id: 'a_teams',
    platform: 'teams',
    label: 'Works',
    capabilities,
    since: ago(now, 7_200),
    settings: { clientId: 'app-1' },
    account: { userId: 'noor@works.example', displayName: 'Noor Haddad' },
  });
  return (id, given) => {
    switch (id) {
      case 'listPlatforms':
        return listOf([harbour, pier]);
      case 'listAccounts':
        return listOf([
          {
            ...signedIn,
            state: going.health.state ?? 'connected',
            settings: { ...signedIn.settings, ...going.settings },
          },
        ]);
      case 'searchDirectory':
        return {
          items: [
            { userId: 'u-ada', displayName: 'Ada Byron', email: 'ada@works.example' },
            { userId: 'u-adam', displayName: 'Adam Lind', email: null },
            { userId: 'u-lovelace', displayName: 'Ada Lovelace', email: 'lovelace@works.example' },
          ],
        };
      case 'patchAccount':
        going.settings = { ...going.settings, ...('settings' in given.body ? settingsOf(given.body.settings) : {}) };
        return { ...signedIn, settings: { ...signedIn.settings, ...going.settings } };
      case 'getAccountHealth':
        return healthOf(now, going.health);
      case 'listAudit':
        return pages(trail(now), given.query);
      case 'startOAuth':
        return {
          flowId: 'f_1',
          authorizationUrl: 'https://login.example.org/authorize?state=abc',
          userCode: 'method' in given.body && given.body.method === 'device' ? 'WDJB-MJHT' : null,
          expiresAt: ago(now, -600),
        };
      case 'getOAuthFlow':
        return { flowId: 'f_1', state: 'pending', accountId: null, reason: null, code: null, ...going.flow };
      default:
        return others(id, given);
    }
  };
};
