import { describe, expect, it } from 'vitest';
import {
  bookOf,
  contactOf,
  editContact,
  isMonitored,
  present,
  removeAccount,
  removeIdentity,
  survivorOf,
  upsertIdentity,
} from '../../../src/domain/contacts/contact-book.ts';
import { describe as describePerson } from '../../../src/domain/contacts/describe.ts';
import { link, unlink } from '../../../src/domain/contacts/linking.ts';
import { bookWith, brokenInvariants, contentOf, identity } from './people.ts';

const ada = identity();
const adaOnXmpp = identity({ accountId: 'xmpp', userId: 'ada@example.org', displayName: 'ada' });
const bob = identity({ userId: 'U2', displayName: 'Bob' });

describe('the roster', () => {
  it('makes each new identity a person of its own, with the id it was given', () => {
    const book = bookWith(ada, bob);
    expect(contactOf(book, bob)).toMatchObject({ id: 'c2', customName: null, favourite: false, monitored: true });
    expect(contactOf(book, { accountId: 'slack', userId: 'nobody' })).toBeNull();
  });

  it('is the very same book when a roster says again what is known, so that nothing is announced', () => {
    const book = bookWith(ada, bob);
    expect(upsertIdentity(book, { ...ada, groups: [] }, 'unused')).toBe(book);
  });

  it('replaces what is known of an identity and keeps the person', () => {
    const book = editContact(bookWith(ada), 'c1', { favourite: true });
    const after = upsertIdentity(book, { ...ada, displayName: 'Ada King', email: 'Ada@Example.org' }, 'unused');
    expect(describePerson(after, 'c1')).toMatchObject({ name: 'Ada King', contact: { favourite: true } });
    expect(brokenInvariants(after)).toEqual([]);
  });

  it('forgets a person with its last identity, and everything of an account that is removed', () => {
    const book = link(bookWith(ada, adaOnXmpp, bob), ['c1', 'c2']);
    const withoutSlack = removeAccount(book, 'slack');
    expect([...withoutSlack.contacts.keys()].sort()).toEqual(['c1', 'c2']);
    expect(describePerson(withoutSlack, 'c1').identities).toEqual([adaOnXmpp]);
    expect(brokenInvariants(withoutSlack)).toEqual([]);
    expect(contentOf(removeAccount(withoutSlack, 'xmpp'))).toEqual(contentOf(bookWith()));
    expect(removeIdentity(book, { accountId: 'slack', userId: 'nobody' })).toBe(book);
  });

  it('comes back from storage as it was', () => {
    const book = unlink(link(bookWith(ada, adaOnXmpp, bob), ['c1', 'c2', 'c3']), [bob], 'c9');
    const kept = JSON.parse(
      JSON.stringify({
        contacts: [...book.contacts.values()],
        identities: [...book.identities.values()],
        memberships: [...book.memberships.values()],
      }),
    );
    expect(contentOf(bookOf(kept))).toEqual(contentOf(book));
  });

  it('takes identities one by one in less than it would take to copy all that are there each time', () => {
    const COUNT = 5_000;
    const fill = () => {
      let book = bookWith();
      for (let n = 0; n < COUNT; n += 1) {
        book = upsertIdentity(book, identity({ userId: `U${n}`, email: `person${n}@example.org` }), `c${n}`);
      }
      return book.identities.size;
    };
    const copy = () => {
      let copied = new Map<string, string>();
      for (let n = 0; n < COUNT; n += 1) copied = new Map(copied).set(`U${n}`, `c${n}`);
      return copied.size;
    };
    const msOf = (work: () => number) => {
      const start = performance.now();
      expect(work()).toBe(COUNT);
      return performance.now() - start;
    };
    fill();
    // One copied map against five that the book has.
    expect(msOf(fill)).toBeLessThan(msOf(copy));
  });
});

describe('who answers', () => {
  it('is the person linked into, whose id a look-up of the other one is told', () => {
    const book = link(link(bookWith(ada, adaOnXmpp, bob), ['c2', 'c3']), ['c1', 'c2']);
    expect(survivorOf(book, 'c3')?.id).toBe('c1');
    expect(() => present(book, 'c3')).toThrow(
      expect.objectContaining({ code: 'not-found', params: { contactId: 'c3', mergedInto: 'c1' } }),
    );
    expect(() => present(book, 'c99')).toThrow(
      expect.objectContaining({ code: 'not-found', params: { contactId: 'c99', mergedInto: null } }),
    );
  });
});

describe('opting out', () => {
  it('covers every identity of the person', () => {
    const book = editContact(link(bookWith(ada, adaOnXmpp), ['c1', 'c2']), 'c1', { monitored: false });
    expect([isMonitored(book, ada), isMonitored(book, adaOnXmpp)]).toEqual([false, false]);
  });

  it('is not undone by a link, only by opting in', () => {
    const optedOut = editContact(bookWith(ada, adaOnXmpp), 'c2', { monitored: false });
    const linked = link(optedOut, ['c1', 'c2']);
    expect([isMonitored(linked, ada), isMonitored(linked, adaOnXmpp)]).toEqual([true, false]);
    expect(isMonitored(editContact(linked, 'c1', { monitored: true }), adaOnXmpp)).toBe(true);
  });

  it('does not concern whom nobody knows yet', () => {
    expect(isMonitored(bookWith(), ada)).toBe(true);
  });
});

describe('how a person is shown', () => {
  it('has the user’s own name, else a full name, else a name, and an id only when there is nothing else', () => {
    const book = link(bookWith(adaOnXmpp, ada), ['c1', 'c2']);
    expect(describePerson(book, 'c1').name).toBe('Ada Byron');
    expect(describePerson(editContact(book, 'c1', { customName: 'Countess' }), 'c1').name).toBe('Countess');
    const nick = bookWith(identity({ displayName: 'U1' }), adaOnXmpp);
    expect(describePerson(link(nick, ['c1', 'c2']), 'c1').name).toBe('ada');
    expect(describePerson(nick, 'c1').name).toBe('U1');
    expect(describePerson(bookWith(identity({ displayName: '', email: 'ada@example.org' })), 'c1').name).toBe(
      'ada@example.org',
    );
    expect(describePerson(bookWith(identity({ displayName: ' ' })), 'c1').name).toBe('U1');
  });

  it('has the groups and the zone of the identities unless the user said otherwise', () => {
    const book = link(
      bookWith({ ...ada, groups: ['Work', 'Engine'], timeZone: 'Europe/London' }, { ...adaOnXmpp, groups: ['Work'] }),
      ['c1', 'c2'],
    );
    expect(describePerson(book, 'c1')).toMatchObject({ groups: ['Engine', 'Work'], timeZone: 'Europe/London' });
    const edited = editContact(book, 'c1', { customGroups: [], customTimeZone: 'Asia/Kolkata' });
    expect(describePerson(edited, 'c1')).toMatchObject({ groups: [], timeZone: 'Asia/Kolkata' });
  });
});
