import { describe, expect, it } from 'vitest';
import { besideTray, type ScreenArea } from '../../../main/windows/beside-tray.ts';

const size = { width: 380, height: 580 };

/** A screen of 1920 × 1080 with one panel. */
function screenWith(panel: { top?: number; bottom?: number; left?: number; right?: number }, x = 0): ScreenArea {
  const { top = 0, bottom = 0, left = 0, right = 0 } = panel;
  return {
    bounds: { x, y: 0, width: 1920, height: 1080 },
    workArea: { x: x + left, y: top, width: 1920 - left - right, height: 1080 - top - bottom },
  };
}
const nowhere = { x: 900, y: 500 };

describe('the place of the popover', () => {
  it('is above an icon in a panel at the bottom, centred on it', () => {
    const icon = { x: 1500, y: 1045, width: 24, height: 24 };
    expect(besideTray(size, icon, nowhere, screenWith({ bottom: 40 }))).toEqual({ x: 1322, y: 452 });
  });

  it('is below an icon in a panel at the top, and stays on the screen', () => {
    const icon = { x: 1880, y: 2, width: 24, height: 24 };
    expect(besideTray(size, icon, nowhere, screenWith({ top: 25 }))).toEqual({ x: 1532, y: 33 });
  });

  it('is beside an icon in a panel at a side', () => {
    const icon = { x: 10, y: 1000, width: 24, height: 24 };
    expect(besideTray(size, icon, nowhere, screenWith({ left: 48 }))).toEqual({ x: 56, y: 492 });
    const other = { x: 1890, y: 10, width: 24, height: 24 };
    expect(besideTray(size, other, nowhere, screenWith({ right: 48 }))).toEqual({ x: 1484, y: 8 });
  });

  it('is at the pointer where nobody says where the icon is, when that is on the panel', () => {
    expect(besideTray(size, null, { x: 1000, y: 1070 }, screenWith({ bottom: 40 }))).toEqual({ x: 810, y: 452 });
  });

  it('is in the corner of the panel when the pointer is elsewhere, as with a shortcut', () => {
    expect(besideTray(size, null, nowhere, screenWith({ bottom: 40 }))).toEqual({ x: 1532, y: 452 });
    expect(besideTray(size, null, nowhere, screenWith({ top: 30 }))).toEqual({ x: 1532, y: 38 });
    expect(besideTray(size, null, nowhere, screenWith({}))).toEqual({ x: 1532, y: 492 });
  });

  it('is on the screen of the icon', () => {
    const icon = { x: 1920 + 100, y: 1050, width: 24, height: 24 };
    expect(besideTray(size, icon, nowhere, screenWith({ bottom: 40 }, 1920))).toEqual({ x: 1928, y: 452 });
  });

  it('keeps its top visible on a screen that is too small', () => {
    const tiny = { bounds: { x: 0, y: 0, width: 320, height: 480 }, workArea: { x: 0, y: 0, width: 320, height: 450 } };
    expect(besideTray(size, null, nowhere, tiny)).toEqual({ x: 8, y: 8 });
  });
});
