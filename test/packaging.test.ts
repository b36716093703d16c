import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const run = promisify(execFile);
const work = mkdtempSync(join(tmpdir(), 'muster-packaging-'));
const resources = join(work, 'out/linux-unpacked/resources');

/** What marks the fuses inside Electron's binary; then follow the wire's version, its length and a byte for each fuse. */
const fuseSentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/** The files that electron-builder looks for in an Electron; the binary itself is never started here. */
function plantRuntime(folder: string): void {
  mkdirSync(join(folder, 'resources'), { recursive: true });
  mkdirSync(join(folder, 'locales'));
  writeFileSync(join(folder, 'electron'), `#!/bin/sh\n# ${fuseSentinel}\x01\x091010010100\n`, 'latin1');
  for (const name of ['chrome-sandbox', 'LICENSE', 'LICENSES.chromium.html']) writeFileSync(join(folder, name), '');
  writeFileSync(join(folder, 'version'), '45.4.1');
  chmodSync(join(folder, 'electron'), 0o755);
}

const require = createRequire(import.meta.url);
const binOf = (name: string, path: string) => join(dirname(require.resolve(`${name}/package.json`)), path);

type AsarEntry = { files?: Record<string, AsarEntry> };
const asarSchema: z.ZodType<AsarEntry> = z.lazy(() => z.object({ files: z.record(z.string(), asarSchema).optional() }));

/** The paths in an asar: its header is JSON behind four little-endian lengths. */
function listAsar(file: string): string[] {
  const bytes = readFileSync(file);
  const header = asarSchema.parse(JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12))));
  const walk = (entry: AsarEntry, path: string): string[] =>
    entry.files
      ? Object.entries(entry.files).flatMap(([name, child]) => walk(child, `${path}/${name}`))
      : [path.slice(1)];
  return walk(header, '');
}

describe('package', () => {
  let paths: string[] = [];

  beforeAll(async () => {
    const electronVite = binOf('electron-vite', 'bin/electron-vite.js');
    if (!existsSync('dist/main/index.js')) await run(process.execPath, [electronVite, 'build']);
    plantRuntime(join(work, 'electron'));
    await run(process.execPath, [
      binOf('electron-builder', 'cli.js'),
      '--linux',
      'dir',
      '--x64',
      `-c.electronDist=${join(work, 'electron')}`,
      `-c.directories.output=${join(work, 'out')}`,
    ]);
    paths = listAsar(join(resources, 'app.asar'));
  }, 120_000);

  afterAll(() => rmSync(work, { recursive: true, force: true }));

  it('holds the three bundles, the tray icons and the packages they need', () => {
    for (const path of [
      'package.json',
      'dist/main/index.js',
      'dist/main/keytar-child.js',
      'dist/preload/index.cjs',
      'dist/renderer/index.html',
      'assets/tray/online-16.png',
      'assets/tray/online-16@2x.png',
      'assets/tray/template/onlineTemplate.png',
      'assets/app/512x512.png',
      'node_modules/better-sqlite3/package.json',
      'node_modules/keytar/package.json',
      'node_modules/zod/package.json',
    ]) {
      expect(paths).toContain(path);
    }
  });

  it('holds no sources, tests, development packages, Node or binaries of other systems', () => {
    const unwanted = [
      /^(src|main|renderer|test|docs|\.ci)\//,
      /^node_modules\/(electron|vite|vitest|react|libsql|typescript|playwright)\//,
      /^node_modules\/node-(linux|win|darwin)-/,
      /prebuilds\/(darwin|win32)/,
      /\.(map|tsx?)$|electron-builder|^tsconfig/,
    ];
    expect(paths.filter((path) => unwanted.some((pattern) => pattern.test(path)))).toEqual([]);
  });

  it('stays small: what a bundle took in is not shipped again as a package', () => {
    expect(statSync(join(resources, 'app.asar')).size).toBeLessThan(25_000_000);
  });

  it('keeps native binaries outside the archive, where the system can load them', () => {
    const natives = paths.filter((path) => path.endsWith('.node'));
    expect(natives.some((path) => path.startsWith('node_modules/better-sqlite3/'))).toBe(true);
    expect(natives.some((path) => path.startsWith('node_modules/keytar/'))).toBe(true);
    for (const path of natives) expect(existsSync(join(resources, 'app.asar.unpacked', path)), path).toBe(true);
  });

  it('flips the fuses', async () => {
    const wire = await getCurrentFuseWire(join(work, 'out/linux-unpacked/muster'));
    const states = {
      [FuseV1Options.RunAsNode]: FuseState.DISABLE,
      [FuseV1Options.EnableCookieEncryption]: FuseState.ENABLE,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: FuseState.DISABLE,
      [FuseV1Options.EnableNodeCliInspectArguments]: FuseState.DISABLE,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: FuseState.ENABLE,
      [FuseV1Options.OnlyLoadAppFromAsar]: FuseState.ENABLE,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: FuseState.DISABLE,
    };
    expect(wire).toMatchObject(states);
  });
});
