import type { Locator, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { routes } from '../../../src/contract/index.ts';
import { findChromium } from '../../support/chromium.ts';
import { describeWith } from '../../support/requirement.ts';
import { withColleagues } from './support/colleagues.ts';
import { searchIn } from './support/page-parts.ts';
import { see } from './support/see.ts';
import { type Stage, startStage } from './support/stage.ts';

/** Every Tab stop of the longest page fits well into this. */
const MOST_STOPS = 60;

describeWith(findChromium(), 'without a mouse', () => {
  let stage: Stage;
  let page: Page;

  beforeAll(async () => {
    stage = await startStage();
    const { xmpp } = await withColleagues(stage);
    xmpp.setPresence('zoe', 'desk', { priority: 1 });
    page = await stage.visit();
    await see(page.getByRole('option')).toHaveCount(5);
  });
  afterEach(() => expect(stage.problems).toEqual([]));
  afterAll(() => stage?.close());

  const press = (...keys: string[]) =>
    keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());

  /** Goes on with Tab until this has the focus, and sees that the focus can be seen. */
  async function tabTo(target: Locator): Promise<void> {
    for (let stop = 0; stop < MOST_STOPS; stop += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) {
        const seen = await target.evaluate((element) => {
          const { outlineStyle, outlineWidth, boxShadow, borderColor } = getComputedStyle(element);
          return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none' ? true : borderColor;
        });
        expect(seen, 'whether the focus can be seen').toBe(true);
        return;
      }
      await press('Tab');
    }
    throw new Error(`Tab never came to ${target}.`);
  }

  it('begins with a link that leads past the navigation', async () => {
    await page.evaluate(() => (document.activeElement instanceof HTMLElement ? document.activeElement.blur() : null));
    await press('Tab');
    await see(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
    await press('Enter');
    await see(page.getByRole('main')).toBeFocused();
  });

  it('finds and opens a person: Ctrl K, typing, arrows, Enter; Escape leads back', async () => {
    await press('Control+k');
    await see(searchIn(page)).toBeFocused();
    await page.keyboard.type('zoe');
    await press('ArrowDown', 'Enter');
    await see(page.getByRole('heading', { level: 2, name: 'Zoë Kaya' })).toBeVisible();
    await press('Escape', 'Escape');
    await see(searchIn(page)).toHaveValue('');
    await page.keyboard.type('zoe');
    await press('Enter');
    await see(page.getByRole('heading', { level: 2, name: 'Zoë Kaya' })).toBeVisible();
  });

  it('makes them a favourite', async () => {
    await tabTo(page.getByRole('button', { name: 'Add to favourites' }));
    await press('Space');
    await see(page.getByRole('button', { name: 'Remove from favourites' })).toBeFocused();
    const people = routes.listContacts.answer.parse(await stage.served.api('GET', '/v1/contacts?favourite=true'));
    expect(people.items.map(({ name }) => name)).toEqual(['Zoë Kaya']);
  });

  it('sets a watch on them, and Escape gives the focus back to where it was', async () => {
    const button = page.getByRole('button', { name: 'Tell me when…' });
    await button.focus();
    await press('Enter');
    const dialog = page.getByRole('dialog');
    await see(dialog).toBeVisible();
    await press('Escape');
    await see(dialog).toHaveCount(0);
    await see(button).toBeFocused();
    await press('Enter');
    await tabTo(dialog.getByRole('button', { name: 'Tell me', exact: true }));
    await press('Enter');
    await see(page.getByText(/^Once, when .* becomes Online/)).toBeVisible();
    expect(routes.listWatches.answer.parse(await stage.served.api('GET', '/v1/watches')).items).toHaveLength(1);
  });

  it('sets its own status and clears it', async () => {
    const mine = page.getByRole('button', { name: /^My status/ });
    await mine.focus();
    await press('Enter');
    const panel = page.getByRole('dialog', { name: 'My status' });
    await tabTo(panel.getByRole('button', { name: 'Set status…' }));
    await press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Set status' });
    await tabTo(dialog.getByRole('radio', { checked: true }));
    // Held as long as a finger holds it: the radio group chooses while the key is down.
    await page.keyboard.press('ArrowRight', { delay: 40 });
    await see(dialog.getByRole('radio', { name: 'Offline' })).toBeChecked();
    await tabTo(dialog.getByLabel('Message'));
    await page.keyboard.type('Walking the dog');
    await press('Enter');
    await see(dialog).toHaveCount(0);
    await see(mine).toContainText('Walking the dog');
    await tabTo(panel.getByRole('button', { name: 'Clear' }));
    await press('Enter');
    await see(mine).not.toContainText('Walking the dog');
    await press('Escape');
    await see(panel).toHaveCount(0);
    await see(mine).toBeFocused();
  });

  it('never loses the focus: after a dialog that a menu opened, and on a page that a button led to', async () => {
    await page.getByRole('navigation').getByRole('link', { name: 'Accounts' }).press('Enter');
    const menu = page.getByRole('button', { name: /^More for / });
    await menu.press('Enter');
    await page.getByRole('menuitem', { name: 'Rename…' }).press('Enter');
    await see(page.getByRole('dialog').getByLabel('Name')).toBeFocused();
    await press('Escape');
    await see(menu).toBeFocused();
    await page.getByRole('button', { name: 'Connect an account' }).press('Enter');
    await page.getByRole('button', { name: 'Connect Slack' }).press('Enter');
    await see(page.getByRole('heading', { level: 1, name: 'Sign in to Slack' })).toBeVisible();
    await see(page.getByRole('main')).toBeFocused();
  });

  it('opens the schedule and paints an hour', async () => {
    await press('Escape');
    await page.evaluate(() => (document.activeElement instanceof HTMLElement ? document.activeElement.blur() : null));
    await tabTo(page.getByRole('navigation').getByRole('link', { name: 'Schedule' }));
    await press('Enter');
    const grid = page.getByRole('grid');
    await see(grid).toBeVisible();
    const start = page.locator('td[data-day="0"][data-row="18"]');
    await tabTo(start);
    await press('ArrowRight', 'Space', 'ArrowDown', 'Space');
    await see(page.locator('td[data-day="1"][data-row="19"]')).toHaveAttribute('aria-selected', 'true');
    await expect
      .poll(
        async () => routes.listSchedules.answer.parse(await stage.served.api('GET', '/v1/schedules')).items[0]?.rules,
      )
      .toEqual([{ days: ['tue'], from: '09:00', to: '10:00' }]);
  });
});
