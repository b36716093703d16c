import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { epochMs } from '../../../src/domain/time.ts';
import { roomBeside } from '../../../src/infra/sqlite/disk-room.ts';
import { openDatabase } from '../../../src/infra/sqlite/open-database.ts';
import type { Database } from '../../../src/ports/repositories.ts';
import { quietLogger } from '../../support/quiet-logger.ts';
import { DRIVERS, databaseFolder } from './drivers.ts';
import { onDisk } from './full-disk.ts';
import { account, observation } from './records.ts';

const event = (eventId: string) => ({ accountId: 'a', eventId, payload: {}, receivedAt: epochMs(1) });

describe.each(DRIVERS)('a disk that is full, with $name', ({ driver }) => {
  const disk = { full: false };
  let home: ReturnType<typeof databaseFolder>;
  let db: Database;
  let asked: number[];
  beforeEach(() => {
    disk.full = false;
    asked = [];
    home = databaseFolder(driver);
    db = openDatabase({
      file: home.file,
      driver: onDisk(driver, disk),
      logger: quietLogger(),
      now: epochMs(1),
      hasRoom: (bytes) => {
        asked.push(bytes);
        return !disk.full;
      },
    });
    db.accounts.save(account('a'));
  });
  afterEach(() => {
    db.close();
    home.clean();
  });

  it('stops nothing: what changes is read back, and on the disk once there is room', () => {
    disk.full = true;
    db.values.set('cursor', 7);
    db.transaction(() => {
      db.accounts.save(account('b'));
      db.transaction(() => db.accounts.save(account('c')));
    });
    const next = db.sequence.reserve(10);
    expect(db.sequence.reserve(10)).toBe(next + 10);
    expect(db.onlyInMemory()).toBe(true);
    expect(db.values.get('cursor')).toBe(7);
    expect(db.accounts.all().map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(home.open().accounts.all()).toHaveLength(1);
    disk.full = false;
    expect(db.onlyInMemory()).toBe(false);
    const onDiskNow = home.open();
    expect(onDiskNow.values.get('cursor')).toBe(7);
    expect(onDiskNow.accounts.all().map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('is tried again by whatever is written next, with room for every page', () => {
    disk.full = true;
    db.values.set('v', 1);
    db.values.set('v', 2);
    expect(Math.min(...asked)).toBeGreaterThan(100_000);
    disk.full = false;
    db.values.set('v', 3);
    expect(home.open().values.get('v')).toBe(3);
  });

  it('undoes a change that throws, and only that one', () => {
    disk.full = true;
    db.accounts.save(account('b'));
    expect(() =>
      db.transaction(() => {
        db.accounts.save(account('c'));
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(db.accounts.all().map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('forgets for good what was deleted meanwhile', () => {
    db.observations.save([observation('a', 'u', { message: 'between ourselves' })]);
    disk.full = true;
    db.accounts.delete('a');
    expect(db.observations.all()).toEqual([]);
    disk.full = false;
    expect(db.onlyInMemory()).toBe(false);
    expect(home.open().accounts.all()).toEqual([]);
  });

  it('takes no webhook, which its sender would forget', () => {
    disk.full = true;
    expect(() => db.webhooks.keep([event('1')])).toThrow('cannot be written');
    expect(() => db.webhooks.keep([event('1')])).toThrow('cannot be written');
    disk.full = false;
    expect(db.webhooks.keep([event('1')])).toBe(1);
  });

  it('loses at the end what it never took, and closes', () => {
    disk.full = true;
    db.values.set('v', 1);
    db.close();
    expect(home.open().values.get('v')).toBeUndefined();
    disk.full = false;
    db = home.open();
  });
});

describe('room on the disk', () => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-room-'));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is there or not, and trying leaves nothing behind', () => {
    const file = join(folder, 'muster.db');
    writeFileSync(file, '');
    writeFileSync(`${file}.probe`, 'left by a kill');
    expect(roomBeside(file)(1_000_000)).toBe(true);
    expect(roomBeside(file)(2 ** 60)).toBe(false);
    expect(readdirSync(folder)).toEqual(['muster.db']);
    const gone = roomBeside(join(folder, 'gone', 'muster.db'));
    expect(gone(1)).toBe(false);
    expect(existsSync(join(folder, 'gone'))).toBe(false);
  });
});
