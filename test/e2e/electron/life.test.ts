import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';
import { type Desktop, type DesktopParts, findDesktop, startDesktop } from '../../support/desktop/desktop.ts';
import { builtApp, findElectron } from '../../support/electron.ts';
import { describeWith, isMissing } from '../../support/requirement.ts';
import { type StartedProcess, startProcess } from '../../support/started-process.ts';
import { call, isShown, pageAt, type StartedApp, startApp } from './started-app.ts';

const parts: DesktopParts = { tray: true };
const electron = findElectron();

describeWith(isMissing(electron) ? electron : findDesktop(parts), 'the life of the application', () => {
  const stops: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0).toReversed()) await stop();
  });

  async function start(options: Parameters<typeof startApp>[1] = {}): Promise<StartedApp> {
    const started = await startApp(parts, options);
    stops.push(started.stop);
    return started;
  }

  /** Starts it without a driver, as a person does. */
  function startPlainly(desktop: Desktop, ...args: string[]): StartedProcess {
    const executable = isMissing(electron) ? '' : electron.executable;
    const env = { ...desktop.env, MUSTER_KEYCHAIN: 'memory' };
    const child = startProcess(executable, ['--no-sandbox', builtApp(), ...args], env);
    stops.push(child.stop);
    return child;
  }
  const ended = (child: StartedProcess) => new Promise((done) => child.child.once('exit', done));

  it('has a second start show the window of the first, at the place that a link names', async () => {
    const { app, desktop } = await start({ args: ['--hidden'] });
    await desktop.tray?.waitForItem();
    expect(app.windows()).toEqual([]);
    const second = startPlainly(desktop);
    expect(await ended(second)).toBe(0);
    const main = await pageAt(app, '/');
    await expect.poll(() => isShown(app, '/')).toBe(true);
    expect(await ended(startPlainly(desktop, 'muster://alerts'))).toBe(0);
    await expect.poll(() => new URL(main.url()).pathname).toBe('/alerts');
    expect(await ended(startPlainly(desktop, 'muster://person/c_1/../../preferences'))).toBe(0);
    expect(await ended(startPlainly(desktop, 'muster://people'))).toBe(0);
    await expect.poll(() => new URL(main.url()).pathname).toBe('/people');
    expect(app.windows()).toHaveLength(1);
  });

  it('serves loopback for the command line, unless that is switched off, and says where', async () => {
    const { app, home } = await start();
    const serverSchema = z.object({ url: z.string(), token: z.string(), pid: z.number() });
    await expect.poll(() => existsSync(join(home, 'server.json'))).toBe(true);
    const server = serverSchema.parse(JSON.parse(readFileSync(join(home, 'server.json'), 'utf8')));
    expect(server.pid).toBe(app.process().pid);
    expect((await fetch(`${server.url}/v1/contacts`)).status).toBe(401);
    const authorized = await fetch(`${server.url}/v1/contacts`, {
      headers: { authorization: `Bearer ${server.token}` },
    });
    expect(authorized.status).toBe(200);
    const quiet = await start({
      prepare: (folder) =>
        writeFileSync(join(folder, 'preferences.json'), JSON.stringify({ version: 1, serveInDesktop: false })),
    });
    await pageAt(quiet.app, '/');
    expect(existsSync(join(quiet.home, 'server.json'))).toBe(false);
  });

  it('ends cleanly and in time when it is told to, by SIGTERM too', async () => {
    const { app, home } = await start();
    await pageAt(app, '/');
    const before = performance.now();
    const exited = new Promise((done) => app.process().once('exit', (code, signal) => done({ code, signal })));
    app.process().kill('SIGTERM');
    expect(await exited).toEqual({ code: 0, signal: null });
    expect(performance.now() - before).toBeLessThan(5_000);
    expect(existsSync(join(home, 'server.json'))).toBe(false);
  });

  it('writes the autostart entry when it is asked to, and removes it', async () => {
    const { app, desktop } = await start();
    const main = await pageAt(app, '/');
    const entry = join(desktop.folder, 'config/autostart/muster.desktop');
    expect(existsSync(entry)).toBe(false);
    await call(main, 'PATCH', '/v1/settings', { autostart: true });
    const text = readFileSync(entry, 'utf8');
    expect(text).toContain('[Desktop Entry]\nType=Application\nName=Muster\n');
    expect(text).toMatch(/^Exec=".*electron" ".*" "--hidden"/m);
    await call(main, 'PATCH', '/v1/settings', { autostart: false });
    expect(existsSync(entry)).toBe(false);
  });

  it('opens where it was closed, and follows the preferences for theme and language at once', async () => {
    const { app, desktop } = await start();
    const main = await pageAt(app, '/');
    await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 50, width: 700, height: 600 }),
    );
    await call(main, 'PATCH', '/v1/settings', { theme: 'dark', language: 'de' });
    expect(await app.evaluate(({ nativeTheme }) => nativeTheme.shouldUseDarkColors)).toBe(true);
    const item = await desktop.tray?.waitForItem();
    await expect.poll(() => item?.toolTip()).toBe('Status nicht bekannt\nNoch kein Konto');
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await expect.poll(() => app.windows().length).toBe(0);
    await item?.choose('Muster öffnen');
    await pageAt(app, '/');
    const bounds = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
    expect(bounds).toMatchObject({ width: 700, height: 600 });
  });

  it('says in a sentence why it cannot use a home, and leaves that as it is', async () => {
    const desktop = await startDesktop(parts);
    stops.push(desktop.stop);
    const file = join(desktop.folder, 'muster/preferences.json');
    const newer = JSON.stringify({ version: 99 });
    writeFileSync(file, newer);
    const child = startPlainly(desktop);
    await child.until(/Muster cannot start: .*written by a newer Muster/, 20_000);
    expect(readFileSync(file, 'utf8')).toBe(newer);
  });
});
