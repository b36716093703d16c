import type {
  AccountView,
  AlertView,
  DoctorView,
  PlatformView,
  ScheduleView,
  SecretStoreView,
  WatchView,
} from '../../../src/contract/index.ts';
import { registry } from '../../../src/platforms/registry.ts';
import { slackManifest } from '../../../src/platforms/slack/manifest.ts';
import { xmppManifest } from '../../../src/platforms/xmpp/manifest.ts';
import { platformView } from '../../../src/services/accounts/account-view.ts';
import type { FakeAnswers } from './fake-api.ts';
import { account, ago, watchOn } from './team.ts';

/** The platforms as the core describes them. */
export const realPlatforms: readonly PlatformView[] = Object.values(registry).map((adapter) => platformView(adapter));

/** Evenings of do not disturb in the zone of the computer. */
export const schedule = (given: Partial<ScheduleView> = {}): ScheduleView => ({
  id: 's_1',
  name: 'Evenings',
  enabled: true,
  timeZone: 'device',
  rules: [
    { days: ['mon', 'wed', 'fri'], from: '18:30', to: '08:00' },
    { days: ['sat', 'sun'], from: '00:00', to: '24:00' },
  ],
  exceptions: [],
  doNotDisturb: true,
  status: null,
  message: null,
  emoji: null,
  allow: ['favourites'],
  activeNow: false,
  nextTransition: null,
  ...given,
});

/** A schedule that sets a status instead. */
export const lunch = (given: Partial<ScheduleView> = {}): ScheduleView =>
  schedule({
    id: 's_2',
    name: 'Lunch',
    rules: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '12:00', to: '13:00' }],
    doNotDisturb: false,
    status: 'away',
    message: 'Lunch',
    emoji: '🥪',
    allow: [],
    ...given,
  });

/** An alert of the watch `w_1`. */
export const alert = (given: Partial<AlertView> = {}): AlertView => ({
  id: 'al_1',
  watchId: 'w_1',
  contactId: 'c_0',
  from: 'away',
  to: 'online',
  at: '2026-03-02T12:00:00.000Z',
  outcome: 'delivered',
  reason: 'matched',
  ...given,
});

const doctor: DoctorView = {
  version: '0.1.0',
  findings: [
    {
      id: 'secret-store',
      level: 'warning',
      title: 'Secrets are kept in the encrypted vault in the home.',
      detail: 'The keychain is locked.',
      action: 'Unlock the keychain and move them there in Preferences.',
    },
    { id: 'sqlite', level: 'ok', title: 'The database is well.', detail: 'SQLite 3.50.', action: null },
  ],
};

const secretStore: SecretStoreView = {
  kind: 'vault',
  stores: [
    { kind: 'os', available: false, reason: 'The keychain is locked.' },
    { kind: 'vault', available: true, reason: null },
    { kind: 'memory', available: true, reason: null },
  ],
};

const listOf = (items: readonly unknown[]) => ({ items, nextCursor: null, total: items.length, sequence: 1 });

const problem = (status: number, body: object): Response =>
  new Response(JSON.stringify({ type: 'about:blank', title: 'x', status, ...body }), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  });

/** A core with schedules, alerts, accounts in several states and sign-ins that are checked, around `now` (epoch ms). */
export const featureAnswers = (now: number): FakeAnswers => {
  const schedules = new Map([schedule(), lunch()].map((one) => [one.id, one]));
  const accounts = new Map<string, AccountView>(
    [
      account({ capabilities: slackManifest.capabilities, since: ago(now, 7_200) }),
      account({
        id: 'a_xmpp',
        platform: 'xmpp',
        label: 'Home',
        state: 'needs-sign-in',
        stateReason: 'The server refused the password.',
        since: ago(now, 600),
        capabilities: xmppManifest.capabilities,
        budgets: [],
        account: { userId: 'noor@example.org', displayName: 'Noor Haddad' },
      }),
      account({
        id: 'a_far',
        label: 'Engine',
        state: 'offline',
        stateReason: 'slack.example.org cannot be reached.',
        since: ago(now, 90),
        retryAt: ago(now, -20),
        capabilities: slackManifest.capabilities,
        sync: { people: 240 },
        notices: ['The app lacks emoji:read: your workspace’s own emoji are shown as names.'],
      }),
    ].map((one) => [one.id, one]),
  );
  const watches = new Map<string, WatchView>([
    ['w_1', watchOn('c_0', now)],
    ['w_2', { ...watchOn('c_3', now), id: 'w_2', repeat: 'once', note: null, enabled: false, from: null }],
  ]);
  const alerts = [
    alert({ id: 'al_4', at: ago(now, 60) }),
    alert({ id: 'al_3', at: ago(now, 900), contactId: 'c_3', outcome: 'suppressed', reason: 'do-not-disturb' }),
    alert({ id: 'al_2', at: ago(now, 4_000), outcome: 'suppressed', reason: 'flapping' }),
    alert({ id: 'al_1', at: ago(now, 90_000), contactId: 'c_999999', outcome: 'suppressed', reason: 'reconnected' }),
  ];
  return (id, { params, query, body }) => {
    switch (id) {
      case 'listPlatforms':
        return listOf(realPlatforms);
      case 'listSchedules':
        return listOf([...schedules.values()]);
      case 'createSchedule':
      case 'putSchedule': {
        const saved = schedule({ ...body, id: params.id ?? `s_${schedules.size + 1}` });
        schedules.set(saved.id, saved);
        return saved;
      }
      case 'deleteSchedule':
        schedules.delete(params.id ?? '');
        return null;
      case 'listAlerts': {
        const outcome = query.get('outcome');
        return listOf(alerts.filter((one) => outcome === null || one.outcome === outcome));
      }
      case 'listWatches':
        return listOf([...watches.values()]);
      case 'putWatch': {
        const saved = { ...watchOn('c_0', now), from: null, note: null, ...body, id: params.id ?? '' };
        watches.set(saved.id, saved);
        return saved;
      }
      case 'deleteWatch':
        watches.delete(params.id ?? '');
        return null;
      case 'listAccounts':
        return listOf([...accounts.values()]);
      case 'createAccount':
        return problem(422, {
          code: 'missing-scope',
          detail: 'The token lacks dnd:write.',
          errors: [{ path: 'secrets.userToken', message: 'This token lacks dnd:write.' }],
        });
      case 'patchAccount': {
        const before = accounts.get(params.id ?? '') ?? account();
        const label = 'label' in body ? String(body.label) : before.label;
        const state = 'enabled' in body ? (body.enabled === true ? 'connecting' : 'disabled') : before.state;
        const saved: AccountView = { ...before, label, state };
        accounts.set(saved.id, saved);
        return saved;
      }
      case 'reconnectAccount':
        return accounts.get(params.id ?? '');
      case 'deleteAccount':
        accounts.delete(params.id ?? '');
        return null;
      case 'getSecretStore':
      case 'moveSecrets':
        return secretStore;
      case 'getDoctor':
        return doctor;
      case 'exportAll':
        return { exportedAt: ago(now, 0), version: '0.1.0', contacts: [] };
      default:
        return undefined;
    }
  };
};
