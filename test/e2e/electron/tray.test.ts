import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Badge, type Shape, trayFile } from '../../../assets/tray-icons.ts';
import { meSchema } from '../../../src/contract/index.ts';
import { type DesktopParts, findDesktop } from '../../support/desktop/desktop.ts';
import type { MenuEntry, TrayItem } from '../../support/desktop/tray-item.ts';
import { findElectron } from '../../support/electron.ts';
import { decodePng } from '../../support/png.ts';
import { describeWith, isMissing } from '../../support/requirement.ts';
import { contactNamed, type SimulatedAccount, startSimulatedAccount } from './simulated-account.ts';
import { call, isShown, pageAt, type StartedApp, screenshot, startApp } from './started-app.ts';

const parts: DesktopParts = { tray: true };
const electron = findElectron();

/** Whether the icon on the panel is this one: by its opacity, since panels get it premultiplied. */
async function shows(item: TrayItem, shape: Shape, badge: Badge): Promise<boolean> {
  const [pixmap] = await item.pixmaps();
  const { rgba } = decodePng(readFileSync(resolve('assets/tray', `${trayFile(shape, badge, 24)}@2x.png`)));
  const opacity = (bytes: Buffer, first: number) => Buffer.from(bytes.filter((_, index) => index % 4 === first));
  return pixmap !== undefined && opacity(pixmap.argb, 0).equals(opacity(Buffer.from(rgba), 3));
}

const labels = (entries: MenuEntry[]) => entries.map(({ label }) => label);

