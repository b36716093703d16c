import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright';
import { launchChromium } from '../../../support/chromium.ts';
import { type Served, startServed } from './served.ts';

/** The window of the design brief; tests of narrow windows say so themselves. */
export const WINDOW = { width: 1040, height: 720 };

/** How a page is opened; everything has a default. */
export type VisitOptions = BrowserContextOptions & {
  /** Where to go; `/people` by default. */
  readonly path?: string;
  /** A context to open another tab in. */
  readonly context?: BrowserContext;
};

/** A running Muster and a browser that is signed in to it. */
export type Stage = {
  readonly served: Served;
  readonly browser: Browser;
  /** What no page may do: errors on the console, violations of the content-security policy, requests elsewhere. */
  readonly problems: string[];
  visit(options?: VisitOptions): Promise<Page>;
  /** Stops what is closed with it, last first. */
  onClose(close: () => unknown): void;
  close(): Promise<void>;
};

declare global {
  interface Window {
    musterProblem?: (text: string) => void;
  }
}

/** Writes down what no page may do, from its first line on. */
export async function listenForProblems(context: BrowserContext, origin: string, problems: string[]): Promise<void> {
  await context.exposeBinding('musterProblem', (_source, text: unknown) => void problems.push(String(text)));
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      window.musterProblem?.(`policy: ${event.violatedDirective} ${event.blockedURI} at ${event.sourceFile}`);
    });
  });
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(`console: ${message.text()}`);
  });
  context.on('weberror', (error) => void problems.push(`thrown: ${error.error().message}`));
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.origin !== origin) problems.push(`request elsewhere: ${request.url()}`);
  });
}

/** Starts Muster on a home of its own and a browser. The first run is over unless `firstRun` is true. */
export async function startStage(
  options: { firstRun?: boolean; vault?: boolean; browser?: Browser } = {},
): Promise<Stage> {
  const served = await startServed({ vault: options.vault ?? false });
  const browser = options.browser ?? (await launchChromium());
  const problems: string[] = [];
  const closing: (() => unknown)[] = [];
  let signedIn: Awaited<ReturnType<BrowserContext['storageState']>> | undefined;
  if (!options.firstRun) await served.api('PATCH', '/v1/settings', { firstRun: 'done' });

  async function newContext(given: BrowserContextOptions): Promise<BrowserContext> {
    const context = await browser.newContext({
      viewport: WINDOW,
      locale: 'en-GB',
      timezoneId: 'Europe/Berlin',
      colorScheme: 'light',
      ...(signedIn === undefined ? {} : { storageState: signedIn }),
      ...given,
    });
    await listenForProblems(context, served.url, problems);
    return context;
  }

  return {
    served,
    browser,
    problems,
    visit: async ({ path = '/people', context: given, ...contextOptions } = {}) => {
      const context = given ?? (await newContext(contextOptions));
      const page = await context.newPage();
      if (signedIn === undefined) {
        const signedInNow = page.waitForResponse((answer) => new URL(answer.url()).pathname === '/v1/session');
        await page.goto(served.link());
        await signedInNow;
        signedIn = await context.storageState();
      }
      await page.goto(`${served.url}${path}`);
      return page;
    },
    onClose: (close) => void closing.push(close),
    close: async () => {
      if (options.browser === undefined) await browser.close();
      for (const close of closing.splice(0).reverse()) await close();
      await served.remove();
    },
  };
}
