import { describe, expect, it } from 'vitest';
import type { Schedule } from '../../../src/domain/schedule/schedule.ts';
import { activeAt, intervals, nextTransition } from '../../../src/domain/schedule/schedule-engine.ts';
import { type EpochMs, epochMs, MINUTE_MS } from '../../../src/domain/time.ts';
import { at, schedule, WORKDAYS } from './schedules.ts';
import { Oracle, WallClock } from './wall-clock.ts';

/** A year with every kind of jump in it, in both hemispheres. */
const FROM = at('2026-01-01T00:00Z');
const TO = at('2027-01-01T00:00Z');
const MINUTES = (TO - FROM) / MINUTE_MS;

const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe', // jumps by half an hour
  'Asia/Kolkata', // +05:30, never jumps
  'Asia/Kathmandu', // +05:45
  'America/Santiago', // jumps at midnight
  'Pacific/Apia',
  'Pacific/Chatham', // +12:45, jumps
  'Africa/Casablanca', // put back for Ramadan
  'Africa/Cairo', // put back at midnight: the last hour of a day comes twice
];

const SCHEDULES: Record<string, Partial<Schedule>> = {
  'evenings and weekends, overnight': {
    rules: [
      { days: WORKDAYS, from: '18:30', to: '08:00' },
      { days: ['sat', 'sun'], from: '00:00', to: '24:00' },
    ],
    exceptions: [
      { date: '2026-03-29', active: false },
      { date: '2026-12-24', active: true },
      { date: '2026-12-25', active: false },
    ],
  },
  'starts and ends inside the jumps': {
    rules: [
      { days: ['sun'], from: '02:15', to: '02:45' },
      { days: ['sun'], from: '00:30', to: '01:45' },
      { days: ['sat'], from: '23:15', to: '02:30' },
      { days: ['thu', 'fri'], from: '23:30', to: '00:15' },
    ],
  },
  'a whole day from nine to nine, touching its neighbour': {
    rules: [
      { days: ['wed'], from: '09:00', to: '09:00' },
      { days: ['thu'], from: '09:00', to: '12:00' },
      { days: ['thu'], from: '11:00', to: '24:00' },
    ],
  },
  'only exceptions, months apart': {
    rules: [],
    exceptions: [
      { date: '2026-10-25', active: true },
      { date: '2026-02-03', active: true },
      { date: '2026-02-04', active: true },
    ],
  },
  'always, but for some dates': {
    rules: [{ days: [...WORKDAYS, 'sat', 'sun'], from: '00:00', to: '24:00' }],
    exceptions: [
      { date: '2026-03-08', active: false },
      { date: '2026-11-01', active: false },
    ],
  },
};

/** The definition knows the wall only, so one oracle serves every zone. */
const oracles = new Map(Object.entries(SCHEDULES).map(([name, part]) => [name, new Oracle(schedule(part))]));
const walls = new Map(ZONES.map((zone) => [zone, new WallClock(zone, FROM, TO)]));

function oracleOf(name: string): Oracle {
  const oracle = oracles.get(name);
  if (oracle === undefined) throw new Error(`no oracle for ${name}`);
  return oracle;
}

function wallOf(zone: string): WallClock {
  const wall = walls.get(zone);
  if (wall === undefined) throw new Error(`no wall for ${zone}`);
  return wall;
}

/** The minutes of the year at which the engine's intervals and the oracle differ; none is right. */
function differing(found: readonly { from: EpochMs; to: EpochMs }[], oracle: Oracle, wall: WallClock): string[] {
  const wrong: string[] = [];
  let next = 0;
  for (let minute = 0; minute < MINUTES; minute += 1) {
    const instant = FROM + minute * MINUTE_MS;
    while (next < found.length && (found[next]?.to ?? 0) <= instant) next += 1;
    const interval = found[next];
    const active = interval !== undefined && interval.from <= instant;
    if (active !== oracle.isActive(wall.shownAt(instant)) && wrong.length < 5)
      wrong.push(new Date(instant).toISOString());
  }
  return wrong;
}

describe.each(ZONES)('a simulated year in %s against the definition, minute by minute', (timeZone) => {
  const wall = wallOf(timeZone);

  it.each(Object.keys(SCHEDULES))('differs in no minute: %s', (name) => {
    const subject = schedule({ ...SCHEDULES[name], timeZone });
    const oracle = oracleOf(name);
    const found = intervals(subject, FROM, TO, 'UTC');
    expect(differing(found, oracle, wall)).toEqual([]);
    for (const [index, { from, to }] of found.entries()) {
      expect(from < to).toBe(true);
      expect((found[index - 1]?.to ?? -1) < from).toBe(true);
    }

    // The chain of next transitions tells the same story as the intervals, and so does asking at any moment.
    const edges = found.flatMap(({ from, to }) => [from, to]).filter((edge) => edge > FROM && edge < TO);
    const chain: number[] = [];
    for (let next = nextTransition(subject, FROM, 'UTC'); next !== null && next < TO; ) {
      chain.push(next);
      next = nextTransition(subject, next, 'UTC');
    }
    expect(chain).toEqual(edges);
    for (let minute = 0; minute < MINUTES; minute += 173) {
      const instant = epochMs(FROM + minute * MINUTE_MS);
      expect(activeAt(subject, instant, 'UTC')).toBe(oracle.isActive(wall.shownAt(instant)));
    }
  });
});

/** What the service does with the engine: one timer for the next transition, looked at anew after a trip and after sleep. */
class Follower {
  readonly #schedule: Schedule;
  active = false;
  #timer: EpochMs | null = null;
  looks = 0;

  constructor(subject: Schedule) {
    this.#schedule = subject;
  }

  look(now: EpochMs, zone: string): void {
    this.looks += 1;
    this.active = activeAt(this.#schedule, now, zone);
    this.#timer = nextTransition(this.#schedule, now, zone);
  }

  wake(now: EpochMs, zone: string): void {
    if (this.#timer !== null && this.#timer <= now) this.look(now, zone);
  }
}

describe('a year on the road with a computer that sleeps', () => {
  it.each(Object.keys(SCHEDULES))('is right in every waking minute, by one timer alone: %s', (name) => {
    const places = ZONES.map((zone) => ({ zone, wall: wallOf(zone) }));
    const subject = schedule({ ...SCHEDULES[name], timeZone: 'device' });
    const oracle = oracleOf(name);
    const follower = new Follower(subject);
    let seed = 42;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    let here = places[0];
    let asleepUntil = 0;
    let wrong = 0;
    let awake = 0;
    for (let minute = 0; minute < MINUTES; minute += 1) {
      const now = epochMs(FROM + minute * MINUTE_MS);
      if (minute % (9 * 1440) === 0 || here === undefined) {
        here = places[random(places.length)];
        if (here !== undefined && minute >= asleepUntil) follower.look(now, here.zone);
      }
      if (here === undefined || minute < asleepUntil) continue;
      if (minute === asleepUntil) follower.look(now, here.zone);
      follower.wake(now, here.zone);
      awake += 1;
      if (follower.active !== oracle.isActive(here.wall.shownAt(now))) wrong += 1;
      if (random(2000) === 0) asleepUntil = minute + 1 + random(3 * 1440);
    }
    expect(wrong).toBe(0);
    expect(awake).toBeGreaterThan(MINUTES / 4);
    expect(follower.looks).toBeLessThan(4000);
  });
});
