/**
 * `npm run screenshots`: looks at every page over the demo team's servers and a real `muster serve`. All of them go to
 * `test-results/browser`, to be looked at; the README's go to `docs/screenshots`.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { routes } from '../../src/contract/index.ts';
import { TeamLife } from '../../src/simulator/team/team-life.ts';
import { startTeamServers } from '../../src/simulator/team/team-servers.ts';
import { type Served, startServed } from '../e2e/browser/support/served.ts';
import { launchChromium, prepareChromium } from './chromium.ts';
import { setup as buildInterface } from './interface-setup.ts';

const root = join(import.meta.dirname, '../..');
const results = join(root, 'test-results/browser');
const docs = join(root, 'docs/screenshots');
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri'];

/** A day in the life of Noor: a status in force, evenings and lunches, favourites, somebody to be told about. */
async function settleIn(served: Served): Promise<string> {
  const people = async () =>
    routes.listContacts.answer
      .parse(await served.api('GET', '/v1/contacts?limit=200'))
      .items.filter(({ status }) => status !== 'unknown');
  for (let known = 0; known < 40; ) {
    known = (await people()).length;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const shown = await people();
  const lead = shown.find(({ identities, message }) => identities.length > 1 && message !== null) ?? shown[0];
  for (const { id } of [lead, ...shown.filter(({ message }) => message !== null).slice(0, 3)].flatMap(
    (one) => one ?? [],
  ))
    await served.api('PATCH', `/v1/contacts/${id}`, { favourite: true });
  const schedule = { enabled: true, timeZone: 'device', doNotDisturb: false };
  await served.api('POST', '/v1/schedules', {
    ...schedule,
    name: 'Evenings',
    rules: [
      { days: WEEKDAYS, from: '18:00', to: '09:00' },
      { days: ['sat', 'sun'], from: '09:00', to: '09:00' },
    ],
    doNotDisturb: true,
  });
  const lunch = { status: 'away', message: 'Lunch', emoji: '🥪' };
  await served.api('POST', '/v1/schedules', {
    ...schedule,
    ...lunch,
    name: 'Lunch',
    rules: [{ days: WEEKDAYS, from: '12:00', to: '13:00' }],
  });
  await served.api('PUT', '/v1/me/status', { status: 'busy', message: 'Focus', emoji: '🎧', forSeconds: 3_600 });
  await served.api('POST', '/v1/watches', { contactId: lead?.id, to: ['online'], repeat: 'always' });
  return lead?.id ?? '';
}

async function shoot(page: Page, path: string, ready: string, files: readonly string[]): Promise<void> {
  await page.goto(new URL(path, page.url()).href);
  await page.locator(ready).first().waitFor();
  await page.waitForLoadState('networkidle').catch(() => undefined);
  // Faces fade in; a picture of half of them would be no picture of the page.
  await page.waitForFunction(() => [...document.images].every(({ complete }) => complete));
  for (const file of files) await page.screenshot({ path: file, animations: 'disabled' });
}

async function look(page: Page, person: string): Promise<void> {
  const pages = [
    ['people', `/people/${person}`, 'main h2'],
    ['alerts', '/alerts', 'h1'],
    ['schedule', '/schedule', '[role="gridcell"]'],
    ['accounts', '/accounts', 'h2'],
    ['connect', '/accounts/add', 'h2'],
    ['preferences', '/preferences', 'h2'],
    ['welcome', '/welcome', 'h1'],
  ] as const;
  const wanted = new Set(['people-light', 'people-dark', 'schedule-light', 'popover-dark']);
  const filesOf = (name: string) => [
    join(results, `${name}.png`),
    ...(wanted.has(name) ? [join(docs, `${name}.png`)] : []),
  ];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 1040, height: 720 });
    for (const [name, path, ready] of pages) await shoot(page, path, ready, filesOf(`${name}-${colorScheme}`));
    await page.setViewportSize({ width: 380, height: 580 });
    await shoot(page, '/popover', '[role="option"]', filesOf(`popover-${colorScheme}`));
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 640, height: 720 });
  for (const [name, path, ready] of pages) await shoot(page, path, ready, filesOf(`${name}-640`));
}

mkdirSync(results, { recursive: true });
mkdirSync(docs, { recursive: true });
const closing: (() => unknown)[] = [await prepareChromium()];
try {
  closing.push(await buildInterface());
  const team = await startTeamServers({ size: 60, seed: 4, everywhere: true });
  closing.push(() => team.close());
  const life = new TeamLife(team, 4);
  life.start(0);
  closing.push(() => life.stop());
  const served = await startServed();
  closing.push(() => served.remove());
  for (const { platform, label, settings, secrets, sendsTo } of team.accounts) {
    const created = await served.api('POST', '/v1/accounts', { platform, label, settings, secrets });
    const { id } = routes.createAccount.answer.parse(created);
    await sendsTo?.(new URL(`/hooks/${platform}/${id}`, served.url).href);
  }
  await served.api('PATCH', '/v1/settings', { firstRun: 'done' });
  const person = await settleIn(served);
  const browser = await launchChromium();
  closing.push(() => browser.close());
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Berlin' });
  const page = await context.newPage();
  await page.goto(served.printedLink);
  await page.getByRole('option').first().waitFor();
  await look(page, person);
} finally {
  for (const close of closing.reverse()) await close();
}
