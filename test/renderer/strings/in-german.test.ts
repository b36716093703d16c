import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inGerman } from '../../../renderer/strings/de/in-german.ts';
import { ACTIVITY_KINDS } from '../../../src/domain/presence/status.ts';

const src = join(import.meta.dirname, '../../../src');

/** Quoted sentences in sources, with `12` in place of what is put into them. */
const sentencesIn = (pattern: string, where: RegExp): [file: string, sentence: string][] =>
  globSync(pattern, { cwd: src }).flatMap((file) =>
    [...readFileSync(join(src, file), 'utf8').matchAll(where)].map(({ 2: text = '' }): [string, string] => [
      file,
      text.replaceAll(/\$\{[^}]+\}/g, '12'),
    ]),
  );

/** A quoted text that is a sentence: it begins with a capital and ends with a full stop. */
const QUOTED = `(['"\`])((?:(?!\\1)[^\\\\\\n]){10,}\\.)\\1`;

describe('what the core says, in German', () => {
  const results = [
    ...sentencesIn('platforms/*/*.ts', new RegExp(`notes\\.push\\(\\s*${QUOTED}`, 'g')),
    ...sentencesIn('services/own-status/account-publisher.ts', new RegExp(`detail:\\s*${QUOTED}`, 'g')),
  ];
  const audit = sentencesIn('services/**/*.ts', new RegExp(`audit\\.record(?:Once)?\\(\\s*'[^']+',\\s*${QUOTED}`, 'g'));

  const streams = sentencesIn(
    'platforms/{discord,xmpp}/{*,*/*}.ts',
    /(?:MusterError\(\s*'[^']+',\s*|message[:=]\s*|text = |: )(['"`])((?:(?!\1)[^\\\n]){10,}\.)\1/g,
  ).filter(([file]) => !file.endsWith('manifest.ts'));

  it('finds the sentences', () => {
    expect(streams.length).toBeGreaterThan(40);
    expect(results.length).toBeGreaterThan(8);
    expect(audit.length).toBeGreaterThan(4);
  });

  it.each(results)('a result: %s: %s', (_file, sentence) => {
    expect(inGerman(sentence)).not.toBe(sentence);
  });

  it.each(streams)('a failure of a stream: %s: %s', (_file, text) => {
    for (const sentence of text.split(/(?<=[.”]) (?=[A-Z“\d])/)) expect(inGerman(sentence)).not.toBe(sentence);
  });

  it.each(audit)('an entry of the audit trail: %s: %s', (_file, sentence) => {
    expect(inGerman(sentence)).not.toBe(sentence);
  });

  it.each(ACTIVITY_KINDS.filter((kind) => kind !== 'other'))('an activity: %s', (kind) => {
    const english = kind.replaceAll('-', ' ');
    expect(inGerman(english)).not.toBe(english);
  });

  it('is put together from its sentences, and keeps names and numbers', () => {
    expect(inGerman('Zoom has a problem of its own at the moment (HTTP 503). Muster tries again by itself.')).toBe(
      'Zoom hat gerade selbst ein Problem (HTTP 503). Muster versucht es von selbst wieder.',
    );
    expect(inGerman('Signed in as Ada Byron.')).toBe('Angemeldet als Ada Byron.');
    expect(inGerman('The sign-in could not be renewed yet: Zoom cannot be reached.')).toBe(
      'Die Anmeldung konnte noch nicht erneuert werden: Zoom ist nicht erreichbar.',
    );
    expect(inGerman('listening to Clair de lune')).toBe('hört Clair de lune');
  });

  it('keeps a sentence that is not known beside one that is', () => {
    expect(inGerman('The moon is full. Sign in again.')).toBe('The moon is full. Melde dich neu an.');
    expect(inGerman('Ask about the release')).toBe('Ask about the release');
  });
});
