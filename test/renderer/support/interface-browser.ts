import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright';
import { launchChromium } from '../../support/chromium.ts';
import { createFakeApi, type FakeApi, type FakeOptions } from './fake-api.ts';
import { serveInterface } from './serve-interface.ts';

/** How a page is looked at. */
export type View = {
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
  /** 2 is text at 200 %. */
  readonly textScale?: number;
  readonly locale?: string;
};

/** One page over its own fake core. */
export type OpenedPage = {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly api: FakeApi;
  readonly url: string;
  /** Whatever the page complained about: exceptions, errors on the console, violations of the content-security policy. */
  readonly complaints: readonly string[];
};

/** The interface in one browser. */
export type InterfaceBrowser = {
  readonly open: (path: string, core: FakeOptions, view?: View) => Promise<OpenedPage>;
  readonly close: () => Promise<void>;
};

const scaleText = (scale: number): void => {
  document.addEventListener('DOMContentLoaded', () =>
    document.documentElement.style.setProperty('--text-scale', String(scale)),
  );
};

/** What the run's set-up built from the sources (test/support/interface-setup.ts). */
const builtInterface = (): string => {
  const folder = process.env.MUSTER_BUILD_DIR;
  if (folder === undefined) throw new Error('The interface is built by the set-up of the project `browser`.');
  return join(folder, 'renderer');
};

/** Starts a Chromium over the built interface. */
export const startInterfaceBrowser = async (): Promise<InterfaceBrowser> => {
  const folder = builtInterface();
  const browser: Browser = await launchChromium();
  const closings: (() => Promise<void>)[] = [];

  const open: InterfaceBrowser['open'] = async (path, core, view = {}) => {
    const api = createFakeApi(core);
    const site = await serveInterface(folder, api.handle);
    const context = await browser.newContext({
      viewport: { width: view.width ?? 1040, height: view.height ?? 720 },
      colorScheme: view.dark === true ? 'dark' : 'light',
      locale: view.locale ?? 'en-GB',
      timezoneId: 'Europe/Berlin',
      reducedMotion: 'reduce',
    });
    closings.push(async () => {
      await context.close();
      await site.close();
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    if (view.textScale !== undefined) await page.addInitScript(scaleText, view.textScale);
    await page.goto(`${site.url}${path}`);
    return { page, context, api, url: site.url, complaints };
  };
  return {
    open,
    close: async () => {
      for (const close of closings.splice(0)) await close();
      await browser.close();
    },
  };
};

/** What axe finds on a page, as one line a finding. */
export const axeFindings = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
};

/**
 * Whether anything sticks out sideways, so that one would have to scroll to read: out of the window, or out of a page or dialog that
 * scrolls up and down. What scrolls for itself by intent (code, chips, the week) has no heading in it.
 */
export const overflowsSideways = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const parts = [...document.querySelectorAll('main *, dialog, dialog *')].filter(
      (element) => getComputedStyle(element).overflowY === 'auto' && element.querySelector('h1, h2') !== null,
    );
    return [document.documentElement, ...parts].some(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);
  });
