import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  type InterfaceBrowser,
  type OpenedPage,
  startInterfaceBrowser,
} from '../../../renderer/support/interface-browser.ts';
import { findChromium } from '../../../support/chromium.ts';
import { describeWith } from '../../../support/requirement.ts';

describeWith(findChromium(), 'a person and my own status, by keyboard', () => {
  let browser: InterfaceBrowser;
  let opened: OpenedPage;

  beforeAll(async () => {
    browser = await startInterfaceBrowser();
  });
  beforeEach(async () => {
    opened = await browser.open('/people/c_0', { people: 12 });
    await opened.page.getByRole('heading', { name: 'Ada Byron' }).waitFor();
  });
  afterEach(async () => {
    await opened.context.close();
    expect(opened.complaints).toEqual([]);
  });
  afterAll(() => browser.close());

  const press = async (name: string | RegExp): Promise<void> => {
    await opened.page.getByRole('button', { name }).focus();
    await opened.page.keyboard.press('Enter');
  };
  const menu = async (item: RegExp): Promise<void> => {
    await press(/^More for/);
    await opened.page.getByRole('menuitem', { name: item }).focus();
    await opened.page.keyboard.press('Enter');
    await opened.page.getByRole('dialog').waitFor();
  };

  it('says why: each identity, what it said, and the rule', async () => {
    const table = opened.page.getByRole('table');
    await expect.poll(() => table.getByRole('row').count()).toBe(2);
    const [first, second] = await table.getByRole('row').allInnerTexts();
    expect(first).toContain('Online');
    expect(first).toContain('Counts');
    expect(second).toContain('away, idle since 13:50');
    expect(second).toContain('Ranks lower');
    await opened.page.getByText('The highest of 2 fresh answers counts.').waitFor();
  });

  it('is renamed in a dialog that takes the focus and gives it back', async () => {
    const { page, api } = opened;
    await menu(/Rename/);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('Countess');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Countess', exact: true }).waitFor();
    expect(api.bodies.get('patchContact')).toEqual({ name: 'Countess' });
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  });

  it('gets a group that was typed and not yet added', async () => {
    await menu(/Groups/);
    await opened.page.getByLabel('New group').fill('Analysts');
    await opened.page.keyboard.press('Enter');
    await opened.page.getByText('Analysts').first().waitFor();
    expect(opened.api.bodies.get('patchContact')).toEqual({ groups: ['Engine', 'Analysts'] });
  });

  it('is opted out only after saying what that means, XMPP’s limit too', async () => {
    const { page, api } = opened;
    await menu(/Stop reading/);
    await page.getByText('cannot tell the server to stop').waitFor();
    await page.keyboard.press('Escape');
    expect(api.bodies.has('patchContact')).toBe(false);
    await menu(/Stop reading/);
    await press('Stop reading');
    await page.getByText('Opted out.').waitFor();
    expect(api.bodies.get('patchContact')).toEqual({ monitored: false });
  });

  it('is linked with the person whom Muster suggests first', async () => {
    const { page, api } = opened;
    await menu(/Link/);
    const candidate = page.getByRole('dialog').getByRole('listitem').first();
    expect(await candidate.innerText()).toContain('Suggested');
    await candidate.getByRole('button').focus();
    await page.keyboard.press('Space');
    await press(/^Link with Priya/);
    await expect.poll(() => api.bodies.get('linkContacts')).toEqual({ contactIds: ['c_0', 'c_5'] });
  });

  it('is watched: "comes online" once by default, with a note', async () => {
    const { page, api } = opened;
    await press('Tell me when…');
    await page.getByLabel('Note to myself').fill('Lunch?');
    await page.keyboard.press('Enter');
    await page.getByText('Lunch?').waitFor();
    expect(api.bodies.get('createWatch')).toEqual({
      contactId: 'c_0',
      from: ['away', 'busy', 'offline', 'unknown'],
      to: ['online'],
      repeat: 'once',
      note: 'Lunch?',
    });
  });

  it('cannot be watched for nothing', async () => {
    const { page } = opened;
    await press('Tell me when…');
    await page.getByRole('combobox').selectOption('custom');
    await page.getByRole('group', { name: 'To' }).getByRole('button', { name: 'Online' }).press('Space');
    expect(await page.getByRole('button', { name: 'Tell me', exact: true }).isDisabled()).toBe(true);
  });

  it('lets me set status, emoji, message and length, and shows what became of it on each account', async () => {
    const { page, api } = opened;
    await press(/^My status/);
    await press('Set status…');
    // The status chosen now has the focus.
    await page.getByRole('dialog', { name: 'Set status' }).waitFor();
    // Held as long as a finger holds it: the radio group looks whether an arrow is down when the focus arrives.
    await page.keyboard.press('ArrowLeft', { delay: 60 });
    await press(/^Emoji:/);
    await page.getByRole('button', { name: '🎧', exact: true }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByPlaceholder('What are you doing?').fill('Lunch');
    await page.getByLabel('Until').selectOption('30');
    await press('Set');
    await page.getByText('Acme · Set').waitFor();
    await page.getByText('Another of your XMPP clients has a higher priority').waitFor();
    expect(api.bodies.get('putOwnStatus')).toEqual({
      status: 'away',
      message: 'Lunch',
      emoji: '🥪',
      forSeconds: 1_800,
    });
  });

  it('refuses a time that is none, and says what one looks like', async () => {
    const { page, api } = opened;
    await press(/^My status/);
    await press('Set status…');
    await page.getByLabel('Until').selectOption('time');
    await press('Set');
    await page.getByText('Enter a time as hours and minutes').waitFor();
    expect(api.bodies.has('putOwnStatus')).toBe(false);
  });

  it('asks for do not disturb until tomorrow as the start of tomorrow', async () => {
    const { page, api } = opened;
    await press(/^My status/);
    await press('Do not disturb…');
    await page.getByRole('menuitem', { name: 'Until tomorrow' }).press('Enter');
    await expect.poll(() => api.bodies.get('putDoNotDisturb')).toBeDefined();
    const until = new Date(Object(api.bodies.get('putDoNotDisturb')).until);
    const parts = until.toLocaleTimeString('en-GB', { timeZone: 'Europe/Berlin' });
    expect(parts).toBe('00:00:00');
    expect(until.getTime()).toBeGreaterThan(Date.now());
  });

  it('turns a delivered alert, and no suppressed one, into a notification that opens the person', async () => {
    const { page, api } = opened;
    await page.addInitScript(() => {
      // Headless browsers refuse notifications: this one only writes down what it was asked to show.
      class Shown {
        static permission = 'granted';
        onclick: (() => void) | null = null;
        constructor(title: string, options: NotificationOptions) {
          const button = document.createElement('button');
          button.textContent = `${title} ${options.body} ${options.tag}`;
          button.onclick = () => this.onclick?.();
          document.body.append(button);
        }
        close(): void {}
      }
      Object.defineProperty(window, 'Notification', { value: Shown });
    });
    await page.reload();
    await page.getByRole('heading', { name: 'Ada Byron' }).waitFor();
    const alert = { watchId: 'w_1', contactId: 'c_2', from: 'offline', to: 'online', at: new Date().toISOString() };
    api.send('alert', { ...alert, id: 'x_1', outcome: 'suppressed', reason: 'do-not-disturb' });
    api.send('alert', { ...alert, id: 'x_2', outcome: 'delivered', reason: 'matched' });
    const shown = page.getByRole('button', { name: /^Linus Berg is Online/ });
    await shown.waitFor();
    expect(await shown.allInnerTexts()).toEqual(['Linus Berg is Online Was Offline before. x_2']);
    await shown.click();
    await page.getByRole('heading', { name: 'Linus Berg' }).waitFor();
  });
});
