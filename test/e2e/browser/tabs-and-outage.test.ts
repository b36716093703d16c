import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { XmppSimulator } from '../../../src/simulator/xmpp/server.ts';
import { findChromium } from '../../support/chromium.ts';
import { describeWith } from '../../support/requirement.ts';
import { withColleagues } from './support/colleagues.ts';
import { rowOf } from './support/page-parts.ts';
import { see } from './support/see.ts';
import { type Stage, startStage } from './support/stage.ts';

describeWith(findChromium(), 'several tabs, and a Muster that goes away', () => {
  let stage: Stage;
  let xmpp: XmppSimulator;
  const pages: Page[] = [];
  const streams: string[] = [];

  beforeAll(async () => {
    stage = await startStage({ vault: true });
    ({ xmpp } = await withColleagues(stage));
    const first = await stage.visit();
    await see(first.getByRole('option')).toHaveCount(5);
    const context = first.context();
    context.on('request', (request) => {
      if (new URL(request.url()).pathname === '/v1/events') streams.push(request.url());
    });
    pages.push(first, await stage.visit({ context }), await stage.visit({ context, path: '/popover' }));
    for (const page of pages) await see(page.getByRole('option')).toHaveCount(5);
  });
  afterAll(() => stage?.close());

  it('shares one stream of events among tabs', async () => {
    xmpp.setPresence('ada', 'desk', { priority: 1, status: 'To every tab' });
    for (const page of pages) await see(rowOf(page, 'Ada Byron')).toContainText('To every tab');
    expect(streams).toEqual([]);
  });

  it('hands the stream on when the tab that held it closes', async () => {
    await pages.shift()?.close();
    await expect.poll(() => streams.length).toBe(1);
    xmpp.setPresence('ada', 'desk', { priority: 1, status: 'After the first tab' });
    for (const page of pages) await see(rowOf(page, 'Ada Byron')).toContainText('After the first tab');
    expect(stage.problems).toEqual([]);
  });

  it('says that Muster is not answering, what is still good, and keeps showing it', async () => {
    const [page] = pages;
    if (!page) throw new Error('There is no tab left.');
    await stage.served.stop();
    await see(page.getByText(/^Muster is not answering\. What you see is from/)).toBeVisible();
    await see(rowOf(page, 'Ada Byron')).toContainText('After the first tab');
    await page.getByRole('option').first().click();
    await page.getByRole('button', { name: 'Add to favourites' }).click();
    await see(page.getByRole('alert')).toContainText('Nothing was changed');
  });

  it('comes back by itself with what happened meanwhile', async () => {
    const [page] = pages;
    if (!page) throw new Error('There is no tab left.');
    xmpp.setPresence('grace', 'desk', { priority: 1, status: 'Came while Muster was away' });
    await stage.served.start();
    await see(page.getByText(/^Muster is not answering/)).toHaveCount(0, { timeout: 20_000 });
    await see(rowOf(page, 'Grace Okafor')).toContainText('Came while Muster was away', { timeout: 20_000 });
  });
});
