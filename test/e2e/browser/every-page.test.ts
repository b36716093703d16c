import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { routes } from '../../../src/contract/index.ts';
import type { XmppSimulator } from '../../../src/simulator/xmpp/server.ts';
import { findChromium } from '../../support/chromium.ts';
import { describeWith } from '../../support/requirement.ts';
import { signIn, startWorkspace, withColleagues } from './support/colleagues.ts';
import { see } from './support/see.ts';
import { type Stage, startStage } from './support/stage.ts';

/** Every place, with what is there once it is drawn. */
const PLACES = [
  ['/people', '[role="option"]'],
  ['/people/PERSON', 'table'],
  ['/alerts', 'li'],
  ['/schedule', '[role="gridcell"]'],
  ['/people/same-person', 'h2'],
  ['/accounts', 'h2'],
  ['/accounts/ACCOUNT', 'dl'],
  ['/accounts/add', 'h2'],
  ['/accounts/add/slack', 'form'],
  ['/preferences', 'h2'],
  ['/welcome', 'h1'],
  ['/popover', '[role="option"]'],
  ['/nothing-here', 'h1, h2'],
] as const;

/** The rules of WCAG 2 A and AA and axe's best practices. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

describeWith(findChromium(), 'every page, with real accounts behind it', () => {
  let stage: Stage;
  let xmpp: XmppSimulator;
  let page: Page;
  let person = '';
  let account = '';

  beforeAll(async () => {
    stage = await startStage();
    ({ xmpp } = await withColleagues(stage));
    const workspace = await startWorkspace();
    stage.onClose(() => workspace.slack.close());
    account = await signIn(stage, workspace.signIn);
    page = await stage.visit();
    await see(page.getByRole('option')).toHaveCount(7);
    const { items } = routes.listContacts.answer.parse(await stage.served.api('GET', '/v1/contacts?query=grace'));
    person = items[0]?.id ?? '';
    await stage.served.api('POST', '/v1/watches', { contactId: person, to: ['online'], repeat: 'always' });
    for (const step of ['offline', 'online', 'offline', 'online']) {
      if (step === 'online') xmpp.setPresence('grace', 'desk', { priority: 1, show: 'chat' });
      else if (xmpp.sessions('grace').length > 0) xmpp.goOffline('grace', 'desk');
    }
    await stage.served.api('POST', '/v1/schedules', {
      name: 'Evenings',
      enabled: true,
      timeZone: 'device',
      rules: [{ days: ['mon', 'tue', 'sat'], from: '18:30', to: '08:00' }],
      doNotDisturb: true,
    });
    await stage.served.api('PUT', '/v1/me/status', { status: 'busy', message: 'Focus', emoji: '🎧' });
  });
  afterAll(() => stage?.close());

  async function open(path: string, ready: string): Promise<void> {
    await page.goto(`${stage.served.url}${path.replace('PERSON', person).replace('ACCOUNT', account)}`);
    await page.locator(ready).first().waitFor({ state: 'attached' });
  }
  const axe = async () => {
    const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  };
  const sideways = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

  it.each(PLACES)('%s: axe finds nothing, light and dark', async (path, ready) => {
    await page.setViewportSize({ width: 1040, height: 720 });
    await open(path, ready);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      // Of a page that is still loading, what it comes to counts.
      await expect.poll(axe, { message: colorScheme }).toEqual([]);
    }
    await page.emulateMedia({ colorScheme: 'light' });
  });

  it('needs no sideways scrolling at 640 px, nor with text at 200 %', async () => {
    await page.setViewportSize({ width: 640, height: 720 });
    for (const [path, ready] of PLACES) {
      await open(path, ready);
      expect(await sideways(), path).toBeLessThanOrEqual(0);
      await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
      expect(await sideways(), `${path} with large text`).toBeLessThanOrEqual(0);
    }
    await page.setViewportSize({ width: 1040, height: 720 });
  });

  it('tells a status without colour: in forced colours every shape is still drawn, and has its word', async () => {
    await page.emulateMedia({ forcedColors: 'active' });
    await open('/people', '[role="option"]');
    for (const row of await page.getByRole('option').all()) {
      await see(row).toContainText(/Online|Idle|Busy|Away|Offline|Not known/);
      const { width, height } = (await row.locator('svg').first().boundingBox()) ?? { width: 0, height: 0 };
      expect(Math.min(width, height)).toBeGreaterThan(7);
    }
    expect(await axe()).toEqual([]);
    await page.emulateMedia({ forcedColors: 'none' });
  });

  it('moves nothing for whoever asked for less motion', async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    for (const [path, ready] of PLACES) {
      await open(path, ready);
      const moving = await page.evaluate(
        () =>
          document.getAnimations().filter((animation) => Number(animation.effect?.getComputedTiming().duration) > 20)
            .length,
      );
      expect(moving, path).toBe(0);
    }
  });

  it('breaks no rule of its content-security policy, writes no error and asks nobody else', () => {
    expect(stage.problems).toEqual([]);
  });
});
