import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeAnswers, FakeOptions } from '../../../renderer/support/fake-api.ts';
import { featureAnswers, realPlatforms } from '../../../renderer/support/fake-features.ts';
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

const sizes: readonly (readonly [string, View])[] = [
  ['light', {}],
  ['dark, German, text at 200 % in 640 px', { width: 640, dark: true, locale: 'de-DE', textScale: 2 }],
];

/** A core whose preferences stand at a step of the first run, and are kept when they are changed. */
const atStep = (step: string): FakeAnswers => {
  const others = featureAnswers(Date.now());
  let kept: object = { ...preferences, firstRun: step };
  return (id, given) => {
    if (id === 'getSettings') return kept;
    if (id === 'patchSettings') {
      kept = { ...kept, ...given.body };
      return kept;
    }
    // The suggestions of the team.
    return id === 'listSuggestions' ? undefined : others(id, given);
  };
};

const core = (): FakeOptions => ({ people: 40, answers: featureAnswers(Date.now()) });
const bare: FakeOptions = { people: 0, accounts: 'none' };

const views: readonly (readonly [string, string, () => FakeOptions])[] = [
  ['the schedule', '/schedule', core],
  ['a schedule to begin with', '/schedule', () => bare],
  ['alerts', '/alerts', core],
  ['no alerts', '/alerts', () => bare],
  ['accounts', '/accounts', core],
  ['no accounts', '/accounts', () => bare],
  ['the choice of a platform', '/accounts/add', core],
  ...realPlatforms.map(({ id, name }) => [`signing in to ${name}`, `/accounts/add/${id}`, core] as const),
  ['signing in to XMPP, alone', '/sign-in/xmpp', core],
  ['preferences', '/preferences', core],
  ['welcome', '/welcome', () => ({ people: 0, answers: atStep('welcome') })],
  ['the same person', '/welcome', () => ({ people: 40, answers: atStep('same-person') })],
  ['choosing alerts', '/welcome', () => ({ people: 40, answers: atStep('alerts') })],
];

/** Stands in for the desktop app around the page, and keeps what it was asked for. */
const standInHost = (): void => {
  const asked: unknown[] = [];
  Object.assign(window, {
    asked,
    musterHost: {
      kind: 'sign-in',
      os: 'linux',
      request: async (name: string, value: object) => {
        asked.push({ name, value });
      },
      onNavigate: () => () => undefined,
    },
  });
};

const asked = (page: Page): Promise<unknown> => page.evaluate(() => Reflect.get(window, 'asked'));

