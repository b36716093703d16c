import type { Locator, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { SlackSimulator } from '../../../src/simulator/slack/server.ts';
import type { XmppSimulator } from '../../../src/simulator/xmpp/server.ts';
import { findChromium } from '../../support/chromium.ts';
import { describeWith } from '../../support/requirement.ts';
import { signIn, startWorkspace, withColleagues } from './support/colleagues.ts';
import { see } from './support/see.ts';
import { type Stage, startStage } from './support/stage.ts';

describeWith(findChromium(), 'one’s own status', () => {
  let stage: Stage;
  let xmpp: XmppSimulator;
  let slack: SlackSimulator;
  let noor: string;
  let page: Page;
  let mine: Locator;
  let panel: Locator;

  beforeAll(async () => {
    stage = await startStage();
    ({ xmpp } = await withColleagues(stage));
    const workspace = await startWorkspace();
    stage.onClose(() => workspace.slack.close());
    slack = workspace.slack;
    noor = workspace.userIds.noor;
    slack.workspace.setStatus(noor, { text: 'Remote today', emoji: ':house:' });
    await signIn(stage, workspace.signIn);
    page = await stage.visit();
    mine = page.getByRole('button', { name: /^My status/ });
    panel = page.getByRole('dialog', { name: 'My status' });
    await mine.click();
    await panel.waitFor();
  });
  afterEach(() => expect(stage.problems).toEqual([]));
  afterAll(() => stage?.close());

  const shown = () => xmpp.sessions('noor').find((session) => session.available);

  it('sets a preset with one press, on all accounts, and takes it back with the next', async () => {
    const preset = panel.getByRole('button', { name: /Focus/ });
    await preset.click();
    await see(preset).toHaveAttribute('aria-pressed', 'true');
    await see(mine).toContainText('Busy');
    await expect.poll(() => shown()?.show).toBe('dnd');
    await expect.poll(() => slack.workspace.user(noor).status.text).toBe('Focus');
    await preset.click();
    await see(preset).toHaveAttribute('aria-pressed', 'false');
    await expect.poll(() => slack.workspace.user(noor).status.text).toBe('Remote today');
    await expect.poll(() => shown()?.show).toBeUndefined();
  });

  it('sets status, message, emoji and length, and shows what became of it on each account', async () => {
    await panel.getByRole('button', { name: 'Set status…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Set status' });
    await dialog.getByRole('radio', { name: 'Busy' }).click();
    await dialog.getByRole('button', { name: 'Pick an emoji' }).click();
    await page.getByRole('button', { name: '🧪' }).click();
    await dialog.getByLabel('Message').fill('Testing the pump');
    await dialog.getByLabel('Until').selectOption({ label: '1 hour' });
    await dialog.getByRole('button', { name: 'Set', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await see(mine).toContainText('Testing the pump');
    await see(mine).toContainText(/until \d/);
    await expect.poll(() => shown()?.status).toContain('Testing the pump');
    const status = () => slack.workspace.user(noor).status;
    await expect.poll(() => status().text).toBe('Testing the pump');
    const minutesLeft = ((status().expiresAt ?? 0) - Date.now()) / 60_000;
    expect(minutesLeft).toBeGreaterThan(55);
    expect(minutesLeft).toBeLessThan(61);
    // The panel opens by itself with the results: a chip for each account, and a sentence where it is not simply set.
    await see(panel.getByText('Harbour Works · Set')).toBeVisible();
    await see(panel.getByText(/Home server · Set/)).toBeVisible();
  });

  it('says in a sentence what is possible only in part', async () => {
    // Another client of the user's with a higher priority: colleagues keep seeing that one.
    xmpp.setPresence('noor', 'laptop', { priority: 10 });
    await panel.getByRole('button', { name: 'Set status…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Set status' });
    await dialog.getByRole('radio', { name: 'Offline' }).click();
    await dialog.getByRole('button', { name: 'Set', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    const chip = panel.getByRole('listitem').filter({ hasText: 'Home server' });
    await see(chip).toContainText('Set in part');
    expect((await chip.locator('p').innerText()).length).toBeGreaterThan(20);
    const slackChip = panel.getByRole('listitem').filter({ hasText: 'Harbour Works' });
    await see(slackChip).toContainText(/Set in part|Not possible/);
    expect((await slackChip.locator('p').innerText()).length).toBeGreaterThan(20);
    xmpp.goOffline('noor', 'laptop');
  });

  it('says why, with every wish and the one in force marked', async () => {
    await see(panel.getByText('Why am I offline?')).toBeVisible();
    const layer = panel.getByRole('listitem').filter({ hasText: 'By hand' });
    await see(layer).toContainText('In force');
    // The end that was chosen first: only the status was changed since.
    await see(layer).toContainText(/until .*\d\d:\d\d/);
  });

  it('leaves alone what was changed in the platform’s own app, and says so', async () => {
    slack.workspace.setStatus(noor, { text: 'Changed in Slack', emoji: ':wave:' });
    await panel.getByRole('button', { name: 'Clear' }).click();
    await expect.poll(() => shown()?.show).toBeUndefined();
    await see(panel.getByRole('button', { name: 'Clear' })).toHaveCount(0);
    expect(slack.workspace.user(noor).status.text).toBe('Changed in Slack');
  });

  it('is quiet for half an hour by two presses, and ends it', async () => {
    await panel.getByRole('button', { name: 'Do not disturb…' }).click();
    await page.getByRole('menuitem', { name: 'For 30 minutes' }).click();
    await see(mine).toContainText(/Do not disturb until/);
    await expect.poll(() => (slack.workspace.user(noor).snoozeUntil ?? 0) > Date.now()).toBe(true);
    await panel.getByRole('button', { name: 'Do not disturb…' }).click();
    await page.getByRole('menuitem', { name: 'End do not disturb' }).click();
    await see(mine).not.toContainText('Do not disturb');
    await expect.poll(() => (slack.workspace.user(noor).snoozeUntil ?? 0) > Date.now()).toBe(false);
  });
});
