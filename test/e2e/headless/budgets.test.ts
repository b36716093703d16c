import { describe, expect, it } from 'vitest';
import { routes } from '../../../src/contract/index.ts';
import { memoryStore } from '../../../src/infra/keychain/memory-store.ts';
import type { IdleSource, PowerEvent } from '../../../src/ports/idle-source.ts';
import { newHome } from '../../services/support/core.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { answering, type SentCall, slackAnswers, zoomAnswers } from './support/answering.ts';
import { closeAfterEach } from './support/cleaning.ts';
import { contactOf } from './support/queries.ts';
import { startVirtualCore, type VirtualCore } from './support/virtual-core.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const PEOPLE = 500;
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

interface Day {
  readonly id: string;
  readonly answers: typeof slackAnswers;
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly limits: readonly Limit[];
  readonly person: (index: number) => string;
  /** Looks at one person. */
  readonly look: (call: SentCall) => boolean;
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
    person: (index: number) => `U${String(index).padStart(8, '0')}`,
    look: ({ path }: SentCall) => path.endsWith('users.getPresence'),
    least: 35_000,
  },
  {
    id: 'zoom',
    answers: zoomAnswers,
    settings: { clientId: 'day', plan: 'free', apiUrl: 'http://127.0.0.1:9/v2', authUrl: 'http://127.0.0.1:9/oauth' },
    secrets: { accessToken: 'day' },
    limits: ZOOM,
    person: (index: number) => `person${String(index).padStart(6, '0')}`,
    look: ({ path }: SentCall) => /\/contacts\/./.test(path),
    least: 1_200,
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
  const people = Array.from({ length: PEOPLE }, (_, index) => day.person(index));
  const { send, calls } = answering(
    () => clock.now(),
    day.answers(people, () => clock.now()),
  );
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
  const watched = await contactOf(virtual.api, day.person(7));
  await virtual.api.call(routes.createWatch, { body: { contactId: watched.id, to: ['online'], repeat: 'always' } });
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
  return { calls, state, watched: day.person(7) };
}

describe.each(DAYS)('a day with 500 people on $id', (day) => {
  it('passes no limit in any window, uses the budget, and looks most at who matters', {
    timeout: 240_000,
  }, async () => {
    const { calls, state, watched } = await aDay(day);
    expect(state).toBe('connected');
    const span = (calls.at(-1)?.at ?? 0) - (calls[0]?.at ?? 0);
    expect(span).toBeGreaterThan(23 * HOUR);
    for (const limit of day.limits) {
      expect({ [limit.what]: most(calls, limit) <= limit.calls ? 'kept' : most(calls, limit) }).toEqual({
        [limit.what]: 'kept',
      });
    }
    const looks = calls.filter(day.look);
    expect(looks.length).toBeGreaterThan(day.least);
    const of = new Map<string | null, number>();
    for (const { about } of looks) of.set(about, (of.get(about) ?? 0) + 1);
    expect(of.size).toBeGreaterThanOrEqual(PEOPLE);
    expect(of.get(watched) ?? 0).toBeGreaterThan((3 * looks.length) / PEOPLE);
  });
});
