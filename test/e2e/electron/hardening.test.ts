import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DesktopParts, findDesktop } from '../../support/desktop/desktop.ts';
import { builtApp, findElectron } from '../../support/electron.ts';
import { describeWith, isMissing } from '../../support/requirement.ts';
import { isShown, pageAt, type StartedApp, startApp } from './started-app.ts';

const parts: DesktopParts = { tray: true };
const electron = findElectron();

describeWith(isMissing(electron) ? electron : findDesktop(parts), 'a window of Muster', () => {
  let started: StartedApp;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    started = await startApp(parts);
    page = await pageAt(started.app, '/welcome');
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
  });
  afterAll(() => started?.stop());

  it('has nothing of Node or Electron, only the bridge', async () => {
    const found = await page.evaluate(() => ({
      globals: ['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer', 'electron'].filter(
        (name) => Reflect.get(window, name) !== undefined,
      ),
      bridge: Object.keys(Reflect.get(window, 'musterHost')).sort(),
    }));
    expect(found).toEqual({ globals: [], bridge: ['kind', 'onNavigate', 'os', 'request'] });
  });

  it('is sandboxed and isolated', async () => {
    const preferences = await started.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map(({ webContents }) =>
        Reflect.get(webContents, 'getLastWebPreferences').call(webContents),
      ),
    );
    expect(preferences.length).toBeGreaterThan(0);
    for (const each of preferences) {
      expect(each).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true });
    }
  });

  it('has a strict policy, which every place of the interface keeps to', async () => {
    const policy = await page.evaluate(async () => (await fetch('/people')).headers.get('content-security-policy'));
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toMatch(/unsafe|\*|http/);
    for (const path of ['/people', '/alerts', '/schedule', '/accounts', '/preferences', '/popover', '/welcome']) {
      await page.goto(`muster-app://interface${path}`);
      await page.waitForLoadState('networkidle');
    }
    expect(complaints).toEqual([]);
  });

  it('runs no script that is not ours', async () => {
    const outcome = await page.evaluate(async () => {
      const violated = new Promise((done) => {
        document.addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective), { once: true });
      });
      const script = document.createElement('script');
      script.textContent = 'window.injected = true';
      document.body.append(script);
      return { directive: await violated, ran: Reflect.has(window, 'injected') };
    });
    expect(outcome).toEqual({ directive: 'script-src-elem', ran: false });
  });

  it('cannot be led away, and opens no other window', async () => {
    const before = page.url();
    const windows = started.app.windows().length;
    await page.evaluate(() => {
      const link = document.createElement('a');
      link.href = 'https://example.org/';
      document.body.append(link);
      link.click();
      link.target = '_blank';
      link.click();
    });
    expect(await page.evaluate(() => window.open('https://example.org/') === null)).toBe(true);
    expect(await page.evaluate(() => window.open('/people') === null)).toBe(true);
    await page.evaluate(() => {
      window.location.href = 'file:///etc/passwd';
    });
    await new Promise((done) => setTimeout(done, 300));
    expect(page.url()).toBe(before);
    expect(started.app.windows()).toHaveLength(windows);
  });

  it('reaches nothing but its own origin, not even without its policy', async () => {
    expect(await page.evaluate(() => fetch('https://example.org/').catch(() => 'refused'))).toBe('refused');
    const reached = await started.app.evaluate(async ({ BrowserWindow }) => {
      const session = BrowserWindow.getAllWindows()[0]?.webContents.session;
      return session?.fetch('http://127.0.0.1:9/').then(
        () => 'reached',
        (error: Error) => error.message,
      );
    });
    expect(reached).toContain('ERR_BLOCKED_BY_CLIENT');
  });

  it('serves no file from outside of the interface', async () => {
    const statuses = await page.evaluate(() =>
      Promise.all(
        [
          '/..%2f..%2fpackage.json',
          '/%2e%2e/main/index.js',
          '/assets/../../main/index.js',
          '/%00.js',
          '/nothing.js',
        ].map(async (path) => (await fetch(path)).status),
      ),
    );
    expect(statuses.every((status) => status === 404 || status === 400)).toBe(true);
  });

  it('is granted no permission', async () => {
    const answers = await page.evaluate(() =>
      Promise.all([
        Notification.requestPermission(),
        navigator.mediaDevices.getUserMedia({ audio: true }).then(
          () => 'granted',
          () => 'denied',
        ),
        navigator.clipboard.readText().then(
          () => 'granted',
          () => 'denied',
        ),
      ]),
    );
    expect(answers).toEqual(['denied', 'denied', 'denied']);
  });

  it('has unknown and malformed requests to the host refused', async () => {
    const ask = (name: string, value: unknown) =>
      page.evaluate(
        ([how, what]) =>
          Reflect.get(window, 'musterHost')
            .request(how, what)
            .then(
              () => 'done',
              (error: Error) => error.message,
            ),
        [name, value] as const,
      );
    expect(await ask('openShell', {})).toContain('There is no such request');
    expect(await ask('__proto__', {})).toContain('There is no such request');
    expect(await ask('openMain', { path: 'https://example.org' })).toContain('not valid');
    expect(await ask('openMain', { path: '/people', extra: 1 })).toContain('not valid');
    expect(await ask('closeWindow', null)).toContain('not valid');
    expect(await ask('openMain', { path: '/alerts' })).toBe('done');
  });

  it('has the host hear no page that is not in one of its windows', async () => {
    // A window that the host knows nothing of, with the same preload script: as near as a stranger could come.
    const built = builtApp();
    const preload = [join(built, 'preload/index.cjs'), join(built, 'dist/preload/index.cjs')].find((file) =>
      existsSync(file),
    );
    const answer = await started.app.evaluate(async ({ BrowserWindow }, script) => {
      const session = BrowserWindow.getAllWindows()[0]?.webContents.session;
      if (!session || !script) return 'not tried';
      const stranger = new BrowserWindow({ show: false, webPreferences: { preload: script, sandbox: true, session } });
      await stranger.loadURL('muster-app://interface/people');
      const said = await stranger.webContents.executeJavaScript(
        "window.musterHost.request('openMain', { path: '/people' }).then(() => 'done', (error) => error.message)",
      );
      stranger.destroy();
      return said;
    }, preload);
    expect(answer).toContain('Refused');
  });

  it('saves what a page of ours made itself, an export, and downloads nothing', async () => {
    await started.app.evaluate(({ session }) => {
      const seen: string[] = [];
      Reflect.set(globalThis, 'downloads', seen);
      session.fromPartition('persist:interface').on('will-download', (event, item) => {
        seen.push(`${new URL(item.getURL()).protocol} ${event.defaultPrevented ? 'refused' : 'saved'}`);
        // Nobody is there to say where to.
        event.preventDefault();
      });
    });
    await page.goto('muster-app://interface/preferences');
    await page.evaluate(() => {
      const link = document.createElement('a');
      link.href = '/openapi.json';
      link.download = 'openapi.json';
      link.click();
    });
    await page.locator('button:has(svg.lucide-download)').first().click();
    const downloads = () => started.app.evaluate((): string[] => Reflect.get(globalThis, 'downloads'));
    await expect.poll(async () => (await downloads()).toSorted()).toEqual(['blob: saved', 'muster-app: refused']);
  });

  it('ends its renderer process when it is closed, and opens again', async () => {
    const pid = await started.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
    );
    await started.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    const renderers = () =>
      started.app.evaluate(({ app }) =>
        app
          .getAppMetrics()
          .filter(({ type }) => type === 'Tab')
          .map((metric) => metric.pid),
      );
    await expect.poll(renderers).not.toContain(pid);
    expect(await renderers()).toEqual([]);
    const item = await started.desktop.tray?.waitForItem();
    await item?.choose('Open Muster');
    page = await pageAt(started.app, '/');
    await expect.poll(() => isShown(started.app, '/')).toBe(true);
  });

  it('comes back when its process crashes, and the core never stopped', async () => {
    const health = () => page.evaluate(async () => (await (await fetch('/v1/health')).json()).instance);
    const instance = await health();
    const next = started.app.waitForEvent('window');
    await started.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
    );
    page = await next;
    await page.waitForLoadState('domcontentloaded');
    expect(await health()).toBe(instance);
  });
});
