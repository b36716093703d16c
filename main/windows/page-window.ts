import { BrowserWindow, type BrowserWindowConstructorOptions, nativeTheme, type Session } from 'electron';
import type { HostBridge } from '../../src/contract/host-bridge.ts';
import { INTERFACE_ORIGIN } from '../interface/scheme.ts';
import { KIND_ARGUMENT, NAVIGATE_CHANNEL } from '../ipc/channels.ts';

/** Which of our windows a page is in. */
export type WindowKind = HostBridge['kind'];

/** What every window of ours is made with. */
export type PageWindowParts = {
  readonly session: Session;
  readonly preload: string;
  readonly icon: string;
};

/** The interface's ground (`--bg` in renderer/ui/tokens.css), shown until its first paint. */
const ground = () => (nativeTheme.shouldUseDarkColors ? '#16181c' : '#fbfbfc');

/** A window, not yet shown, whose page has no Node, no Electron and no way out. */
export function pageWindow(
  parts: PageWindowParts,
  kind: WindowKind,
  options: BrowserWindowConstructorOptions,
): BrowserWindow {
  const { session, preload, icon } = parts;
  return new BrowserWindow({
    show: false,
    icon,
    title: 'Muster',
    backgroundColor: ground(),
    ...options,
    webPreferences: {
      session,
      preload,
      additionalArguments: [`${KIND_ARGUMENT}${kind}`],
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      ...(options.webPreferences ?? {}),
    },
  });
}

/** Loads a path of the interface. Never rejects: what went wrong is heard by `render-process-gone` and `did-fail-load`. */
export function loadPath(window: BrowserWindow, path: string): void {
  window.loadURL(INTERFACE_ORIGIN + path).catch(() => undefined);
}

/** Has a page that is loaded show another path, without losing what it holds. */
export function navigateTo(window: BrowserWindow, path: string): void {
  const { webContents } = window;
  const send = () => webContents.send(NAVIGATE_CHANNEL, path);
  if (webContents.isLoadingMainFrame()) webContents.once('did-finish-load', send);
  else send();
}
