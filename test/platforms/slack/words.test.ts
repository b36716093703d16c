import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameOfUnicode, unicodeOfHex, unicodeOfName } from '../../../src/platforms/slack/emoji-names.ts';
import { fitWords } from '../../../src/platforms/slack/own-words.ts';
import { readableEmoji, readableText, unescapeText } from '../../../src/platforms/slack/text.ts';

describe('Slack’s emoji names', () => {
  it.each([
    ['coffee', '☕'],
    ['+1', '👍'],
    ['thumbsup', '👍'],
    ['wave::skin-tone-2', '👋🏻'],
    ['wave::skin-tone-6', '👋🏿'],
    ['flag-de', '🇩🇪'],
    ['spiral_calendar_pad', '🗓️'],
    ['rainbow-flag', '🏳️‍🌈'],
    ['one', '1️⃣'],
    ['pager-duty', null],
    ['wave::skin-tone-9', null],
    ['constructor', null],
    ['', null],
  ])('%s is %s', (name, unicode) => {
    expect(unicodeOfName(name)).toBe(unicode);
  });

  it.each([
    ['🎧', 'headphones'],
    ['👍', '+1'],
    ['👋🏽', 'wave::skin-tone-4'],
    ['🗓', 'spiral_calendar_pad'],
    ['🗓️', 'spiral_calendar_pad'],
    ['🏳️‍🌈', 'rainbow-flag'],
    ['x', null],
    ['☕☕', null],
    ['', null],
  ])('%s is called %s', (unicode, name) => {
    expect(nameOfUnicode(unicode)).toBe(name);
  });

  it('goes there and back', () => {
    for (const emoji of ['☕', '🎧', '🇩🇪', '👩‍💻', '🧘🏾', '❤️', '🏖️', '🤒']) {
      const name = nameOfUnicode(emoji);
      expect(name, emoji).not.toBe(null);
      expect(unicodeOfName(name ?? ''), emoji).toBe(emoji);
    }
  });

  it('reads hexadecimal code points, and nothing from nonsense', () => {
    expect(unicodeOfHex('1f5d3-fe0f')).toBe('🗓️');
    expect(unicodeOfHex('2615')).toBe('☕');
    expect(unicodeOfHex('zz-1')).toBe('');
    expect(unicodeOfHex('ffffffff')).toBe('');
  });
});

describe('Slack’s texts', () => {
  it.each([
    ['R&amp;D &lt;b&gt;', 'R&D <b>'],
    ['&amp;lt;', '&lt;'],
    [':coffee: at 10:30:00', '☕ at 10:30:00'],
    ['::', '::'],
    [':harbour: :tea:', ':harbour: 🍵'],
  ])('%s reads %s', (raw, text) => {
    expect(readableText(raw)).toBe(text);
  });

  it('undoes exactly what Slack escapes', () => {
    const escaped = (text: string): string =>
      text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    fc.assert(fc.property(fc.string(), (text) => unescapeText(escaped(text)) === text));
  });

  it('trusts Slack’s own hint about a status emoji first', () => {
    const info = [{ emoji_name: 'party', unicode: '1f389', display_url: 'https://x' }];
    expect(readableEmoji({ status_emoji: ':party:', status_emoji_display_info: info })).toBe('🎉');
    expect(readableEmoji({ status_emoji: ':party:' })).toBe(':party:');
    expect(readableEmoji({ status_emoji: '' })).toBe(null);
  });
});

describe('fitting a status to Slack', () => {
  it('never sends more than Slack takes, and says so exactly when something was left out', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 160 }), (message) => {
        const { text, notes } = fitWords(message, null);
        expect([...text].length).toBeLessThanOrEqual(100);
        expect(notes.length === 0).toBe(text === message.trim());
        expect(text.isWellFormed()).toBe(true);
      }),
    );
  });

  it('goes without an emoji that Slack does not have', () => {
    expect(fitWords('Hi', 'x')).toMatchObject({ emoji: '', notes: [expect.stringContaining('x')] });
    expect(fitWords('  ', null)).toEqual({ text: '', emoji: '', notes: [] });
    expect(fitWords(null, ':wave::skin-tone-3:')).toEqual({ text: '', emoji: ':wave::skin-tone-3:', notes: [] });
  });
});
