import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { epochMs } from '../../../src/domain/time.ts';
import type { Database } from '../../../src/ports/repositories.ts';
import { quietLogger } from '../../support/quiet-logger.ts';
import { DRIVERS, databaseFolder } from './drivers.ts';
import { account, at, contact, identity, membership, nothing, observation } from './records.ts';

describe.each(DRIVERS)('repositories on $name', ({ driver }) => {
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

  it('keep accounts in the order in which they were added, through changes and a restart', () => {
    db.accounts.save(account('b', { self: { userId: 'u', displayName: 'Me "x" é' } }));
    db.accounts.save(account('a'));
    db.accounts.save(account('b', { label: 'Home', enabled: false, self: { userId: 'u', displayName: 'Me "x" é' } }));
    reopen();
    expect(db.accounts.all()).toEqual([
      account('b', { label: 'Home', enabled: false, self: { userId: 'u', displayName: 'Me "x" é' } }),
      account('a'),
    ]);
    expect(db.accounts.find('a')).toEqual(account('a'));
    expect(db.accounts.find('nobody')).toBeNull();
  });

  it('give back the contact book as it was saved', () => {
    db.accounts.save(account('a'));
    const book = {
      contacts: [
        contact('c1', { customName: 'Ada B.', favourite: true, customGroups: [], customTimeZone: 'Europe/London' }),
        contact('c2', { mergedInto: 'c1', monitored: false, customGroups: ['x'] }),
      ],
      identities: [
        identity('a', 'u1', { email: 'a@x.org', avatarKey: 'k', timeZone: 'UTC', groups: ['Engine', 'Ops'] }),
        identity('a', 'u2'),
      ],
      memberships: [
        membership('a', 'u1', 'c1'),
        membership('a', 'u2', 'c1', { homeContactId: 'c2', linkedBy: 'hand' }),
      ],
    };
    db.book.save({ ...nothing, ...book });
    reopen();
    expect(db.book.load()).toEqual(book);
    db.book.save({
      ...nothing,
      contacts: [contact('c1')],
      goneIdentities: [{ accountId: 'a', userId: 'u2' }],
      goneContacts: ['c2'],
    });
    expect(db.book.load()).toEqual({
      contacts: [contact('c1')],
      identities: [book.identities[0]],
      memberships: [book.memberships[0]],
    });
  });

  it('forget everything that came by an account with the account, and nothing else', () => {
    for (const id of ['a', 'b']) {
      db.accounts.save(account(id));
      db.book.save({
        ...nothing,
        contacts: [contact(`c-${id}`)],
        identities: [identity(id, 'u')],
        memberships: [membership(id, 'u', `c-${id}`)],
      });
      db.observations.save([observation(id, 'u')]);
      db.journal.save({
        accountId: id,
        part: 'status',
        intentId: 'i',
        desired: null,
        previous: null,
        written: null,
        state: 'writing',
        attemptedAt: at,
      });
      db.watches.save({
        id: `w-${id}`,
        contactId: `c-${id}`,
        from: null,
        to: ['online'],
        repeat: 'once',
        note: null,
        enabled: true,
        createdAt: at,
      });
      db.alerts.add({
        id: `al-${id}`,
        watchId: `w-${id}`,
        contactId: `c-${id}`,
        from: 'away',
        to: 'online',
        at,
        outcome: 'delivered',
        reason: 'matched',
      });
      db.pictures.save(id, 'avatar', 'k', { bytes: Buffer.from(id), mediaType: 'image/png' }, at);
    }
    const picture = db.pictures.find('a', 'avatar', 'k')?.hash ?? '';
    expect(db.accounts.delete('a')).toBe(true);
    expect(db.accounts.delete('a')).toBe(false);
    reopen();
    expect(db.book.load().contacts.map((c) => c.id)).toEqual(['c-b']);
    expect(db.book.load().identities.map((i) => i.accountId)).toEqual(['b']);
    expect(db.book.load().memberships.map((m) => m.accountId)).toEqual(['b']);
    expect(db.observations.all().map((o) => o.accountId)).toEqual(['b']);
    expect(db.journal.find('a', 'status')).toBeNull();
    expect(db.journal.find('b', 'status')).not.toBeNull();
    expect(db.watches.all().map((w) => w.id)).toEqual(['w-b']);
    expect(db.alerts.newestFirst(10).map((a) => a.id)).toEqual(['al-b']);
    expect(db.pictures.read(picture)).toBeNull();
    expect(db.pictures.references()).toHaveLength(1);
  });

  it('keep a person whom two accounts know when one of them goes', () => {
    db.accounts.save(account('a'));
    db.accounts.save(account('b'));
    db.book.save({
      ...nothing,
      contacts: [contact('c1'), contact('c2', { mergedInto: 'c1' })],
      identities: [identity('a', 'u'), identity('b', 'u')],
      memberships: [membership('a', 'u', 'c1'), membership('b', 'u', 'c1', { homeContactId: 'c2', linkedBy: 'email' })],
    });
    db.accounts.delete('a');
    expect(
      db.book
        .load()
        .contacts.map((c) => c.id)
        .sort(),
    ).toEqual(['c1', 'c2']);
  });

  it('do not fail on, and do not keep, what comes late through an account that is gone', () => {
    db.observations.save([observation('gone', 'u')]);
    db.book.save({
      ...nothing,
      contacts: [contact('c')],
      identities: [identity('gone', 'u')],
      memberships: [membership('gone', 'u', 'c')],
    });
    db.pictures.save('gone', 'avatar', 'k', null, at);
    expect(db.observations.all()).toEqual([]);
    expect(db.book.load().identities).toEqual([]);
    expect(db.pictures.references()).toEqual([]);
  });

  it('keep the newest observation of each identity, with every field', () => {
    db.accounts.save(account('a'));
    const rich = observation('a', 'u', {
      status: 'busy',
      doNotDisturb: true,
      rawStatus: 'dnd',
      message: 'Pairing',
      emoji: '🧮',
      replayed: true,
      source: 'push',
      activities: [
        { kind: 'in-a-call', detail: null },
        { kind: 'playing', detail: 'Go' },
      ],
      lastSeen: epochMs(at - 1),
    });
    db.observations.save([observation('a', 'u'), observation('a', 'v'), rich]);
    reopen();
    expect(db.observations.all()).toEqual([rich, observation('a', 'v')]);
    db.observations.delete([{ accountId: 'a', userId: 'u' }]);
    expect(db.observations.all()).toEqual([observation('a', 'v')]);
  });
});
