import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { XmppSimulator } from '../../../src/simulator/xmpp/server.ts';
import { findChromium, launchChromium } from '../../support/chromium.ts';
import { type Display, findXvfb, startXvfb } from '../../support/desktop/xvfb.ts';
import { describeWith, isMissing, type Missing } from '../../support/requirement.ts';
import { signIn, startWorkspace, withColleagues } from './support/colleagues.ts';
import { openPerson } from './support/page-parts.ts';
import { see } from './support/see.ts';
import { type Stage, startStage } from './support/stage.ts';

/** A Chromium that shows notifications, and a display for it: without a window Chromium refuses them. */
function findNotifyingChromium(): object | Missing {
  const chromium = findChromium();
  if (isMissing(chromium)) return chromium;
  if (!chromium.notifications) return { missing: 'chromium', reason: 'the packaged one refuses notifications' };
  return findXvfb();
}

/** What a page asked the browser to show. */
type Shown = { readonly title: string; readonly body: string; readonly tag: string };

declare global {
  interface Window {
    shown?: Shown[];
    clicked?: () => void;
  }
}

/** The browser's own notifications, watched: they are still shown. */
const watchNotifications = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const shown: Shown[] = [];
    window.shown = shown;
    window.Notification = class extends Notification {
      constructor(title: string, options?: NotificationOptions) {
        super(title, options);
        shown.push({ title: this.title, body: this.body, tag: this.tag });
        window.clicked = () => this.dispatchEvent(new Event('click'));
      }
    };
  });
const titlesOf = (page: Page): Promise<string[] | undefined> =>
  page.evaluate(() => window.shown?.map(({ title }) => title));

describeWith(findNotifyingChromium(), 'notifications of the browser', () => {
  let display: Display;
  let browser: Browser;
  let stage: Stage;
  let xmpp: XmppSimulator;

  beforeAll(async () => {
    display = await startXvfb();
    browser = await launchChromium({ headless: false, env: { ...process.env, DISPLAY: display.display } });
    stage = await startStage({ browser });
    ({ xmpp } = await withColleagues(stage));
  });
  afterAll(async () => {
    await browser?.close();
    await stage?.close();
    await display?.stop();
  });

  it('asks for them only when pressed, shows one for each alert, and leads to the person', async () => {
    const page = await stage.visit({ permissions: [] });
    await watchNotifications(page);
    await page.reload();
    await see(page.getByRole('option')).toHaveCount(5);
    expect(await page.evaluate(() => Notification.permission)).not.toBe('granted');
    await page.context().grantPermissions(['notifications'], { origin: stage.served.url });
    await page.reload();
    await see(page.getByRole('option')).toHaveCount(5);
    expect(await page.evaluate(() => Notification.permission)).toBe('granted');
    await openPerson(page, 'Ada Byron');
    await page.getByRole('button', { name: 'Tell me when…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Tell me', exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('navigation').getByRole('link', { name: 'Schedule' }).click();

    xmpp.setPresence('ada', 'desk', { priority: 1 });
    await expect
      .poll(() => page.evaluate(() => window.shown?.map(({ title, body }) => ({ title, body }))))
      .toEqual([{ title: 'Ada Byron is Online', body: 'Was Offline before.' }]);
    await page.evaluate(() => window.clicked?.());
    await see(page.getByRole('heading', { level: 2, name: 'Ada Byron' })).toBeVisible();
    expect(stage.problems).toEqual([]);
  });

  it('tells once that an account needs somebody, leads to its page, and tells once that it is back', async () => {
    const { slack, signIn: account, userIds } = await startWorkspace();
    stage.onClose(() => slack.close());
    const accountId = await signIn(stage, account);
    const page = await stage.visit({ path: '/schedule', permissions: ['notifications'] });
    await watchNotifications(page);
    await page.reload();
    await see(page.getByRole('heading', { level: 1, name: 'Schedule' })).toBeVisible();

    slack.workspace.revokeToken(account.secrets.userToken ?? '');
    await stage.served.api('POST', `/v1/accounts/${accountId}/reconnect`);
    await expect.poll(() => titlesOf(page)).toEqual(['Harbour Works needs you']);
    const [notice] = (await page.evaluate(() => window.shown)) ?? [];
    expect(notice?.body).toContain('Sign in again');
    await page.evaluate(() => window.clicked?.());
    await see(page.getByRole('heading', { level: 1, name: 'Harbour Works' })).toBeVisible();
    await see(page.locator('main header').getByText('Needs sign-in', { exact: true })).toBeVisible();

    const userToken = slack.workspace.issueToken({ userId: userIds.noor });
    await stage.served.api('PATCH', `/v1/accounts/${accountId}`, { secrets: { userToken } });
    await expect.poll(() => titlesOf(page)).toEqual(['Harbour Works needs you', 'Harbour Works is back']);
    await see(page.locator('main header').getByText('Connected', { exact: true })).toBeVisible();
    expect(stage.problems).toEqual([]);
  });
});
