type Stored = Readonly<Record<string, unknown>>;

/**
 * Each step takes a file of its place in the list to the next version: the first one from 0, which is a file that says no version.
 * Forward only; a step that was released is never edited.
 */
export const SETTINGS_MIGRATIONS: readonly ((stored: Stored) => Stored)[] = [(stored) => stored];

/** The version that this Muster writes. */
export const SETTINGS_VERSION = SETTINGS_MIGRATIONS.length;

/** The version that a file says; 0 when it says none. */
export function versionOf(stored: Stored): number {
  const version = stored.version;
  return typeof version === 'number' && Number.isInteger(version) && version >= 0 ? version : 0;
}

/** Brings a file of an earlier version to the present one. */
export function migrateSettings(stored: Stored, migrations = SETTINGS_MIGRATIONS): Stored {
  return migrations.slice(versionOf(stored)).reduce((value, step) => step(value), stored);
}
