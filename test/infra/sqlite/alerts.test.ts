import { afterEach, describe, expect, it } from 'vitest';
import type { Alert } from '../../../src/domain/alerts/watch.ts';
import { addMs } from '../../../src/domain/time.ts';
import { DRIVERS, databaseFolder } from './drivers.ts';
import { at } from './records.ts';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const clean of cleanups.splice(0)) clean();
});

describe.each(DRIVERS)('alerts kept with $name', ({ driver }) => {
  it('give a watch’s own of late, and the last that it delivered, whenever that was', () => {
    const folder = databaseFolder(driver);
    cleanups.push(() => folder.clean());
    const { alerts } = folder.open();
    const add = (id: string, watchId: string, seconds: number, outcome: Alert['outcome']) =>
      alerts.add({
        id,
        watchId,
        contactId: 'c',
        from: 'away',
        to: 'online',
        at: addMs(at, seconds * 1_000),
        outcome,
        reason: outcome === 'delivered' ? 'matched' : 'flapping',
      });
    add('first', 'w', 0, 'delivered');
    add('told', 'w', 10, 'delivered');
    add('held', 'w', 20, 'suppressed');
    for (let index = 0; index < 200; index += 1) add(`other-${index}`, 'x', 30, 'delivered');
    add('again', 'w', 100, 'suppressed');
    const ids = (since: number) => alerts.recentOf('w', addMs(at, since * 1_000)).map((alert) => alert.id);
    expect(ids(60)).toEqual(['again', 'told']);
    expect(ids(20)).toEqual(['again', 'held', 'told']);
    expect(ids(5)).toEqual(['again', 'held', 'told']);
    expect(ids(200)).toEqual(['told']);
    expect(alerts.recentOf('y', at)).toEqual([]);
  });
});
