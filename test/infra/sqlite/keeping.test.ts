import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/ports/repositories.ts';
import { quietLogger } from '../../support/quiet-logger.ts';
import { DRIVERS, databaseFolder } from './drivers.ts';
import { account, at, contact, identity, membership, nothing, observation } from './records.ts';

describe.each(DRIVERS)('pictures, numbers, erasing and transactions on $name', ({ driver }) => {
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

  it('never hand out an event number twice', () => {
    const first = db.sequence.reserve(1_000);
    const second = db.sequence.reserve(10);
    reopen();
    const third = db.sequence.reserve(1_000);
    expect(second).toBe(first + 1_000);
    expect(third).toBe(second + 10);
    db.erase();
    expect(db.sequence.reserve(1)).toBe(third + 1_000);
  });

  it('keep a picture once, give its bytes back, and drop it when nothing refers to it', () => {
    db.accounts.save(account('a'));
    const picture = { bytes: new Uint8Array([0, 255, 128, 10]), mediaType: 'image/png' };
    const hash = db.pictures.save('a', 'avatar', 'k1', picture, at) ?? '';
    expect(db.pictures.save('a', 'emoji', 'k1', picture, at)).toBe(hash);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    const read = db.pictures.read(hash);
    expect(read?.mediaType).toBe('image/png');
    expect(Buffer.from(read?.bytes ?? [])).toEqual(Buffer.from(picture.bytes));
    expect(db.pictures.find('a', 'avatar', 'none')).toBeNull();
    expect(db.pictures.save('a', 'avatar', 'none', null, at)).toBeNull();
    expect(db.pictures.find('a', 'avatar', 'none')).toMatchObject({ hash: null, loadedAt: at });
    db.pictures.delete('a', 'avatar', 'k1');
    db.pictures.sweep();
    expect(db.pictures.read(hash)).not.toBeNull();
    db.pictures.delete('a', 'emoji', 'k1');
    db.pictures.sweep();
    expect(db.pictures.read(hash)).toBeNull();
  });

  it('keep dismissed suggestions and named values', () => {
    db.dismissals.add('x');
    db.dismissals.add('x');
    db.values.set('layer-order', ['manual', { a: null }]);
    db.values.set('layer-order', ['manual']);
    reopen();
    expect(db.dismissals.all()).toEqual(['x']);
    expect(db.values.get('layer-order')).toEqual(['manual']);
    db.values.delete('layer-order');
    expect(db.values.get('layer-order')).toBeUndefined();
  });

  it('erase everything', () => {
    db.accounts.save(account('a'));
    db.book.save({
      ...nothing,
      contacts: [contact('c')],
      identities: [identity('a', 'u')],
      memberships: [membership('a', 'u', 'c')],
    });
    db.observations.save([observation('a', 'u')]);
    db.pictures.save('a', 'avatar', 'k', { bytes: Buffer.from('x'), mediaType: 'image/png' }, at);
    db.values.set('v', 1);
    db.erase();
    expect(db.accounts.all()).toEqual([]);
    expect(db.book.load()).toEqual({ contacts: [], identities: [], memberships: [] });
    expect(db.observations.all()).toEqual([]);
    expect(db.pictures.references()).toEqual([]);
    expect(db.values.get('v')).toBeUndefined();
  });

  it('undo a transaction that throws, and refuse one that waits', () => {
    expect(() =>
      db.transaction(() => {
        db.accounts.save(account('a'));
        db.transaction(() => db.accounts.save(account('b')));
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(db.accounts.all()).toEqual([]);
    expect(() => db.transaction(async () => db.accounts.save(account('a')))).toThrow('wait');
    expect(db.accounts.all()).toEqual([]);
    db.transaction(() => db.accounts.save(account('c')));
    expect(db.accounts.all()).toHaveLength(1);
  });
});
