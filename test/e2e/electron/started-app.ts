import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Page } from 'playwright';
import { type Desktop, type DesktopParts, startDesktop } from '../../support/desktop/desktop.ts';
import { builtApp, launchElectron } from '../../support/electron.ts';

/** Muster on a desktop of its own. */
export type StartedApp = {
  desktop: Desktop;
  app: ElectronApplication;
  /** The home of this start. */
  home: string;
  stop(): Promise<void>;
};

/** Starts the built application. `prepare` may lay files into the home before. */
export async function startApp(
  parts: DesktopParts,
  options: { args?: string[]; env?: Record<string, string>; prepare?: (home: string) => void } = {},
): Promise<StartedApp> {
  const desktop = await startDesktop(parts);
  const home = join(desktop.folder, 'muster');
  try {
    options.prepare?.(home);
    // The memory of a test that says nothing about keychains: no prompt, no wait.
    const env = { ...(parts.keyring ? {} : { MUSTER_KEYCHAIN: 'memory' }), ...options.env };
    const app = await launchElectron(desktop, { appDir: builtApp(), args: options.args ?? [], env });
    return {
      desktop,
      app,
      home,
      stop: async () => {
        await app.close();
        await desktop.stop();
      },
    };
  } catch (error) {
    await desktop.stop();
    throw error;
  }
}

/** The page of the window whose path begins so, once there is one. */
export async function pageAt(app: ElectronApplication, path: string, withinMs = 15_000): Promise<Page> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const page = app.windows().find((candidate) => new URL(candidate.url()).pathname.startsWith(path));
    if (page) {
      await page.waitForLoadState('domcontentloaded');
      return page;
    }
    if (performance.now() > deadline) {
      const open = app.windows().map((candidate) => candidate.url());
      throw new Error(`no window at ${path}; there are ${JSON.stringify(open)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Whether the window whose path begins so is on screen. Pages cannot say: the driver has them all believe that they have the focus. */
export function isShown(app: ElectronApplication, path: string): Promise<boolean> {
  return app.evaluate(
    ({ BrowserWindow }, start) =>
      BrowserWindow.getAllWindows().some(
        (window) => new URL(window.webContents.getURL()).pathname.startsWith(start) && window.isVisible(),
      ),
    path,
  );
}

/** Calls the API as the interface does, from inside of a window. */
export async function call(
  page: Page,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: unknown }> {
  return page.evaluate(
    async ([how, where, what]) => {
      const response = await fetch(where, {
        method: how,
        ...(what === null ? {} : { headers: { 'content-type': 'application/json' }, body: what }),
      });
      const text = await response.text();
      return { status: response.status, body: text === '' ? null : JSON.parse(text) };
    },
    [method, path, body === undefined ? null : JSON.stringify(body)] as const,
  );
}

/** Saves what a window shows to `test-results/electron`, to be looked at. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const folder = 'test-results/electron';
  mkdirSync(folder, { recursive: true });
  await page.locator('h1, h2').first().waitFor({ state: 'attached' });
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
