import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { routes } from '../../../src/contract/index.ts';
import type { SlackSimulator } from '../../../src/simulator/slack/server.ts';
import type { XmppSimulator } from '../../../src/simulator/xmpp/server.ts';
import { findChromium } from '../../support/chromium.ts';
import { describeWith } from '../../support/requirement.ts';
import { COLLEAGUES, PASSWORD, startColleagues, startWorkspace } from './support/colleagues.ts';
import { see } from './support/see.ts';
import { type Stage, startStage } from './support/stage.ts';

describeWith(findChromium(), 'the first run, from an empty home', () => {
  let stage: Stage;
  let xmpp: XmppSimulator;
  let slack: SlackSimulator;
  let token: string;
  let page: Page;

  beforeAll(async () => {
    stage = await startStage({ firstRun: true });
    const [colleagues, workspace] = await Promise.all([startColleagues(), startWorkspace()]);
    xmpp = colleagues.xmpp;
    slack = workspace.slack;
    // Somebody else's email address is Ada's XMPP address: only a suggestion.
    token = workspace.signIn.secrets.userToken ?? '';
    stage.onClose(() => Promise.all([xmpp.close(), slack.close()]));
    page = await stage.visit({ path: '/' });
  });
  afterEach(() => expect(stage.problems.filter((problem) => !problem.includes('status of 422'))).toEqual([]));
  afterAll(() => stage?.close());

  const title = (name: string) => page.getByRole('heading', { level: 1, name });
  const next = () => page.getByRole('button', { name: 'Next' });
  const form = () => page.getByRole('form', { name: /^Sign in to/ });
  const signIn = () => form().getByRole('button', { name: 'Sign in' }).click();

  it('begins by itself with what Muster is, and offers the demo beside an account', async () => {
    await see(page).toHaveURL(/\/welcome$/);
    await see(title('Welcome to Muster')).toBeVisible();
    await see(page.getByText('Try it with a demo team')).toBeVisible();
    await page.getByRole('button', { name: 'Connect an account' }).click();
    await see(title('Connect an account')).toBeVisible();
  });

  it('connects XMPP by the guided form, after telling why a wrong password was refused', async () => {
    await page.getByRole('button', { name: 'Connect XMPP' }).click();
    await form().getByLabel('XMPP address').fill('noor@muster.example');
    await form().getByLabel('Password').fill('not the password');
    await form().getByText('Own server and other settings').click();
    await form()
      .getByLabel(/^Server address/)
      .fill(xmpp.service);
    await form()
      .getByLabel(/Allow a server on this computer/)
      .check();
    await signIn();
    await see(form().getByText(/^The platform refused the sign-in\. Nothing was saved\..+/)).toBeVisible();
    await form().getByLabel('Password').fill(PASSWORD);
    await signIn();
    await see(page.getByRole('main').getByText('noor@muster.example')).toBeVisible();
  });

  it('is resumed at the same step after a reload', async () => {
    await page.reload();
    await page.goto(stage.served.url);
    await see(page).toHaveURL(/\/(welcome|people)$/);
    await page.goto(`${stage.served.url}/welcome`);
    await see(title('Connect an account')).toBeVisible();
    await see(page.getByRole('main').getByText('noor@muster.example')).toBeVisible();
  });

  it('names the permission that a Slack token lacks, and goes on with one that has it', async () => {
    await page.getByRole('button', { name: 'Connect another account' }).click();
    await page.getByRole('button', { name: 'Connect Slack' }).click();
    await page.getByRole('radio', { name: 'Paste a token' }).click();
    await form().getByText('Own server and other settings').click();
    await form()
      .getByLabel(/^Address of the Web API/)
      .fill(slack.apiUrl);
    const poor = slack.workspace.issueToken({ userId: 'U0NOOR', scopes: ['users:read', 'users.profile:read'] });
    await form().getByLabel('User OAuth Token').fill(poor);
    await signIn();
    await see(form().getByText(/^The sign-in lacks a permission\..*(users|dnd)[.:]\w+/)).toBeVisible();
    await form().getByLabel('User OAuth Token').fill(token);
    await signIn();
    await see(page.getByRole('main').getByText('Connected', { exact: true })).toHaveCount(2);
    await next().click();
  });

  it('asks who is the same person, links nobody unasked, and takes yes and no', async () => {
    await see(title('Are these the same person?')).toBeVisible();
    const people = async () =>
      routes.listContacts.answer.parse(await stage.served.api('GET', '/v1/contacts')).items.map(({ name }) => name);
    const before = (await people()).length;
    const same = page.getByRole('button', { name: /^Same person:/ });
    await see(same.first()).toBeVisible();
    const pairs = await same.count();
    await same.first().click();
    await see(same).toHaveCount(pairs - 1);
    await expect.poll(async () => (await people()).length).toBe(before - 1);
    const refuse = page.getByRole('button', { name: /^Not the same:/ });
    for (let left = pairs - 1; left > 0; left -= 1) {
      await refuse.first().click();
      await see(refuse).toHaveCount(left - 1);
    }
    expect((await people()).length).toBe(before - 1);
    await next().click();
  });

  it('lets me choose favourites and whom to be told about', async () => {
    await see(title('Who matters most?')).toBeVisible();
    const [grace] = COLLEAGUES.grace;
    await page.getByRole('button', { name: `Favourite: ${grace}` }).click();
    await page.getByRole('button', { name: `Tell me when online: ${grace}` }).click();
    await see(page.getByRole('button', { name: `Tell me when online: ${grace}` })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    const watches = routes.listWatches.answer.parse(await stage.served.api('GET', '/v1/watches')).items;
    expect(watches).toMatchObject([{ to: ['online'], repeat: 'always' }]);
    await next().click();
  });

  it('ends with what is set up, leads to the people, and does not come again', async () => {
    await see(title('Done')).toBeVisible();
    await see(page.getByText('2 accounts')).toBeVisible();
    await see(page.getByText('1 alert chosen')).toBeVisible();
    await page.getByRole('button', { name: 'Show the people' }).click();
    await see(page.getByRole('option').first()).toContainText('Grace Okafor');
    await page.goto(stage.served.url);
    await see(page).toHaveURL(/\/people$/);
  });
});
