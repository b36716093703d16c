import { app, type BrowserWindow, screen, type WebContents } from 'electron';
import type { Clock } from '../../src/ports/clock.ts';
import type { Logger } from '../../src/ports/logger.ts';
import { MainWindow } from './main-window.ts';
import type { PageWindowParts } from './page-window.ts';
import { Popover } from './popover.ts';
import { SignInWindow } from './sign-in-window.ts';
import type { Bounds } from './window-bounds.ts';

/** What our windows need of the rest of the host. */
export type WindowsOptions = PageWindowParts & {
  readonly home: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly iconBounds: () => Bounds | null;
  readonly trayPresent: () => boolean;
  /** The user looks at a window of ours. */
  readonly onLook: () => void;
};

/** All windows of ours; there are no others. */
export class Windows {
  readonly main: MainWindow;
  readonly popover: Popover;
  readonly signIn: SignInWindow;

  constructor(options: WindowsOptions) {
    const { home, clock, logger, iconBounds, trayPresent, onLook } = options;
    this.main = new MainWindow({ ...options, home, logger, reachableWithoutWindow: trayPresent, onFocus: onLook });
    this.popover = new Popover({ ...options, clock, logger, iconBounds, onShow: onLook });
    this.signIn = new SignInWindow(options);
    // A panel or a screen that changes could leave the popover half outside; the next click places it anew.
    screen.on('display-metrics-changed', () => this.popover.hide());
    app.on('activate', () => this.main.open());
  }

  /** Whether a page is in one of our windows. */
  owns(contents: WebContents): boolean {
    return this.#all().some((window) => window.webContents === contents);
  }

  /** Closes the window that a page is in; the popover is only hidden. */
  close(contents: WebContents): void {
    const window = this.#all().find((candidate) => candidate.webContents === contents);
    if (window === this.signIn.window) this.signIn.close();
    else window?.close();
  }

  /** Whether the user looks at one of them now. */
  isLookedAt(): boolean {
    return this.#all().some((window) => window.isFocused());
  }

  /** Closes all, for good. */
  end(): void {
    this.popover.destroy();
    this.signIn.close();
    this.main.end();
  }

  #all(): BrowserWindow[] {
    return [this.main.window, this.popover.window, this.signIn.window].filter(
      (window): window is BrowserWindow => window !== null && !window.isDestroyed(),
    );
  }
}
