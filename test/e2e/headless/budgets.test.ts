import { describe, expect, it } from 'vitest';
import { routes } from '../../../src/contract/index.ts';
import { memoryStore } from '../../../src/infra/keychain/memory-store.ts';
import type { IdleSource, PowerEvent } from '../../../src/ports/idle-source.ts';
import { CLIENT_ID as TEAMS_CLIENT } from '../../../src/simulator/teams/sign-in.ts';
import { newHome } from '../../services/support/core.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { type Answer, answering, type SentCall, slackAnswers, zoomAnswers } from './support/answering.ts';
import { googleChatAnswers } from './support/answering-google-chat.ts';
import { linkedinAnswers } from './support/answering-linkedin.ts';
import { TEAMS_ME, teamsAnswers } from './support/answering-teams.ts';
import { WHATSAPP_NUMBER, whatsappAnswers } from './support/answering-whatsapp.ts';
import { closeAfterEach } from './support/cleaning.ts';
import { contactOf } from './support/queries.ts';
import { startVirtualCore, type VirtualCore } from './support/virtual-core.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const PEOPLE = 500;
/** How often Muster is started again, or the account switched on again, within the day. */
const STARTS = 7;
const closing = closeAfterEach();

/** A limit as the platform publishes it. */
interface Limit {
  readonly what: string;
  readonly of: (call: SentCall) => boolean;
  readonly calls: number;
  readonly seconds: number;
}

/** Tier 2, 3 and 4: 20, 50 and 100 a minute per method, workspace and app (docs.slack.dev/apis/web-api/rate-limits). */
const SLACK: readonly Limit[] = [
  ['users.list', 20],
  ['users.getPresence', 50],
  ['users.setPresence', 20],
  ['users.profile.get', 100],
  ['users.profile.set', 50],
  ['dnd.info', 50],
  ['dnd.teamInfo', 20],
  ['dnd.setSnooze', 20],
  ['dnd.endSnooze', 20],
  ['emoji.list', 20],
  ['auth.test', 100],
].map(([method, calls]) => ({
  what: String(method),
  of: ({ path }) => path === `/api/${method}`,
  calls: Number(calls),
  seconds: 60,
}));

/** The free plan (marketplace.zoom.us, “Rate limits”): Light 4 a second and 6,000 a day, Medium 2 and 2,000; one update a minute. */
const light = ({ path }: SentCall) => path === '/v2/users/me';
const update = ({ verb, path }: SentCall) => verb === 'PUT' && path.endsWith('/presence_status');
const ZOOM: readonly Limit[] = [
  { what: 'Light a second', of: light, calls: 4, seconds: 1 },
  { what: 'Light a day', of: light, calls: 6_000, seconds: 86_400 },
  { what: 'Medium a second', of: (call) => !light(call), calls: 2, seconds: 1 },
  { what: 'Medium a day', of: (call) => !light(call), calls: 2_000, seconds: 86_400 },
  { what: 'update', of: update, calls: 1, seconds: 60 },
];

/** Presence reads 1,500 in 30 s and everything else of Teams 30 a second, per app and tenant (learn.microsoft.com/graph/throttling-limits). */
const presences = ({ path }: SentCall) => /\/(getPresencesByUserId|me\/presence)$/.test(path);
const TEAMS: readonly Limit[] = [
  { what: 'presence reads', of: presences, calls: 1_500, seconds: 30 },
  { what: 'other calls', of: (call) => !presences(call), calls: 30, seconds: 1 },
  // Not a limit but the terms: about once a minute; half as many again for starts, and for what somebody waits for.
  { what: 'looks at colleagues', of: ({ about }) => about.some((id) => id !== TEAMS_ME), calls: 90, seconds: 3_600 },
];

const anyCall = () => true;
/** 200 calls an hour for one app and business account. */
const WHATSAPP: readonly Limit[] = [{ what: 'calls', of: anyCall, calls: 200, seconds: 3_600 }];
/** LinkedIn shows its limits in the portal only; one read an hour is what it recommends, and one more for each of the starts. */
const readsLog = ({ path, query }: SentCall) => path.endsWith('/memberChangeLogs') && /[?&]start=0(&|$)/.test(query);
const LINKEDIN: readonly Limit[] = [
  { what: 'calls', of: anyCall, calls: 500, seconds: 86_400 },
  { what: 'reads of the log', of: readsLog, calls: 24 + STARTS, seconds: 86_400 },
];
/** 600 a minute for one user of a project (developers.google.com/workspace/chat/limits). */
const GOOGLE_CHAT: readonly Limit[] = [{ what: 'calls', of: anyCall, calls: 600, seconds: 60 }];

