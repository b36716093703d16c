import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { routes } from '../../../src/contract/index.ts';
import { startTeamsSimulator, type TeamsSimulator } from '../../../src/simulator/teams/server.ts';
import { findChromium } from '../../support/chromium.ts';
import { describeWith } from '../../support/requirement.ts';
import { see } from './support/see.ts';
import { type Stage, startStage } from './support/stage.ts';

describeWith(findChromium(), 'signing in in the browser', () => {
  let stage: Stage;
  let teams: TeamsSimulator;
  let page: Page;

  beforeAll(async () => {
    stage = await startStage();
    teams = await startTeamsSimulator({
      populate: (organisation) => {
        const ada = organisation.add({ displayName: 'Ada Byron' });
        organisation.client(ada.id, 'Available');
        organisation.add({ displayName: 'Mei Tanaka' });
        return organisation.add({ displayName: 'Noor Haddad' });
      },
    });
    stage.onClose(() => teams.close());
    page = await stage.visit({ path: '/accounts/add/teams' });
  });
  // The platform's own page, on which the user agrees, is elsewhere by its nature.
  afterEach(() => expect(stage.problems.filter((problem) => !problem.startsWith('request elsewhere:'))).toEqual([]));
  afterAll(() => stage?.close());

  const form = () => page.getByRole('form', { name: /^Sign in to/ });
  const decide = (decision: 'grant' | 'deny', scopes?: readonly string[]) => {
    const { userId } = teams.signIn.oauth.consent;
    teams.signIn.oauth.consent = { userId, decision, ...(scopes === undefined ? {} : { scopes }) };
  };
  const fill = async () => {
    await form().getByLabel('Client ID of your app').fill(teams.clientId);
    await form().getByText('Own server and other settings').click();
    await form()
      .getByLabel(/^Address of Microsoft Graph/)
      .fill(teams.graphUrl);
    await form()
      .getByLabel(/^Address of the sign-in/)
      .fill(teams.authority);
  };
  const accounts = async () => routes.listAccounts.answer.parse(await stage.served.api('GET', '/v1/accounts')).items;

  it('tells how to register an app, and what each permission is for', async () => {
    await see(page.getByText(/Application \(client\) ID. from its overview/)).toBeVisible();
    await page.getByText(/^What the \d+ permissions are for$/).click();
    await see(page.getByText('to see who is available')).toBeVisible();
  });

  it('says that the user declined, and keeps nothing', async () => {
    decide('deny');
    await fill();
    const opened = page.context().waitForEvent('page');
    await form().getByRole('button', { name: 'Sign in with the browser' }).click();
    await (await opened).close();
    await see(page.getByText('declined on the page of Microsoft Teams')).toBeVisible();
    expect(await accounts()).toEqual([]);
    await page.getByRole('button', { name: 'Try again' }).click();
  });

  it('signs in once they agree, and names the permission that they left out', async () => {
    decide('grant', ['openid', 'profile', 'offline_access', 'User.Read', 'User.ReadBasic.All', 'Presence.Read.All']);
    await fill();
    const opened = page.context().waitForEvent('page');
    await form().getByRole('button', { name: 'Sign in with the browser' }).click();
    const elsewhere = await opened;
    await see(page.getByText('to set your own status and status message')).toBeVisible();
    await elsewhere.close();
    await page.getByRole('button', { name: 'Go on' }).click();
    await see(page).toHaveURL(/\/accounts$/);
    await page.getByRole('heading', { level: 2 }).getByRole('link').click();
    await see(page.getByText('Connected', { exact: true })).toBeVisible();
  });

  it('shows on the account’s page how it works, what it may do and what happened', async () => {
    await see(page.getByText('Presence.ReadWrite', { exact: true })).toBeVisible();
    await see(page.getByText(/^\d+ in the last hour, 0 failed$/)).toBeVisible();
    await see(page.getByText(/: \d+ of [\d,]+ calls in /).first()).toBeVisible();
    await see(page.getByText('Signed in', { exact: true })).toBeVisible();
    await see(page.getByText('Consent given', { exact: true })).toBeVisible();
  });

  it('is repaired by one click when the consent was taken back', async () => {
    const [account] = await accounts();
    decide('grant');
    teams.signIn.oauth.revokeUser(teams.signIn.oauth.consent.userId);
    await page.getByRole('button', { name: /^More for/ }).click();
    await page.getByRole('menuitem', { name: 'Reconnect now' }).click();
    await see(page.getByText('Needs sign-in', { exact: true }).first()).toBeVisible();
    const opened = page.context().waitForEvent('page');
    await page.getByRole('main').getByRole('button', { name: 'Sign in again…' }).click();
    await (await opened).close();
    await see(page.getByText('Connected', { exact: true })).toBeVisible();
    expect((await accounts()).map(({ id }) => id)).toEqual([account?.id]);
    await see(page.getByText('not granted, optional')).toHaveCount(0);
  });

  it('signs in with a code that is typed on another device', async () => {
    await page.getByRole('button', { name: /^More for/ }).click();
    await page.getByRole('menuitem', { name: 'Remove…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove account' }).click();
    await see(page.getByText('This account is not here any more')).toBeVisible();
    await page.goto(`${stage.served.url}/accounts/add/teams`);
    await fill();
    await form().getByRole('button', { name: 'Sign in with a code' }).click();
    const code = await page.getByRole('region', { name: 'Code' }).locator('code').innerText();
    teams.signIn.oauth.typeUserCode(code);
    await see(page).toHaveURL(/\/accounts$/, { timeout: 30_000 });
    expect(await accounts()).toHaveLength(1);
  });

  it('holds no token in the page, and tells none of it in the trail', async () => {
    await page.goto(`${stage.served.url}/preferences`);
    await see(page.getByText('Signed out', { exact: true })).toBeVisible();
    const held = await page.evaluate(
      () =>
        JSON.stringify({ ...localStorage }) +
        JSON.stringify({ ...sessionStorage }) +
        document.documentElement.outerHTML,
    );
    expect(held).not.toMatch(/eyJ[\w-]+\.|refresh-[\w-]{10,}|access-[\w-]{10,}/);
  });
});
