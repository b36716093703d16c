import { copyFileSync, existsSync, readFileSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { MusterError } from '../domain/errors.ts';
import type { EpochMs } from '../domain/time.ts';
import type { MakePreferencesStore, PreferencesStore } from '../ports/preferences.ts';
import { migrateSettings, SETTINGS_VERSION, versionOf } from './migrations.ts';
import { parseSettings, type Settings } from './schema.ts';

const NAME = 'preferences';
const storedSchema = z.record(z.string(), z.unknown());

/** `preferences.json` of a home. */
export interface PreferencesFile {
  read(): Settings;
  /** On disk when it returns. */
  write(settings: Settings): void;
  /** What happened to the file at opening; null when all was well. */
  readonly recovered: { readonly keptAside: string; readonly message: string } | null;
}

/**
 * Opens the preferences. A file that is not readable as JSON, or holds values that are not allowed, is kept aside under a new name,
 * and what cannot be used has its default. Throws `home-newer-version`, with the file left as it is, and `home-corrupted` when it
 * cannot be read at all.
 */
export function openPreferences(options: {
  readonly home: string;
  readonly make: MakePreferencesStore;
  readonly now: EpochMs;
}): PreferencesFile {
  const { home, make, now } = options;
  const file = join(home, `${NAME}.json`);
  const found = examine(file);
  if (found.kind === 'newer') {
    throw new MusterError(
      'home-newer-version',
      `The preferences of this home were written by a newer Muster (version ${found.version}, this one knows ${SETTINGS_VERSION}). Nothing was changed. Install the newer Muster, or use another home.`,
      { params: { file: basename(file), version: found.version, known: SETTINGS_VERSION } },
    );
  }
  let recovered: PreferencesFile['recovered'] = null;
  if (found.kind === 'broken') {
    const keptAside = asideName(home, now);
    renameSync(file, keptAside);
    const message = `The preferences could not be read. The file is kept as ${basename(keptAside)}; Muster uses its defaults.`;
    recovered = { keptAside, message };
  } else if (found.refused.length > 0) {
    const keptAside = asideName(home, now);
    copyFileSync(file, keptAside);
    const message = `Some preferences could not be used and have their defaults: ${found.refused.join(', ')}. The file as it was is kept as ${basename(keptAside)}.`;
    recovered = { keptAside, message };
  }
  const store = make({ folder: home, name: NAME });
  if (found.kind === 'usable' && (found.refused.length > 0 || found.version !== SETTINGS_VERSION)) {
    save(store, found.settings);
  }
  return {
    recovered,
    read: () => parseSettings(migrateSettings(store.store)).settings,
    write: (settings) => save(store, settings),
  };
}

type Found =
  | { readonly kind: 'broken' }
  | { readonly kind: 'newer'; readonly version: number }
  | {
      readonly kind: 'usable';
      readonly settings: Settings;
      readonly refused: readonly string[];
      readonly version: number;
    };

function examine(file: string): Found {
  if (!existsSync(file)) return { kind: 'usable', ...parseSettings({}), version: SETTINGS_VERSION };
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (thrown) {
    throw new MusterError(
      'home-corrupted',
      `Muster cannot read ${basename(file)}; nothing was changed. Check the permissions of the home.`,
      { params: { file: basename(file) }, cause: thrown },
    );
  }
  const stored = storedSchema.safeParse(jsonOrNull(text));
  if (!stored.success) return { kind: 'broken' };
  const version = versionOf(stored.data);
  if (version > SETTINGS_VERSION) return { kind: 'newer', version };
  return { kind: 'usable', ...parseSettings(migrateSettings(stored.data)), version };
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function save(store: PreferencesStore, settings: Settings): void {
  try {
    store.store = { version: SETTINGS_VERSION, ...settings };
  } catch (cause) {
    throw new MusterError(
      'home-corrupted',
      'The preferences cannot be written; they are as they were. Check the permissions of the home and the free space on its disk, then try again.',
      { cause },
    );
  }
}

function asideName(home: string, now: EpochMs): string {
  let name = join(home, `${NAME}.corrupt-${now}.json`);
  for (let count = 2; existsSync(name); count += 1) name = join(home, `${NAME}.corrupt-${now}-${count}.json`);
  return name;
}
