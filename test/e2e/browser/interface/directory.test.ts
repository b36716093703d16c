import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FakeOptions } from '../../../renderer/support/fake-api.ts';
import { featureAnswers } from '../../../renderer/support/fake-features.ts';
import { type FakeSignIn, signInAnswers } from '../../../renderer/support/fake-sign-in.ts';
import {
  axeFindings,
  type InterfaceBrowser,
  startInterfaceBrowser,
} from '../../../renderer/support/interface-browser.ts';
import { findChromium } from '../../../support/chromium.ts';
import { describeWith } from '../../../support/requirement.ts';

const core = (going: FakeSignIn = { flow: {}, health: {} }): FakeOptions => ({
  people: 12,
  answers: signInAnswers(Date.now(), going, featureAnswers(Date.now())),
});

describeWith(findChromium(), 'whom an account looks at', () => {
  let browser: InterfaceBrowser;

  beforeAll(async () => {
    browser = await startInterfaceBrowser();
  });
  afterAll(() => browser.close());

  it('adds people from the directory and takes them away, by keyboard alone, and asks before everybody goes or comes', async () => {
    const { page, api } = await browser.open('/accounts/a_teams', core());
    await page.getByText('Everybody in the directory.').waitFor();
    await page.getByText('Two letters of a name').waitFor();
    await page.getByRole('searchbox', { name: 'Search the directory' }).fill('ad');
    await page.getByRole('button', { name: 'Add Ada Byron' }).press('Enter');
    const only = page.getByRole('dialog', { name: 'Show only Ada Byron?' });
    await only.getByText('From now on it shows only the people whom you add.').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => only.count()).toBe(0);
    expect(api.bodies.has('patchAccount')).toBe(false);
    expect(
      await page.getByRole('button', { name: 'Add Ada Byron' }).evaluate((one) => one === document.activeElement),
    ).toBe(true);
    await page.keyboard.press('Enter');
    expect(await axeFindings(page)).toEqual([]);
    await only.getByRole('button', { name: 'Show only Ada Byron' }).press('Enter');
    await page.getByText('Only this person; 2 at most.').waitFor();
    // While a change is under way the buttons take no other.
    const settled = () => expect.poll(() => page.locator('dialog, [aria-busy="true"]').count()).toBe(0);
    await settled();
    expect(api.bodies.get('patchAccount')).toEqual({ settings: { people: ['u-ada'] } });
    await page.getByRole('button', { name: 'Add Adam Lind' }).press('Enter');
    await page.getByText('Only these 2 people; 2 at most.').waitFor();
    await page.getByText('2 are chosen, and more are not possible').waitFor();
    await settled();
    expect(await page.getByRole('button', { name: 'Add Ada Lovelace' }).isDisabled()).toBe(true);
    expect(await axeFindings(page)).toEqual([]);
    const chosen = page.getByRole('list', { name: 'Chosen people' });
    await chosen.getByRole('button', { name: 'Remove Ada Byron' }).press('Enter');
    await page.getByText('Only this person; 2 at most.').waitFor();
    await settled();
    const field = page.getByRole('searchbox', { name: 'Search the directory' });
    await expect.poll(() => field.evaluate((one) => one === document.activeElement)).toBe(true);
    await chosen.getByRole('button', { name: 'Remove Adam Lind' }).press('Enter');
    const everybody = page.getByRole('dialog', { name: 'Show everybody again?' });
    await everybody.getByRole('button', { name: 'Show everybody' }).press('Enter');
    await page.getByText('Everybody in the directory.').waitFor();
    expect(api.bodies.get('patchAccount')).toEqual({ settings: { people: null } });
    await expect.poll(() => field.evaluate((one) => one === document.activeElement)).toBe(true);
  });

  it('says how the search in the directory is: under way, failed, without anybody, and not possible now', async () => {
    const going: FakeSignIn = { flow: {}, health: {}, settings: { people: ['u-gone'] } };
    const answers = signInAnswers(Date.now(), going, featureAnswers(Date.now()));
    let search: () => unknown = () => ({ items: [] });
    const options: FakeOptions = {
      people: 1,
      answers: (id, given) => (id === 'searchDirectory' ? search() : answers(id, given)),
    };
    const { page, api } = await browser.open('/accounts/a_teams', options);
    const asked = () => api.calls.filter((call) => call.endsWith('/directory')).length;
    await page.getByRole('list', { name: 'Chosen people' }).getByText('u-gone').waitFor();
    const field = page.getByRole('searchbox', { name: 'Search the directory' });
    await field.fill('a');
    await page.getByText('Two letters of a name').waitFor();
    const held: string[] = [];
    await page.route('**/directory?*', (route) => void held.push(route.request().url()));
    await field.pressSequentially('dam', { delay: 20 });
    await page.getByRole('status', { name: 'Loading' }).waitFor();
    await expect.poll(() => held).toEqual([expect.stringContaining('?query=adam')]);
    search = () =>
      new Response(
        JSON.stringify({ type: 'about:blank', title: 'x', status: 429, code: 'rate-limited', detail: 'Slow down.' }),
        { status: 429, headers: { 'content-type': 'application/problem+json' } },
      );
    await page.unroute('**/directory?*');
    await field.press('x');
    await page.getByRole('alert').getByRole('button', { name: 'Try again' }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    const before = asked();
    search = () => ({ items: [] });
    await page.getByRole('alert').getByRole('button', { name: 'Try again' }).press('Enter');
    await page.getByText('Nobody in the directory has a name').waitFor();
    expect(asked()).toBe(before + 1);
    await page.context().close();

    const away = await browser.open('/accounts/a_teams', core({ flow: {}, health: { state: 'offline' } }));
    await away.page.getByRole('searchbox', { name: 'Search the directory' }).fill('ada');
    await away.page.getByText('can be searched again once the account is connected').waitFor();
    expect(away.api.calls.some((call) => call.endsWith('/directory'))).toBe(false);
  });
});
