import { describe, expect, it } from 'vitest';
import { hueOf, initialsOf } from '../../../renderer/ui/initials.ts';

describe('initials', () => {
  it('takes the first and the last word, also of addresses and user names', () => {
    expect(initialsOf('Ada Byron')).toBe('AB');
    expect(initialsOf('Ada Augusta King Byron')).toBe('AB');
    expect(initialsOf('ada.byron@example.org')).toBe('AO');
    expect(initialsOf('ada')).toBe('A');
  });

  it('copes with emoji, other scripts and nothing at all', () => {
    expect(initialsOf('🚀 Émile')).toBe('É');
    expect(initialsOf('田中 美')).toBe('田美');
    expect(initialsOf('🚀')).toBe('?');
    expect(initialsOf('')).toBe('?');
  });

  it('gives the same name the same hue, and spreads names over the circle', () => {
    expect(hueOf('Ada Byron')).toBe(hueOf('Ada Byron'));
    const hues = new Set(Array.from({ length: 200 }, (_, index) => Math.floor(hueOf(`Person ${index}`) / 30)));
    expect(hues.size).toBeGreaterThanOrEqual(10);
  });
});
