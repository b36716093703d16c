import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ZOOM_APP } from '../../../src/simulator/zoom/oauth.ts';
import { startZoomSimulator, type ZoomSimulator } from '../../../src/simulator/zoom/server.ts';
import { type DesktopParts, findDesktop } from '../../support/desktop/desktop.ts';
import { findElectron } from '../../support/electron.ts';
import { describeWith, isMissing } from '../../support/requirement.ts';
import { call, pageAt, type StartedApp, screenshot, startApp } from './started-app.ts';

const parts: DesktopParts = { tray: true };
const electron = findElectron();

describeWith(isMissing(electron) ? electron : findDesktop(parts), 'signing in by the browser from the desktop', () => {
  let zoom: ZoomSimulator;
  let started: StartedApp;
  let main: Page;
  beforeAll(async () => {
    zoom = await startZoomSimulator({
      me: 'Noor',
      plan: 'pro',
      populate: (account) => {
        account.addUser({ id: 'Noor', firstName: 'Noor', lastName: 'Haddad' });
        account.addUser({ id: 'Ada', firstName: 'Ada', lastName: 'Byron' });
      },
    });
    started = await startApp(parts);
    main = await pageAt(started.app, '/');
    // The system's browser: what it is told to open is written down, and opened by the test.
    await started.app.evaluate(({ shell }) => {
      const opened: string[] = [];
      Reflect.set(globalThis, 'opened', opened);
      shell.openExternal = async (url) => void opened.push(url);
    });
  });
  afterAll(async () => {
    await started?.stop();
    await zoom?.close();
  });

  const opened = () => started.app.evaluate((): string[] => Reflect.get(globalThis, 'opened'));
  const ask = (name: string, value: object) =>
    main.evaluate(([what, how]) => Reflect.get(window, 'musterHost').request(what, how), [name, value] as const);

  it('takes the app’s secret in a window of its own, which goes with it, and goes on in the main window', async () => {
    await ask('openMain', { path: '/accounts/add/zoom' });
    await main.locator('button:has(svg.lucide-app-window)').click();
    const small = await pageAt(started.app, '/sign-in/zoom');
    expect(new URL(small.url()).search).toBe('?way=browser');
    await small.locator('[name="settings.clientId"]').fill(ZOOM_APP.clientId);
    await small.locator('[name="secrets.clientSecret"]').fill(ZOOM_APP.clientSecret);
    for (const [name, address] of [
      ['settings.apiUrl', zoom.apiUrl],
      ['settings.authUrl', zoom.authUrl],
    ] as const) {
      // Folded away until somebody needs them.
      await small.locator(`[name="${name}"]`).evaluate((field: HTMLInputElement, value) => {
        field.value = value;
      }, address);
    }
    await small.locator('button[type="submit"]').click();
    await expect.poll(() => started.app.windows().length).toBe(1);
    await expect.poll(opened).toHaveLength(1);
    expect((await opened())[0]?.startsWith(zoom.authUrl)).toBe(true);
    await main.locator('svg.lucide-loader-circle').waitFor();
    await screenshot(main, 'oauth-waiting');
    expect(await main.content()).not.toContain(ZOOM_APP.clientSecret);
  });

  it('opens that page again, and no other of its kind', async () => {
    const [page = ''] = await opened();
    await ask('openExternal', { url: page });
    await ask('openExternal', { url: `${page}&more=1` });
    await ask('openExternal', { url: 'https://example.org/' });
    expect(await opened()).toEqual([page, page]);
  });

  it('is signed in once the browser came back', async () => {
    const [page = ''] = await opened();
    expect((await fetch(page)).ok).toBe(true);
    await expect
      .poll(async () => (await call(main, 'GET', '/v1/accounts')).body)
      .toMatchObject({ items: [{ platform: 'zoom', state: 'connected' }] });
    await expect.poll(() => new URL(main.url()).pathname).toBe('/accounts');
    await screenshot(main, 'oauth-done');
  });
});
