import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DesktopParts, findDesktop } from '../../support/desktop/desktop.ts';
import { findElectron } from '../../support/electron.ts';
import { describeWith, isMissing } from '../../support/requirement.ts';
import { contactNamed, type SimulatedAccount, startSimulatedAccount } from './simulated-account.ts';
import { call, isShown, pageAt, type StartedApp, startApp } from './started-app.ts';

const parts: DesktopParts = { tray: true, notifications: true };
const electron = findElectron();

describeWith(isMissing(electron) ? electron : findDesktop(parts), 'a notification', () => {
  let account: SimulatedAccount;
  let started: StartedApp;
  let main: Page;
  let ada: string;

  const toolTip = async () => (await started.desktop.tray?.waitForItem())?.toolTip();
  const closeMain = () => started.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());

  beforeAll(async () => {
    account = await startSimulatedAccount();
    started = await startApp(parts);
    main = await pageAt(started.app, '/');
  });
  afterAll(async () => {
    await started?.stop();
    await account?.simulator.close();
  });

  it('is shown when somebody who is watched comes online, and its click opens that person', async () => {
    await account.signIn(main);
    await expect.poll(async () => (await contactNamed(main, 'Ada Byron'))?.status).toBe('offline');
    ada = (await contactNamed(main, 'Ada Byron'))?.id ?? '';
    const watch = { contactId: ada, to: ['online'], repeat: 'always', note: 'Ask about the engine' };
    expect(await call(main, 'POST', '/v1/watches', watch)).toMatchObject({ status: 201 });
    await closeMain();
    await expect.poll(() => started.app.windows().length).toBe(0);
    account.adaComes();
    await expect.poll(() => started.desktop.notifications?.displayed()).toBe(1);
    await expect.poll(toolTip).toContain('1 new alert');
    await started.desktop.notifications?.click();
    main = await pageAt(started.app, `/people/${ada}`);
    await expect.poll(() => isShown(started.app, '/people')).toBe(true);
    await expect.poll(toolTip).not.toContain('new alert');
    expect(await started.desktop.notifications?.closeAll()).toMatchObject([
      { summary: 'Ada Byron is online', body: 'Ask about the engine' },
    ]);
  });

  it('is not shown while do-not-disturb is on, and the alert is listed with that reason', async () => {
    account.adaLeaves();
    await expect.poll(async () => (await contactNamed(main, 'Ada Byron'))?.status).toBe('offline');
    await call(main, 'PUT', '/v1/me/do-not-disturb', {});
    await call(main, 'PATCH', '/v1/settings', { alertDwellSeconds: 0 });
    account.adaComes();
    await expect
      .poll(async () => (await call(main, 'GET', '/v1/alerts')).body)
      .toMatchObject({ items: [{ outcome: 'suppressed', reason: 'do-not-disturb' }, { outcome: 'delivered' }] });
    expect(await started.desktop.notifications?.displayed()).toBe(0);
  });
});
