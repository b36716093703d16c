import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ElectronApplication } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { trayFile } from '../../../assets/tray-icons.ts';
import { type Desktop, type DesktopParts, findDesktop, startDesktop } from '../../support/desktop/desktop.ts';
import { findElectron, launchElectron } from '../../support/electron.ts';
import { decodePng } from '../../support/png.ts';
import { describeWith, isMissing } from '../../support/requirement.ts';

const icon = resolve('assets/tray', trayFile('busy', 'trouble', 24));

/**
 * The desktop that the other tests in this folder stand on: if one of these fails, look here first. The application is a few
 * lines that use Electron's own tray and notifications, so that nothing of Muster's is in question.
 */
const source = `
import { app, Menu, Notification, Tray } from 'electron';
globalThis.events = [];
const note = (event) => () => globalThis.events.push(event);
// Not awaited: Electron gets ready only once its main module has been evaluated.
app.whenReady().then(() => {
  globalThis.tray = new Tray(${JSON.stringify(`${icon}.png`)});
  globalThis.tray.setToolTip('Busy until 15:00');
  globalThis.tray.on('click', note('click'));
  globalThis.tray.setContextMenu(Menu.buildFromTemplate([
    { label: 'Open', click: note('open') },
    { label: 'Set status', submenu: [{ label: 'Away', type: 'checkbox', checked: true, click: note('away') }] },
  ]));
  globalThis.notification = new Notification({ title: 'Ada is online', body: 'Pairing' });
  globalThis.notification.on('click', note('notification'));
  globalThis.notification.show();
});
`;

const parts: DesktopParts = { tray: true, notifications: true };
const lacking = findDesktop(parts);
const electron = findElectron();

describeWith(isMissing(electron) ? electron : lacking, 'desktop for tests', () => {
  let desktop: Desktop;
  let app: ElectronApplication;
  const events = () => app.evaluate(() => Reflect.get(globalThis, 'events'));

  beforeAll(async () => {
    desktop = await startDesktop(parts);
    const appDir = join(desktop.folder, 'app');
    mkdirSync(appDir);
    writeFileSync(join(appDir, 'package.json'), JSON.stringify({ name: 'tried', type: 'module', main: 'main.js' }));
    writeFileSync(join(appDir, 'main.js'), source);
    app = await launchElectron(desktop, { appDir });
  });
  afterAll(async () => {
    await app?.close();
    await desktop?.stop();
  });

  it('registers a tray icon with its picture, words and menu', async () => {
    const item = await desktop.tray?.waitForItem();
    const [pixmap] = (await item?.pixmaps()) ?? [];
    // Of the pictures beside each other Electron hands the largest to the panel.
    const { width, rgba } = decodePng(readFileSync(`${icon}@2x.png`));
    expect(pixmap?.width).toBe(width);
    const shape = (bytes: Buffer | undefined, first: number) => bytes?.filter((_, index) => index % 4 === first);
    expect(shape(pixmap?.argb, 0)).toEqual(shape(rgba, 3));
    expect(await item?.toolTip()).toBe('Busy until 15:00');
    expect(await item?.menu()).toMatchObject([
      { label: 'Open' },
      { label: 'Set status', entries: [{ label: 'Away', kind: 'checkbox', checked: true }] },
    ]);
  });

  it('delivers clicks on the icon and on its menu', async () => {
    const item = await desktop.tray?.waitForItem();
    await item?.activate();
    await item?.choose('Open');
    await item?.choose('Set status', 'Away');
    await expect.poll(events).toEqual(['click', 'open', 'away']);
    await expect(item?.choose('Quit')).rejects.toThrow('it has "Open", "Set status"');
  });

  it('shows a notification and delivers the click on it', async () => {
    await expect.poll(() => desktop.notifications?.displayed()).toBe(1);
    await desktop.notifications?.click();
    await expect.poll(events).toContain('notification');
    expect(await desktop.notifications?.closeAll()).toMatchObject([{ summary: 'Ada is online', body: 'Pairing' }]);
  });
});