interface Day {
  readonly id: string;
  readonly answers: (people: readonly string[], now: () => number) => Answer | Promise<Answer>;
  readonly settings: Readonly<Record<string, string | boolean>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly limits: readonly Limit[];
  /** Absent where nobody can be asked about. */
  readonly looks?: Looks;
}

/** How the platform is asked about people. */
interface Looks {
  readonly person: (index: number) => string;
  readonly of: (call: SentCall) => boolean;
  /** So many people one call may be about. */
  readonly batch: number;
  /** So many looks a day are the least that such a budget is good for. */
  readonly least: number;
}

const DAYS: readonly Day[] = [
  {
    id: 'slack',
    answers: slackAnswers,
    settings: { apiUrl: 'http://127.0.0.1:9/api/' },
    secrets: { userToken: 'xoxp-day' },
    limits: SLACK,
    looks: {
      person: (index) => `U${String(index).padStart(8, '0')}`,
      of: ({ path }) => path.endsWith('users.getPresence'),
      batch: 1,
      least: 35_000,
    },
  },
  {
    id: 'zoom',
    answers: zoomAnswers,
    settings: { clientId: 'day', plan: 'free', apiUrl: 'http://127.0.0.1:9/v2', authUrl: 'http://127.0.0.1:9/oauth' },
    secrets: { accessToken: 'day' },
    limits: ZOOM,
    looks: {
      person: (index) => `person${String(index).padStart(6, '0')}`,
      of: ({ path }) => /\/contacts\/./.test(path),
      batch: 1,
      least: 1_200,
    },
  },
  {
    id: 'teams',
    answers: teamsAnswers,
    settings: {
      clientId: TEAMS_CLIENT,
      graphUrl: 'http://127.0.0.1:9/',
      authority: 'http://127.0.0.1:9/',
    },
    secrets: { accessToken: 'day' },
    limits: TEAMS,
    looks: {
      person: (index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      of: ({ path }) => path.endsWith('/getPresencesByUserId'),
      batch: 650,
      least: 700,
    },
  },
  {
    id: 'whatsapp',
    answers: whatsappAnswers,
    settings: { apiUrl: 'http://127.0.0.1:9/v26.0', phoneNumberId: WHATSAPP_NUMBER, publishAbout: true },
    secrets: { accessToken: 'day', appSecret: 'day-app-secret', verifyToken: 'day-verify' },
    limits: WHATSAPP,
  },
  {
    id: 'linkedin',
    answers: linkedinAnswers,
    settings: { apiUrl: 'http://127.0.0.1:9/', authUrl: 'http://127.0.0.1:9/', clientId: 'day' },
    secrets: { accessToken: 'day' },
    limits: LINKEDIN,
  },
  {
    id: 'google-chat',
    answers: googleChatAnswers,
    settings: { apiUrl: 'http://127.0.0.1:9/', authUrl: 'http://127.0.0.1:9/', clientId: 'day' },
    secrets: { accessToken: 'day' },
    limits: GOOGLE_CHAT,
  },
];

/** The most calls in any stretch as long as the limit's, both ends included. */
function most(calls: readonly SentCall[], { of, seconds }: Limit): number {
  const times = calls.filter(of).map(({ at }) => at);
  let best = 0;
  let first = 0;
  for (const [index, at] of times.entries()) {
    while ((times[first] ?? at) <= at - seconds * SECOND) first += 1;
    best = Math.max(best, index - first + 1);
  }
  return best;
}

/** A day with everything that makes calls come in bursts. */
async function aDay(day: Day) {
  const clock = new FakeClock();
  const people = Array.from({ length: PEOPLE }, (_, index) => (day.looks?.person ?? String)(index));
  const { send, calls } = answering(() => clock.now(), await day.answers(people, () => clock.now()));
  const power = new Set<(event: PowerEvent) => void>();
  const idle: IdleSource = {
    subscribe(listener) {
      power.add(listener);
      return () => power.delete(listener);
    },
  };
  const tell = (event: PowerEvent) => {
    for (const listener of power) listener(event);
  };
  const home = newHome(true);
  const secretStore = memoryStore();
  const start = () => startVirtualCore({ clock, home, secretStore, idle, send });
  let virtual: VirtualCore = start();
  closing(() => virtual.stop());
  const signIn = { platform: day.id, settings: { ...day.settings }, secrets: { ...day.secrets } };
  const account = await virtual.api.call(routes.createAccount, { body: signIn });
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 10 * MINUTE) await clock.advance(Math.min(10 * MINUTE, ms - passed));
  };
  await pass(2 * MINUTE);
  if (day.looks) {
    const watched = await contactOf(virtual.api, day.looks.person(7));
    await virtual.api.call(routes.createWatch, { body: { contactId: watched.id, to: ['online'], repeat: 'always' } });
  }
  const attended = async (ms: number) => {
    const leave = virtual.core.muster.attention.noteReader();
    await pass(ms);
    leave();
  };
  await attended(2 * HOUR);
  // Somebody presses “Reconnect” again and again, and changes their status all the time.
  for (let press = 0; press < 20; press += 1) {
    await virtual.api.call(routes.reconnectAccount, { params: { id: account.id } });
    await virtual.api.call(routes.putOwnStatus, { body: { status: press % 2 ? 'busy' : 'away', message: `${press}` } });
    await pass(3 * SECOND);
  }
  await virtual.api.call(routes.deleteOwnStatus);
  await attended(HOUR);
  // Muster is started again five times in a row.
  for (let restart = 0; restart < 5; restart += 1) {
    await virtual.stop();
    virtual = start();
    await pass(20 * SECOND);
  }
  // Switched off and on.
  for (const enabled of [false, true, false, true]) {
    await virtual.api.call(routes.patchAccount, { params: { id: account.id }, body: { enabled } });
    await pass(5 * SECOND);
  }
  await attended(3 * HOUR);
  await pass(2 * HOUR);
  // A lid that is opened and closed, then a night, then one that nobody announced.
  for (let nap = 0; nap < 5; nap += 1) {
    tell('suspend');
    clock.jump(5 * MINUTE);
    tell('resume');
    await pass(10 * SECOND);
  }
  tell('suspend');
  clock.jump(6 * HOUR);
  tell('resume');
  await attended(HOUR);
  clock.jump(2 * HOUR);
  await pass(6 * HOUR);
  const state = (await virtual.api.call(routes.getAccount, { params: { id: account.id } })).state;
  return { calls, state };
}

