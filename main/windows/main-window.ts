import { type BrowserWindow, screen } from 'electron';
import type { Logger } from '../../src/ports/logger.ts';
import { loadPath, navigateTo, type PageWindowParts, pageWindow } from './page-window.ts';
import { MAIN_LEAST, openingBounds, readBounds, writeBounds } from './window-bounds.ts';

/** What the main window needs. */
export type MainWindowOptions = PageWindowParts & {
  readonly home: string;
  readonly logger: Logger;
  /** Whether a tray icon leads back to the application; without one, closing leaves the window in the task bar. */
  readonly reachableWithoutWindow: () => boolean;
  /** The window got the focus. */
  readonly onFocus: () => void;
};

/** The one large window. Closing destroys it and its renderer process. */
export class MainWindow {
  readonly #options: MainWindowOptions;
  #window: BrowserWindow | null = null;
  #ending = false;
  #crashed = false;

  constructor(options: MainWindowOptions) {
    this.#options = options;
  }

  /** Opens the window or brings it to the front, at a path when one is given. */
  open(path?: string): void {
    if (this.#window === null) this.#create(path ?? '/');
    else if (path !== undefined) navigateTo(this.#window, path);
    const window = this.#window;
    if (window?.isMinimized()) window.restore();
    if (window?.isVisible()) window.focus();
  }

  /** Whether it has the focus now. */
  isFocused(): boolean {
    return this.#window?.isFocused() ?? false;
  }

  get window(): BrowserWindow | null {
    return this.#window;
  }

  /** From now on closing means closing. */
  end(): void {
    this.#ending = true;
    this.#window?.close();
  }

  #create(path: string): void {
    const { home, logger, onFocus } = this.#options;
    const saved = readBounds(home);
    const workAreas = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map((display) => display.workArea);
    const window = pageWindow(this.#options, 'main', {
      ...openingBounds(saved, workAreas),
      minWidth: MAIN_LEAST.width,
      minHeight: MAIN_LEAST.height,
      autoHideMenuBar: true,
    });
    this.#window = window;
    if (saved?.maximized) window.maximize();
    window.once('ready-to-show', () => {
      window.show();
      window.focus();
    });
    window.on('focus', onFocus);
    window.on('close', (event) => {
      this.#save(window);
      if (this.#ending || this.#options.reachableWithoutWindow()) return;
      event.preventDefault();
      window.minimize();
    });
    window.on('closed', () => {
      if (this.#window === window) this.#window = null;
    });
    window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
      if (reason === 'clean-exit') return;
      logger.error('the main window’s process ended', { reason, exitCode });
      window.destroy();
      // A page that ends itself again and again is left closed; the tray and a second start open it anew.
      const again = !this.#crashed && !this.#ending;
      this.#crashed = true;
      if (again) this.open();
    });
    window.webContents.on('did-finish-load', () => {
      this.#crashed = false;
    });
    loadPath(window, path);
  }

  #save(window: BrowserWindow): void {
    try {
      writeBounds(this.#options.home, { ...window.getNormalBounds(), maximized: window.isMaximized() });
    } catch (thrown) {
      this.#options.logger.warn('the window’s place could not be saved', { cause: thrown });
    }
  }
}
