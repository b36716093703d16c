/** The running application: the core, its windows, and what the operating system sees of it. */
import { join } from 'node:path';
import { app, ipcMain, nativeTheme, shell } from 'electron';
import { systemClock } from '../src/infra/clock/system-clock.ts';
import type { AppFolders } from './app-folders.ts';
import { type DesktopCore, openDesktopCore } from './core/desktop-core.ts';
import { openInterfaceSession } from './interface/interface-session.ts';
import { handleHostRequests } from './ipc/host-requests.ts';
import { alertWords } from './notifications/alert-words.ts';
import { NativeNotifier } from './notifications/native-notifier.ts';
import { PowerIdleSource } from './power/power-idle-source.ts';
import { readArguments, type StartArguments } from './start-arguments.ts';
import { wordingFor } from './strings/words.ts';
import { allowedLink } from './windows/external-links.ts';
import { Windows } from './windows/windows.ts';

/** Starts everything. Rejects with the reason when the core cannot run on this home. */
export async function startDesktop(options: {
  readonly home: string;
  readonly start: StartArguments;
  readonly folders: AppFolders;
}): Promise<void> {
  const { home, start, folders } = options;
  const clock = systemClock;
  const icon = join(folders.appPictures, '512x512.png');
  const wording = (language: string) => wordingFor(language, app.getPreferredSystemLanguages());

  const notifier = new NativeNotifier({
    clock,
    icon,
    open: (contactId) => windows.main.open(contactId === null ? '/alerts' : `/people/${encodeURIComponent(contactId)}`),
  });
  const core = await openDesktopCore(home, folders.keytarChild, {
    version: app.getVersion(),
    notifier,
    idle: new PowerIdleSource(clock),
    alertWords: (alert, name, note, language) => alertWords(wording(language).words, alert, name, note),
  });
  const { muster, logger } = core;

  const session = openInterfaceSession({ rendererFolder: folders.renderer, api: (request) => core.api.fetch(request) });
  const windows = new Windows({
    session,
    preload: folders.preload,
    icon,
    home,
    clock,
    logger,
    iconBounds: () => null,
    trayPresent: () => false,
    onLook: () => undefined,
  });

  handleHostRequests({
    ipc: ipcMain,
    isOurs: (contents) => windows.owns(contents),
    logger,
    handlers: {
      openMain: ({ path }) => windows.main.open(path),
      hidePopover: () => windows.popover.hide(),
      openExternal: ({ url }) => {
        const link = allowedLink(url);
        if (link !== null) void shell.openExternal(link);
      },
      openSignIn: (request) => windows.signIn.open(request, windows.main.window),
      closeWindow: (_, sender) => windows.close(sender),
    },
  });

  followPreferences();
  app.on('second-instance', (_event, argv) => windows.main.open(readArguments(argv).path ?? undefined));
  app.on('open-url', (_event, url) => windows.main.open(readArguments(['', url]).path ?? undefined));
  // Without a window the application goes on in the tray.
  app.on('window-all-closed', () => undefined);
  quitCleanly(core, windows, notifier);
  if (!start.hidden) windows.main.open(start.path ?? undefined);

  function followPreferences(): void {
    const apply = () => {
      nativeTheme.themeSource = muster.preferences.get().theme;
    };
    muster.preferences.onChange(apply);
    apply();
  }
}

/** How long stopping may take, in milliseconds: `api.md` allows 5 s. */
const STOPPED_WITHIN_MS = 4_000;

function quitCleanly(core: DesktopCore, windows: Windows, notifier: NativeNotifier): void {
  let stopping = false;
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (stopping) return;
    stopping = true;
    windows.end();
    notifier.stop();
    core.clock.after(STOPPED_WITHIN_MS, () => app.exit(1));
    core.stop().then(
      () => app.exit(0),
      (thrown: unknown) => {
        core.logger.error('stopping failed', { cause: thrown });
        app.exit(1);
      },
    );
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => app.quit());
}
