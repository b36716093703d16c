/** The desktop application. Before `ready` come the things that Electron takes only then; the rest is in `desktop.ts`. */
import { join } from 'node:path';
import { app, protocol } from 'electron';
import { createHome, resolveHome } from '../src/infra/home/home.ts';
import { appFolders } from './app-folders.ts';
import { startDesktop } from './desktop.ts';
import { endWithFailure, watchForCrashes } from './failure.ts';
import { registerInterfaceScheme } from './interface/scheme.ts';
import { readArguments } from './start-arguments.ts';
import { guardContents } from './windows/contents-guard.ts';

const start = readArguments(process.argv);
const home = resolveHome(start.home);

// Who starts as root has to give Chromium's own `--no-sandbox`, with which this ends every process; windows ask for it again.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
// Chromium would open the system's keychain for cookies, of which our windows have none, and a locked one would ask for its
// password at every start. Muster's own secrets have their own way to the keychain.
app.commandLine.appendSwitch('password-store', 'basic');
app.commandLine.appendSwitch('use-mock-keychain');
registerInterfaceScheme(protocol);
guardContents(app);
watchForCrashes(home);
app.setAppUserModelId('org.muster.Muster');

try {
  createHome(home);
  // Chromium's own files go below the home, and with them its single-instance lock: one home, one application.
  app.setPath('userData', join(home, 'desktop'));
  if (app.requestSingleInstanceLock()) {
    // Not awaited: Electron gets ready only once its main module has been evaluated.
    app
      .whenReady()
      .then(() => startDesktop({ home, start, folders: appFolders(import.meta.dirname) }))
      .catch(endWithFailure);
  } else {
    // The first one has been told, and shows its window.
    app.quit();
  }
} catch (thrown) {
  endWithFailure(thrown);
}
