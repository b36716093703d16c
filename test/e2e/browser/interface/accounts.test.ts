import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeOptions } from '../../../renderer/support/fake-api.ts';
import { featureAnswers } from '../../../renderer/support/fake-features.ts';
import { type FakeSignIn, signInAnswers } from '../../../renderer/support/fake-sign-in.ts';
import {
  axeFindings,
  type InterfaceBrowser,
  overflowsSideways,
  startInterfaceBrowser,
  type View,
} from '../../../renderer/support/interface-browser.ts';
import { findChromium } from '../../../support/chromium.ts';
import { describeWith } from '../../../support/requirement.ts';

const sizes: readonly (readonly [string, View])[] = [
  ['light', {}],
  ['dark, German, text at 200 % in 640 px', { width: 640, dark: true, locale: 'de-DE', textScale: 2 }],
];

/** A core on which a sign-in goes as `going` says, which a test changes while it is looked at. */
const core = (going: FakeSignIn = { flow: {}, health: {} }): FakeOptions => ({
  people: 12,
  answers: signInAnswers(Date.now(), going, featureAnswers(Date.now())),
});

const unfold = async (page: Page): Promise<void> => {
  for (const summary of await page.locator('main summary').all()) await summary.press('Enter');
};
const beginByCode = async (page: Page): Promise<void> => {
  await page.getByLabel('Application (client) ID').fill('app-1');
  await page.getByRole('button', { name: /^(Sign in with a code|Mit einem Code anmelden)$/ }).press('Enter');
  await page.getByText('WDJB-MJHT').waitFor();
};
const failing: FakeSignIn = { flow: { state: 'failed', code: 'denied', reason: null }, health: {} };
const lacking: FakeSignIn = { flow: { state: 'done', accountId: 'a_teams' }, health: {} };

const views: readonly (readonly [string, string, () => FakeOptions, (page: Page) => Promise<void>])[] = [
  ['the choice, with what is off', '/accounts/add', core, unfold],
  ['signing in, with everything unfolded', '/accounts/add/teams', core, unfold],
  ['a platform that is off', '/accounts/add/linkedin', core, async () => undefined],
  ['a sign-in that waits', '/accounts/add/teams', core, beginByCode],
  [
    'a sign-in that failed',
    '/accounts/add/teams',
    () => core(failing),
    async (page) => {
      await beginByCode(page);
      await page.getByRole('alert').waitFor();
    },
  ],
  [
    'a sign-in that lacks a permission',
    '/accounts/add/teams',
    () => core(lacking),
    async (page) => {
      await beginByCode(page);
      await page.getByText('User.ReadBasic.All').waitFor();
    },
  ],
  ['an account', '/accounts/a_teams', core, unfold],
  [
    'an account with chosen people, and whom a search found',
    '/accounts/a_teams',
    () =>
      core({
        flow: {},
        health: {},
        settings: { people: ['u-ada', 'somebody.who.is.not.known@a-long-name.works.example'] },
      }),
    async (page) => {
      await page.getByRole('searchbox').fill('ad');
      await page.getByText('Ada Lovelace').waitFor();
      await page
        .getByRole('button', { name: /Ada Byron/ })
        .nth(1)
        .waitFor();
    },
  ],
  ['an account that is gone', '/accounts/a_gone', core, async () => undefined],
  ['pairs', '/people/same-person', core, async () => undefined],
  ['preferences with the trail', '/preferences', core, async () => undefined],
];

/** How far things that were there already have moved by themselves, as the browser measures it. */
const countShifts = (): void => {
  Reflect.set(window, 'shift', 0);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      Reflect.set(window, 'shift', Reflect.get(window, 'shift') + Reflect.get(entry, 'value'));
    }
  }).observe({ type: 'layout-shift' });
};

/** Stands in for the desktop app around the page, and keeps what it was asked for. */
const standInHost = (kind: string): void => {
  const asked: unknown[] = [];
  Object.assign(window, {
    asked,
    musterHost: {
      kind,
      os: 'linux',
      request: async (name: string, value: object) => void asked.push({ name, value }),
      onNavigate: () => () => undefined,
    },
  });
};
const asked = (page: Page): Promise<unknown> => page.evaluate(() => Reflect.get(window, 'asked'));

