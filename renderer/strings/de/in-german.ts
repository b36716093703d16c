import { activityWords } from './core/activities.ts';
import { auditSentences } from './core/audit.ts';
import { findingSentences } from './core/findings.ts';
import { reasonSentences } from './core/reasons.ts';
import { resultSentences } from './core/results.ts';
import { streamSentences } from './core/stream-reasons.ts';
import { platformWords } from './platform-words.ts';
import { recommendationInGerman } from './recommendations.ts';

const sentences = [
  ...resultSentences,
  ...reasonSentences,
  ...streamSentences,
  ...auditSentences,
  ...findingSentences,
  ...activityWords,
];
const exact = new Map(
  sentences.flatMap(([english, german]) => (typeof english === 'string' ? [[english, german]] : [])),
);
const patterns = sentences.flatMap(([english, german]) =>
  typeof english === 'string' ? [] : [[english, german] as const],
);

const byPattern = (english: string): string | null => {
  for (const [pattern, german] of patterns) {
    const groups = pattern.exec(english)?.groups;
    if (groups !== undefined)
      return german.replaceAll(/\{(\w+)\}/g, (_all, name: string) => inGerman(groups[name] ?? ''));
  }
  return null;
};

const whole = (english: string): string | null =>
  platformWords.get(english) ?? exact.get(english) ?? recommendationInGerman(english) ?? byPattern(english);

/**
 * German for what the core says in English: a text that is known as a whole, else sentence by sentence, since the core joins what
 * happened, what still works and what to do. A sentence that is not known stays as it is.
 */
export const inGerman = (english: string): string =>
  whole(english) ??
  english
    .split(/(?<=[.”]) (?=[A-ZÄÖÜ“\d])/)
    .map((sentence) => whole(sentence) ?? sentence)
    .join(' ');
