import type {
  AccountHealthView,
  AccountView,
  CapabilitiesView,
  ContactIdentityView,
  ContactView,
  MeView,
  PlatformView,
  PreferencesView,
  PresetView,
  Status,
  SuggestionView,
  WatchView,
} from '../../../src/contract/index.ts';

const full = { level: 'full', reason: null } as const;

const capabilities: CapabilitiesView = {
  readOthers: full,
  push: full,
  ownAvailability: full,
  ownMessage: full,
  ownExpiry: full,
  doNotDisturb: full,
  lastSeen: full,
};

/** An instant of the contract, `secondsAgo` before `now` (epoch ms). */
export const ago = (now: number, secondsAgo: number): string => new Date(now - secondsAgo * 1_000).toISOString();

/** An identity that nothing special is known about. */
export const identity = (given: Partial<ContactIdentityView> = {}): ContactIdentityView => ({
  accountId: 'a_slack',
  platform: 'slack',
  userId: 'U1',
  displayName: 'ada',
  email: null,
  status: 'online',
  doNotDisturb: false,
  rawStatus: 'active',
  message: null,
  emoji: null,
  activity: null,
  lastSeen: null,
  observedAt: '2026-03-02T12:00:00.000Z',
  source: 'poll',
  stale: false,
  chatUrl: null,
  linkedBy: 'alone',
  ...given,
});

/** A person who is online on Slack, with what is given changed. */
export const contact = (given: Partial<ContactView> = {}): ContactView => {
  const status: Status = given.status ?? 'online';
  return {
    id: 'c_ada',
    name: 'Ada Byron',
    email: null,
    avatarUrl: null,
    groups: [],
    favourite: false,
    timeZone: null,
    monitored: true,
    status,
    why: { rule: 'only-fresh', accountId: 'a_slack', userId: 'U1', observedAt: '2026-03-02T12:00:00.000Z' },
    doNotDisturb: false,
    available: status === 'online' || status === 'idle',
    since: '2026-03-02T11:00:00.000Z',
    lastSeen: null,
    message: null,
    emoji: null,
    activity: null,
    activities: [],
    stale: false,
    identities: [identity({ status })],
    ...given,
  };
};

/** A signed-in account. */
export const account = (given: Partial<AccountView> = {}): AccountView => ({
  id: 'a_slack',
  platform: 'slack',
  label: 'Acme',
  state: 'connected',
  stateReason: null,
  since: '2026-03-02T08:00:00.000Z',
  settings: {},
  capabilities,
  account: { userId: 'U0', displayName: 'Noor Haddad' },
  budgets: [{ name: 'users.getPresence', perMinute: 50, used: 12, windows: [{ calls: 50, seconds: 60, used: 12 }] }],
  retryAt: null,
  notices: [],
  sync: null,
  ...given,
});

/** An account about which there is nothing to say yet. */
export const quietHealth = (accountId: string, now: number): AccountHealthView => ({
  accountId,
  state: 'connected',
  reason: null,
  since: ago(now, 60),
  nextRetryAt: null,
  calls: null,
  lastSuccessAt: null,
  lastFailure: null,
  budgets: [],
  dataAgeSeconds: null,
  push: { state: 'none', lastEventAt: null },
  signIn: null,
  webhookUrl: null,
  recommendations: [],
});

const platform = (id: string, name: string): PlatformView => ({
  id,
  name,
  delivery: 'both',
  auth: ['token'],
  capabilities,
  settings: { type: 'object', properties: {} },
  secrets: { type: 'object', properties: {} },
  offByDefault: null,
  directory: null,
  inbound: null,
  signIn: { steps: [], oauthSteps: [], clientSecret: 'optional', appManifest: null, portalUrl: null, permissions: [] },
  documentationUrl: 'https://example.org/docs',
  verifiedLive: null,
});

/** The platforms of the fake. */
export const platforms: readonly PlatformView[] = [platform('slack', 'Slack'), platform('xmpp', 'XMPP')];

/** My status: busy by hand over a waiting schedule, on two accounts. */
export const meOf = (now: number): MeView => ({
  intent: {
    id: 'i_1',
    layer: 'manual',
    status: 'busy',
    message: 'Focus',
    emoji: '🎧',
    createdAt: ago(now, 600),
    until: ago(now, -3_000),
    origin: { kind: 'hand', id: null, name: null },
    accounts: null,
  },
  status: 'busy',
  layers: [
    {
      layer: 'manual',
      won: true,
      active: true,
      status: 'busy',
      doNotDisturb: false,
      message: 'Focus',
      emoji: '🎧',
      until: ago(now, -3_000),
      begins: null,
      origin: { kind: 'hand', id: null, name: null },
    },
    {
      layer: 'schedule',
      won: false,
      active: false,
      status: null,
      doNotDisturb: true,
      message: null,
      emoji: null,
      until: null,
      begins: ago(now, -20_000),
      origin: { kind: 'schedule', id: 's_1', name: 'Evenings' },
    },
  ],
  doNotDisturb: { active: false, until: null, origin: null, nextTransition: ago(now, -20_000) },
  results: [
    {
      accountId: 'a_slack',
      platform: 'slack',
      outcome: 'applied',
      detail: null,
      retryAt: null,
      observed: { status: 'busy', message: 'Focus', emoji: '🎧', until: null, doNotDisturb: false, at: ago(now, 5) },
    },
    {
      accountId: 'a_xmpp',
      platform: 'xmpp',
      outcome: 'partial',
      detail: 'Another of your XMPP clients has a higher priority and shows “online”.',
      retryAt: null,
      observed: null,
    },
  ],
});