describeWith(findChromium(), 'schedule, alerts, accounts, preferences and first run', () => {
  let browser: InterfaceBrowser;

  beforeAll(async () => {
    browser = await startInterfaceBrowser();
  });
  afterAll(() => browser.close());

  describe.each(sizes)('%s', (_size, view) => {
    it.each(views)('%s: axe finds nothing and nothing sticks out', async (_view, path, options) => {
      const { page, complaints } = await browser.open(path, options(), view);
      await page.locator('h1').waitFor();
      await expect.poll(() => page.getByRole('status', { name: /^(Loading|Wird geladen)$/ }).count()).toBe(0);
      expect(await axeFindings(page)).toEqual([]);
      expect(await overflowsSideways(page)).toBe(false);
      expect(complaints).toEqual([]);
      await page.context().close();
    });
  });

  it('paints by keyboard alone, tells what was painted, and moves the focus with it', async () => {
    const { page, api } = await browser.open('/schedule', core());
    await page.locator('td[tabindex="0"]').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.down('Shift');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.up('Shift');
    await expect
      .poll(() => api.bodies.get('putSchedule'))
      .toMatchObject({
        rules: expect.arrayContaining([{ days: ['tue', 'wed'], from: '09:00', to: '10:00' }]),
      });
    await expect.poll(() => page.locator('output').first().textContent()).toMatch(/^Painted: Tuesday.* to Wednesday/);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-selected'))).toBe('true');
    await page.keyboard.press('Space');
    await expect
      .poll(() => api.bodies.get('putSchedule'))
      .toMatchObject({
        rules: expect.arrayContaining([{ days: ['wed'], from: '09:00', to: '09:30' }]),
      });
  });

  it('drops what is being drawn with Escape', async () => {
    const { page, api } = await browser.open('/schedule', core());
    await page.locator('td[tabindex="0"]').focus();
    await page.keyboard.down('Shift');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Escape');
    await page.keyboard.up('Shift');
    await page.waitForTimeout(200);
    expect(api.calls.filter((call) => call.startsWith('PUT /v1/schedules'))).toEqual([]);
  });

  it('takes a day off by a press on the calendar, and gives it back by another', async () => {
    const { page, api } = await browser.open('/schedule', core());
    await page.getByRole('button', { name: 'Days off…' }).click();
    const day = page.getByRole('dialog').locator('td button').nth(10);
    const date = await day.getAttribute('data-date');
    await day.click();
    await expect.poll(() => api.bodies.get('putSchedule')).toMatchObject({ exceptions: [{ date, active: false }] });
    await day.click();
    await expect.poll(() => api.bodies.get('putSchedule')).toMatchObject({ exceptions: [] });
  });

  it('counts new alerts until they are looked at, in every tab', async () => {
    const { page, context, url } = await browser.open('/people', core());
    const other = await context.newPage();
    await other.goto(`${url}/people`);
    const link = (tab: Page) => tab.getByRole('link', { name: /^Alerts/ });
    await expect.poll(() => link(other).innerText()).toContain('1');
    await link(page).click();
    await page.getByText('Delivered: it is what you asked for.').waitFor();
    await expect.poll(() => link(other).innerText()).not.toContain('1');
  });

  it('puts what the platform refuses at its field and names the missing permission', async () => {
    const { page, api } = await browser.open('/accounts/add/slack', core());
    await page.getByRole('radio', { name: 'Paste a token' }).click();
    await page.getByLabel('User OAuth Token').fill('xoxp-test');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('This token lacks dnd:write.').waitFor();
    expect(api.bodies.get('createAccount')).toEqual({
      platform: 'slack',
      settings: {},
      secrets: { userToken: 'xoxp-test' },
    });
    expect(await page.getByLabel('User OAuth Token').getAttribute('aria-invalid')).toBe('true');
  });

  it('asks for the secret alone in the sign-in window, wipes it and closes the window', async () => {
    const { page, api, url } = await browser.open('/people', core());
    await page.addInitScript(standInHost);
    await page.goto(`${url}/sign-in/xmpp/a_xmpp`);
    await page.getByRole('heading', { name: 'Sign in again to Home' }).waitFor();
    expect(await page.getByRole('navigation').count()).toBe(0);
    expect(await page.getByLabel('XMPP address').count()).toBe(0);
    await page.getByLabel('Password').fill('a secret');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect.poll(() => asked(page)).toEqual([{ name: 'closeWindow', value: {} }]);
    expect(api.bodies.get('patchAccount')).toEqual({ secrets: { password: 'a secret' } });
    expect(await page.locator('input[type=password]').count()).toBe(0);
  });

  it('records the shortcut that is pressed, in the desktop app only', async () => {
    const { page, api, url } = await browser.open('/preferences', core());
    await page.getByRole('heading', { name: 'Appearance' }).waitFor();
    expect(await page.getByRole('heading', { name: 'On this computer' }).count()).toBe(0);
    await page.addInitScript(standInHost);
    await page.goto(`${url}/preferences`);
    await page.getByRole('button', { name: /^Change the shortcut/ }).click();
    await page.keyboard.press('Control+Shift+K');
    await expect.poll(() => api.bodies.get('patchSettings')).toEqual({ shortcut: 'CommandOrControl+Shift+K' });
  });

  it('erases only after the word was typed', async () => {
    const { page, api } = await browser.open('/preferences', core());
    await page.getByRole('button', { name: 'Delete everything…' }).click();
    const confirm = page.getByRole('button', { name: 'Delete everything', exact: true });
    expect(await confirm.isDisabled()).toBe(true);
    await page.getByLabel(/^Type “erase”/).fill('erase');
    await confirm.click();
    await expect.poll(() => api.bodies.get('eraseAll')).toEqual({ confirm: 'erase' });
  });

  it('goes to the set-up by itself on a fresh home, keeps the step, and is not sent back after leaving', async () => {
    const { page, url } = await browser.open('/', { ...bare, answers: freshHome() });
    await page.waitForURL(`${url}/welcome`);
    await page.getByRole('button', { name: 'Connect an account' }).click();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('heading', { name: 'Are these the same person?' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Are these the same person?' }).waitFor();
    await page.getByRole('button', { name: 'Finish later' }).click();
    await page.waitForURL(`${url}/people`);
    await page.goto(`${url}/`);
    await page.waitForURL(`${url}/people`);
  });
});

/** Nothing was ever done here. */
const freshHome = (): FakeAnswers => {
  const others = atStep('welcome');
  const nothing = { items: [], nextCursor: null, total: 0, sequence: 1 };
  return (id, given) => (id === 'listAccounts' || id === 'listContacts' ? nothing : others(id, given));
};
