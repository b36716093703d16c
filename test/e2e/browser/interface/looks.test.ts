import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeOptions } from '../../../renderer/support/fake-api.ts';
import {
  axeFindings,
  type InterfaceBrowser,
  overflowsSideways,
  startInterfaceBrowser,
  type View,
} from '../../../renderer/support/interface-browser.ts';
import { preferences } from '../../../renderer/support/team.ts';
import { findChromium } from '../../../support/chromium.ts';
import { describeWith } from '../../../support/requirement.ts';

/** Each view in both schemes; and where room or words differ, those views that have most to fit. */
const sizes: readonly (readonly [string, View])[] = [
  ['light', {}],
  ['dark, text at 200 % in 640 px', { width: 640, textScale: 2, dark: true }],
];

type Step = (page: Page) => Promise<void>;
const nothing: Step = () => Promise.resolve();
const press =
  (...names: readonly RegExp[]): Step =>
  async (page) => {
    for (const name of names) await page.getByRole('button', { name }).press('Enter');
  };

const team: FakeOptions = { people: 60 };
const views: readonly (readonly [string, string, FakeOptions, Step])[] = [
  ['people', '/people', team, nothing],
  ['a person', '/people/c_0', team, nothing],
  ['my status', '/people/c_0', team, press(/^(My status|Mein Status)/)],
  ['setting a status', '/people/c_0', team, press(/^(My status|Mein Status)/, /^(Set status|Status setzen)…$/)],
  ['tell me when', '/people/c_0', team, press(/^(Tell me when|Sag Bescheid, wenn)…$/)],
  ['the menu of a person', '/people/c_0', team, press(/^(More for|Mehr zu)/)],
  ['nobody yet', '/people', { people: 0, accounts: 'none' }, nothing],
  ['no session', '/', { people: 0, signedOut: true }, nothing],
];

describeWith(findChromium(), 'how it looks', () => {
  let browser: InterfaceBrowser;

  beforeAll(async () => {
    browser = await startInterfaceBrowser();
  });
  afterAll(() => browser.close());

  describe.each(sizes)('%s', (_size, view) => {
    it.each(views)('%s: axe finds nothing and nothing sticks out', async (_view, path, core, step) => {
      const { page } = await browser.open(path, core, view);
      await page.getByRole('main').waitFor();
      await page.locator('[role=option], h1:visible, h2:visible').first().waitFor();
      await step(page);
      expect(await axeFindings(page)).toEqual([]);
      expect(await overflowsSideways(page)).toBe(false);
      await page.context().close();
    });
  });

  it.each([
    ['640 px', { width: 640 }],
    ['dark', { dark: true }],
    ['German', { locale: 'de-DE' }],
  ])('a person, %s: axe finds nothing and nothing sticks out', async (_size, view: View) => {
    const { page } = await browser.open('/people/c_0', team, view);
    await page.getByRole('table').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    expect(await overflowsSideways(page)).toBe(false);
  });

  it.each([
    ['dark', { dark: true }],
    ['text at 200 %', { textScale: 2 }],
  ])('the popover, %s: axe finds nothing and nothing sticks out', async (_size, view: View) => {
    const { page } = await browser.open(
      '/popover',
      { ...team, accounts: 'trouble' },
      { ...view, width: 380, height: 580 },
    );
    await page.getByRole('option').first().waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('search');
    expect(await axeFindings(page)).toEqual([]);
    expect(await overflowsSideways(page)).toBe(false);
  });

  it('signs in with a one-time link and takes the code out of the address', async () => {
    const { page, url } = await browser.open('/', { people: 3, signedOut: true });
    await page.getByRole('heading', { name: 'This browser is not signed in' }).waitFor();
    await page.goto(`${url}/#good-code-123`);
    await page.getByRole('option').first().waitFor();
    expect(new URL(page.url()).hash).toBe('');
  });

  it('follows the preferences for theme and language at once, against the system', async () => {
    const { page, api } = await browser.open('/people', { people: 3 });
    await page.getByRole('option').first().waitFor();
    const ground = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    api.send('settings', { ...preferences, kind: 'preferences', theme: 'dark', language: 'de' });
    await page.getByRole('link', { name: 'Personen' }).waitFor();
    await expect.poll(ground).not.toBe(light);
    expect(await page.title()).toBe('Personen · Muster');
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    api.send('settings', { ...preferences, kind: 'preferences', theme: 'light', language: 'en' });
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(ground).toBe(light);
  });
});
