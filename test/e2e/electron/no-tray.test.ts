import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { type Desktop, type DesktopParts, findDesktop } from '../../support/desktop/desktop.ts';
import { startTrayHost } from '../../support/desktop/tray-host.ts';
import { findElectron } from '../../support/electron.ts';
import { describeWith, isMissing } from '../../support/requirement.ts';
import { call, isShown, pageAt, type StartedApp, startApp } from './started-app.ts';

const parts: DesktopParts = {};
const electron = findElectron();
const findings = z.object({ findings: z.array(z.object({ id: z.string(), level: z.string() })) });

describeWith(isMissing(electron) ? electron : findDesktop(parts), 'a desktop without a tray', () => {
  let started: StartedApp;
  let desktop: Desktop;
  let page: Page;

  beforeAll(async () => {
    // Even when it was asked to start hidden: nothing else would lead to it.
    started = await startApp(parts, { args: ['--hidden'] });
    desktop = started.desktop;
    page = await pageAt(started.app, '/', 30_000);
  });
  afterAll(() => started?.stop());

  const levelOf = async (id: string) => {
    const { body } = await call(page, 'GET', '/v1/doctor');
    return findings.parse(body).findings.find((finding) => finding.id === id)?.level;
  };

  it('has the window opened, and says what is missing', async () => {
    await expect.poll(() => isShown(started.app, '/')).toBe(true);
    expect(await levelOf('tray')).toBe('warning');
    expect(await levelOf('notifications')).toBe('problem');
    expect(await levelOf('sqlite')).toBe('ok');
  });

  it('keeps the window in the task bar when it is closed', async () => {
    await started.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await new Promise((done) => setTimeout(done, 300));
    expect(started.app.windows()).toHaveLength(1);
  });

  it('gets the icon when a tray comes later', async () => {
    const tray = await startTrayHost(desktop.env.DBUS_SESSION_BUS_ADDRESS ?? '');
    const item = await tray.waitForItem();
    expect(await item.toolTip()).toContain('No account yet');
    await expect.poll(() => levelOf('tray')).toBe('ok');
    await tray.stop();
    await expect.poll(() => levelOf('tray')).toBe('warning');
  });
});
