import { describe, expect, it } from 'vitest';
import { auditLines } from '../../../renderer/selectors/audit.ts';
import type { AuditEntryView } from '../../../src/contract/index.ts';

/** Entries an hour apart, newest first. */
const trail = (...given: Partial<AuditEntryView>[]): AuditEntryView[] =>
  given.map((part, index) => ({
    id: `au_${index}`,
    at: new Date(Date.parse('2026-03-02T12:00:00Z') - index * 3_600_000).toISOString(),
    event: 'token-refreshed',
    accountId: 'a_1',
    platform: 'teams',
    label: 'Works',
    detail: 'The sign-in was renewed.',
    scopes: null,
    ...part,
  }));
const told = (entries: AuditEntryView[]) =>
  auditLines(entries).map(({ entry, count, firstAt }) => [entry.id, count, firstAt.slice(11, 13)]);

describe('the audit trail in lines', () => {
  it('tells what repeats once, with how often and since when', () => {
    expect(told(trail({}, {}, {}))).toEqual([['au_0', 3, '10']]);
  });

  it('does so for each account, whatever comes between of the same kind', () => {
    expect(told(trail({}, { accountId: 'a_2' }, {}, { accountId: 'a_2' }))).toEqual([
      ['au_0', 2, '10'],
      ['au_1', 2, '09'],
    ]);
  });

  it('keeps the order around something else that happened', () => {
    const other = { event: 'signed-in', detail: 'Signed in as Noor.' } as const;
    expect(told(trail({}, other, {}, {}))).toEqual([
      ['au_0', 1, '12'],
      ['au_1', 1, '11'],
      ['au_2', 2, '09'],
    ]);
  });

  it('tells different sentences, and every consent, apart', () => {
    expect(told(trail({ detail: 'One.' }, { detail: 'Two.' }))).toHaveLength(2);
    const consent = { event: 'consent-granted' as const, scopes: ['a'] };
    expect(told(trail(consent, consent))).toHaveLength(2);
  });
});
