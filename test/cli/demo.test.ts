import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { findClient } from '../../src/cli/client.ts';
import { demoOptions } from '../../src/cli/demo/with-demo.ts';
import { routes } from '../../src/contract/index.ts';
import { PLATFORM_IDS } from '../../src/platforms/manifest.ts';

const DEMO = join(import.meta.dirname, '../../src/cli/demo.ts');
const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

/** The demo as a process without a display; resolves when it has said that the team is there. */
async function startDemo(...args: string[]): Promise<{ child: ChildProcess; home: string; said: () => string }> {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
  const child = spawn(process.execPath, [DEMO, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(child);
  let said = '';
  child.stdout?.on('data', (text: Buffer) => {
    said += text.toString();
  });
  child.stderr?.on('data', (text: Buffer) => {
    said += text.toString();
  });
  while (!/team of 60 is there/.test(said)) {
    if (child.exitCode !== null) throw new Error(said);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { child, home: /\(home: (.+)\)/.exec(said)?.[1] ?? '', said: () => said };
}

describe('the demo', () => {
  it('shows sixty people on all platforms, an alert and a status on all accounts, and leaves nothing behind', {
    timeout: 60_000,
  }, async () => {
    const before = existsSync(process.env.MUSTER_HOME ?? '') ? readdirSync(process.env.MUSTER_HOME ?? '') : [];
    const { child, home, said } = await startDemo('--pace', '300');
    expect(said()).toMatch(/there is no display/);
    expect(said()).toMatch(/http:\/\/127\.0\.0\.1:\d+/);
    const client = await findClient(home);
    const people = await client.all((query) => client.call(routes.listContacts, { query }));
    expect(new Set(people.map(({ name }) => name)).size).toBe(60);
    const places = people.map(({ identities }) => new Set(identities.map(({ platform }) => platform)).size);
    expect(Math.max(...places)).toBeGreaterThan(2);
    expect(Math.min(...places)).toBe(1);
    const seen = new Set(people.flatMap(({ identities }) => identities.map(({ platform }) => platform)));
    // Google Chat shows nobody but oneself.
    expect([...seen].toSorted()).toEqual(PLATFORM_IDS.filter((id) => id !== 'google-chat').toSorted());
    const me = await client.call(routes.getOwnStatus, {});
    expect(new Set(me.results.map(({ platform }) => platform))).toEqual(new Set(PLATFORM_IDS));
    for (const { outcome, platform } of me.results)
      expect(platform === 'linkedin' ? ['unsupported'] : ['applied', 'partial'], platform).toContain(outcome);
    // What the simulated Meta sends arrives over loopback, and the account’s page says so.
    const whatsapp = async () =>
      (await client.call(routes.listAccounts, {})).items.find(({ platform }) => platform === 'whatsapp');
    await expect.poll(async () => (await whatsapp())?.notices, { timeout: 10_000 }).toEqual([]);
    const id = (await whatsapp())?.id ?? '';
    const health = await client.call(routes.getAccountHealth, { params: { id } });
    expect(health.push.state).toBe('up');
    expect(health.webhookUrl).toBe(`${client.server.url}/hooks/whatsapp/${id}`);
    let delivered = 0;
    while (delivered === 0) {
      const alerts = await client.call(routes.listAlerts, { query: { outcome: 'delivered' } });
      delivered = alerts.total;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const exited = once(child, 'exit');
    child.kill('SIGINT');
    expect((await exited)[0]).toBe(0);
    expect(existsSync(home)).toBe(false);
    expect(existsSync(process.env.MUSTER_HOME ?? '') ? readdirSync(process.env.MUSTER_HOME ?? '') : []).toEqual(before);
  });

  it('refuses a pace that is no number', () => {
    expect(() => demoOptions({ pace: 'fast' })).toThrow(/--pace has to be a whole number/);
    expect(demoOptions({})).toEqual({ pace: 30, seed: 7, troubles: true });
  });
});
