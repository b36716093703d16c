import { describe, expect, it } from 'vitest';
import { compareContacts, matches, type Sortable } from '../../../src/domain/contacts/search.ts';

const person = { name: 'Zoë Łukasz Müller-Groß', emails: ['zoe@example.org'], userIds: ['U012ABC', 'zl@chat.test'] };

describe('searching people', () => {
  it('does not mind case, accents or letters that a keyboard lacks', () => {
    for (const query of ['zoe', 'ZOË', 'lukasz', 'muller', 'Mu\u0308ller', 'gross'])
      expect(matches(query, person)).toBe(true);
    expect(matches('müller', { ...person, name: 'Muller' })).toBe(true);
  });

  it('looks at email and user id too, and wants every word', () => {
    for (const query of ['example.org', 'u012', 'zl@chat', 'müller zoë', ' ', ''])
      expect(matches(query, person)).toBe(true);
    for (const query of ['zoe smith', 'example.com']) expect(matches(query, person)).toBe(false);
  });

  it('does not find what only touches across two fields', () => {
    expect(matches('großzoe', person)).toBe(false);
  });
});

describe('the order of the list', () => {
  const someone = (id: string, part: Partial<Sortable> = {}): Sortable => ({
    id,
    name: id,
    favourite: false,
    status: 'offline',
    ...part,
  });

  it('is favourites, then status, then name as people sort names, then id', () => {
    const list = [
      someone('5', { name: 'Zoe', status: 'away' }),
      someone('4', { name: 'éva', status: 'away' }),
      someone('6', { name: 'Zoe', status: 'away', favourite: false }),
      someone('3', { name: 'Dan', status: 'online' }),
      someone('1', { name: 'Tom', favourite: true, status: 'idle' }),
      someone('2', { name: 'Ann', favourite: true, status: 'unknown' }),
      someone('7', { name: 'Fay', status: 'away' }),
    ];
    expect(list.toSorted(compareContacts).map(({ id }) => id)).toEqual(['1', '2', '3', '4', '7', '5', '6']);
  });
});