/** Preferences of somebody who is through with the first run. */
export const preferences: PreferencesView = {
  language: 'system',
  theme: 'system',
  notifications: true,
  alertDwellSeconds: 30,
  serveInDesktop: true,
  autostart: false,
  shortcut: null,
  firstRun: 'done',
};

/** Three one-tap statuses. */
export const presets: readonly PresetView[] = [
  {
    id: 'p_focus',
    name: 'Focus',
    status: 'busy',
    message: 'Focus',
    emoji: '🎧',
    doNotDisturb: true,
    forSeconds: 3_600,
  },
  {
    id: 'p_lunch',
    name: 'Lunch',
    status: 'away',
    message: 'Lunch',
    emoji: '🥪',
    doNotDisturb: false,
    forSeconds: null,
  },
  {
    id: 'p_home',
    name: 'Remote',
    status: 'online',
    message: 'Remote',
    emoji: '🏠',
    doNotDisturb: false,
    forSeconds: null,
  },
];

const firstNames = ['Ada', 'Grace', 'Linus', 'Mei', 'Tomás', 'Priya', 'Aisha', 'Oskar', 'Jonas', 'Wei', 'Émile', 'Zoë'];
const lastNames = [
  'Byron',
  'Okafor',
  'Berg',
  'Tanaka',
  'Rivera',
  'Nair',
  'Diallo',
  'Lind',
  'Keller',
  'Zhang',
  'Roux',
  'Haas',
];
const zones = ['Europe/London', 'Africa/Lagos', 'Europe/Oslo', 'Asia/Tokyo', 'America/New_York', null];
const groups = ['Engine', 'Design', 'Support', 'Sales', 'People'];
const messages: readonly (readonly [string, string] | null)[] = [
  ['🧮', 'Pairing on the engine'],
  null,
  ['🌱', 'Onboarding new people'],
  null,
  ['🚆', 'On the train, back at 16:00 if the connection in Hamburg works'],
];
const statuses: readonly Status[] = ['online', 'busy', 'idle', 'away', 'online', 'offline', 'unknown'];

const pick = <Item>(items: readonly Item[], index: number): Item => {
  const item = items[index % items.length];
  if (item === undefined) throw new Error('Nothing to pick from.');
  return item;
};

/** The `index`-th member of a believable team; the same index is the same person. */
export const member = (index: number, now: number): ContactView => {
  const status = pick(statuses, index * 5 + Math.floor(index / 7));
  const said = pick(messages, index);
  const stale = index % 13 === 12;
  const suffix = index >= 144 ? ` ${Math.floor(index / 144) + 1}` : '';
  const userId = `U${index}`;
  const observedAt = ago(now, stale ? 2_400 : (index * 7) % 240);
  const lastSeen = status === 'offline' || status === 'away' ? ago(now, 600 + index * 37) : null;
  const words = status === 'online' || status === 'away' ? said : null;
  const base = { status, lastSeen, observedAt, stale, emoji: words?.[0] ?? null, message: words?.[1] ?? null };
  const onSlack = identity({
    ...base,
    userId,
    displayName: `user${index}`,
    chatUrl: `slack://user?team=T1&id=${userId}`,
  });
  const onXmpp = identity({
    ...base,
    accountId: 'a_xmpp',
    platform: 'xmpp',
    userId: `user${index}@example.org`,
    displayName: `user${index}`,
    status: status === 'online' ? 'idle' : status,
    rawStatus: status === 'online' ? 'away, idle since 13:50' : 'available',
    message: null,
    emoji: null,
    source: 'push',
    linkedBy: 'email',
    chatUrl: `xmpp:user${index}@example.org`,
  });
  return contact({
    id: `c_${index}`,
    name: `${pick(firstNames, index)} ${pick(lastNames, index + Math.floor(index / 12))}${suffix}`,
    email: `user${index}@example.org`,
    groups: [pick(groups, index)],
    favourite: index < 3,
    timeZone: pick(zones, index),
    why: {
      rule: stale ? 'last-known-all-stale' : index % 2 === 0 ? 'highest-of-fresh' : 'only-fresh',
      accountId: 'a_slack',
      userId,
      observedAt,
    },
    ...base,
    doNotDisturb: index % 9 === 4,
    available: (status === 'online' || status === 'idle') && index % 9 !== 4,
    since: ago(now, 1_800 + index * 11),
    activity: status === 'busy' && index % 2 === 1 ? 'In a huddle' : null,
    identities: index % 2 === 0 ? [onSlack, onXmpp] : [onSlack],
  });
};

/** A watch on a person. */
export const watchOn = (contactId: string, now: number): WatchView => ({
  id: 'w_1',
  contactId,
  from: ['offline', 'away'],
  to: ['online'],
  repeat: 'always',
  note: 'Ask about the invoice',
  enabled: true,
  createdAt: ago(now, 86_400),
});

/** Two people of the team who may be one. */
export const suggestion: SuggestionView = {
  id: 'g_1',
  contactIds: ['c_0', 'c_5'],
  score: 0.99,
  reasons: [{ kind: 'address-equals-email', detail: 'user0@example.org' }],
};