describeWith(findChromium(), 'accounts: signing in, and how each is', () => {
  let browser: InterfaceBrowser;

  beforeAll(async () => {
    browser = await startInterfaceBrowser();
  });
  afterAll(() => browser.close());

  describe.each(sizes)('%s', (_size, view) => {
    it.each(views)('%s: axe finds nothing and nothing sticks out', async (_view, path, options, step) => {
      const { page, complaints } = await browser.open(path, options(), view);
      await page.locator('h1').waitFor();
      await expect.poll(() => page.getByRole('status', { name: /^(Loading|Wird geladen)$/ }).count()).toBe(0);
      await step(page);
      expect(await axeFindings(page)).toEqual([]);
      expect(await overflowsSideways(page)).toBe(false);
      expect(complaints).toEqual([]);
      await page.context().close();
    });
  });

  it('keeps apart what is off by default, and asks before it is signed in to', async () => {
    const { page } = await browser.open('/accounts/add', core());
    await page.getByRole('heading', { name: 'Harbour Teams' }).waitFor();
    expect(await page.getByRole('heading', { name: 'Pier Network' }).isVisible()).toBe(false);
    await page.getByText('Off until you ask for it: 1 platform').press('Enter');
    await page.getByRole('button', { name: 'Connect Pier Network' }).press('Enter');
    await page.getByText('It tells when somebody last wrote').waitFor();
    expect(await page.getByRole('form').count()).toBe(0);
    await page.getByRole('switch', { name: 'Use Pier Network all the same' }).press('Space');
    await page.getByLabel('Client ID of your app').waitFor();
  });

  it('asks for what the browser’s way needs, lists and choices included, and never for a token', async () => {
    const { page, context, api } = await browser.open('/accounts/add/teams', core());
    await context.route('https://login.example.org/**', (route) => route.fulfill({ body: 'the platform’s own page' }));
    await page.getByText('Register an app on the app page.').waitFor();
    expect(await page.getByLabel('Access token').count()).toBe(0);
    await page.getByRole('button', { name: 'Sign in with the browser' }).press('Enter');
    await page.getByText('This is needed to sign in.').waitFor();
    await page.getByLabel('Application (client) ID').fill('app-1');
    await page.getByLabel('Client secret').fill('canary-secret');
    await page.getByText('Own server and other settings').press('Enter');
    await page.getByLabel('Cloud').selectOption({ label: 'Government' });
    await page.getByLabel('Servers to look at, by ID').fill('1, 2');
    await page.getByLabel('Look less often').check();
    const opened = context.waitForEvent('page');
    await page.getByRole('button', { name: 'Sign in with the browser' }).press('Enter');
    expect((await opened).url()).toBe('https://login.example.org/authorize?state=abc');
    expect(api.bodies.get('startOAuth')).toEqual({
      platform: 'teams',
      settings: { clientId: 'app-1', cloud: 'government', guildIds: ['1', '2'], quiet: true },
      secrets: { clientSecret: 'canary-secret' },
      method: 'browser',
    });
    await page.getByText('Waiting for Harbour Teams').waitFor();
    expect(await page.content()).not.toContain('canary-secret');
  });

  it('waits, says why it failed, and begins again', async () => {
    const going: FakeSignIn = { flow: {}, health: {} };
    const { page, api } = await browser.open('/accounts/add/teams', core(going));
    await beginByCode(page);
    expect(api.bodies.get('startOAuth')).toMatchObject({ method: 'device' });
    await expect
      .poll(() => api.calls.filter((call) => call === 'GET /v1/accounts/oauth/f_1').length)
      .toBeGreaterThan(1);
    going.flow = { state: 'failed', code: 'denied', reason: 'Harbour said: access_denied.' };
    await page.getByText('declined on the page of Harbour Teams').waitFor();
    await page.getByText('Harbour said: access_denied.').waitFor();
    await page.getByRole('button', { name: 'Try again' }).press('Enter');
    await page.getByRole('form').waitFor();
  });

  it('gives a sign-in up', async () => {
    const { page, api } = await browser.open('/accounts/add/teams', core());
    await beginByCode(page);
    await page.getByRole('button', { name: 'Cancel' }).press('Enter');
    await page.getByRole('form').waitFor();
    await expect.poll(() => api.calls).toContain('DELETE /v1/accounts/oauth/f_1');
  });

  it('names what was not granted, and goes on to the accounts', async () => {
    const { page, url } = await browser.open('/accounts/add/teams', core(lacking));
    await beginByCode(page);
    await page.getByText('1 permission is missing').waitFor();
    await page.getByText('to find colleagues by name').waitFor();
    await page.getByRole('button', { name: 'Go on' }).press('Enter');
    await page.waitForURL(`${url}/accounts`);
  });

  it('repairs an account by one click: its own registration is kept', async () => {
    const going: FakeSignIn = { flow: {}, health: { state: 'needs-sign-in' } };
    const { page, context, api } = await browser.open('/accounts/a_teams', core(going));
    await context.route('https://login.example.org/**', (route) => route.fulfill({ body: 'the platform’s own page' }));
    const opened = context.waitForEvent('page');
    await page.getByRole('button', { name: 'Sign in again…' }).first().press('Enter');
    await opened;
    expect(api.bodies.get('startOAuth')).toEqual({
      platform: 'teams',
      settings: { clientId: 'app-1' },
      accountId: 'a_teams',
      method: 'browser',
    });
    await page.getByRole('dialog').getByText('Waiting for Harbour Teams').waitFor();
    going.health = { state: 'connected', signIn: null };
    going.flow = { state: 'done', accountId: 'a_teams' };
    await page.getByText('Works is signed in again').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  it('in the desktop app, hands a secret to the sign-in window and follows the sign-in from there', async () => {
    const { page, context, url, api } = await browser.open('/people', core());
    await page.addInitScript(standInHost, 'main');
    await page.goto(`${url}/accounts/add/teams`);
    await page.getByRole('button', { name: 'Open the sign-in window' }).press('Enter');
    expect(await asked(page)).toEqual([
      { name: 'openSignIn', value: { platform: 'teams', accountId: null, way: 'browser' } },
    ]);
    const small = await context.newPage();
    await small.addInitScript(standInHost, 'sign-in');
    await small.goto(`${url}/sign-in/teams?way=browser`);
    await small.getByLabel('Application (client) ID').fill('app-1');
    await small.getByLabel('Client secret').fill('canary-secret');
    await small.getByRole('button', { name: 'Sign in with the browser' }).press('Enter');
    await expect
      .poll(() => asked(small))
      .toEqual([
        { name: 'openExternal', value: { url: 'https://login.example.org/authorize?state=abc' } },
        { name: 'closeWindow', value: {} },
      ]);
    expect(api.bodies.get('startOAuth')).toMatchObject({ secrets: { clientSecret: 'canary-secret' } });
    await page.getByText('Waiting for Harbour Teams').waitFor();
    await page.getByRole('button', { name: 'Open the page again' }).press('Enter');
    expect(JSON.stringify(await asked(page))).toContain('https://login.example.org/authorize?state=abc');
  });

  it('shows how an account is in numbers that move nothing when they change', async () => {
    const going: FakeSignIn = { flow: {}, health: {} };
    const { page } = await browser.open('/accounts/a_teams', core(going), { height: 1_600 });
    await page.getByText('99.7%').waitFor();
    await page.getByText('presence: 420 of 1,500 calls in 30 secs').waitFor();
    await page.getByText('Silent').waitFor();
    await page.getByText('Sign in again within six days').waitFor();
    await page.evaluate(countShifts);
    going.health = {
      calls: {
        count: 98_765_432,
        failed: 1_234_567,
        successRate: 0.5,
        latencyMs: { p50: 12_345, p90: 9_999, p99: 61_000 },
      },
      dataAgeSeconds: { p50: 86_399, p90: 172_799, max: 2_678_399 },
      push: { state: 'up', lastEventAt: null },
      nextRetryAt: new Date(Date.now() + 100_000).toISOString(),
    };
    await page.getByText('50%').waitFor({ timeout: 10_000 });
    await page.getByText('Sent at once').waitFor();
    await page.waitForTimeout(1_200);
    expect(await page.evaluate(() => Reflect.get(window, 'shift'))).toBe(0);
  });

  it('folds the address for events away, and fills it into the steps', async () => {
    const { page } = await browser.open('/accounts/a_teams', core());
    const summary = page.getByText('Address and steps');
    await summary.waitFor();
    expect(await page.getByText('canary-address-key').first().isVisible()).toBe(false);
    await summary.press('Enter');
    await page.getByText(/^Enter https:\/\/muster\.example\.org\/hooks\/teams.* as the address, and save\.$/).waitFor();
  });

  it('says who reaches the address for events, and that events come without one', async () => {
    const here = { webhookUrl: 'http://127.0.0.1:4747/hooks/teams/a_teams' };
    const local = await browser.open('/accounts/a_teams', core({ flow: {}, health: here }));
    await local.page.getByText('Address and steps').press('Enter');
    await local.page.getByText(/^Only what runs on this machine reaches this address/).waitFor();
    const none = { webhookUrl: null };
    const push = (state: 'up' | 'none') => ({ state, lastEventAt: null });
    const going = core({ flow: {}, health: { ...none, push: push('up') } });
    const { page } = await browser.open('/accounts/a_teams', going);
    await page.getByText(/Events arrive all the same/).waitFor();
    expect(await page.getByText(/so none arrive/).count()).toBe(0);
    const polled = await browser.open('/accounts/a_teams', core({ flow: {}, health: { ...none, push: push('none') } }));
    await polled.page.getByText(/so none arrive/).waitFor();
  });

  it('tells what repeats once, pages through what happened, and saves all of it', async () => {
    const { page, api } = await browser.open('/accounts/a_teams', core());
    const entries = page.getByText(/^Access was renewed\. 9 times, first on /);
    await expect.poll(() => entries.count()).toBe(10);
    await page.getByRole('button', { name: 'Show older entries' }).press('Enter');
    await expect.poll(() => entries.count()).toBe(13);
    expect(await page.getByRole('button', { name: 'Show older entries' }).count()).toBe(0);
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as a file' }).press('Enter');
    expect((await saved).suggestedFilename()).toMatch(/^muster-audit-\d{4}-\d\d-\d\d\.json$/);
    expect(api.calls.filter((call) => call === 'GET /v1/audit').length).toBeGreaterThan(2);
  });

  it('says when the numbers cannot be had, and keeps what is known', async () => {
    const answers = signInAnswers(Date.now());
    let away = false;
    const problem = () =>
      new Response(JSON.stringify({ type: 'about:blank', title: 'x', status: 500, code: 'internal', detail: 'No.' }), {
        status: 500,
        headers: { 'content-type': 'application/problem+json' },
      });
    const { page } = await browser.open('/accounts/a_teams', {
      people: 1,
      answers: (id, given) => (away && id === 'getAccountHealth' ? problem() : answers(id, given)),
    });
    await page.getByText('99.7%').waitFor();
    away = true;
    await page.getByRole('alert').getByText('Something in Muster went wrong.').waitFor({ timeout: 10_000 });
    expect(await page.getByText('99.7%').isVisible()).toBe(true);
    away = false;
    await page.getByRole('alert').getByRole('button', { name: 'Try again' }).press('Enter');
    await expect.poll(() => page.getByRole('alert').count()).toBe(0);
  });

  it('in forced colours, tells every level and every mark without colour', async () => {
    const { page } = await browser.open('/accounts/a_teams', core());
    await page.emulateMedia({ forcedColors: 'active' });
    await page.getByText('99.7%').waitFor();
    for (const word of ['fully', 'in part', 'not possible']) await page.getByText(word).first().waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });
});
