import { describe, expect, it } from 'vitest';
import { de } from '../../../renderer/strings/de.ts';
import { en } from '../../../renderer/strings/en.ts';

type Tree = { readonly [key: string]: string | Tree };

const leaves = (tree: Tree, path = ''): Map<string, string> =>
  new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[`${path}${key}`, value]] : [...leaves(value, `${path}${key}.`)],
    ),
  );

const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').sort();

describe('message catalogues', () => {
  const english = leaves(en);
  const german = leaves(de);

  it('have the same keys', () => {
    expect([...german.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('use the same placeholders in every language', () => {
    for (const [key, text] of english) {
      expect([key, placeholders(german.get(key) ?? '')]).toEqual([key, placeholders(text)]);
    }
  });

  it('speak calmly: no exclamation marks', () => {
    for (const [key, text] of [...english, ...german]) expect([key, text.includes('!')]).toEqual([key, false]);
  });

  it('have no text that was left in English, names and technical words aside', () => {
    const long = [...english].filter(([key, text]) => text.split(' ').length > 3 && german.get(key) === text);
    expect(long).toEqual([]);
  });
});
