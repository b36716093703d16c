import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const tokens = readFileSync('renderer/ui/tokens.css', 'utf8');
const sheets = globSync('renderer/**/*.css')
  .filter((path) => !path.endsWith('tokens.css'))
  .map((path) => ({ path, text: readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '') }));

/** The first definition of each colour is the one for normal contrast. */
const pairs = new Map<string, readonly [string, string]>();
for (const [, name, light, dark] of tokens.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)) {
  if (name !== undefined && light !== undefined && dark !== undefined && !pairs.has(name))
    pairs.set(name, [light, dark]);
}

const luminance = (hex: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

/** The contrast ratio of WCAG 2, 1 to 21. */
const contrast = (a: string, b: string): number => {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
};

const ratios = (text: string, ground: string): readonly number[] => {
  const [lightText, darkText] = pairs.get(text) ?? ['#000000', '#000000'];
  const [lightGround, darkGround] = pairs.get(ground) ?? ['#000000', '#000000'];
  return [contrast(lightText, lightGround), contrast(darkText, darkGround)];
};

const grounds = ['bg', 'surface', 'raised', 'sunken', 'hover'];
const readable: readonly (readonly [string, string])[] = [
  ...['text', 'muted', 'faint'].flatMap((text) => grounds.map((ground) => [text, ground] as const)),
  ...['text', 'muted', 'accent-text'].map((text) => [text, 'accent-soft'] as const),
  ...['ok', 'warn', 'bad'].flatMap((tone) => [
    [`${tone}-text`, `${tone}-soft`] as const,
    ['muted', `${tone}-soft`] as const,
  ]),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['on-danger', 'danger'],
  ['bad-text', 'surface'],
  ['bad-text', 'raised'],
];
const visible: readonly (readonly [string, string])[] = [
  ...['online', 'idle', 'busy', 'away', 'offline', 'unknown', 'line-strong', 'focus', 'danger'].map(
    (shape) => [shape, 'surface'] as const,
  ),
];

describe('design tokens', () => {
  it.each(readable)('%s can be read on %s, light and dark', (text, ground) => {
    for (const ratio of ratios(text, ground)) expect(ratio).toBeGreaterThanOrEqual(4.5);
  });

  it.each(visible)('%s can be seen on %s, light and dark', (shape, ground) => {
    for (const ratio of ratios(shape, ground)) expect(ratio).toBeGreaterThanOrEqual(3);
  });
});

describe('style sheets', () => {
  it('write down no colour of their own', () => {
    const own = sheets.flatMap(({ path, text }) =>
      [...text.matchAll(/#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|lab|lch|color)\(/gi)].map(([found]) => `${path}: ${found}`),
    );
    expect(own).toEqual([]);
  });

  it('use only tokens that exist, or a variable that they or their component set', () => {
    const own = (text: string, name: string): boolean => text.includes(`${name}:`);
    const set = new Set(
      globSync('renderer/**/*.{ts,tsx}').flatMap((path) =>
        [...readFileSync(path, 'utf8').matchAll(/'(--[\w-]+)'/g)].map(([, name]) => name ?? ''),
      ),
    );
    const missing = sheets.flatMap(({ path, text }) =>
      [...text.matchAll(/var\((--[\w-]+)/g)]
        .map(([, name]) => name ?? '')
        .filter((name) => !name.startsWith('--radix-') && !own(tokens, name) && !own(text, name) && !set.has(name))
        .map((name) => `${path}: ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it('name no left and no right, so that right-to-left mirrors by itself', () => {
    const physical = sheets.flatMap(({ path, text }) =>
      [
        ...text.matchAll(
          /(?:^|[\s;{])((?:margin|padding|border|inset)?-?(?:left|right)(?:-[\w-]+)?)\s*:|text-align:\s*(?:left|right)/g,
        ),
      ].map(([found]) => `${path}: ${found.trim()}`),
    );
    expect(physical).toEqual([]);
  });
});
