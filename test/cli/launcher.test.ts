import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { childEnv } from '../contract/serve-host.ts';
import { startProcess } from '../support/started-process.ts';

const MUSTER = join(import.meta.dirname, '../../src/cli/muster.mjs');
const home = mkdtempSync(join(tmpdir(), 'muster-launcher-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

async function exitOf(args: string[], extra: Record<string, string> = {}) {
  const { child, output } = startProcess(process.execPath, [MUSTER, ...args], childEnv(home, extra));
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { exitCode, output: output() };
}

it('the command is a process with the exit codes of the contract', async () => {
  expect(await exitOf(['--version'])).toMatchObject({
    exitCode: 0,
    output: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
  expect((await exitOf(['status'])).exitCode).toBe(3);
  expect((await exitOf(['dance'])).exitCode).toBe(2);
  expect((await exitOf(['serve', '--host', '192.0.2.1', '--port', '0'])).exitCode).toBe(2);
  expect((await exitOf(['serve', '--port', '0'], { MUSTER_VAULT_KEY: 'x' })).exitCode).toBe(2);
  expect((await exitOf(['serve', '--port', '0'], { MUSTER_KEYCHAIN: 'vault' })).exitCode).toBe(1);
}, 90_000);
