import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type InterfaceBrowser,
  type OpenedPage,
  startInterfaceBrowser,
} from '../../../renderer/support/interface-browser.ts';
import { member } from '../../../renderer/support/team.ts';
import { findChromium } from '../../../support/chromium.ts';
import { describeWith } from '../../../support/requirement.ts';

const now = Date.now();
const people = 2_000;

describeWith(findChromium(), '2,000 people, by keyboard and live', () => {
  let browser: InterfaceBrowser;
  let opened: OpenedPage;

  beforeAll(async () => {
    browser = await startInterfaceBrowser();
    opened = await browser.open('/', { people, now });
    await opened.page.getByText('2,000').waitFor();
    await opened.page.getByRole('option').first().waitFor();
  });
  afterAll(() => browser.close());

  it('finds and opens somebody without a mouse, and comes back with Escape', async () => {
    const { page } = opened;
    await page.keyboard.press('Control+k');
    await page.keyboard.type('nair priya');
    await page.getByRole('option').first().getByText('Priya Nair').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Priya Nair' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/people/c_5');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('searchbox').inputValue()).toBe('');
  });

  it('walks the list from end to end, drawing only what is on screen', async () => {
    const { page } = opened;
    await page.getByRole('listbox').focus();
    await page.keyboard.press('End');
    await page.locator(`[role=option][aria-posinset="${people}"]`).waitFor();
    expect(await page.getByRole('option').count()).toBeLessThan(60);
    await page.keyboard.press('Home');
    await page.locator('[role=option][aria-posinset="1"]').waitFor();
    expect(await page.getByRole('listbox').getAttribute('aria-activedescendant')).toBe('person-c_0');
  });

  it('shows a change at once and leaves every other row the same element', async () => {
    const { page, api } = opened;
    await page.goto(`${opened.url}/people/c_0`);
    await page.getByRole('heading', { name: 'Ada Byron' }).waitFor();
    const untouched = page.locator('#person-c_1');
    await untouched.evaluate((row) => row.setAttribute('data-kept', 'yes'));
    for (let index = 200; index < 700; index += 1) {
      api.send('contact', { ...member(index, now), message: `Changed ${index}` });
    }
    api.send('contact', { ...member(0, now), name: 'Ada Changed', status: 'busy' });
    await page.getByRole('heading', { name: 'Ada Changed' }).waitFor();
    await page.getByRole('heading', { name: 'Why busy' }).waitFor();
    expect(await untouched.getAttribute('data-kept')).toBe('yes');
  });

  it('takes in 2,000 changes in a handful of steps, not one by one', async () => {
    const { page, api } = opened;
    await page.evaluate(() => {
      const list = document.querySelector('[role=listbox]');
      let batches = 0;
      new MutationObserver(() => {
        batches += 1;
        document.documentElement.setAttribute('data-batches', String(batches));
      }).observe(list ?? document, { subtree: true, characterData: true, childList: true });
    });
    for (let index = 0; index < people; index += 1) api.send('contact', { ...member(index, now), message: 'All' });
    api.send('contact', { ...member(0, now), name: 'The last one' });
    await page.getByRole('option').getByText('The last one').waitFor();
    const batches = Number(await page.locator('html').getAttribute('data-batches'));
    expect(batches).toBeGreaterThan(0);
    expect(batches).toBeLessThan(100);
  });

  it('tells the core who is on screen', async () => {
    await expect.poll(() => JSON.stringify(opened.api.bodies.get('putAttention') ?? null)).toContain('c_0');
  });

  it('comes back by itself after Muster was away', async () => {
    const { page, api } = opened;
    api.breakStreams();
    const again = async (): Promise<number> => {
      api.send('contact', { ...member(0, now), name: 'After the break' });
      return page.getByRole('heading', { name: 'After the break' }).count();
    };
    await expect.poll(again, { timeout: 20_000, interval: 500 }).toBe(1);
  });

  it('shares one stream among tabs, and hands it on when its tab closes', async () => {
    const { context, api, url } = opened;
    const streams = (): number => api.calls.filter((call) => call === 'GET /v1/events').length;
    const before = streams();
    const second = await context.newPage();
    await second.goto(`${url}/popover`);
    await second.getByRole('option').first().waitFor();
    expect(streams()).toBe(before);
    await opened.page.close();
    await expect.poll(streams, { timeout: 10_000 }).toBe(before + 1);
    const taken = async (): Promise<number> => {
      api.send('contact', { ...member(0, now), name: 'After the takeover' });
      return second.getByText('After the takeover').count();
    };
    await expect.poll(taken, { timeout: 20_000, interval: 500 }).toBeGreaterThan(0);
  });

  it('complained about nothing, the content-security policy included', () => {
    expect(opened.complaints).toEqual([]);
  });
});
