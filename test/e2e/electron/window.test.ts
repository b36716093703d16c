import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DesktopParts, findDesktop } from '../../support/desktop/desktop.ts';
import { findElectron } from '../../support/electron.ts';
import { describeWith, isMissing } from '../../support/requirement.ts';
import { call, pageAt, type StartedApp, screenshot, startApp } from './started-app.ts';

const parts: DesktopParts = {};
const electron = findElectron();

describeWith(isMissing(electron) ? electron : findDesktop(parts), 'the main window', () => {
  let started: StartedApp;
  beforeAll(async () => {
    started = await startApp(parts);
  });
  afterAll(() => started?.stop());

  it('shows the interface on the private scheme, and the API answers it', async () => {
    const page = await pageAt(started.app, '/welcome');
    expect(new URL(page.url()).protocol).toBe('muster-app:');
    expect(await call(page, 'GET', '/v1/health')).toMatchObject({ status: 200, body: { status: 'ok', accounts: [] } });
    await screenshot(page, 'first-run');
  });
});
