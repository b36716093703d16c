import { type BrowserWindow, screen } from 'electron';
import type { Clock } from '../../src/ports/clock.ts';
import type { Logger } from '../../src/ports/logger.ts';
import { besideTray } from './beside-tray.ts';
import { type Keepable, KeptWindow } from './kept-window.ts';
import { loadPath, type PageWindowParts, pageWindow } from './page-window.ts';
import type { Bounds } from './window-bounds.ts';

const SIZE = { width: 380, height: 580 } as const;

/** What the popover needs. */
export type PopoverOptions = PageWindowParts & {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Where the tray icon is; null where the system does not say. */
  readonly iconBounds: () => Bounds | null;
  /** It was opened. */
  readonly onShow: () => void;
};

/** The small frameless window beside the tray. */
export class Popover {
  readonly #options: PopoverOptions;
  readonly #kept: KeptWindow;
  #window: BrowserWindow | null = null;

  constructor(options: PopoverOptions) {
    this.#options = options;
    this.#kept = new KeptWindow({ clock: options.clock, make: () => this.#make() });
  }

  toggle(): void {
    this.#kept.toggle();
  }

  hide(): void {
    this.#kept.hide();
  }

  destroy(): void {
    this.#kept.destroy();
  }

  get window(): BrowserWindow | null {
    return this.#window;
  }

  #make(): Keepable {
    const window = pageWindow(this.#options, 'popover', {
      ...SIZE,
      frame: false,
      resizable: false,
      minimizable: false,
      maximizable: false,
      fullscreenable: false,
      skipTaskbar: true,
      alwaysOnTop: true,
      // Also over another application's full screen on macOS.
      ...(process.platform === 'darwin' ? { type: 'panel' } : {}),
    });
    this.#window = window;
    // Beside the tray of whichever desktop the user is on; without it macOS would switch to the one where it was made.
    if (process.platform === 'darwin') {
      window.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true, skipTransformProcessType: true });
    }
    let painted = false;
    let wanted = false;
    const present = () => {
      window.setPosition(...this.#place());
      window.show();
      window.focus();
      this.#options.onShow();
    };
    window.once('ready-to-show', () => {
      painted = true;
      if (wanted) present();
    });
    window.on('blur', () => this.#kept.lostFocus());
    window.on('closed', () => {
      if (this.#window === window) this.#window = null;
    });
    window.on('close', (event) => {
      // Alt+F4 hides it, like Escape.
      event.preventDefault();
      this.#kept.hide();
    });
    window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
      if (reason === 'clean-exit') return;
      this.#options.logger.error('the popover’s process ended', { reason, exitCode });
      this.#kept.destroy();
    });
    loadPath(window, '/popover');
    return {
      show: () => {
        wanted = true;
        if (painted) present();
      },
      hide: () => {
        wanted = false;
        window.hide();
      },
      destroy: () => {
        if (!window.isDestroyed()) window.destroy();
      },
    };
  }

  #place(): [number, number] {
    const icon = this.#options.iconBounds();
    const pointer = screen.getCursorScreenPoint();
    const display = icon ? screen.getDisplayMatching(icon) : screen.getDisplayNearestPoint(pointer);
    const { x, y } = besideTray(SIZE, icon, pointer, display);
    return [x, y];
  }
}
