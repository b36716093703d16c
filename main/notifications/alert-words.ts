import type { Alert } from '../../src/domain/alerts/watch.ts';
import type { Words } from '../strings/en.ts';

/** What the notification of an alert says: who became what, and the user's own note or what they were before. */
export function alertWords(
  words: Words,
  alert: Pick<Alert, 'from' | 'to'>,
  name: string,
  note: string | null,
): { title: string; body: string } {
  const { alert: say } = words;
  return { title: say.title(name, say.status[alert.to]), body: note ?? say.before(words.status[alert.from]) };
}
