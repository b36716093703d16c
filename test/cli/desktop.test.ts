import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findDesktopApp } from '../../src/cli/desktop.ts';
import { hasDisplay } from '../../src/cli/open-browser.ts';

let folder = '';
const put = (path: string, content = '') => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-desktop-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const env = { DISPLAY: ':0' };

it('says why there can be no window, one reason after the other', () => {
  // Elsewhere than on Linux there always is a display.
  if (process.platform === 'linux') expect(findDesktopApp({}, folder)).toMatchObject({ why: 'there is no display' });
  expect(findDesktopApp(env, folder)).toMatchObject({
    missing: 'other',
    why: expect.stringContaining('npm run build'),
  });
  put('dist/main/index.js');
  expect(findDesktopApp(env, folder)).toMatchObject({ missing: 'other', why: expect.stringContaining('npm ci') });
  put('node_modules/electron/package.json', '{}');
  expect(findDesktopApp(env, folder)).toMatchObject({ missing: 'binary' });
});

it('finds the binary by file, the package’s own or the one that is named', () => {
  put('dist/main/index.js');
  put('node_modules/electron/package.json', '{}');
  put('node_modules/electron/path.txt', 'electron');
  put('node_modules/electron/dist/electron');
  put('node_modules/electron/dist/version', '45.4.1');
  expect(findDesktopApp(env, folder)).toEqual({ executable: join(folder, 'node_modules/electron/dist/electron') });
  const named = { ...env, ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'other') };
  expect(findDesktopApp(named, folder)).toMatchObject({ missing: 'other' });
  put(
    process.platform === 'win32'
      ? 'other/electron.exe'
      : process.platform === 'darwin'
        ? 'other/Electron.app/Contents/MacOS/Electron'
        : 'other/electron',
  );
  put('other/version', 'v33.2.0');
  expect(findDesktopApp(named, folder)).toMatchObject({ missing: 'other', why: expect.stringContaining('33') });
});

it('knows where windows can be shown', () => {
  expect(hasDisplay({}, 'linux')).toBe(false);
  expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true);
  expect(hasDisplay({}, 'darwin')).toBe(true);
});
