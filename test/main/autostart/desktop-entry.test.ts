import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { autostartFile, desktopEntry, writeAutostart } from '../../../main/autostart/desktop-entry.ts';

describe('the autostart entry', () => {
  it('lies where the specification says', () => {
    expect(autostartFile({ XDG_CONFIG_HOME: '/c' }, '/home/ada')).toBe('/c/autostart/muster.desktop');
    expect(autostartFile({ XDG_CONFIG_HOME: 'relative' }, '/home/ada')).toBe(
      '/home/ada/.config/autostart/muster.desktop',
    );
    expect(autostartFile({}, '/home/ada')).toBe('/home/ada/.config/autostart/muster.desktop');
  });

  it('starts the application whatever its path is', () => {
    const entry = desktopEntry({ executable: '/opt/My "$App`\\100%/muster', args: ['--hidden'] });
    // The specification's own two rounds of escaping: quotes first, then the key's value.
    expect(entry).toContain('Exec="/opt/My \\\\"\\\\$App\\\\`\\\\\\\\100%%/muster" "--hidden"\n');
  });

  it('is written and removed, also twice', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ma-'));
    const file = join(folder, 'autostart/muster.desktop');
    const command = { executable: '/usr/bin/muster', args: ['--hidden'] };
    writeAutostart(file, command);
    writeAutostart(file, command);
    expect(readFileSync(file, 'utf8')).toBe(desktopEntry(command));
    writeAutostart(file, null);
    writeAutostart(file, null);
    expect(existsSync(file)).toBe(false);
    rmSync(folder, { recursive: true });
  });
});
