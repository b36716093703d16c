import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { XmppSimulator } from '../../../src/simulator/xmpp/server.ts';
import { findChromium } from '../../support/chromium.ts';
import { describeWith } from '../../support/requirement.ts';
import { withColleagues } from './support/colleagues.ts';
import { namesIn, openPerson, rowOf, searchIn } from './support/page-parts.ts';
import { see } from './support/see.ts';
import { type Stage, startStage } from './support/stage.ts';

describeWith(findChromium(), 'people, live', () => {
  let stage: Stage;
  let xmpp: XmppSimulator;
  let page: Page;

  beforeAll(async () => {
    stage = await startStage();
    ({ xmpp } = await withColleagues(stage));
    page = await stage.visit();
    await see(page.getByRole('option')).toHaveCount(5);
    await page.evaluate(() => Object.assign(window, { stillHere: true }));
  });
  afterEach(async () => {
    expect(stage.problems).toEqual([]);
    // Nothing in this file may load the page again.
    expect(await page.evaluate(() => 'stillHere' in window)).toBe(true);
  });
  afterAll(() => stage?.close());

  it.each([
    ['nothing', {}, 'Online'],
    ['chat', { show: 'chat' }, 'Online'],
    ['away', { show: 'away' }, 'Away'],
    ['xa', { show: 'xa' }, 'Away'],
    ['dnd', { show: 'dnd' }, 'Busy'],
    ['a show that nobody knows', { show: 'sleeping' }, 'Not known'],
    ['idle since a while', { idleSince: Date.now() - 720_000 }, 'Idle'],
  ] as const)('shows within a moment what a client says: %s', async (name, presence, word) => {
    xmpp.setPresence('ada', 'desk', { priority: 5, ...presence, status: `says ${name}` });
    await see(rowOf(page, 'Ada Byron')).toContainText(`says ${name}`);
    await see(rowOf(page, 'Ada Byron')).toContainText(word);
  });

  it('says offline as soon as the last client is gone, and when they were last seen, never in the future', async () => {
    xmpp.goOffline('ada', 'desk');
    await see(rowOf(page, 'Ada Byron')).toContainText('Offline');
    await see(rowOf(page, 'Ada Byron')).toContainText(/Last seen .*ago/);
  });

  it('takes the highest of several clients, and the next one when that goes', async () => {
    xmpp.setPresence('grace', 'desk', { priority: 5, show: 'away' });
    await see(rowOf(page, 'Grace Okafor')).toContainText('Away');
    xmpp.setPresence('grace', 'phone', { priority: 5, status: 'On the phone app' });
    await see(rowOf(page, 'Grace Okafor')).toContainText('On the phone app');
    await see(rowOf(page, 'Grace Okafor')).toContainText('Online');
    xmpp.goOffline('grace', 'phone');
    await see(rowOf(page, 'Grace Okafor')).toContainText('Away');
  });

  it('says on the person’s page why: status, what was said, how it came and how old it is', async () => {
    xmpp.setPresence('ada', 'desk', { priority: 5, show: 'dnd', status: 'Pairing on the engine' });
    await openPerson(page, 'Ada Byron');
    const why = page.getByRole('table', { name: 'Why busy' });
    await see(why.getByRole('row')).toHaveCount(1);
    await see(why).toContainText('Busy');
    await see(why).toContainText('dnd');
    await see(why).toContainText('Home server');
    await see(why).toContainText('Counts');
    await see(why).toContainText(/(sec|min) ago/);
    await see(why).toContainText('sent');
    await see(page.getByText('The one fresh answer counts.')).toBeVisible();
    xmpp.setPresence('ada', 'desk', { priority: 5 });
    await see(page.getByRole('table', { name: 'Why online' })).toContainText('Online');
  });

  it('filters with the first letter, without accents, by name and by group', async () => {
    const search = searchIn(page);
    await search.fill('zoe');
    await see(page.getByRole('option')).toHaveCount(1);
    expect(await namesIn(page)).toEqual(['Zoë Kaya']);
    await search.fill('lukasz');
    await see(rowOf(page, 'Łukasz Nowak')).toBeVisible();
    await search.fill('HERNANDEZ');
    await see(rowOf(page, 'José Hernández')).toBeVisible();
    await search.fill('nobody of that name');
    await see(page.getByText('Nobody matches')).toBeVisible();
    await page.getByRole('button', { name: 'Show everyone' }).click();
    await see(page.getByRole('option')).toHaveCount(5);
    await see(search).toHaveValue('');
  });

  it('shows who is available by a chip with their number, which follows as people come and go', async () => {
    const chip = page.getByRole('button', { name: /^Available/ });
    await see(chip).toContainText('1');
    await chip.click();
    await see(page.getByRole('option')).toHaveCount(1);
    xmpp.setPresence('jose', 'desk', { priority: 1 });
    await see(page.getByRole('option')).toHaveCount(2);
    await see(chip).toContainText('2');
    xmpp.goOffline('jose', 'desk');
    await see(page.getByRole('option')).toHaveCount(1);
    await page.getByRole('button', { name: 'Everyone' }).click();
  });

  it('shows one group by the menu of groups', async () => {
    await page.getByRole('button', { name: 'Groups' }).click();
    await page.getByRole('menuitemradio', { name: /Office/ }).click();
    await see(page.getByRole('option')).toHaveCount(3);
    expect((await namesIn(page)).toSorted()).toEqual(['José Hernández', 'Zoë Kaya', 'Łukasz Nowak'].toSorted());
    await page.getByRole('button', { name: 'Everyone' }).click();
    await see(page.getByRole('option')).toHaveCount(5);
  });

  it('puts a favourite first, keeps it over a reload, and takes it back', async () => {
    await openPerson(page, 'Łukasz Nowak');
    await page.getByRole('button', { name: 'Add to favourites' }).click();
    await see(page.getByRole('option').first()).toContainText('Łukasz Nowak');
    const other = await stage.visit();
    await see(other.getByRole('option').first()).toContainText('Łukasz Nowak');
    await other.context().close();
    await page.getByRole('button', { name: 'Remove from favourites' }).click();
    await see(page.getByRole('option').first()).toContainText('Ada Byron');
  });

  it('renames somebody for oneself alone, and gives the name back', async () => {
    await openPerson(page, 'Zoë Kaya');
    await page.getByRole('button', { name: 'More for Zoë Kaya' }).click();
    await page.getByRole('menuitem', { name: 'Rename…' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Zoë from the office');
    await page.keyboard.press('Enter');
    await see(rowOf(page, 'Zoë from the office')).toBeVisible();
    await page.getByRole('button', { name: /^More for/ }).click();
    await page.getByRole('menuitem', { name: 'Rename…' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('');
    await page.keyboard.press('Enter');
    await see(rowOf(page, 'Zoë Kaya')).toBeVisible();
  });

  it('stops reading about somebody when told to, and says so instead of a status', async () => {
    xmpp.setPresence('zoe', 'desk', { priority: 1, status: 'In the office' });
    await see(rowOf(page, 'Zoë Kaya')).toContainText('In the office');
    await openPerson(page, 'Zoë Kaya');
    await page.getByRole('button', { name: 'More for Zoë Kaya' }).click();
    await page.getByRole('menuitem', { name: 'Stop reading about them…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Stop reading' }).click();
    await see(rowOf(page, 'Zoë Kaya')).toContainText('Opted out');
    await see(rowOf(page, 'Zoë Kaya')).not.toContainText('In the office');
    await page.getByRole('button', { name: 'Read about them again' }).click();
    await see(rowOf(page, 'Zoë Kaya')).not.toContainText('Opted out');
  });
});
