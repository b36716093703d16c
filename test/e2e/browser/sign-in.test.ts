import type { Browser, BrowserContext } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findChromium, launchChromium } from '../../support/chromium.ts';
import { describeWith } from '../../support/requirement.ts';
import { see } from './support/see.ts';
import { type Served, startServed } from './support/served.ts';

describeWith(findChromium(), 'signing in to the interface', () => {
  let served: Served;
  let browser: Browser;
  let context: BrowserContext;

  beforeAll(async () => {
    [served, browser] = await Promise.all([startServed(), launchChromium()]);
    context = await browser.newContext({ locale: 'en-GB' });
  });
  afterAll(async () => {
    await browser?.close();
    await served?.remove();
  });

  it('shows nothing to a browser that has no link, and says where to get one', async () => {
    const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
    await page.goto(`${served.url}/people`);
    await see(page.getByRole('heading', { name: 'This browser is not signed in' })).toBeVisible();
    await see(page.getByText('npx muster serve --open')).toBeVisible();
    await see(page.getByRole('navigation')).toHaveCount(0);
    expect(await page.evaluate(() => fetch('/v1/contacts').then(({ status }) => status))).toBe(401);
    await page.context().close();
  });

  it('lets in whoever opens the printed link, and takes the code out of the address', async () => {
    const page = await context.newPage();
    await page.goto(served.printedLink);
    await see(page).toHaveURL(/\/(welcome|people)$/);
    expect(await page.evaluate(() => fetch('/v1/contacts').then(({ status }) => status))).toBe(200);
    await page.close();
  });

  it('holds the session in a cookie that no script reads and no other site sends', async () => {
    const cookies = await context.cookies();
    expect(cookies).toHaveLength(1);
    expect(cookies[0]).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/' });
    const page = await context.newPage();
    await page.goto(served.url);
    expect(await page.evaluate(() => document.cookie)).toBe('');
    await page.close();
  });

  it('refuses a link that was used, and says so', async () => {
    const other = await browser.newContext({ locale: 'en-GB' });
    const page = await other.newPage();
    await page.goto(served.printedLink);
    await see(page.getByText('This link has been used or has expired.')).toBeVisible();
    expect(await other.cookies()).toEqual([]);
    await page.goto(served.link());
    await see(page).toHaveURL(/\/(welcome|people)$/);
    await other.close();
  });

  it('keeps a browser signed in that opens a used link once more', async () => {
    const page = await context.newPage();
    await page.goto(served.printedLink);
    await see(page).toHaveURL(/\/(welcome|people)$/);
    await page.close();
  });

  it('shows no page inside of another one', async () => {
    const answer = await fetch(`${served.url}/people`);
    expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });
});
