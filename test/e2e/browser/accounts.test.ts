import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { routes } from '../../../src/contract/index.ts';
import type { SlackSimulator } from '../../../src/simulator/slack/server.ts';
import type { XmppSimulator } from '../../../src/simulator/xmpp/server.ts';
import { findChromium } from '../../support/chromium.ts';
import { describeWith } from '../../support/requirement.ts';
import { PASSWORD, startColleagues, startWorkspace } from './support/colleagues.ts';
import { rowOf } from './support/page-parts.ts';
import { see } from './support/see.ts';
import { type Stage, startStage } from './support/stage.ts';

describeWith(findChromium(), 'accounts', () => {
  let stage: Stage;
  let xmpp: XmppSimulator;
  let slack: SlackSimulator;
  let token: string;
  /** What the account is called before anybody names it. */
  let slackLabel = '';
  let page: Page;

  beforeAll(async () => {
    stage = await startStage();
    const [colleagues, workspace] = await Promise.all([startColleagues(), startWorkspace()]);
    xmpp = colleagues.xmpp;
    slack = workspace.slack;
    token = workspace.signIn.secrets.userToken ?? '';
    stage.onClose(() => Promise.all([xmpp.close(), slack.close()]));
    page = await stage.visit({ path: '/accounts' });
  });
  // What the platform refuses is a 4xx, which browsers write to the console; nothing else may stand there.
  afterEach(() => expect(stage.problems.filter((problem) => !problem.includes('status of 422'))).toEqual([]));
  afterAll(() => stage?.close());

  const card = (label: string) =>
    page
      .locator('section, article, div')
      .filter({
        has: page.getByRole('heading', { level: 2, name: label }),
        hasText: /since/,
      })
      .last();
  const form = () => page.getByRole('form', { name: /^Sign in to/ });
  const signIn = () => form().getByRole('button', { name: 'Sign in' }).click();

  it('says what to do where there is none, and what each platform can and cannot do', async () => {
    await see(page.getByText('No account yet')).toBeVisible();
    await page.getByRole('main').getByRole('button', { name: 'Connect an account' }).first().click();
    for (const name of ['Slack', 'XMPP']) await see(page.getByRole('heading', { level: 2, name })).toBeVisible();
    await see(page.getByText(/Slack tells only active or away of other people/)).toBeVisible();
    await see(page.getByText(/another client of yours can outrank it/)).toBeVisible();
  });

  it('keeps what was entered and says what is missing', async () => {
    await page.getByRole('button', { name: 'Connect XMPP' }).click();
    await form().getByLabel('XMPP address').fill('noor');
    await signIn();
    await see(form().getByText('Enter the whole address')).toBeVisible();
    await see(form().getByLabel('Password')).toHaveAttribute('aria-invalid', 'true');
    await see(form().getByLabel('XMPP address')).toHaveValue('noor');
  });

  it('shows the platform’s own reason for a wrong password, and keeps nothing', async () => {
    await form().getByLabel('XMPP address').fill('noor@muster.example');
    await form().getByLabel('Password').fill('wrong');
    await form().getByText('Own server and other settings').click();
    await form()
      .getByLabel(/^Server address/)
      .fill(xmpp.service);
    await form()
      .getByLabel(/Allow a server on this computer/)
      .check();
    await signIn();
    await see(form().getByText(/^The platform refused the sign-in\./)).toBeVisible();
    expect(routes.listAccounts.answer.parse(await stage.served.api('GET', '/v1/accounts')).items).toEqual([]);
  });

  it('says so when nobody answers at the address', async () => {
    await form()
      .getByLabel(/^Server address/)
      .fill('xmpp://127.0.0.1:1');
    await form().getByLabel('Password').fill(PASSWORD);
    await signIn();
    await see(form().getByText(/^The server cannot be reached\. Nothing was saved\./)).toBeVisible();
  });

  it('connects with the right one, and the people appear', async () => {
    await form()
      .getByLabel(/^Server address/)
      .fill(xmpp.service);
    await form().getByLabel('Password').fill(PASSWORD);
    await signIn();
    await see(page).toHaveURL(/\/accounts$/);
    await see(page.getByRole('heading', { level: 2 })).toHaveCount(1);
    await see(page.getByText('Connected', { exact: true })).toBeVisible();
    await page.getByRole('link', { name: 'People' }).click();
    await see(page.getByRole('option')).toHaveCount(5);
  });

  it('names the permission that a Slack token lacks', async () => {
    await page.getByRole('link', { name: 'Accounts' }).click();
    await page.getByRole('button', { name: 'Connect an account' }).click();
    await page.getByRole('button', { name: 'Connect Slack' }).click();
    await page.getByRole('radio', { name: 'Paste a token' }).click();
    await see(page.getByText('oauth_config:')).toBeVisible();
    slack.workspace.setScopes(token, ['users:read', 'users:write', 'users.profile:read', 'dnd:read', 'dnd:write']);
    await form().getByText('Own server and other settings').click();
    await form()
      .getByLabel(/^Address of the Web API/)
      .fill(slack.apiUrl);
    await form().getByLabel('User OAuth Token').fill(token);
    await signIn();
    await see(form().getByText(/^The sign-in lacks a permission\..*users\.profile:write/)).toBeVisible();
  });

  it('connects Slack once the token has it, and holds no secret in the page', async () => {
    slack.workspace.setScopes(token, [
      'users:read',
      'users:read.email',
      'users:write',
      'users.profile:read',
      'users.profile:write',
      'dnd:read',
      'dnd:write',
      'emoji:read',
      'team:read',
    ]);
    await form().getByLabel('User OAuth Token').fill(token);
    await signIn();
    await see(page).toHaveURL(/\/accounts$/);
    await see(page.getByText('Connected', { exact: true })).toHaveCount(2);
    slackLabel = await page.getByRole('heading', { level: 2 }).filter({ hasNotText: '@' }).innerText();
    const held = await page.evaluate(
      () =>
        JSON.stringify({ ...localStorage }) +
        JSON.stringify({ ...sessionStorage }) +
        document.documentElement.outerHTML,
    );
    expect(held).not.toContain(token);
    expect(held).not.toContain(PASSWORD);
  });

  const menu = async (label: string, item: string) => {
    await page.getByRole('button', { name: `More for ${label}` }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };

  it('renames one', async () => {
    await menu('noor@muster.example', 'Rename…');
    await page.getByRole('dialog').getByLabel('Name').fill('Home server');
    await page.keyboard.press('Enter');
    await see(page.getByRole('heading', { level: 2, name: 'Home server', exact: true })).toBeVisible();
  });

  it('changes a setting only when it holds, and keeps what was entered otherwise', async () => {
    const dialog = page.getByRole('dialog', { name: 'Settings of Home server' });
    await menu('Home server', 'Settings…');
    await see(dialog.getByLabel(/^Server address/)).toHaveValue(xmpp.service);
    await dialog.getByLabel(/Allow a server on this computer/).uncheck();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await see(dialog.getByText(/^The connection would not be encrypted/)).toBeVisible();
    await dialog.getByLabel(/Allow a server on this computer/).check();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await see(dialog).toHaveCount(0);
    await see(card('Home server')).toContainText('Connected');
  });

  it('shows offline with the reason while its server is away, and recovers by itself', async () => {
    const away = xmpp.restart(2_500);
    await see(card('Home server')).toContainText('Offline');
    await see(card('Home server')).toContainText('Muster keeps trying by itself');
    await away;
    await page
      .getByRole('button', { name: 'Reconnect now' })
      .click({ timeout: 2_000 })
      .catch(() => undefined);
    await see(card('Home server')).toContainText('Connected', { timeout: 30_000 });
  });

  it('switches one off and on', async () => {
    await menu('Home server', 'Switch off');
    await see(card('Home server')).toContainText('Switched off');
    await expect.poll(() => xmpp.sessions('noor')).toEqual([]);
    await card('Home server').getByRole('button', { name: 'Switch on' }).click();
    await see(card('Home server')).toContainText('Connected');
  });

  it('asks for a new sign-in when the token is revoked, and takes a new one', async () => {
    slack.workspace.revokeToken(token);
    await menu(slackLabel, 'Reconnect now');
    await see(card(slackLabel)).toContainText('Needs sign-in');
    const next = slack.workspace.issueToken({ userId: 'U0NOOR' });
    await card(slackLabel).getByRole('button', { name: 'Sign in again…' }).click();
    await page.getByRole('dialog').getByLabel('User OAuth Token').fill(next);
    await page.getByRole('dialog').getByRole('button', { name: 'Sign in' }).click();
    await see(card(slackLabel)).toContainText('Connected');
    token = next;
  });

  it('exports everything but secrets', async () => {
    await page.goto(`${stage.served.url}/preferences`);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export' }).click(),
    ]);
    const text = await readFile(await download.path(), 'utf8');
    const exported: unknown = JSON.parse(text);
    expect(exported).toHaveProperty('exportedAt');
    expect(text).toContain('Ada Byron');
    expect(text).not.toContain(PASSWORD);
    expect(text).not.toContain(token);
    expect(stage.served.output()).not.toContain(PASSWORD);
    expect(stage.served.output()).not.toContain(token);
  });

  it('removes one only after saying what goes with it', async () => {
    await page.goto(`${stage.served.url}/accounts`);
    await menu('Home server', 'Remove…');
    const dialog = page.getByRole('dialog', { name: 'Remove Home server?' });
    await see(dialog).toContainText(/people known only through it disappear/);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await see(page.getByRole('heading', { level: 2, name: 'Home server', exact: true })).toBeVisible();
    await menu('Home server', 'Remove…');
    await dialog.getByRole('button', { name: 'Remove account' }).click();
    await see(page.getByRole('heading', { level: 2, name: 'Home server', exact: true })).toHaveCount(0);
    await page.getByRole('link', { name: 'People' }).click();
    await see(rowOf(page, 'Mei Tanaka')).toBeVisible();
    await see(rowOf(page, 'Zoë Kaya')).toHaveCount(0);
  });

  it('deletes everything once the word is typed', async () => {
    await page.goto(`${stage.served.url}/preferences`);
    await page.getByRole('button', { name: 'Delete everything…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete everything?' });
    const confirm = dialog.getByRole('button', { name: 'Delete everything' });
    await see(confirm).toBeDisabled();
    await dialog.getByLabel(/^Type/).fill('erase');
    await confirm.click();
    await see(page).toHaveURL(/\/welcome/);
    expect(routes.listAccounts.answer.parse(await stage.served.api('GET', '/v1/accounts')).items).toEqual([]);
    expect(routes.listContacts.answer.parse(await stage.served.api('GET', '/v1/contacts')).items).toEqual([]);
  });
});
