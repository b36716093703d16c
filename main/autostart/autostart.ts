import { app } from 'electron';
import type { Logger } from '../../src/ports/logger.ts';
import { autostartFile, type StartCommand, writeAutostart } from './desktop-entry.ts';

/** Has the application started with the session, or not; off until the user asks. Without a window, in the tray. */
export function setAutostart(enabled: boolean, home: string, logger: Logger): void {
  try {
    if (process.platform === 'linux') {
      writeAutostart(autostartFile(process.env), enabled ? linuxCommand(home) : null);
      return;
    }
    const { openAtLogin } = app.getLoginItemSettings({ args: ['--hidden'] });
    if (openAtLogin !== enabled) app.setLoginItemSettings({ openAtLogin: enabled, args: ['--hidden'] });
  } catch (thrown) {
    logger.warn('starting with the session could not be changed', { cause: thrown });
  }
}

/** An AppImage is started by its own file, not by what it unpacked; a clone by its Electron and its folder. */
function linuxCommand(home: string): StartCommand {
  const folder = app.isPackaged ? [] : [app.getAppPath()];
  const homeArgs = process.env.MUSTER_HOME || process.argv.includes('--home') ? ['--home', home] : [];
  return { executable: process.env.APPIMAGE || process.execPath, args: [...folder, '--hidden', ...homeArgs] };
}
