import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';

/** How the application is started again. */
export type StartCommand = { readonly executable: string; readonly args: readonly string[] };

/** The entry's file, as the desktop autostart specification places it. */
export function autostartFile(env: Readonly<Record<string, string | undefined>>, userFolder = homedir()): string {
  const config = env.XDG_CONFIG_HOME;
  return join(config && isAbsolute(config) ? config : join(userFolder, '.config'), 'autostart', 'muster.desktop');
}

/**
 * The entry that starts the application with the session.
 * (https://specifications.freedesktop.org/desktop-entry/latest/exec-variables.html says how arguments are quoted.)
 */
export function desktopEntry({ executable, args }: StartCommand): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Muster',
    'Comment=Who is around, and am I reachable',
    `Exec=${[executable, ...args].map(quoted).join(' ')}`,
    'Icon=muster',
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

/** Writes the entry, or removes it. Throws what the file system throws. */
export function writeAutostart(file: string, command: StartCommand | null): void {
  if (command === null) {
    rmSync(file, { force: true });
    return;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, desktopEntry(command));
}

function quoted(argument: string): string {
  // Inside of quotes these four are escaped; backslashes once more, since the value of a key is itself an escaped string.
  const inner = argument.replaceAll(/["`$\\]/g, (sign) => `\\${sign}`).replaceAll('\\', '\\\\');
  // A percent sign begins a field code.
  return `"${inner.replaceAll('%', '%%')}"`;
}
