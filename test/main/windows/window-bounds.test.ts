import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openingBounds, readBounds, writeBounds } from '../../../main/windows/window-bounds.ts';

const screens = [
  { x: 0, y: 25, width: 1920, height: 1055 },
  { x: 1920, y: 0, width: 1280, height: 1024 },
];

describe('the place of the main window', () => {
  it('is where it was', () => {
    const saved = { x: 2000, y: 100, width: 900, height: 700 };
    expect(openingBounds(saved, screens)).toEqual(saved);
  });

  it('is the first size, left to the window manager, when nothing was saved or its screen is gone', () => {
    expect(openingBounds(null, screens)).toEqual({ width: 1040, height: 720 });
    expect(openingBounds({ x: 4000, y: 100, width: 900, height: 700 }, screens)).toEqual({ width: 1040, height: 720 });
  });

  it('is not where its title bar could not be reached', () => {
    expect(openingBounds({ x: 100, y: -300, width: 900, height: 700 }, screens)).not.toHaveProperty('x');
    expect(openingBounds({ x: -880, y: 100, width: 900, height: 700 }, screens)).not.toHaveProperty('x');
    expect(openingBounds({ x: 100, y: 1070, width: 900, height: 700 }, screens)).not.toHaveProperty('x');
  });

  it('fits its screen, down to the least size', () => {
    expect(openingBounds({ x: 2000, y: 0, width: 3000, height: 2000 }, screens)).toMatchObject({
      width: 1280,
      height: 1024,
    });
    expect(openingBounds(null, [{ x: 0, y: 0, width: 600, height: 400 }])).toEqual({ width: 640, height: 480 });
  });
});

describe('the saved place', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'mw-'));
  });
  afterEach(() => rmSync(home, { recursive: true }));

  it('is read as it was written', () => {
    const bounds = { x: 1, y: 2, width: 700, height: 600, maximized: true };
    writeBounds(home, bounds);
    expect(readBounds(home)).toEqual(bounds);
  });

  it('is forgotten when the file is missing, damaged or holds something else', () => {
    expect(readBounds(home)).toBeNull();
    for (const content of ['{', '[]', '{"x":1,"y":2,"width":3,"height":4,"maximized":false}', '{"x":"1"}']) {
      writeFileSync(join(home, 'window.json'), content);
      expect(readBounds(home)).toBeNull();
    }
  });
});
