import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Identity } from '../../../src/domain/contacts/contact.ts';
import {
  type ContactBook,
  contactOf,
  editContact,
  removeIdentity,
  upsertIdentity,
} from '../../../src/domain/contacts/contact-book.ts';
import { describe as describePerson } from '../../../src/domain/contacts/describe.ts';
import { link, linkByEmail, unlink } from '../../../src/domain/contacts/linking.ts';
import { suggestions } from '../../../src/domain/contacts/suggestions.ts';
import { bookWith, brokenInvariants, contentOf, identity } from './people.ts';

const ada = identity({ email: 'ada@example.org' });
const adaElsewhere = identity({ accountId: 'slack2', userId: 'U7', displayName: 'ada', email: 'Ada@Example.ORG' });
const adaOnXmpp = identity({ accountId: 'xmpp', userId: 'ada@example.org', displayName: 'Ada B' });
const owner = (book: ContactBook, one: Identity) => contactOf(book, one)?.id;

describe('linking by hand', () => {
  it('makes one person: the first survives, the others are kept for later', () => {
    const book = link(bookWith(ada, adaOnXmpp), ['c2', 'c1']);
    expect([owner(book, ada), owner(book, adaOnXmpp)]).toEqual(['c2', 'c2']);
    expect(book.contacts.get('c1')).toMatchObject({ mergedInto: 'c2' });
    expect(describePerson(book, 'c2').email).toBe('ada@example.org');
  });

  it('changes nothing for a person with itself, and refuses whom it does not know', () => {
    const book = bookWith(ada, adaOnXmpp);
    expect(link(book, ['c1', 'c1'])).toBe(book);
    expect(() => link(book, ['c1', 'c3'])).toThrow(expect.objectContaining({ code: 'not-found' }));
    expect(() => link(link(book, ['c1', 'c2']), ['c1', 'c2'])).toThrow(
      expect.objectContaining({ code: 'not-found', params: { contactId: 'c2', mergedInto: 'c1' } }),
    );
  });
});

describe('unlinking', () => {
  it('gives back the earlier person with its id, name, groups and favourite mark', () => {
    const said = { customName: 'Mum', favourite: true, customGroups: ['Family'] };
    const before = editContact(bookWith(ada, adaOnXmpp), 'c2', said);
    const after = unlink(link(before, ['c1', 'c2']), [adaOnXmpp], 'unused');
    expect(contactOf(after, adaOnXmpp)).toMatchObject({ id: 'c2', mergedInto: null, ...said });
    expect(contentOf(after, false)).toEqual(contentOf(before, false));
  });

  it('gives back the one that was linked most directly, when several were', () => {
    const third = identity({ userId: 'U3' });
    const fourth = identity({ userId: 'U4' });
    const chain = link(link(bookWith(ada, third, adaOnXmpp, fourth), ['c3', 'c2']), ['c1', 'c3']);
    const after = unlink(link(chain, ['c1', 'c4']), [third, fourth], 'c9');
    expect([owner(after, third), owner(after, fourth)]).toEqual(['c4', 'c4']);
    expect(brokenInvariants(after)).toEqual([]);
  });

  it('leaves the id with those who stay when the survivor’s own identity goes', () => {
    const book = editContact(link(bookWith(ada, adaOnXmpp), ['c1', 'c2']), 'c1', { favourite: true });
    const after = unlink(book, [ada], 'c9');
    expect([owner(after, ada), owner(after, adaOnXmpp)]).toEqual(['c9', 'c1']);
    expect(after.contacts.get('c9')).toMatchObject({ favourite: false, customName: null });
    expect(brokenInvariants(after)).toEqual([]);
  });

  it('does nothing with all identities of a person, and refuses those of two', () => {
    const book = bookWith(ada, adaOnXmpp);
    expect(unlink(book, [ada], 'c9')).toBe(book);
    expect(unlink(book, [], 'c9')).toBe(book);
    expect(() => unlink(book, [ada, adaOnXmpp], 'c9')).toThrow(expect.objectContaining({ code: 'invalid-request' }));
    expect(() => unlink(book, [adaElsewhere], 'c9')).toThrow(expect.objectContaining({ code: 'not-found' }));
  });
});

describe('linking by email', () => {
  it('joins equal confirmed emails, whatever their case', () => {
    const book = linkByEmail(bookWith(ada, adaElsewhere));
    expect(owner(book, adaElsewhere)).toBe(owner(book, ada));
    expect(linkByEmail(book)).toBe(book);
  });

  it('keeps the person about whom the user has said most', () => {
    const book = editContact(bookWith(ada, adaElsewhere), 'c2', { customName: 'Countess' });
    expect(owner(linkByEmail(book), ada)).toBe('c2');
  });

  it('never joins again what the user unlinked', () => {
    const apart = unlink(linkByEmail(bookWith(ada, adaElsewhere)), [adaElsewhere], 'c9');
    expect(owner(linkByEmail(apart), adaElsewhere)).toBe('c2');
    const third = identity({ accountId: 'teams', userId: 'T', email: 'ada@example.org' });
    const more = linkByEmail(upsertIdentity(apart, third, 'c3'));
    expect([owner(more, third), owner(more, adaElsewhere)]).toEqual([owner(more, ada), 'c2']);
  });

  it('never joins what is opted out', () => {
    const book = editContact(bookWith(ada, adaElsewhere), 'c2', { monitored: false });
    expect(linkByEmail(book)).toBe(book);
  });

  it('looks only at the identities that it is told to', () => {
    const book = bookWith(ada, adaElsewhere, identity({ userId: 'U3', email: 'bob@example.org' }));
    expect(linkByEmail(book, [...bookWith(identity({ userId: 'U3' })).identities.keys()])).toBe(book);
    expect(owner(linkByEmail(book, [...bookWith(ada).identities.keys()]), adaElsewhere)).toBe('c1');
  });
});

