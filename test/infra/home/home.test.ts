import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MusterError } from '../../../src/domain/errors.ts';
import { createHome, resolveHome } from '../../../src/infra/home/home.ts';
import { lockHome } from '../../../src/infra/home/home-lock.ts';
import {
  findLiveServer,
  readServerFile,
  removeServerFile,
  writeServerFile,
} from '../../../src/infra/home/server-file.ts';
import type { HttpClient } from '../../../src/ports/http-client.ts';
import { DRIVERS } from '../sqlite/drivers.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-home-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the home', () => {
  it.each([
    ['linux', {}, '/u/.local/share/muster'],
    ['linux', { XDG_DATA_HOME: '/data' }, '/data/muster'],
    ['linux', { XDG_DATA_HOME: 'relative' }, '/u/.local/share/muster'],
    ['darwin', {}, '/u/Library/Application Support/Muster'],
    ['win32', { APPDATA: '/roaming' }, '/roaming/Muster'],
    ['linux', { MUSTER_HOME: '/mine' }, '/mine'],
  ])('on %s with %o is %s', (os, env, expected) => {
    expect(resolveHome(undefined, { os, env, userFolder: '/u' })).toBe(expected);
    expect(resolveHome('/asked', { os, env, userFolder: '/u' })).toBe('/asked');
  });

  it('is made for its owner only, also when it was open to others', () => {
    const home = join(folder, 'a', 'b');
    createHome(home);
    expect(statSync(home).mode & 0o777).toBe(0o700);
    const open = join(folder, 'open');
    mkdirSync(open, { mode: 0o755 });
    createHome(open);
    expect(statSync(open).mode & 0o777).toBe(0o700);
    writeFileSync(join(folder, 'file'), '');
    expect(() => createHome(join(folder, 'file'))).toThrow(MusterError);
  });
});

describe.each(DRIVERS)('the lock with $name', ({ name, driver }) => {
  it('is held once, and free after its release', () => {
    const lock = lockHome(folder, driver);
    expect(() => lockHome(folder, driver)).toThrow(expect.objectContaining({ code: 'home-in-use' }));
    lock.release();
    lock.release();
    lockHome(folder, driver).release();
  });

  it('is free as soon as its holder was killed', async () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'lock-holder.ts'), folder, name], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    expect(() => lockHome(folder, driver)).toThrow(expect.objectContaining({ code: 'home-in-use' }));
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    lockHome(folder, driver).release();
  });
});

describe('server.json', () => {
  const server = {
    url: 'http://127.0.0.1:4747',
    host: '127.0.0.1',
    port: 4747,
    token: 't'.repeat(20),
    pid: 1,
    instance: 'i_1',
    version: '0.1.0',
  };
  const answering = (instance: string): HttpClient => ({ fetch: async () => Response.json({ instance }) });
  const dead: HttpClient = { fetch: async () => Promise.reject(new MusterError('platform-unreachable', '')) };

  it('is written for its owner only, without leaving drafts', () => {
    writeServerFile(folder, server);
    writeServerFile(folder, { ...server, port: 5 });
    expect(statSync(join(folder, 'server.json')).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['server.json']);
    expect(readServerFile(folder)).toEqual({ ...server, port: 5 });
  });

  it('is removed by its own core only', () => {
    writeServerFile(folder, server);
    removeServerFile(folder, 'i_0');
    expect(readServerFile(folder)).not.toBeNull();
    removeServerFile(folder, 'i_1');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is live only when that instance answers', async () => {
    expect(await findLiveServer(folder, answering('i_1'))).toBeNull();
    writeServerFile(folder, server);
    expect(await findLiveServer(folder, answering('i_1'))).toEqual(server);
    expect(await findLiveServer(folder, answering('i_2'))).toBeNull();
    expect(await findLiveServer(folder, dead)).toBeNull();
    writeFileSync(join(folder, 'server.json'), '{');
    expect(await findLiveServer(folder, answering('i_1'))).toBeNull();
  });
});
