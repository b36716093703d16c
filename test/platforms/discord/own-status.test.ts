import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OwnStatus } from '../../../src/domain/own-status/intent.ts';
import { addMs } from '../../../src/domain/time.ts';
import type { OwnTarget } from '../../../src/platforms/platform.ts';
import { type LocalDiscordApp, startLocalDiscordApp } from '../../../src/simulator/discord/local-app.ts';
import { DiscordBench, ME } from './bench.ts';

let bench: DiscordBench;
let app: LocalDiscordApp | null = null;
beforeEach(async () => {
  bench = new DiscordBench();
  await bench.start();
});
afterEach(async () => {
  await bench.close();
  await app?.close();
  app = null;
});

async function startApp(): Promise<LocalDiscordApp> {
  app = await startLocalDiscordApp({ folder: bench.folder, world: bench.world, userId: ME });
  return app;
}

const set = (status: OwnStatus, message: string | null, more: { emoji?: string; minutes?: number } = {}) =>
  apply({
    status: {
      kind: 'set',
      status,
      message,
      emoji: more.emoji ?? null,
      until: more.minutes === undefined ? null : addMs(bench.clock.now(), more.minutes * 60_000),
    },
  });
const apply = (target: Partial<OwnTarget>) =>
  bench.settled(bench.own.apply({ status: null, doNotDisturb: null, ...target }, bench.signal));

