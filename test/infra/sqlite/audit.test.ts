import { afterEach, describe, expect, it } from 'vitest';
import { addMs } from '../../../src/domain/time.ts';
import type { AuditEntry } from '../../../src/ports/audit-trail.ts';
import { DRIVERS, databaseFolder } from './drivers.ts';
import { at } from './records.ts';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const clean of cleanups.splice(0)) clean();
});

const entry = (id: string, over: Partial<AuditEntry> = {}): AuditEntry => ({
  id,
  at,
  event: 'signed-in',
  accountId: 'a',
  platform: 'zoom',
  label: 'Work',
  detail: 'Signed in as Ada.',
  scopes: ['user:read'],
  ...over,
});

describe.each(DRIVERS)('the audit trail kept with $name', ({ driver }) => {
  const opened = () => {
    const folder = databaseFolder(driver);
    cleanups.push(() => folder.clean());
    return folder;
  };

  it('gives entries newest first, in the order of writing, also when the clock was set back', () => {
    const { audit } = opened().open();
    audit.add(entry('one'));
    audit.add(entry('two', { accountId: null, scopes: null, label: null, platform: null, event: 'exported' }));
    audit.add(entry('three', { at: addMs(at, -60_000) }));
    expect(audit.idsNewestFirst(null)).toEqual(['three', 'two', 'one']);
    expect(audit.idsNewestFirst('a')).toEqual(['three', 'one']);
    expect(audit.find('one')).toEqual(entry('one'));
    expect(audit.all().map(({ id }) => id)).toEqual(['three', 'two', 'one']);
  });

  it('refuses to change or delete one, and is emptied only by erasing everything', () => {
    const folder = opened();
    const database = folder.open();
    database.audit.add(entry('one'));
    database.close();
    const raw = new driver(folder.file);
    expect(() => raw.exec("UPDATE audit SET detail = 'nothing happened'")).toThrow(/append-only/);
    expect(() => raw.exec('DELETE FROM audit')).toThrow(/append-only/);
    raw.close();
    const again = folder.open();
    expect(again.audit.find('one')).toEqual(entry('one'));
    again.erase();
    expect(again.audit.all()).toEqual([]);
    again.audit.add(entry('after'));
    again.close();
    const after = new driver(folder.file);
    expect(() => after.exec('DELETE FROM audit')).toThrow(/append-only/);
    after.close();
  });
});
