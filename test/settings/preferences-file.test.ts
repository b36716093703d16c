import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { preferencesSchema } from '../../src/contract/schemas/system.ts';
import { epochMs } from '../../src/domain/time.ts';
import { confStore } from '../../src/settings/conf-store.ts';
import { SETTINGS_VERSION } from '../../src/settings/migrations.ts';
import { openPreferences } from '../../src/settings/preferences-file.ts';
import { DEFAULT_SETTINGS, settingsSchema } from '../../src/settings/schema.ts';

describe('preferences', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'muster-prefs-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));
  const file = () => join(home, 'preferences.json');
  const open = () => openPreferences({ home, make: confStore, now: epochMs(1_767_000_000_000) });
  const aside = () => readdirSync(home).filter((name) => name.includes('corrupt'));

  it('are the ones of the contract, and the defaults are allowed by it', () => {
    expect(Object.keys(settingsSchema.shape).sort()).toEqual(Object.keys(preferencesSchema.shape).sort());
    expect(preferencesSchema.parse(DEFAULT_SETTINGS)).toEqual(DEFAULT_SETTINGS);
  });

  it('have defaults in a fresh home, and outlive a restart', () => {
    const preferences = open();
    expect(preferences.read()).toEqual(DEFAULT_SETTINGS);
    expect(preferences.recovered).toBeNull();
    preferences.write({ ...DEFAULT_SETTINGS, theme: 'dark', shortcut: null });
    expect(open().read()).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark', shortcut: null });
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(file(), 'utf8')).version).toBe(SETTINGS_VERSION);
  });

  it.each(['{ not json', '', '[1]', 'null', '\0\0\0'])('keep %j aside and start with defaults', (text) => {
    writeFileSync(file(), text);
    const preferences = open();
    expect(preferences.read()).toEqual(DEFAULT_SETTINGS);
    expect(preferences.recovered?.message).toContain('preferences.corrupt-1767000000000.json');
    expect(readFileSync(preferences.recovered?.keptAside ?? '', 'utf8')).toBe(text);
    writeFileSync(file(), text);
    open();
    expect(aside()).toHaveLength(2);
  });

  it('keep what is allowed, name what is not, and keep the file as it was', () => {
    const text = JSON.stringify({ version: SETTINGS_VERSION, theme: 'dark', alertDwellSeconds: -4, language: 'tlh' });
    writeFileSync(file(), text);
    const preferences = open();
    expect(preferences.read()).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark' });
    expect(preferences.recovered?.message).toContain('language, alertDwellSeconds');
    expect(readFileSync(preferences.recovered?.keptAside ?? '', 'utf8')).toBe(text);
    expect(open().recovered).toBeNull();
  });

  it('say why they cannot be written, and are as they were', () => {
    const preferences = open();
    rmSync(home, { recursive: true });
    writeFileSync(home, 'no folder any more');
    expect(() => preferences.write({ ...DEFAULT_SETTINGS, theme: 'dark' })).toThrow(/cannot be written.*free space/);
  });

  it('of a newer version are refused and left as they are', () => {
    const text = JSON.stringify({ version: SETTINGS_VERSION + 1, theme: { like: 'never before' } });
    writeFileSync(file(), text);
    expect(open).toThrow(expect.objectContaining({ code: 'home-newer-version' }));
    expect(readFileSync(file(), 'utf8')).toBe(text);
    expect(readdirSync(home)).toEqual(['preferences.json']);
  });

  it('of an earlier version are brought to the present one', () => {
    writeFileSync(file(), JSON.stringify({ theme: 'light' }));
    expect(open().read()).toEqual({ ...DEFAULT_SETTINGS, theme: 'light' });
    expect(JSON.parse(readFileSync(file(), 'utf8')).version).toBe(SETTINGS_VERSION);
    expect(aside()).toEqual([]);
  });
});
