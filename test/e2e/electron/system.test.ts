import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';
import { startServe } from '../../contract/serve-host.ts';
import { type DesktopParts, findDesktop } from '../../support/desktop/desktop.ts';
import { builtApp, findElectron, launchElectron } from '../../support/electron.ts';
import { describeWith, isMissing } from '../../support/requirement.ts';
import { startProcess } from '../../support/started-process.ts';
import { contactNamed, startSimulatedAccount } from './simulated-account.ts';
import { call, pageAt, type StartedApp, startApp } from './started-app.ts';

const parts: DesktopParts = { tray: true };
const electron = findElectron();
const findings = z.object({ findings: z.array(z.object({ id: z.string(), level: z.string(), title: z.string() })) });

describeWith(isMissing(electron) ? electron : findDesktop(parts), 'the application and its system', () => {
  const stops: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0).toReversed()) await stop();
  });
  async function start(options: Parameters<typeof startApp>[1] = {}): Promise<StartedApp> {
    const started = await startApp(parts, options);
    stops.push(started.stop);
    return started;
  }

  it('takes a shortcut as the preferences have it, and says when another program has it', async () => {
    const { app, desktop } = await start();
    const main = await pageAt(app, '/');
    const isRegistered = (keys: string) =>
      app.evaluate(({ globalShortcut }, name) => globalShortcut.isRegistered(name), keys);
    expect(await isRegistered('CommandOrControl+Shift+M')).toBe(true);
    await call(main, 'PATCH', '/v1/settings', { shortcut: 'CommandOrControl+Alt+K' });
    expect(await isRegistered('CommandOrControl+Shift+M')).toBe(false);
    expect(await isRegistered('CommandOrControl+Alt+K')).toBe(true);

    // Another home on the same display is another program to it.
    const args = ['--home', join(desktop.folder, 'other')];
    const other = await launchElectron(desktop, { appDir: builtApp(), args, env: { MUSTER_KEYCHAIN: 'memory' } });
    stops.push(() => other.close());
    const page = await pageAt(other, '/');
    const finding = async () => {
      const { body } = await call(page, 'GET', '/v1/doctor');
      return findings.parse(body).findings.find(({ id }) => id === 'shortcut');
    };
    expect(await finding()).toMatchObject({ level: 'ok', title: 'CommandOrControl+Shift+M opens Muster.' });
    await call(page, 'PATCH', '/v1/settings', { shortcut: 'CommandOrControl+Alt+K' });
    expect(await finding()).toMatchObject({
      level: 'warning',
      title: 'The shortcut CommandOrControl+Alt+K does not work.',
    });
    await call(page, 'PATCH', '/v1/settings', { shortcut: 'nonsense' });
    expect(await finding()).toMatchObject({ level: 'warning', title: '“nonsense” is not a shortcut.' });
    await call(page, 'PATCH', '/v1/settings', { shortcut: null });
    expect(await finding()).toMatchObject({ level: 'ok' });
  });

  it('sleeps and wakes with the machine: nothing is missed, and nothing that happened meanwhile is an alert', async () => {
    const account = await startSimulatedAccount();
    stops.push(() => account.simulator.close());
    const { app } = await start();
    const main = await pageAt(app, '/');
    await account.signIn(main);
    await expect.poll(async () => (await contactNamed(main, 'Ada Byron'))?.status).toBe('offline');
    const ada = (await contactNamed(main, 'Ada Byron'))?.id;
    await call(main, 'POST', '/v1/watches', { contactId: ada, to: ['online'], repeat: 'always' });
    await app.evaluate(({ powerMonitor }) => void powerMonitor.emit('suspend'));
    account.adaComes();
    await app.evaluate(({ powerMonitor }) => void powerMonitor.emit('resume'));
    await expect.poll(async () => (await contactNamed(main, 'Ada Byron'))?.status).toBe('online');
    const { body } = await call(main, 'GET', '/v1/alerts');
    expect(JSON.stringify(body)).not.toContain('"delivered"');
  });

  it('leaves a home alone on which a headless Muster runs', async () => {
    const serve = await startServe();
    stops.push(serve.close);
    const { desktop } = await start();
    const executable = isMissing(electron) ? '' : electron.executable;
    const env = { ...desktop.env, MUSTER_KEYCHAIN: 'memory' };
    const second = startProcess(executable, ['--no-sandbox', builtApp(), '--home', serve.home], env);
    stops.push(second.stop);
    await second.until(/Muster cannot start: Muster already runs on this home without a window/, 20_000);
    expect((await serve.fetch('/v1/health')).status).toBe(200);
  });

  it('says so and ends when something unexpected breaks, with the reason in the log', async () => {
    const { app, home } = await start();
    await pageAt(app, '/');
    let said = '';
    app.process().stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
    });
    await app.evaluate(() => {
      setTimeout(() => {
        throw new Error('a fault for this test');
      }, 50);
    });
    await expect
      .poll(() => said)
      .toContain('Muster ended unexpectedly: Your statuses stay as they are on the platforms.');
    expect(readFileSync(join(home, 'logs/muster.log'), 'utf8')).toContain('a fault for this test');
    app.process().kill('SIGKILL');
  });
});
