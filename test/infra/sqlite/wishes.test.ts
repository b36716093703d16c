import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Intent } from '../../../src/domain/own-status/intent.ts';
import type { Schedule } from '../../../src/domain/schedule/schedule.ts';
import { epochMs } from '../../../src/domain/time.ts';
import type { Database } from '../../../src/ports/repositories.ts';
import { quietLogger } from '../../support/quiet-logger.ts';
import { DRIVERS, databaseFolder } from './drivers.ts';
import { account, at } from './records.ts';

describe.each(DRIVERS)('wishes, schedules and alerts on $name', ({ driver }) => {
  let home: ReturnType<typeof databaseFolder>;
  let db: Database;
  beforeEach(() => {
    home = databaseFolder(driver);
    db = home.open();
  });
  afterEach(() => home.clean());

  const reopen = (logger = quietLogger()) => {
    db.close();
    db = home.open({ logger });
    return db;
  };

  it('keep wishes about status and do-not-disturb', () => {
    const intent: Intent = {
      id: 'i',
      layer: 'manual',
      status: 'busy',
      message: null,
      emoji: '🎧',
      createdAt: at,
      expiresAt: epochMs(at + 20_000),
      origin: { kind: 'hand', id: null, name: null },
      accountIds: ['a', 'b'],
    };
    const dnd = {
      id: 'd',
      layer: 'manual' as const,
      active: false,
      createdAt: at,
      expiresAt: null,
      origin: intent.origin,
    };
    db.intents.save(intent);
    db.intents.save({ ...intent, id: 'j', accountIds: null });
    db.doNotDisturbIntents.save(dnd);
    db.intents.delete('j');
    reopen();
    expect(db.intents.all()).toEqual([intent]);
    expect(db.doNotDisturbIntents.all()).toEqual([dnd]);
    db.doNotDisturbIntents.delete('d');
    expect(db.doNotDisturbIntents.all()).toEqual([]);
  });

  it('keep the journal entry by entry, null snapshots included', () => {
    db.accounts.save(account('a'));
    const entry = {
      accountId: 'a',
      part: 'status' as const,
      intentId: 'i',
      desired: { status: 'busy', until: null },
      previous: ['x', 1.5, true],
      written: null,
      state: 'writing' as const,
      attemptedAt: at,
    };
    db.journal.save(entry);
    reopen();
    expect(db.journal.find('a', 'status')).toEqual(entry);
    expect(db.journal.find('a', 'doNotDisturb')).toBeNull();
    db.journal.save({ ...entry, state: 'in-force', written: 'w' });
    expect(db.journal.find('a', 'status')).toEqual({ ...entry, state: 'in-force', written: 'w' });
    db.journal.delete('a', 'status');
    expect(db.journal.find('a', 'status')).toBeNull();
  });

  it('keep schedules, watches and presets in the order in which they were made', () => {
    const schedule: Schedule = {
      id: 's2',
      name: 'Nights',
      enabled: true,
      timeZone: 'device',
      rules: [{ days: ['mon', 'sun'], from: '18:30', to: '08:00' }],
      exceptions: [{ date: '2026-12-24', active: true }],
      doNotDisturb: true,
      status: 'away',
      message: null,
      emoji: null,
      allow: ['favourites'],
    };
    db.schedules.save(schedule);
    db.schedules.save({ ...schedule, id: 's1', status: null, allow: [] });
    db.schedules.save({ ...schedule, name: 'Changed' });
    const watch = {
      id: 'w',
      contactId: 'c',
      from: ['offline' as const],
      to: ['online' as const, 'idle' as const],
      repeat: 'always' as const,
      note: 'n',
      enabled: false,
      createdAt: at,
    };
    db.watches.save(watch);
    db.watches.save({ ...watch, id: 'v', from: null });
    const preset = {
      id: 'p',
      name: 'Lunch',
      status: 'away' as const,
      message: 'Lunch',
      emoji: '🍜',
      doNotDisturb: false,
      forSeconds: 3600,
    };
    db.presets.save(preset);
    reopen();
    expect(db.schedules.all()).toEqual([
      { ...schedule, name: 'Changed' },
      { ...schedule, id: 's1', status: null, allow: [] },
    ]);
    expect(db.watches.all()).toEqual([watch, { ...watch, id: 'v', from: null }]);
    expect(db.presets.all()).toEqual([preset]);
    expect(db.schedules.delete('s1')).toBe(true);
    expect(db.schedules.delete('s1')).toBe(false);
    expect(db.watches.delete('w')).toBe(true);
    expect(db.presets.delete('p')).toBe(true);
  });

  it('list alerts newest first, and forget the oldest', () => {
    for (let index = 0; index < 5; index += 1) {
      db.alerts.add({
        id: `${index}`,
        watchId: 'w',
        contactId: `c${index % 2}`,
        from: 'away',
        to: 'online',
        at: epochMs(at + (index === 4 ? 3 : index)),
        outcome: 'suppressed',
        reason: 'flapping',
      });
    }
    expect(db.alerts.newestFirst(10).map((a) => a.id)).toEqual(['4', '3', '2', '1', '0']);
    expect(db.alerts.newestFirst(2).map((a) => a.id)).toEqual(['4', '3']);
    db.alerts.prune(4);
    expect(db.alerts.newestFirst(10).map((a) => a.id)).toEqual(['4', '3', '2', '1']);
    db.alerts.deleteAbout('c1');
    expect(db.alerts.newestFirst(10).map((a) => a.id)).toEqual(['4', '2']);
  });
});