describe('suggestions', () => {
  it('offers an address that is spelled like a confirmed email, and does not link it', () => {
    const book = linkByEmail(bookWith(ada, adaOnXmpp));
    expect(owner(book, adaOnXmpp)).toBe('c2');
    expect(suggestions(book, new Set())).toEqual([
      {
        key: expect.any(String),
        contactIds: ['c1', 'c2'],
        score: expect.any(Number),
        reasons: [
          { kind: 'address-equals-email', detail: 'ada@example.org' },
          { kind: 'initials', detail: 'Ada Byron ~ Ada B' },
        ],
      },
    ]);
  });

  it('does not offer what was dismissed, is one person already, was unlinked by hand or is opted out', () => {
    const book = bookWith(ada, adaOnXmpp);
    const [suggestion] = suggestions(book, new Set());
    expect(suggestions(book, new Set([suggestion?.key ?? '']))).toEqual([]);
    const linked = link(book, ['c1', 'c2']);
    expect(suggestions(linked, new Set())).toEqual([]);
    expect(suggestions(unlink(linked, [adaOnXmpp], 'c9'), new Set())).toEqual([]);
    expect(suggestions(editContact(book, 'c1', { monitored: false }), new Set())).toEqual([]);
    expect(suggestions(editContact(book, 'c2', { monitored: false }), new Set())).toEqual([]);
  });
});

describe('any history of a book', () => {
  type Step =
    | { readonly kind: 'upsert'; readonly who: Identity }
    | { readonly kind: 'remove'; readonly who: Identity }
    | { readonly kind: 'link'; readonly picks: readonly number[] }
    | { readonly kind: 'unlink'; readonly picks: readonly number[] }
    | { readonly kind: 'email' };
  const people = fc.record({
    accountId: fc.constantFrom('s', 'x'),
    userId: fc.constantFrom('1', '2', '3', '4'),
    email: fc.option(fc.constantFrom('a@e.org', 'b@e.org')),
  });
  const picks = fc.array(fc.nat(20), { minLength: 1, maxLength: 4 });
  const steps = fc.array(
    fc.oneof<fc.Arbitrary<Step>[]>(
      fc.record({ kind: fc.constant('upsert' as const), who: people.map((part) => identity(part)) }),
      fc.record({ kind: fc.constant('upsert' as const), who: people.map((part) => identity(part)) }),
      fc.record({ kind: fc.constant('remove' as const), who: people.map((part) => identity(part)) }),
      fc.record({ kind: fc.constant('link' as const), picks }),
      fc.record({ kind: fc.constant('link' as const), picks }),
      fc.record({ kind: fc.constant('unlink' as const), picks }),
      fc.constant({ kind: 'email' as const }),
    ),
    { maxLength: 30 },
  );
  const pick = <T>(list: readonly T[], numbers: readonly number[]): T[] =>
    list.length === 0 ? [] : numbers.flatMap((number) => list[number % list.length] ?? []);
  const idsOf = (book: ContactBook) => [...book.members.keys()].sort();

  function apply(book: ContactBook, step: Step, newId: string): ContactBook {
    if (step.kind === 'upsert') return upsertIdentity(book, step.who, newId);
    if (step.kind === 'remove') return removeIdentity(book, step.who);
    if (step.kind === 'email') return linkByEmail(book);
    if (step.kind === 'link') return link(book, pick(idsOf(book), step.picks));
    const [contactId] = pick(idsOf(book), step.picks.slice(0, 1));
    const members = book.members.get(contactId ?? '') ?? [];
    const identities = pick(members, step.picks).flatMap((key) => book.identities.get(key) ?? []);
    return unlink(book, identities, newId);
  }
  const history = steps.map((all) =>
    all.reduce((book, step, index) => apply(book, step, `n${String(index).padStart(2, '0')}`), bookWith()),
  );

  it('keeps every invariant', () => {
    fc.assert(
      fc.property(history, (book) => {
        expect(brokenInvariants(book)).toEqual([]);
      }),
      { numRuns: 1500 },
    );
  });

  it('is given back by unlinking what was just linked', () => {
    fc.assert(
      fc.property(history, fc.nat(20), fc.nat(20), (book, a, b) => {
        const [first = '', second = ''] = pick(idsOf(book), [a, b]);
        fc.pre(first !== second);
        const identities = (book.members.get(second) ?? []).flatMap((key) => book.identities.get(key) ?? []);
        const after = unlink(link(book, [first, second]), identities, 'never-needed');
        expect(contentOf(after, false)).toEqual(contentOf(book, false));
      }),
      { numRuns: 1500 },
    );
  });

  it('shows every person by a name', () => {
    fc.assert(
      fc.property(history, (book) => {
        for (const id of idsOf(book)) expect(describePerson(book, id).name).toBe('Ada Byron');
      }),
      { numRuns: 200 },
    );
  });
});
