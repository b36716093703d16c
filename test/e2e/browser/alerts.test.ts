import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { XmppSimulator } from '../../../src/simulator/xmpp/server.ts';
import { findChromium } from '../../support/chromium.ts';
import { describeWith } from '../../support/requirement.ts';
import { withColleagues } from './support/colleagues.ts';
import { openPerson } from './support/page-parts.ts';
import { see } from './support/see.ts';
import { type Stage, startStage } from './support/stage.ts';

describeWith(findChromium(), 'alerts', () => {
  let stage: Stage;
  let xmpp: XmppSimulator;
  let page: Page;

  beforeAll(async () => {
    stage = await startStage();
    ({ xmpp } = await withColleagues(stage));
    page = await stage.visit();
    await see(page.getByRole('option')).toHaveCount(5);
  });
  afterEach(() => expect(stage.problems).toEqual([]));
  afterAll(() => stage?.close());

  const place = (name: string) => page.getByRole('navigation').getByRole('link', { name });
  const listed = () => page.getByRole('main').getByRole('listitem');

  async function watch(name: string): Promise<void> {
    await place('People').click();
    await openPerson(page, name);
    await page.getByRole('button', { name: 'Tell me when…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: 'Every time' }).click();
    await dialog.getByLabel('Note to myself').fill(`ask ${name}`);
    await dialog.getByRole('button', { name: 'Tell me', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
  }

  it('lists an alert as delivered when somebody who is watched comes online', async () => {
    await watch('Ada Byron');
    xmpp.setPresence('ada', 'desk', { priority: 1 });
    await place('Alerts').click();
    const alert = listed().filter({ hasText: 'went from Offline to Online' });
    await see(alert).toHaveCount(1);
    await see(alert).toContainText('Ada Byron');
    await see(alert).toContainText('Delivered: it is what you asked for.');
    await see(alert).toContainText('ask Ada Byron');
  });

  it('lists what was held back because it had just happened, with that reason', async () => {
    xmpp.goOffline('ada', 'desk');
    xmpp.setPresence('ada', 'desk', { priority: 1 });
    const held = listed().filter({ hasText: 'Held back' });
    await see(held).toHaveCount(1);
    await see(held).toContainText('the same change had just happened a moment before');
  });

  it('holds alerts back while I am not to be disturbed, and says so', async () => {
    await watch('Grace Okafor');
    await stage.served.api('PUT', '/v1/me/do-not-disturb', { forSeconds: 600 });
    xmpp.setPresence('grace', 'desk', { priority: 1 });
    await place('Alerts').click();
    const held = listed().filter({ hasText: 'Grace Okafor' }).filter({ hasText: 'Held back' });
    await see(held).toContainText('you were not to be disturbed');
    await stage.served.api('DELETE', '/v1/me/do-not-disturb');
    await page.getByRole('radio', { name: 'Delivered' }).click();
    await see(listed().filter({ hasText: 'Held back' })).toHaveCount(0);
    await see(listed().filter({ hasText: 'Delivered' })).toHaveCount(1);
    await page.getByRole('radio', { name: 'All' }).click();
  });

  it('tells nothing from the first look at somebody: only changes count', async () => {
    await watch('José Hernández');
    await place('Alerts').click();
    await see(listed().filter({ hasText: 'José Hernández' }).filter({ hasText: 'went from' })).toHaveCount(0);
  });

  it('leads to the person, and stops telling when told so', async () => {
    await listed().getByRole('link', { name: 'Ada Byron' }).first().click();
    await see(page.getByRole('heading', { level: 2, name: 'Ada Byron' })).toBeVisible();
    await page.getByRole('button', { name: 'Stop telling me' }).click();
    await place('Alerts').click();
    await see(page.getByRole('switch', { name: 'Tell me about Ada Byron' })).toHaveCount(0);
    await see(page.getByRole('switch', { name: 'Tell me about Grace Okafor' })).toBeChecked();
  });
});
