import type { CDPSession, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { routes } from '../../../src/contract/index.ts';
import { changeSomebody, startBelievableXmpp } from '../../../src/simulator/believable-xmpp.ts';
import { seededRandom } from '../../../src/simulator/people/random.ts';
import type { XmppSimulator } from '../../../src/simulator/xmpp/server.ts';
import { findChromium } from '../../support/chromium.ts';
import { describeWith } from '../../support/requirement.ts';
import { signIn } from './support/colleagues.ts';
import { namesIn, searchIn } from './support/page-parts.ts';
import { see } from './support/see.ts';
import { type Stage, startStage } from './support/stage.ts';

/** What the page counts while it lives; see `count`. */
type Counts = { mutations: number; added: number; shifts: string[]; most: number };

declare global {
  interface Window {
    counted?: Counts;
  }
}

const PEOPLE = 2_000;
/** A screen of rows with those drawn beyond its edges. */
const MOST_ROWS = 60;

describeWith(findChromium(), '2,000 people from a real core', () => {
  let stage: Stage;
  let xmpp: XmppSimulator;
  let others: readonly string[];
  /** One who stays on screen. */
  let lead: string;
  let page: Page;
  let devtools: CDPSession;
  const random = seededRandom(7);

  beforeAll(async () => {
    stage = await startStage();
    // One round instead of 4,096: two thousand passwords would take the machine seconds.
    const believable = await startBelievableXmpp({ people: PEOPLE + 1, seed: 7, iterations: 1 });
    stage.onClose(() => believable.xmpp.close());
    ({ xmpp } = believable);
    [lead = '', ...others] = believable.others;
    await signIn(stage, {
      platform: 'xmpp',
      label: 'Harbour',
      settings: { service: xmpp.service, domain: xmpp.domain, username: believable.me, allowInsecureLoopback: true },
      secrets: { password: believable.password },
    });
    page = await stage.visit();
    await see(page.getByRole('option').first()).toHaveAttribute('aria-setsize', String(PEOPLE), { timeout: 30_000 });
    const found = routes.listContacts.answer.parse(await stage.served.api('GET', `/v1/contacts?query=${lead}@`));
    await stage.served.api('PATCH', `/v1/contacts/${found.items[0]?.id}`, { favourite: true });
    devtools = await page.context().newCDPSession(page);
  });
  afterEach(() => expect(stage.problems).toEqual([]));
  afterAll(() => stage?.close());

  /** Counts changes of the list's elements and layout shifts from now on. */
  const count = () =>
    page.evaluate(() => {
      const counted: Counts = { mutations: 0, added: 0, shifts: [], most: 0 };
      window.counted = counted;
      const list = document.querySelector('[role="listbox"]');
      if (list === null) throw new Error('There is no list.');
      new MutationObserver((records) => {
        counted.mutations += records.length;
        counted.added += records.reduce((sum, { addedNodes }) => sum + addedNodes.length, 0);
        counted.most = Math.max(counted.most, list.querySelectorAll('[role="option"]').length);
      }).observe(list, { subtree: true, childList: true, characterData: true, attributes: true });
      new PerformanceObserver((entries) => {
        for (const entry of entries.getEntries()) {
          counted.shifts.push(JSON.stringify(entry));
        }
      }).observe({ type: 'layout-shift', buffered: false });
    });
  const counted = () =>
    page.evaluate(() => {
      if (window.counted === undefined) throw new Error('Nothing was counted.');
      return window.counted;
    });
  /** The favourite at the top says something: everything before it is through, down to the page. */
  async function settle(words: string): Promise<void> {
    xmpp.setPresence(lead, 'desk', { priority: 9, status: words });
    await see(page.getByRole('option').first()).toContainText(words);
  }

  it('draws the rows that are on screen, at the top, in the middle and at the end', async () => {
    for (const key of ['Home', 'PageDown', 'End']) {
      await page.getByRole('listbox').focus();
      await page.keyboard.press(key);
      await expect.poll(() => page.getByRole('option').count()).toBeGreaterThan(5);
      expect(await page.getByRole('option').count()).toBeLessThan(MOST_ROWS);
    }
    await see(page.getByRole('option').last()).toHaveAttribute('aria-posinset', String(PEOPLE));
    await page.keyboard.press('Home');
    await see(page.getByRole('option').first()).toHaveAttribute('aria-posinset', '1');
  });

  it('filters with every letter that is typed', async () => {
    const search = searchIn(page);
    await search.focus();
    for (const letters of ['z', 'zo', 'zoe']) {
      await search.press(letters.at(-1) ?? '');
      // The very next frame shows it: nothing waits for a pause in typing.
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      await expect
        .poll(async () => Number(await page.getByRole('option').first().getAttribute('aria-setsize')))
        .toBeLessThan(PEOPLE);
    }
    for (const name of await namesIn(page))
      expect(name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()).toContain('zoe');
    await search.fill('');
    await see(page.getByRole('option').first()).toHaveAttribute('aria-setsize', String(PEOPLE));
  });

  it('lives without flicker: changes stay few, nothing jumps, rows stay few', async () => {
    await settle('before counting');
    await count();
    const changes = 400;
    for (let change = 0; change < changes; change += 1) changeSomebody(xmpp, others, random);
    await settle('after four hundred changes');
    const { mutations, shifts, most } = await counted();
    expect(shifts).toEqual([]);
    expect(most).toBeLessThan(MOST_ROWS);
    // Hundreds of changes land in a few frames; each draws the rows of a screen at most.
    expect(mutations / changes).toBeLessThan(15);
  });

  it('changes nothing on the page for somebody far below it', async () => {
    await settle('before the far change');
    const shown = new Set(await namesIn(page));
    await count();
    // Still offline, with other words: the order stays as it is.
    const far = others.filter((username) => xmpp.sessions(username).length === 0).at(-1);
    if (far === undefined) throw new Error('Everybody is online.');
    xmpp.setPresence(far, 'desk', { show: 'xa', priority: 1, status: 'far away' });
    await expect
      .poll(async () => JSON.stringify(await stage.served.api('GET', '/v1/contacts?status=away&limit=500')))
      .toContain('far away');
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    const { added, shifts } = await counted();
    expect(shifts).toEqual([]);
    expect(added).toBe(0);
    expect(new Set(await namesIn(page))).toEqual(shown);
  });

  it('keeps no memory of events that are over', async () => {
    const heap = async (): Promise<number> => {
      let least = Number.POSITIVE_INFINITY;
      for (let time = 0; time < 3; time += 1) {
        await devtools.send('HeapProfiler.collectGarbage');
        least = Math.min(least, (await devtools.send('Runtime.getHeapUsage')).usedSize);
      }
      return least;
    };
    const round = async (words: string) => {
      for (let change = 0; change < 1_000; change += 1) changeSomebody(xmpp, others, random);
      await settle(words);
    };
    // Everybody has changed by then: what came with an event weighs more than what came with the first page.
    for (let thousand = 1; thousand <= 5; thousand += 1) await round(`${thousand} thousand to warm up`);
    const before = await heap();
    for (let thousand = 1; thousand <= 5; thousand += 1) await round(`${thousand} thousand more`);
    // Five thousand events are some seven megabytes, half of all that the page holds.
    expect((await heap()) / before).toBeLessThan(1.25);
  });
});
