import type { AuditEntryView } from '../../src/contract/index.ts';

/** One line of the trail: the newest of entries that say the same, how many they are, and when the first of them was. */
export type AuditLine = { readonly entry: AuditEntryView; readonly count: number; readonly firstAt: string };

/**
 * The trail with what repeats told once: entries (newest first) of one event that follow one another are one line for each account and
 * sentence. An hourly renewal would else push everything that matters out of sight. Consent is never folded: each says what it was to.
 */
export const auditLines = (entries: readonly AuditEntryView[]): readonly AuditLine[] => {
  const lines: AuditLine[] = [];
  let run = new Map<string, number>();
  let event: AuditEntryView['event'] | null = null;
  for (const entry of entries) {
    if (entry.event !== event) run = new Map();
    event = entry.event;
    const key = `${entry.accountId} ${entry.detail}`;
    const place = entry.scopes === null ? run.get(key) : undefined;
    const line = place === undefined ? undefined : lines[place];
    if (line === undefined || place === undefined) {
      if (entry.scopes === null) run.set(key, lines.length);
      lines.push({ entry, count: 1, firstAt: entry.at });
    } else lines[place] = { ...line, count: line.count + 1, firstAt: entry.at };
  }
  return lines;
};
