import type { BrowserWindow } from 'electron';
import type { z } from 'zod';
import type { HOST_REQUESTS } from '../../src/contract/host-bridge.ts';
import { loadPath, type PageWindowParts, pageWindow } from './page-window.ts';

type SignInRequest = z.infer<(typeof HOST_REQUESTS)['openSignIn']>;

/**
 * The window that a secret is pasted into. It is destroyed on submit, and with it the process that saw the secret. One at a time:
 * asking for another closes the first.
 */
export class SignInWindow {
  readonly #parts: PageWindowParts;
  #window: BrowserWindow | null = null;

  constructor(parts: PageWindowParts) {
    this.#parts = parts;
  }

  open(request: SignInRequest, parent: BrowserWindow | null): void {
    this.close();
    const window = pageWindow(this.#parts, 'sign-in', {
      width: 560,
      height: 720,
      minWidth: 420,
      minHeight: 480,
      minimizable: false,
      fullscreenable: false,
      autoHideMenuBar: true,
      ...(parent ? { parent } : {}),
    });
    this.#window = window;
    window.once('ready-to-show', () => window.show());
    window.on('closed', () => {
      if (this.#window === window) this.#window = null;
    });
    window.webContents.on('render-process-gone', () => {
      if (!window.isDestroyed()) window.destroy();
    });
    const names = [request.platform, ...(request.accountId === null ? [] : [request.accountId])];
    const way = request.way === undefined ? '' : `?way=${request.way}`;
    loadPath(window, `/sign-in/${names.map(encodeURIComponent).join('/')}${way}`);
  }

  close(): void {
    const window = this.#window;
    this.#window = null;
    if (window && !window.isDestroyed()) window.destroy();
  }

  get window(): BrowserWindow | null {
    return this.#window;
  }
}
