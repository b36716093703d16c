import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SuggestionView } from '../../../../src/contract/index.ts';
import type { FakeAnswers } from '../../../renderer/support/fake-api.ts';
import { type InterfaceBrowser, startInterfaceBrowser } from '../../../renderer/support/interface-browser.ts';
import { member, suggestion } from '../../../renderer/support/team.ts';
import { findChromium } from '../../../support/chromium.ts';
import { describeWith } from '../../../support/requirement.ts';

const weaker: SuggestionView = {
  id: 'g_2',
  contactIds: ['c_1', 'c_7'],
  score: 0.8749,
  reasons: [
    { kind: 'same-name', detail: 'Grace Diallo' },
    { kind: 'same-time-zone', detail: 'Africa/Lagos' },
  ],
};

/** A core that remembers what was said about two pairs. */
const pairs = (): FakeAnswers => {
  const now = Date.now();
  const decided = new Set<string>();
  return (id, { params, body }) => {
    switch (id) {
      case 'listSuggestions': {
        const items = [weaker, suggestion].filter((one) => !decided.has(one.id));
        return { items, nextCursor: null, total: items.length, sequence: 1 };
      }
      case 'linkContacts':
        decided.add(JSON.stringify(body).includes('c_0') ? 'g_1' : 'g_2');
        return undefined;
      case 'unlinkContact':
        decided.delete('g_1');
        return member(5, now);
      case 'dismissSuggestion':
        decided.add(params.id ?? '');
        return null;
      case 'restoreSuggestion':
        decided.delete(params.id ?? '');
        return null;
      default:
        return undefined;
    }
  };
};

describeWith(findChromium(), 'people who may be one', () => {
  let browser: InterfaceBrowser;

  beforeAll(async () => {
    browser = await startInterfaceBrowser();
  });
  afterAll(() => browser.close());

  const open = async (path: string) => {
    const opened = await browser.open(path, { people: 12, answers: pairs() });
    await opened.page.getByText('2 pairs may be the same person').waitFor();
    return opened;
  };
  const same = (page: Page) => page.getByRole('button', { name: /^Same person: / });
  const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));

  it('are announced above the list, and shown side by side, the surest first, with how sure and why', async () => {
    const { page, url } = await open('/people');
    await page.getByRole('link', { name: '2 pairs may be the same person' }).press('Enter');
    await page.waitForURL(`${url}/people/same-person`);
    await expect.poll(() => same(page).count()).toBe(2);
    expect(await same(page).first().getAttribute('aria-label')).toBe('Same person: Ada Byron and Priya Nair');
    for (const words of ['99% sure', '87.4% sure', 'The same name: Grace Diallo', 'The same time zone: Africa/Lagos']) {
      await page.getByText(words).waitFor();
    }
    const [first, second] = await Promise.all(
      ['user0@example.org', 'user5@example.org'].map((email) =>
        page.getByText(email, { exact: true }).first().boundingBox(),
      ),
    );
    expect(second?.x).toBeGreaterThan((first?.x ?? 0) + 100);
  });

  it('become one by one press, and two again by another, by keyboard alone', async () => {
    const { page, api } = await open('/people/same-person');
    await same(page).first().press('Enter');
    await page.getByText('Ada Byron and Priya Nair are one person now.').waitFor();
    expect(api.bodies.get('linkContacts')).toEqual({ contactIds: ['c_0', 'c_5'] });
    await expect.poll(() => focused(page)).toBe('Undo: Ada Byron and Priya Nair');
    expect(await same(page).count()).toBe(1);
    await page.keyboard.press('Enter');
    await expect.poll(() => same(page).count()).toBe(2);
    expect(api.bodies.get('unlinkContact')).toEqual({ identities: [{ accountId: 'a_slack', userId: 'U5' }] });
    expect(await page.getByText('are one person now').count()).toBe(0);
  });

  it('stay two when that is said, until it is taken back', async () => {
    const { page, api } = await open('/people/same-person');
    await page
      .getByRole('button', { name: /^Not the same: / })
      .first()
      .press('Enter');
    await page.getByText('stay two people').waitFor();
    expect(api.calls).toContain('DELETE /v1/suggestions/g_1');
    await page.getByRole('button', { name: 'Undo: Ada Byron and Priya Nair' }).press('Enter');
    await expect.poll(() => api.calls).toContain('POST /v1/suggestions/g_1/restore');
    await expect.poll(() => same(page).count()).toBe(2);
  });

  it('are asked about on the page of each of them, where the one who is shown stays', async () => {
    const { page, api } = await open('/people/c_5');
    await page.getByText(/^Perhaps the same person as Ada Byron on Slack and XMPP: /).waitFor();
    await page.getByRole('button', { name: 'Same person', exact: true }).press('Enter');
    await expect.poll(() => api.bodies.get('linkContacts')).toEqual({ contactIds: ['c_5', 'c_0'] });
    await page.getByRole('region', { name: 'Notifications' }).getByRole('button', { name: 'Undo' }).waitFor();
  });

  it('tell on every row where somebody is and where they are around, in words too', async () => {
    const { page } = await open('/people');
    const ada = page.getByRole('option').filter({ hasText: 'Ada Byron' });
    expect(await ada.innerText()).toContain('around on Slack and XMPP');
    const away = page.getByRole('option').filter({ hasText: /Grace Okafor/ });
    expect(await away.innerText()).toContain('also on Slack');
  });
});
