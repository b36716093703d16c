import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { de } from '../../../renderer/strings/de.ts';
import { en } from '../../../renderer/strings/en.ts';
import { findChromium } from '../../support/chromium.ts';
import { describeWith } from '../../support/requirement.ts';
import { withColleagues } from './support/colleagues.ts';
import { see } from './support/see.ts';
import { type Stage, startStage } from './support/stage.ts';

type Catalogue = { readonly [key: string]: string | Catalogue };

const sentences = (catalogue: Catalogue): string[] =>
  Object.values(catalogue).flatMap((entry) => (typeof entry === 'string' ? [entry] : sentences(entry)));

const german = new Set(sentences(de));
/** English words that are said in one piece and have another German form: none of them may be left. */
const onlyEnglish = new Set(
  sentences(en).filter((text) => !text.includes('{{') && text.length > 3 && !german.has(text)),
);

const PLACES = ['/people', '/alerts', '/schedule', '/accounts', '/accounts/add', '/preferences', '/popover'] as const;

describeWith(findChromium(), 'preferences', () => {
  let stage: Stage;
  let page: Page;

  beforeAll(async () => {
    stage = await startStage();
    await withColleagues(stage);
    page = await stage.visit({ path: '/preferences' });
  });
  afterEach(() => expect(stage.problems).toEqual([]));
  afterAll(() => stage?.close());

  /** Every piece of text and every name that a screen reader would say. */
  const said = (): Promise<string[]> =>
    page.evaluate(() => {
      const texts: string[] = [];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) texts.push(walker.currentNode.textContent?.trim() ?? '');
      for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
        for (const name of ['aria-label', 'title', 'placeholder']) texts.push(element.getAttribute(name) ?? '');
      }
      return texts.filter((text) => text !== '');
    });

  it('changes the theme at once, for every tab, and keeps it over a reload', async () => {
    const other = await stage.visit({ context: page.context() });
    await page.getByRole('radio', { name: 'Dark' }).click();
    await see(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await see(other.locator('html')).toHaveAttribute('data-theme', 'dark');
    const dark = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await page.reload();
    await see(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await page.getByRole('radio', { name: 'Light' }).click();
    await see(page.locator('html')).toHaveAttribute('data-theme', 'light');
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).not.toBe(dark);
    await page.getByRole('radio', { name: 'As this computer' }).click();
    await see(page.locator('html')).not.toHaveAttribute('data-theme', /./);
    await other.close();
  });

  it('makes a preset that is then one press away', async () => {
    await page.getByRole('button', { name: 'New preset…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Tea');
    await dialog.getByRole('radio', { name: 'Away' }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^My status/ }).click();
    await page.getByRole('button', { name: /^Tea/ }).click();
    await see(page.getByRole('button', { name: /^My status/ })).toContainText('Away');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Delete Tea' }).click();
    await see(page.getByRole('button', { name: 'Edit Tea' })).toHaveCount(0);
    await stage.served.api('DELETE', '/v1/me/status');
  });

  it('says where secrets are kept, and what was found', async () => {
    await see(page.getByText('Memory only').first()).toBeVisible();
    await see(page.getByText(/Your accounts need a new sign-in after the next start/)).toBeVisible();
    await see(page.getByText(/^Muster \d+\.\d+\.\d+$/)).toBeVisible();
  });

  it('speaks German at once and everywhere when told so, with nothing left in English', async () => {
    await page.getByLabel('Language').selectOption({ label: 'Deutsch' });
    await see(page.getByRole('heading', { level: 1 })).toHaveText('Einstellungen');
    await see(page.locator('html')).toHaveAttribute('lang', 'de');
    for (const place of PLACES) {
      await page.goto(`${stage.served.url}${place}`);
      await see(page.locator('html')).toHaveAttribute('lang', 'de');
      await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
      await see
        .poll(async () => (await said()).filter((text) => onlyEnglish.has(text)), { message: place })
        .toEqual([]);
    }
    await page.goto(`${stage.served.url}/preferences`);
    await page.getByLabel('Sprache').selectOption({ label: 'English' });
    await see(page.getByRole('heading', { level: 1 })).toHaveText('Preferences');
  });

  it('signs this browser out', async () => {
    await page.getByRole('button', { name: 'Sign this browser out' }).click();
    await see(page.getByRole('heading', { name: 'This browser is not signed in' })).toBeVisible();
    expect(await page.context().cookies()).toEqual([]);
    stage.problems.splice(0);
  });
});
