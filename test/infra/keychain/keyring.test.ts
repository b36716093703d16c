import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { findKeyring, type Keyring, startKeyring } from '../../support/desktop/keyring.ts';
import { findDbus, type SessionBus, startSessionBus } from '../../support/desktop/session-bus.ts';
import { removeFolder } from '../../support/remove-folder.ts';
import { describeWith, isMissing } from '../../support/requirement.ts';

const saidSchema = z.object({
  kind: z.string(),
  openedMs: z.number(),
  found: z.string().nullable(),
  names: z.array(z.string()),
  survey: z.array(z.object({ kind: z.string(), available: z.boolean(), reason: z.string().nullable() })),
});

const dbus = findDbus();

describeWith(isMissing(dbus) ? dbus : findKeyring(), 'a real keyring on a bus of its own', () => {
  let folder: string;
  let bus: SessionBus;
  let keyring: Keyring | null;
  let env: NodeJS.ProcessEnv;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mk-'));
    keyring = null;
    bus = await startSessionBus(folder);
    env = {
      PATH: process.env.PATH,
      HOME: folder,
      XDG_DATA_HOME: join(folder, 'data'),
      XDG_RUNTIME_DIR: folder,
      DBUS_SESSION_BUS_ADDRESS: bus.address,
    };
  });
  afterEach(async () => {
    await keyring?.stop();
    await bus.stop();
    removeFolder(folder);
  });

  /** Runs the stores in a process of its own, since the keychain library keeps the first bus that it met; with the time until it had ended. */
  async function use(home: string, value = '') {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'keyring-use.ts'), join(folder, home), value], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let problems = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString('utf8');
    });
    child.stderr.on('data', (chunk: Buffer) => {
      problems += chunk.toString('utf8');
    });
    const started = performance.now();
    const timer = setTimeout(() => child.kill('SIGKILL'), 25_000);
    const code = await new Promise((resolve) => child.once('exit', resolve));
    clearTimeout(timer);
    expect(code, `${out}${problems}`).toBe(0);
    return { ...saidSchema.parse(JSON.parse(out)), endedMs: performance.now() - started };
  }

  it('holds secrets across processes, apart for each home', async () => {
    keyring = await startKeyring(env, 'unlocked');
    expect(await use('one', 'xoxp-very-secret')).toMatchObject({ kind: 'os', found: 'xoxp-very-secret' });
    expect(await use('one')).toMatchObject({ kind: 'os', found: 'xoxp-very-secret', names: ['account/token'] });
    expect(await use('two')).toMatchObject({ kind: 'os', found: null, names: [] });
  }, 60_000);

  it('that is locked ends in the vault within seconds, with the reason, and does not keep the process from ending', async () => {
    keyring = await startKeyring(env, 'locked');
    const said = await use('.', 'v');
    expect(said).toMatchObject({ kind: 'vault', found: 'v' });
    expect(said.openedMs).toBeLessThan(8_000);
    expect(said.endedMs).toBeLessThan(20_000);
    expect(said.survey[0]).toMatchObject({ kind: 'os', available: false, reason: expect.stringContaining('nlock') });
  }, 60_000);

  it('that does not answer ends in the vault after five seconds, and does not keep the process from ending', async () => {
    keyring = await startKeyring(env, 'unlocked');
    const pid = ownerOfSecrets();
    process.kill(pid, 'SIGSTOP');
    try {
      const said = await use('.', 'v');
      expect(said).toMatchObject({ kind: 'vault', found: 'v' });
      expect(said.openedMs).toBeLessThan(8_000);
      expect(said.endedMs).toBeLessThan(20_000);
      expect(said.survey[0]).toMatchObject({ kind: 'os', available: false, reason: expect.stringContaining('locked') });
    } finally {
      process.kill(pid, 'SIGCONT');
    }
  }, 60_000);

  /** The process that has the secret service's name on the bus. */
  function ownerOfSecrets(): number {
    const bus = 'org.freedesktop.DBus';
    const method = `${bus}.GetConnectionUnixProcessID`;
    const args = ['call', '--session', '--dest', bus, '--object-path', '/org/freedesktop/DBus', '--method', method];
    const said = execFileSync('gdbus', [...args, 'org.freedesktop.secrets'], { env, encoding: 'utf8' });
    return Number(/\d+(?=,?\))/.exec(said.replace('uint32', ''))?.[0]);
  }

  it('that is not there ends in the vault at once', async () => {
    const said = await use('.', 'v');
    expect(said.kind).toBe('vault');
    expect(said.openedMs).toBeLessThan(8_000);
  }, 60_000);
});
