import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { appFolders } from '../../main/app-folders.ts';

it('finds the assets from the entry’s own folder', () => {
  const folders = appFolders(resolve('dist/main'));
  expect(existsSync(resolve(folders.trayPictures, 'online-24.png'))).toBe(true);
  expect(existsSync(resolve(folders.appPictures, '512x512.png'))).toBe(true);
  expect(folders.preload).toBe(resolve('dist/preload/index.cjs'));
  expect(folders.renderer).toBe(resolve('dist/renderer'));
  expect(folders.keytarChild).toBe(resolve('dist/main/keytar-child.js'));
});
