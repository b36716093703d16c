import type { Schedule } from '../../../src/domain/schedule/schedule.ts';

/**
 * A second opinion on time: what the clock on the wall shows, by `Intl` alone (the engine uses Temporal), and the definition of
 * "in force" spelled out minute by minute. Shares no code with the engine.
 */
const SLOT_MS = 15 * 60_000;

/** Offsets from UTC in minutes for each quarter of an hour of a stretch of time; no zone jumps in between in these years. */
export class WallClock {
  readonly #offsets: Int16Array;
  readonly #start: number;

  constructor(zone: string, from: number, to: number) {
    this.#start = Math.floor(from / SLOT_MS) * SLOT_MS;
    const slots = Math.ceil((to - this.#start) / SLOT_MS) + 1;
    this.#offsets = new Int16Array(slots);
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    for (let slot = 0; slot < slots; slot += 1) {
      const instant = this.#start + slot * SLOT_MS;
      const shown: Record<string, number> = {};
      for (const { type, value } of format.formatToParts(instant)) shown[type] = Number(value);
      const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = shown;
      this.#offsets[slot] = (Date.UTC(year, month - 1, day, hour, minute) - instant) / 60_000;
    }
  }

  /** What the wall shows, as if it were UTC, in milliseconds. */
  shownAt(instant: number): number {
    return instant + (this.#offsets[Math.floor((instant - this.#start) / SLOT_MS)] ?? Number.NaN) * 60_000;
  }
}

/** `active[minute]` of a calendar day `shown` (UTC midnight of the shown date), straight from the words of the rule. */
export class Oracle {
  readonly #days = new Map<number, Uint8Array>();
  readonly #schedule: Schedule;

  constructor(schedule: Schedule) {
    this.#schedule = schedule;
  }

  /** Whether it is in force when the wall shows this. */
  isActive(shown: number): boolean {
    const number = Math.floor(shown / 86_400_000);
    let minutes = this.#days.get(number);
    if (minutes === undefined) {
      minutes = this.#decide(new Date(number * 86_400_000), new Date((number - 1) * 86_400_000));
      this.#days.set(number, minutes);
    }
    return minutes[Math.floor(shown / 60_000) - number * 1440] === 1;
  }

  #decide(today: Date, yesterday: Date): Uint8Array {
    const minutes = new Uint8Array(1440);
    if (!this.#schedule.enabled) return minutes;
    const exceptional = this.#exception(today);
    const counts = exceptional !== false;
    const counted = this.#exception(yesterday) !== false;
    for (let minute = 0; minute < 1440; minute += 1) {
      const clock = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
      const ruled = this.#schedule.rules.some(({ days, from, to }) => {
        const overnight = to <= from;
        if (counts && days.includes(nameOf(today)) && from <= clock && (overnight || clock < to)) return true;
        return overnight && counted && days.includes(nameOf(yesterday)) && clock < to;
      });
      minutes[minute] = exceptional === true || ruled ? 1 : 0;
    }
    return minutes;
  }

  #exception(date: Date): boolean | undefined {
    const text = date.toISOString().slice(0, 10);
    return this.#schedule.exceptions.find((exception) => exception.date === text)?.active;
  }
}

const NAMES = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

function nameOf(date: Date) {
  return NAMES[date.getUTCDay()] ?? 'sun';
}
