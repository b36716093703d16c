/** The weekly schedules: keeps them, knows which are active, and wakes at the next transition. */
import type { ScheduleFields, ScheduleView } from '../../contract/schemas/schedule.ts';
import { MusterError } from '../../domain/errors.ts';
import type { Schedule } from '../../domain/schedule/schedule.ts';
import { activeAt, intervals, nextTransition } from '../../domain/schedule/schedule-engine.ts';
import { addMs, DAY_MS, type EpochMs, epochMs, MINUTE_MS } from '../../domain/time.ts';
import type { Clock, Dispose } from '../../ports/clock.ts';
import type { Random } from '../../ports/random.ts';
import type { ScheduleRepository } from '../../ports/repositories.ts';
import type { EventLog } from '../events/event-log.ts';
import { isoOrNull } from '../iso.ts';

/** A schedule that is active, since when and until when (null: it never ends). */
export interface ActiveSchedule {
  readonly schedule: Schedule;
  readonly since: EpochMs;
  readonly until: EpochMs | null;
}

/** The device may travel while nothing else happens: how often to look at its zone. */
const ZONE_CHECK_MS = MINUTE_MS;

/** Owner of the schedules. */
export class Schedules {
  readonly #repository: ScheduleRepository;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #events: EventLog;
  readonly #schedules = new Map<string, Schedule>();
  readonly #announced = new Map<string, string>();
  readonly #listeners = new Set<() => void>();
  #timer: Dispose | null = null;
  #zoneCheck: Dispose | null = null;
  #zone: string;

  constructor(options: { repository: ScheduleRepository; clock: Clock; random: Random; events: EventLog }) {
    this.#repository = options.repository;
    this.#clock = options.clock;
    this.#random = options.random;
    this.#events = options.events;
    this.#zone = options.clock.timeZone();
    for (const schedule of options.repository.all()) {
      this.#schedules.set(schedule.id, schedule);
      this.#announced.set(schedule.id, JSON.stringify(this.#view(schedule)));
    }
  }

  start(): void {
    this.#arm();
    this.#watchZone();
  }

  stop(): void {
    this.#timer?.();
    this.#zoneCheck?.();
  }

  /** Computes everything anew: after sleep, or when the device's zone changed. */
  recompute(): void {
    this.#zone = this.#clock.timeZone();
    this.#changed();
  }

  onChange(listener: () => void): Dispose {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  list(): ScheduleView[] {
    return [...this.#schedules.values()].map((schedule) => this.#view(schedule));
  }

  /** Throws `not-found`. */
  get(id: string): ScheduleView {
    return this.#view(this.#find(id));
  }

  create(fields: ScheduleFields): ScheduleView {
    return this.#save({ id: this.#random.id('s'), ...fields });
  }

  /** Throws `not-found`. */
  replace(id: string, fields: ScheduleFields): ScheduleView {
    this.#find(id);
    return this.#save({ id, ...fields });
  }

  /** Throws `not-found`. */
  delete(id: string): void {
    this.#find(id);
    this.#repository.delete(id);
    this.#schedules.delete(id);
    this.#announced.delete(id);
    this.#events.publish('settings', { kind: 'schedule', id, removed: true });
    this.#changed();
  }

  /** What is in force now, in the order in which the schedules were made. */
  active(): ActiveSchedule[] {
    const now = this.#clock.now();
    return [...this.#schedules.values()].flatMap((schedule) => {
      if (!activeAt(schedule, now, this.#zone)) return [];
      const until = nextTransition(schedule, now, this.#zone);
      // An interval that began more than eight days ago never began: adjacent days merge. Its start must not move with the clock.
      const start = addMs(now, -8 * DAY_MS);
      const [interval] = intervals(schedule, start, addMs(now, 1), this.#zone).slice(-1);
      const since = interval === undefined || interval.from === start ? epochMs(0) : interval.from;
      return [{ schedule, since, until }];
    });
  }

  /** When any enabled schedule that sets do-not-disturb next begins or ends; null when none does. */
  nextDoNotDisturbTransition(): EpochMs | null {
    return this.#earliest([...this.#schedules.values()].filter((schedule) => schedule.doNotDisturb));
  }

  /** The enabled schedules that are not active now, with when they begin. */
  upcoming(): { readonly schedule: Schedule; readonly begins: EpochMs }[] {
    const now = this.#clock.now();
    return [...this.#schedules.values()].flatMap((schedule) => {
      if (activeAt(schedule, now, this.#zone)) return [];
      const begins = nextTransition(schedule, now, this.#zone);
      return begins === null ? [] : [{ schedule, begins }];
    });
  }

  #earliest(schedules: readonly Schedule[]): EpochMs | null {
    const now = this.#clock.now();
    let earliest: EpochMs | null = null;
    for (const schedule of schedules) {
      const at = nextTransition(schedule, now, this.#zone);
      if (at !== null && (earliest === null || at < earliest)) earliest = at;
    }
    return earliest;
  }

  #find(id: string): Schedule {
    const schedule = this.#schedules.get(id);
    if (!schedule) throw new MusterError('not-found', 'There is no such schedule.');
    return schedule;
  }

  #save(schedule: Schedule): ScheduleView {
    this.#repository.save(schedule);
    this.#schedules.set(schedule.id, schedule);
    this.#changed();
    return this.#view(schedule);
  }

  #view(schedule: Schedule): ScheduleView {
    const now = this.#clock.now();
    return {
      ...schedule,
      rules: schedule.rules.map((rule) => ({ ...rule, days: [...rule.days] })),
      exceptions: schedule.exceptions.map((exception) => ({ ...exception })),
      allow: [...schedule.allow],
      activeNow: activeAt(schedule, now, this.#zone),
      nextTransition: isoOrNull(nextTransition(schedule, now, this.#zone)),
    };
  }

  #changed(): void {
    for (const schedule of this.#schedules.values()) {
      const view = this.#view(schedule);
      const said = JSON.stringify(view);
      if (this.#announced.get(schedule.id) === said) continue;
      this.#announced.set(schedule.id, said);
      this.#events.publish('settings', { kind: 'schedule', ...view });
    }
    this.#arm();
    for (const listener of this.#listeners) listener();
  }

  #arm(): void {
    this.#timer?.();
    this.#timer = null;
    const next = this.#earliest([...this.#schedules.values()]);
    if (next !== null) this.#timer = this.#clock.at(next, () => this.#changed());
  }

  #watchZone(): void {
    this.#zoneCheck = this.#clock.after(ZONE_CHECK_MS, () => {
      if (this.#clock.timeZone() !== this.#zone) this.recompute();
      this.#watchZone();
    });
  }
}
