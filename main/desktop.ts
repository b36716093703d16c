/** The running application: the core, its windows, and what the operating system sees of it. */
import { join } from 'node:path';
import { app, globalShortcut, ipcMain, Menu, Notification, nativeTheme, powerMonitor, shell } from 'electron';
import { SECOND_MS } from '../src/domain/time.ts';
import { systemClock } from '../src/infra/clock/system-clock.ts';
import type { Notification as Shown } from '../src/ports/notifier.ts';
import type { AppFolders } from './app-folders.ts';
import { setAutostart } from './autostart/autostart.ts';
import { openDesktopCore } from './core/desktop-core.ts';
import { nativeChecks } from './doctor/native-checks.ts';
import { logCrashes } from './failure.ts';
import { openInterfaceSession } from './interface/interface-session.ts';
import { handleHostRequests } from './ipc/host-requests.ts';
import { applicationMenu } from './menus/application-menu.ts';
import { accountWords } from './notifications/account-words.ts';
import { alertWords } from './notifications/alert-words.ts';
import { NativeNotifier } from './notifications/native-notifier.ts';
import { PowerIdleSource } from './power/power-idle-source.ts';
import { quitCleanly } from './quit.ts';
import { GlobalShortcut } from './shortcuts/global-shortcut.ts';
import { readArguments, type StartArguments } from './start-arguments.ts';
import { wordingFor } from './strings/words.ts';
import { LiveTray } from './tray/live-tray.ts';
import { ownStatusCommands } from './tray/own-status-commands.ts';
import { findTrayHost } from './tray/tray-host.ts';
import { TrayIcon } from './tray/tray-icon.ts';
import { UnseenAlerts } from './tray/unseen-alerts.ts';
import { allowedLink } from './windows/external-links.ts';
import { SignInLinks } from './windows/sign-in-links.ts';
import { Windows } from './windows/windows.ts';

/** A session that just began may bring its tray only after us. */
const TRAY_COMES_WITHIN_MS = 10 * SECOND_MS;

/** Starts everything. Rejects with the reason when the core cannot run on this home. */
export async function startDesktop(options: {
  readonly home: string;
  readonly start: StartArguments;
  readonly folders: AppFolders;
}): Promise<void> {
  const { home, start, folders } = options;
  const clock = systemClock;
  const icon = join(folders.appPictures, '512x512.png');
  const systemLanguages = app.getPreferredSystemLanguages();

  const trayHost = await findTrayHost(clock);
  const notifier = new NativeNotifier({ clock, icon, open: (shown) => windows.main.open(pathOf(shown)) });
  const core = await openDesktopCore(home, folders, {
    version: app.getVersion(),
    notifier,
    idle: new PowerIdleSource(clock, powerMonitor),
    alertWords: (alert, name, note, language) =>
      alertWords(wordingFor(language, systemLanguages).words, alert, name, note),
    noticeWords: (notice, language) => accountWords(wordingFor(language, systemLanguages).words, notice),
    checks: nativeChecks({
      trayPresent: trayHost.present,
      canNotify: () => Notification.isSupported(),
      bus: () => trayHost.bus,
      shortcut: () => shortcut.state,
    }),
  });
  const { muster, logger } = core;
  logCrashes(logger);
  const wording = () => wordingFor(muster.preferences.get().language, systemLanguages);

  const signInLinks = new SignInLinks();
  const api = signInLinks.listenTo((request) => core.api.fetch(request));
  const session = openInterfaceSession({ rendererFolder: folders.renderer, api });
  const windows = new Windows({
    session,
    preload: folders.preload,
    icon,
    home,
    clock,
    logger,
    iconBounds: () => tray.bounds(),
    trayPresent: trayHost.present,
    onLook: () => {
      if (unseen.seen()) tray.refresh();
    },
  });
  const open = (path: string | null) => windows.main.open(path ?? undefined);
  const openSmall = () => (trayHost.present() ? windows.popover.toggle() : open(null));

  const unseen = new UnseenAlerts(() => windows.isLookedAt());
  const tray = new LiveTray({
    muster,
    clock,
    wording,
    unseen,
    commands: {
      ...ownStatusCommands({ muster, clock, logger, notifier, words: () => wording().words }),
      open,
      quit: () => app.quit(),
    },
    makeIcon: (face) =>
      new TrayIcon({ picturesFolder: folders.trayPictures, face, onClick: () => windows.popover.toggle() }),
  });
  const shortcut = new GlobalShortcut({ registry: globalShortcut, press: openSmall, logger });

  handleHostRequests({
    ipc: ipcMain,
    isOurs: (contents) => windows.owns(contents),
    logger,
    handlers: {
      openMain: ({ path }) => open(path),
      hidePopover: () => windows.popover.hide(),
      openExternal: ({ url }) => {
        const link = allowedLink(url) ?? signInLinks.allowed(url);
        if (link === null) logger.warn('refused to open a link that is not on the list');
        else shell.openExternal(link).catch(() => logger.warn('no program took a link'));
      },
      openSignIn: (request) => windows.signIn.open(request, windows.main.window),
      closeWindow: (_, sender) => windows.close(sender),
    },
  });

  const follow = () => {
    const preferences = muster.preferences.get();
    nativeTheme.themeSource = preferences.theme;
    shortcut.set(preferences.shortcut);
    const commands = { preferences: () => open('/preferences'), quit: () => app.quit() };
    const template = applicationMenu(wording().words, process.platform === 'darwin', commands);
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
    tray.refresh();
  };
  let autostart = muster.preferences.get().autostart;
  // At a start only where it says more than nothing: on, so that the path is right; or started by an entry that should be gone.
  if (autostart || start.hidden) setAutostart(autostart, home, logger);
  muster.preferences.onChange((preferences) => {
    follow();
    if (preferences.autostart !== autostart) setAutostart(preferences.autostart, home, logger);
    autostart = preferences.autostart;
  });
  follow();

  trayHost.watch((present) => {
    if (present) tray.renew();
    else open(null);
  });
  app.on('second-instance', (_event, argv) => open(readArguments(argv).path));
  app.on('open-url', (_event, url) => open(readArguments(['', url]).path));
  // Without a window the application goes on in the tray.
  app.on('window-all-closed', () => undefined);
  quitCleanly({
    clock,
    logger,
    close: () => {
      windows.end();
      tray.stop();
      notifier.stop();
      shortcut.set(null);
      trayHost.stop();
    },
    stop: core.stop,
  });

  await core.start();
  if (!start.hidden) open(start.path);
  else if (!trayHost.present()) {
    clock.after(TRAY_COMES_WITHIN_MS, () => {
      if (!trayHost.present()) open(null);
    });
  }
}

const pathOf = ({ contactId, accountId }: Pick<Shown, 'contactId' | 'accountId'>) => {
  if (contactId !== null) return `/people/${encodeURIComponent(contactId)}`;
  return accountId === undefined ? '/alerts' : '/accounts';
};