describe('the Rich Presence line', () => {
  it('shows the status, the message with its emoji and the end, and says what it is', async () => {
    const local = await startApp();
    await bench.signIn();
    const { status } = await set('busy', 'In the engine room', { emoji: '🎧', minutes: 30 });
    expect(status).toMatchObject({ outcome: 'partial', expiresBy: 'muster' });
    expect(status?.detail).toContain('Rich Presence line');
    const end = bench.clock.now() + 30 * 60_000;
    expect(local.shown()).toEqual([
      { type: 0, details: 'Busy', state: '🎧 In the engine room', timestamps: { end }, instance: false },
    ]);
    const { status: read } = await bench.own.read(bench.signal);
    expect(read).toMatchObject({ status: 'online', message: '🎧 In the engine room', until: end });
  });

  it('is one update in 15 s; a second one waits, and the last wish wins', async () => {
    const local = await startApp();
    await bench.signIn();
    await set('busy', 'First');
    const before = bench.clock.now();
    await set('away', 'Second');
    expect(bench.clock.now() - before).toBeGreaterThanOrEqual(15_000);
    expect(local.shown()).toMatchObject([{ details: 'Away', state: 'Second' }]);
    expect(local.hurried).toBe(0);
  });

  it('is not sent again while it is shown', async () => {
    await startApp();
    await bench.signIn();
    await set('busy', 'Same');
    const before = bench.clock.now();
    await set('busy', 'Same');
    expect(bench.clock.now() - before).toBeLessThan(1_000);
  });

  it('keeps to 2 to 128 characters a line', async () => {
    const local = await startApp();
    await bench.signIn();
    await set('busy', 'x'.repeat(300));
    expect(local.shown()).toMatchObject([{ state: `${'x'.repeat(127)}…` }]);
    await set('away', 'x');
    expect(local.shown()).toMatchObject([{ details: 'Away: x' }]);
    await set('offline', 'x');
    expect(local.shown()).toMatchObject([{ details: '“x”' }]);
    await set('away', null);
    expect(local.shown()).toMatchObject([{ details: 'Away' }]);
  });

  it('leaves a server’s own emoji out, and says so', async () => {
    await startApp();
    await bench.signIn();
    expect((await set('busy', 'Shipping', { emoji: ':harbour:' })).status?.detail).toContain('left out');
    expect((await bench.own.read(bench.signal)).status.message).toBe('Shipping');
  });

  it('cannot make anybody invisible: without words nothing is shown', async () => {
    const local = await startApp();
    await bench.signIn();
    const { status } = await set('offline', null);
    expect(status?.outcome).toBe('unsupported');
    expect(status?.detail).toContain('invisible');
    expect(local.shown()).toEqual([]);
  });

  it('is not there without a message while one is online, since that goes without saying', async () => {
    const local = await startApp();
    await bench.signIn();
    expect((await set('online', null)).status).toMatchObject({
      outcome: 'unsupported',
      detail: expect.stringContaining('no message'),
    });
    expect(local.shown()).toEqual([]);
    expect((await set('online', 'Ask me anything')).status?.outcome).toBe('partial');
    expect(local.shown()).toMatchObject([{ details: 'Ask me anything' }]);
  });

  it('is unsupported in words while no Discord app runs, and works once one does', async () => {
    await bench.signIn();
    const { status } = await set('busy', 'Hello');
    expect(status?.outcome).toBe('unsupported');
    expect(status?.detail).toMatch(/not running on this computer/);
    expect((await bench.own.read(bench.signal)).status.message).toBe(null);
    const local = await startApp();
    expect((await set('busy', 'Hello')).status?.outcome).toBe('partial');
    expect(local.shown()).toHaveLength(1);
  });

  it('finds the app behind a socket that somebody else left', async () => {
    const stale = createServer((socket) => socket.on('error', () => {}).resume());
    await new Promise<void>((resolve) => stale.listen(join(bench.folder, 'discord-ipc-0'), resolve));
    const elsewhere = await mkdtemp(join(tmpdir(), 'discord-'));
    app = await startLocalDiscordApp({ folder: elsewhere, world: bench.world, userId: ME });
    await symlink(join(elsewhere, 'discord-ipc-0'), join(bench.folder, 'discord-ipc-1'));
    try {
      await bench.signIn();
      expect((await set('busy', 'Hello')).status?.outcome).toBe('partial');
      expect(app.shown()).toMatchObject([{ state: 'Hello' }]);
    } finally {
      await bench.connection.close();
      await new Promise<unknown>((resolve) => stale.close(resolve));
      await rm(elsewhere, { recursive: true, force: true });
    }
  });

  it('is gone when the app quits, which is told; giving back is then done', async () => {
    const local = await startApp();
    await bench.signIn();
    const before = await bench.own.read(bench.signal);
    await set('busy', 'Hello');
    const written = await bench.own.read(bench.signal);
    await local.close();
    await bench.until('the news', () => bench.ownChanges > 0);
    const now = await bench.own.read(bench.signal);
    expect(now.status.message).toBe(null);
    expect(bench.own.compare('status', written.status.snapshot, now.status.snapshot, bench.clock.now())).toBe(
      'expired',
    );
    const { status } = await apply({ status: { kind: 'restore', snapshot: before.status.snapshot } });
    expect(status).toMatchObject({ outcome: 'applied', detail: null });
  });

  it('is taken away when the account is closed', async () => {
    const local = await startApp();
    await bench.signIn();
    await set('busy', 'Hello');
    await bench.connection.close();
    await bench.until('the end', () => local.shown().length === 0);
  });

  it('does not come back when it has ended meanwhile', async () => {
    const local = await startApp();
    await bench.signIn();
    await set('busy', 'Until ten', { minutes: 5 });
    const { status } = await bench.own.read(bench.signal);
    await set('away', 'Now this');
    await bench.clock.advance(10 * 60_000);
    await apply({ status: { kind: 'restore', snapshot: status.snapshot } });
    expect(local.shown()).toEqual([]);
  });

  it('needs an application that Discord knows', async () => {
    await startApp();
    await bench.signIn({ clientId: '999999999999999999' });
    const { status } = await set('busy', 'Hello');
    expect(status).toMatchObject({ outcome: 'unsupported', detail: expect.stringContaining('application id') });
  });

  it('never sends the bot’s token to the app', async () => {
    await startApp();
    await bench.signIn();
    await set('busy', 'Hello');
    expect(bench.log.join('\n')).not.toContain(bench.token);
  });
});

describe('do-not-disturb', () => {
  it('cannot be set, and is read as the servers see it', async () => {
    await startApp();
    await bench.signIn();
    const { doNotDisturb } = await apply({ doNotDisturb: { kind: 'set', active: true, until: null } });
    expect(doNotDisturb).toMatchObject({ outcome: 'unsupported', detail: expect.stringContaining('Discord') });
    bench.world.setStatus(ME, 'dnd');
    await bench.arrived();
    const reading = await bench.own.read(bench.signal);
    expect(reading).toMatchObject({ status: { status: 'busy' }, doNotDisturb: { active: true } });
  });
});
