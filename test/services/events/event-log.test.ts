import { describe, expect, it } from 'vitest';
import { EventLog } from '../../../src/services/events/event-log.ts';
import { DEFAULT_SETTINGS } from '../../../src/settings/schema.ts';

/** A home's numbers: what was reserved stays reserved, also when the core is killed. */
function numbers() {
  let next = 1;
  return {
    reserve: (size: number) => {
      next += size;
      return next - size;
    },
  };
}

const publish = (log: EventLog, times = 1) => {
  for (let time = 0; time < times; time += 1) log.publish('settings', { kind: 'preferences', ...DEFAULT_SETTINGS });
};

describe('the event log', () => {
  it('gives numbers that only grow, over restarts and kills, and over more than one block', () => {
    const home = numbers();
    let last = 0;
    for (const published of [0, 3, 2_500, 0, 1]) {
      const log = new EventLog(home);
      expect(log.sequence).toBeGreaterThan(last);
      const ids: number[] = [];
      log.subscribe((event) => ids.push(event.id));
      publish(log, published);
      expect(ids).toEqual([...ids].sort((a, b) => a - b));
      expect(new Set(ids).size).toBe(published);
      expect(ids.every((id) => id > last)).toBe(true);
      expect(log.sequence).toBeGreaterThanOrEqual(ids.at(-1) ?? 0);
      last = log.sequence;
    }
  });

  it('resumes from what it still knows, and asks for a new snapshot otherwise', () => {
    const home = numbers();
    const earlier = new EventLog(home);
    publish(earlier, 5);
    const log = new EventLog(home);
    const start = log.sequence;
    expect(log.since(start)).toEqual([]);
    expect(log.since(earlier.sequence)).toBeNull();
    publish(log, 3);
    expect(log.since(start)?.map((event) => event.id)).toEqual([start + 1, start + 2, start + 3]);
    expect(log.since(start + 2)).toHaveLength(1);
    expect(log.since(log.sequence)).toEqual([]);
    expect(log.since(log.sequence + 1)).toBeNull();
    expect(log.since(earlier.sequence)).toBeNull();
    expect(log.since(0)).toBeNull();
  });

  it('keeps a bounded number', () => {
    const log = new EventLog(numbers());
    const start = log.sequence;
    publish(log, 5_001);
    expect(log.since(start)).toBeNull();
    expect(log.since(start + 1)).toHaveLength(5_000);
  });

  it('tells subscribers until they leave', () => {
    const log = new EventLog(numbers());
    const ids: number[] = [];
    const leave = log.subscribe((event) => ids.push(event.id));
    publish(log);
    leave();
    leave();
    publish(log);
    expect(ids).toHaveLength(1);
  });
});
