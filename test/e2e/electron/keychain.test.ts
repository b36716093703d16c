import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { type DesktopParts, findDesktop } from '../../support/desktop/desktop.ts';
import { findElectron } from '../../support/electron.ts';
import { describeWith, isMissing } from '../../support/requirement.ts';
import { startProcess } from '../../support/started-process.ts';
import { type SimulatedAccount, startSimulatedAccount } from './simulated-account.ts';
import { call, pageAt, type StartedApp, startApp } from './started-app.ts';

const parts: DesktopParts = { tray: true, keyring: 'unlocked' };
const electron = findElectron();

/** Prints what the keychain holds for a service. */
const program = `
import keytar from 'keytar';
console.log('held:' + JSON.stringify(await keytar.findCredentials(process.argv.at(-1))));
`;

describeWith(isMissing(electron) ? electron : findDesktop(parts), 'secrets', () => {
  let account: SimulatedAccount;
  let started: StartedApp | undefined;

  async function signedIn(keyring: 'unlocked' | 'locked') {
    account = await startSimulatedAccount();
    started = await startApp({ tray: true, keyring });
    const page = await pageAt(started.app, '/', 30_000);
    await account.signIn(page);
    return { ...started, page };
  }
  afterEach(async () => {
    await started?.stop();
    await account?.simulator.close();
  });

  /** Whether any file below the home holds this text. */
  function isOnDisk(home: string, text: string): boolean {
    return readdirSync(home, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .some((entry) => readFileSync(join(entry.parentPath, entry.name)).includes(text));
  }

  it('are kept in the keychain of the desktop, and nowhere else', async () => {
    const { page, home, desktop } = await signedIn('unlocked');
    expect((await call(page, 'GET', '/v1/secret-store')).body).toMatchObject({ kind: 'os' });
    const child = startProcess(
      process.execPath,
      ['--input-type=module', '--eval', program, `Muster ${home}`],
      desktop.env,
    );
    const [line] = await child.until(/^held:.*$/m);
    await child.stop();
    expect(line).toContain(account.password);
    expect(isOnDisk(home, account.password)).toBe(false);
  });

  it('stay in memory when the keychain is locked, which is said, and nothing waits for it', async () => {
    const before = performance.now();
    const { page, home } = await signedIn('locked');
    expect(performance.now() - before).toBeLessThan(30_000);
    const { body } = await call(page, 'GET', '/v1/secret-store');
    expect(body).toMatchObject({
      kind: 'memory',
      stores: [{ kind: 'os', available: false }, { kind: 'vault' }, { kind: 'memory' }],
    });
    const doctor = await call(page, 'GET', '/v1/doctor');
    expect(JSON.stringify(doctor.body)).toContain('Secrets are kept in memory only.');
    expect(isOnDisk(home, account.password)).toBe(false);
  });
});
