import { describe, expect, it } from 'vitest';
import { fold, matcherOf } from '../../../renderer/selectors/search.ts';
import { contact, identity } from '../support/team.ts';

const zoe = contact({
  name: 'Zoë Straßer',
  email: 'zoe@example.org',
  groups: ['Übersetzung'],
  identities: [identity({ userId: 'U0ZOE', displayName: 'zoé' })],
});

describe('search', () => {
  it('ignores case, accents and ß', () => {
    expect(fold('  ZOË Straßer ')).toBe('zoe strasser');
    for (const query of ['zoe', 'ZOË', 'strasser', 'Straßer', 'uber']) expect(matcherOf(query)(zoe)).toBe(true);
  });

  it('finds by email, user id and part of a word', () => {
    for (const query of ['zoe@ex', 'u0zoe', 'traß']) expect(matcherOf(query)(zoe)).toBe(true);
  });

  it('wants every word, in any order', () => {
    expect(matcherOf('strasser zoe')(zoe)).toBe(true);
    expect(matcherOf('zoe byron')(zoe)).toBe(false);
  });

  it('matches everybody when nothing is typed', () => {
    expect(matcherOf('   ')(zoe)).toBe(true);
  });

  it('does not find across the border of two fields', () => {
    expect(matcherOf('straßerzoe')(zoe)).toBe(false);
  });
});
