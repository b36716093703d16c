import { describe, expect, it } from 'vitest';
import { readDeepLink } from '../../../main/deep-links/deep-link.ts';

describe('a muster: link', () => {
  it('opens a person, or a place of the interface', () => {
    expect(readDeepLink('muster://person/c_Ab-1')).toBe('/people/c_Ab-1');
    expect(readDeepLink('MUSTER://people')).toBe('/people');
    expect(readDeepLink('muster://preferences/')).toBe('/preferences');
  });

  it('does nothing else', () => {
    for (const link of [
      'muster://',
      'muster://person',
      'muster://person/',
      'muster://person/a/b',
      'muster://person/a%2Fb',
      'muster://person/../preferences',
      'muster://people/c_1',
      'muster://people?status=busy',
      'muster://people#x',
      'muster://user@people',
      'muster://people:80',
      'muster://status/busy',
      'muster-app://interface/people',
      'https://people',
      `muster://person/${'a'.repeat(600)}`,
      '--muster://people',
    ]) {
      expect(readDeepLink(link), link).toBeNull();
    }
  });
});
