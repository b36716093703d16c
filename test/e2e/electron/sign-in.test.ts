import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DesktopParts, findDesktop } from '../../support/desktop/desktop.ts';
import { findElectron } from '../../support/electron.ts';
import { describeWith, isMissing } from '../../support/requirement.ts';
import { contactNamed, type SimulatedAccount, startSimulatedAccount } from './simulated-account.ts';
import { call, isShown, pageAt, type StartedApp, screenshot, startApp } from './started-app.ts';

const parts: DesktopParts = { tray: true };
const electron = findElectron();

describeWith(isMissing(electron) ? electron : findDesktop(parts), 'the sign-in window', () => {
  let account: SimulatedAccount;
  let started: StartedApp;
  let main: Page;
  beforeAll(async () => {
    account = await startSimulatedAccount();
    started = await startApp(parts);
    main = await pageAt(started.app, '/');
  });
  afterAll(async () => {
    await started?.stop();
    await account?.simulator.close();
  });

  const openSignIn = async (accountId: string | null) => {
    await main.evaluate(
      (id) => Reflect.get(window, 'musterHost').request('openSignIn', { platform: 'xmpp', accountId: id }),
      accountId,
    );
    const page = await pageAt(started.app, '/sign-in/xmpp');
    await expect.poll(() => isShown(started.app, '/sign-in')).toBe(true);
    return page;
  };
  const processOf = (path: string) =>
    started.app.evaluate(
      ({ BrowserWindow }, start) =>
        BrowserWindow.getAllWindows()
          .map(({ webContents }) => webContents)
          .find((contents) => new URL(contents.getURL()).pathname.startsWith(start))
          ?.getOSProcessId(),
      path,
    );
  const livingProcesses = () => started.app.evaluate(({ app }) => app.getAppMetrics().map(({ pid }) => pid));

  it('takes the secret, and is gone with its process once that was accepted', async () => {
    const page = await openSignIn(null);
    expect(await page.evaluate(() => Reflect.get(window, 'musterHost').kind)).toBe('sign-in');
    await screenshot(page, 'sign-in');
    const process = await processOf('/sign-in');
    expect(process).not.toBe(await processOf('/welcome'));
    const fill = async (password: string) => {
      await page.locator('[name="settings.address"]').fill('grace@localhost');
      await page.locator('[name="secrets.password"]').fill(password);
      // These two are folded away until somebody needs them.
      await page.locator('[name="settings.service"]').evaluate((field: HTMLInputElement, service) => {
        field.value = service;
      }, account.simulator.service);
      await page.locator('[name="settings.allowInsecureLoopback"]').evaluate((field: HTMLInputElement) => {
        field.checked = true;
      });
      await page.locator('button[type="submit"]').click();
    };
    await fill('wrong');
    await expect
      .poll(() =>
        page
          .getByRole('alert')
          .or(page.getByText(/refused/i))
          .count(),
      )
      .toBeGreaterThan(0);
    expect((await call(main, 'GET', '/v1/accounts')).body).toMatchObject({ items: [] });
    await fill(account.password);
    await expect.poll(() => started.app.windows().length).toBe(1);
    await expect.poll(livingProcesses).not.toContain(process);
    expect((await call(main, 'GET', '/v1/accounts')).body).toMatchObject({ items: [{ platform: 'xmpp' }] });
    await expect.poll(async () => (await contactNamed(main, 'Ada Byron'))?.status).toBe('offline');
  });

  it('is one at a time, and closes without having asked anything', async () => {
    await openSignIn(null);
    const again = await openSignIn('a_1');
    await expect.poll(() => started.app.windows().length).toBe(2);
    const closed = again.waitForEvent('close');
    // The window may be gone before it can say that it asked.
    await again
      .evaluate(() => void Reflect.get(window, 'musterHost').request('closeWindow', {}))
      .catch(() => undefined);
    await closed;
    await expect.poll(() => started.app.windows().length).toBe(1);
  });
});
