import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MusterError } from '../../../src/domain/errors.ts';
import { epochMs } from '../../../src/domain/time.ts';
import { requireNodeApi } from '../../../src/infra/sqlite/driver.ts';
import { MIGRATIONS } from '../../../src/infra/sqlite/migrations/migrations.ts';
import { quietLogger } from '../../support/quiet-logger.ts';
import { DRIVERS, databaseFolder } from './drivers.ts';

function codeOf(fn: () => unknown): string {
  try {
    fn();
  } catch (thrown) {
    if (thrown instanceof MusterError) return thrown.code;
    throw thrown;
  }
  return 'nothing thrown';
}

const account = {
  id: 'a',
  platform: 'xmpp',
  label: 'Work',
  settings: {},
  enabled: true,
  createdAt: epochMs(1),
  self: null,
};

describe.each(DRIVERS)('opening a database with $name', ({ name, driver }) => {
  let home: ReturnType<typeof databaseFolder>;
  beforeEach(() => {
    home = databaseFolder(driver);
  });
  afterEach(() => home.clean());

  it('writes ahead, waits for the disk at each commit and keeps foreign keys', () => {
    home.open().accounts.save(account);
    expect(existsSync(`${home.file}-wal`)).toBe(true);
    const look = new driver(home.file);
    expect(look.prepare('PRAGMA journal_mode').all([])).toEqual([{ journal_mode: 'wal' }]);
    expect(look.prepare('PRAGMA user_version').all([])).toEqual([{ user_version: MIGRATIONS.length }]);
    look.close();
  });

  it('refuses a home of a newer version and leaves every byte of it', () => {
    home.open({ migrations: [...MIGRATIONS, 'CREATE TABLE later (x TEXT)'] }).close();
    const before = readFileSync(home.file);
    expect(codeOf(() => home.open())).toBe('home-newer-version');
    expect(readFileSync(home.file).equals(before)).toBe(true);
    expect(readdirSync(home.folder).filter((entry) => entry.includes('corrupt'))).toEqual([]);
  });

  it('refuses a newer version too when only the write-ahead log has it', () => {
    const newer = home.open({ migrations: [...MIGRATIONS, 'CREATE TABLE later (x TEXT)'] });
    expect(codeOf(() => home.open())).toBe('home-newer-version');
    newer.close();
  });

  it('brings an older file to the present schema and keeps what it holds', () => {
    home.open().accounts.save(account);
    const later = home.open({
      migrations: [...MIGRATIONS, "ALTER TABLE accounts ADD COLUMN extra TEXT NOT NULL DEFAULT 'x'"],
    });
    expect(later.accounts.all()).toEqual([account]);
  });

  it('leaves a file at the version before a step that fails', () => {
    expect(() => home.open({ migrations: [...MIGRATIONS, 'CREATE TABLE later (x TEXT); nonsense'] })).toThrow(
      MusterError,
    );
    expect(home.open().accounts.all()).toEqual([]);
  });

  it.each([
    ['text', () => writeFileSync(home.file, 'not a database '.repeat(1_000))],
    ['a few bytes', () => writeFileSync(home.file, 'SQLite format 3\0')],
    [
      'a database with overwritten pages',
      () => {
        const db = home.open();
        for (let index = 0; index < 500; index += 1)
          db.accounts.save({ ...account, id: `a${index}`, label: 'x'.repeat(200) });
        db.close();
        const bytes = readFileSync(home.file);
        bytes.fill(0xa5, 4_096);
        writeFileSync(home.file, bytes);
      },
    ],
    [
      'a database that was cut off',
      () => {
        const db = home.open();
        for (let index = 0; index < 500; index += 1)
          db.accounts.save({ ...account, id: `a${index}`, label: 'x'.repeat(200) });
        db.close();
        truncateSync(home.file, 20_000);
      },
    ],
  ])('keeps %s aside byte for byte, says so, and starts afresh', (_what, damage) => {
    damage();
    const bytes = readFileSync(home.file);
    const logger = quietLogger();
    const db = home.open({ logger });
    expect(db.accounts.all()).toEqual([]);
    expect(db.recovered?.message).toContain('muster.corrupt-1767000000000.db');
    expect(readFileSync(db.recovered?.keptAside ?? '').equals(bytes)).toBe(true);
    expect(logger.lines.some((line) => line.level === 'error')).toBe(true);
    db.accounts.save(account);
    db.close();
    expect(home.open().accounts.all()).toEqual([account]);
    expect(home.open().recovered).toBeNull();
  });

  it('never overwrites what was kept aside before', () => {
    writeFileSync(home.file, 'first '.repeat(1_000));
    home.open().close();
    writeFileSync(home.file, 'second '.repeat(1_000));
    home.open();
    const kept = readdirSync(home.folder).filter((name) => /corrupt-\d+(-\d+)?\.db$/.test(name));
    expect(kept.map((name) => readFileSync(join(home.folder, name), 'utf8').split(' ')[0]).sort()).toEqual([
      'first',
      'second',
    ]);
  });

  it('leaves out a row that it cannot read, says which columns, and does not touch it', () => {
    const db = home.open();
    db.accounts.save(account);
    db.accounts.save({ ...account, id: 'b' });
    db.close();
    const raw = new driver(home.file);
    raw.exec(`UPDATE accounts SET settings = '{secret' WHERE id = 'a'`);
    raw.close();
    const logger = quietLogger();
    expect(
      home
        .open({ logger })
        .accounts.all()
        .map(({ id }) => id),
    ).toEqual(['b']);
    expect(logger.lines).toEqual([expect.objectContaining({ level: 'warn', fields: { columns: 'settings' } })]);
    expect(JSON.stringify(logger.lines)).not.toContain('{secret');
  });

  it('says that it cannot be read instead of moving what is not a damaged database', () => {
    mkdirSync(home.file);
    expect(codeOf(() => home.open())).toBe('home-corrupted');
    expect(readdirSync(home.folder)).toEqual(['muster.db']);
  });

  it('loses nothing that was saved, and nothing half, when it is killed while writing', async () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'writer.ts'), home.file, name], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    await new Promise<void>((resolve, reject) => {
      child.once('exit', () => reject(new Error(`ended early: ${said}`)));
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString('utf8');
        if (said.split('\n').length > 40) {
          child.removeAllListeners('exit');
          child.once('exit', () => resolve());
          child.kill('SIGKILL');
        }
      });
    });
    const saved = Number(said.trim().split('\n').at(-2));
    const db = home.open();
    const kept = db.accounts.all();
    expect(db.recovered).toBeNull();
    // Each transaction writes two accounts, then says its number.
    expect(kept.length).toBeGreaterThanOrEqual(2 * saved);
    expect(kept.length % 2).toBe(0);
  });
});

describe('the runtime', () => {
  it('is refused where better-sqlite3 would end the process, not with libsql', () => {
    const [better, libsql] = DRIVERS.map(({ driver }) => driver);
    if (!better || !libsql) throw new Error('both drivers are needed');
    expect(codeOf(() => requireNodeApi(better, '9'))).toBe('internal');
    expect(() => requireNodeApi(better, '10')).not.toThrow();
    expect(() => requireNodeApi(libsql, '9')).not.toThrow();
    expect(() => requireNodeApi(better)).not.toThrow();
  });
});