describeWith(isMissing(electron) ? electron : findDesktop(parts), 'the tray icon', () => {
  let account: SimulatedAccount;
  let started: StartedApp;
  let item: TrayItem;
  let main: Page;

  beforeAll(async () => {
    account = await startSimulatedAccount();
    started = await startApp(parts);
    if (!started.desktop.tray) throw new Error('no tray');
    item = await started.desktop.tray.waitForItem();
    main = await pageAt(started.app, '/welcome');
  });
  afterAll(async () => {
    await started?.stop();
    await account?.simulator.close();
  });

  it('is registered before there is an account, and says so', async () => {
    expect(await shows(item, 'unknown', 'plain')).toBe(true);
    expect(await item.toolTip()).toBe('Status not known\nNo account yet');
    expect(labels(await item.menu())).toEqual([
      'Status not known',
      'Set Status',
      'Do Not Disturb',
      '',
      'Available Favourites',
      'None at the moment',
      '',
      'Open Muster',
      'Preferences',
      '',
      'Quit',
    ]);
  });

  it('opens the popover beside it, and closes it with the next click and with Escape', async () => {
    await item.activate();
    const popover = await pageAt(started.app, '/popover');
    await expect.poll(() => isShown(started.app, '/popover')).toBe(true);
    expect(await popover.evaluate(() => [window.innerWidth, window.innerHeight])).toEqual([380, 580]);
    expect(await popover.evaluate(() => Reflect.get(window, 'musterHost').kind)).toBe('popover');
    await expect.poll(() => popover.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
    await popover.keyboard.press('Escape');
    await expect.poll(() => isShown(started.app, '/popover')).toBe(false);
    await item.activate();
    await expect.poll(() => isShown(started.app, '/popover')).toBe(true);
    await item.activate();
    await expect.poll(() => isShown(started.app, '/popover')).toBe(false);
  });

  it('closes the popover when another window takes the focus', async () => {
    await item.activate();
    await expect.poll(() => isShown(started.app, '/popover')).toBe(true);
    await started.app.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) if (window.isResizable()) window.focus();
    });
    await expect.poll(() => isShown(started.app, '/popover')).toBe(false);
    // A click within the next moment would count as the one that closed it.
    await new Promise((done) => setTimeout(done, 400));
  });

  it('opens the popover within 100 ms when it is warm', async () => {
    const times: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      const shown = started.app.evaluate(
        ({ BrowserWindow }) =>
          new Promise<number>((done) => {
            const window = BrowserWindow.getAllWindows().find((other) =>
              other.webContents.getURL().endsWith('/popover'),
            );
            window?.once('show', () => done(Date.now()));
          }),
      );
      // The listener is there before the click is sent.
      await started.app.evaluate(() => undefined);
      const clicked = Date.now();
      await item.activate();
      times.push((await shown) - clicked);
      await item.activate();
      await new Promise((done) => setTimeout(done, 50));
    }
    expect(Math.min(...times)).toBeLessThan(100);
  });

  it('follows my own status, set from its menu, which reaches the server', async () => {
    await account.signIn(main);
    await expect.poll(() => shows(item, 'online', 'plain')).toBe(true);
    await item.choose('Set Status', 'Away');
    await expect.poll(account.ownPresence).toEqual({ show: 'away', status: null });
    await expect.poll(() => shows(item, 'away', 'plain')).toBe(true);
    expect(await item.toolTip()).toBe('Away');
    await item.choose('Set Status', '🎧 Focus');
    await expect.poll(() => account.ownPresence().show).toBe('dnd');
    await expect.poll(() => shows(item, 'do-not-disturb', 'plain')).toBe(true);
    expect(await item.toolTip()).toMatch(/^Busy · 🎧 Focus · until .+ · Do Not Disturb until /);
    await item.choose('Set Status', 'Clear');
    await expect.poll(() => shows(item, 'online', 'plain')).toBe(true);
    expect(account.ownPresence().show).toBeNull();
  });

  it('turns do-not-disturb on and off', async () => {
    await item.choose('Do Not Disturb', 'For 30 Minutes');
    await expect.poll(() => shows(item, 'do-not-disturb', 'plain')).toBe(true);
    const { body } = await call(main, 'GET', '/v1/me/status');
    expect(body).toMatchObject({ doNotDisturb: { active: true } });
    await item.choose('Do Not Disturb', 'Off');
    await expect.poll(() => shows(item, 'online', 'plain')).toBe(true);
  });

  it('lists the favourites who are available, and opens one', async () => {
    account.adaComes();
    await expect.poll(async () => (await contactNamed(main, 'Ada Byron'))?.status).toBe('online');
    const ada = await contactNamed(main, 'Ada Byron');
    await call(main, 'PATCH', `/v1/contacts/${ada?.id}`, { favourite: true });
    await expect.poll(async () => labels(await item.menu())).toContain('Ada Byron · Online');
    await item.choose('Ada Byron · Online');
    await expect.poll(() => new URL(main.url()).pathname).toBe(`/people/${ada?.id}`);
    account.adaLeaves();
    await expect.poll(async () => labels(await item.menu())).not.toContain('Ada Byron · Online');
  });

  it('has a status set in the popover reach the server', async () => {
    await item.activate();
    const popover = await pageAt(started.app, '/popover');
    await screenshot(popover, 'popover');
    await popover.getByRole('button', { name: /Lunch/ }).click();
    await expect.poll(account.ownPresence).toEqual({ show: 'away', status: expect.stringContaining('Lunch') });
    await expect.poll(() => shows(item, 'away', 'plain')).toBe(true);
    await item.choose('Set Status', 'Clear');
    await expect.poll(() => shows(item, 'online', 'plain')).toBe(true);
  });

  it('marks trouble with a connection', async () => {
    account.simulator.disableUser('grace');
    await expect.poll(() => item.toolTip(), { timeout: 20_000 }).toContain('Work needs a sign-in');
    const { status } = meSchema.parse((await call(main, 'GET', '/v1/me/status')).body);
    await expect.poll(() => shows(item, status, 'trouble')).toBe(true);
  });

  it('opens the main window at Preferences, and quits', async () => {
    await item.choose('Preferences');
    await expect.poll(() => new URL(main.url()).pathname).toBe('/preferences');
    const ended = new Promise((done) => started.app.process().once('exit', done));
    // The application may be gone before it has answered the panel.
    await item.choose('Quit').catch(() => undefined);
    expect(await ended).toBe(0);
  });
});
