import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { badges, shapes } from '../../../assets/tray-icons.ts';
import { trayPicture } from '../../../main/tray/tray-picture.ts';

const folder = resolve('assets/tray');

describe('the picture of the tray icon', () => {
  it('exists for every shape and mark on every system', () => {
    for (const os of ['linux', 'win32', 'darwin'] as const)
      for (const scale of [1, 1.25, 1.5, 2, 3, 4])
        for (const shape of shapes)
          for (const badge of badges)
            expect(existsSync(trayPicture(folder, { shape, badge }, { os, scale }))).toBe(true);
  });

  it('has the pixels that the screen’s scale asks for on Windows', () => {
    const name = (scale: number) =>
      basename(trayPicture(folder, { shape: 'busy', badge: 'plain' }, { os: 'win32', scale }));
    expect([1, 1.25, 1.5, 1.75, 2, 3].map(name)).toEqual(
      ['busy-16', 'busy-20', 'busy-24', 'busy-32', 'busy-32', 'busy-48'].map((file) => `${file}.png`),
    );
  });

  it('is a template on macOS', () => {
    const file = trayPicture(folder, { shape: 'away', badge: 'attention' }, { os: 'darwin', scale: 2 });
    expect(file).toBe(resolve(folder, 'template/away-attentionTemplate.png'));
  });
});