describe.each(DAYS)('a day with 500 people on $id', (day) => {
  it('passes no limit in any window, uses the budget, and looks most at who matters', {
    timeout: 240_000,
  }, async () => {
    const { calls, state } = await aDay(day);
    expect(state).toBe('connected');
    expect(calls.filter(({ status }) => status >= 400)).toEqual([]);
    const span = (calls.at(-1)?.at ?? 0) - (calls[0]?.at ?? 0);
    expect(span).toBeGreaterThan(23 * HOUR);
    for (const limit of day.limits) {
      expect({ [limit.what]: most(calls, limit) <= limit.calls ? 'kept' : most(calls, limit) }).toEqual({
        [limit.what]: 'kept',
      });
    }
    if (day.looks) looksWell(day.looks, calls);
  });
});

/** Everybody is looked at, by calls that are small enough and use the budget; somebody who is watched more than others. */
function looksWell({ person, of, batch, least }: Looks, calls: readonly SentCall[]): void {
  const looks = calls.filter(of);
  expect(looks.length).toBeGreaterThan(least);
  expect(Math.max(...looks.map(({ about }) => about.length))).toBeLessThanOrEqual(batch);
  const seen = looks.flatMap(({ about }) => about);
  const times = new Map<string, number>();
  for (const id of seen) times.set(id, (times.get(id) ?? 0) + 1);
  expect(times.size).toBeGreaterThanOrEqual(PEOPLE);
  // Batches have places left for people who matter less.
  const factor = batch === 1 ? 3 : 2;
  expect(times.get(person(7)) ?? 0).toBeGreaterThan((factor * seen.length) / PEOPLE);
}
