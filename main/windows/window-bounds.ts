import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeAtomic } from '../../src/infra/home/write-atomic.ts';

/** A rectangle on the desktop, in device-independent pixels. */
export type Bounds = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** The main window's size: at first, and at least. */
export const MAIN_SIZE = { width: 1040, height: 720 } as const;
export const MAIN_LEAST = { width: 640, height: 480 } as const;

const savedSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(MAIN_LEAST.width),
  height: z.number().int().min(MAIN_LEAST.height),
  maximized: z.boolean(),
});

/** Where the main window was when it was closed. */
export type SavedBounds = z.infer<typeof savedSchema>;

const fileOf = (home: string) => join(home, 'window.json');

/** What was saved; null when there is nothing usable. Losing it loses nothing but a position. */
export function readBounds(home: string): SavedBounds | null {
  try {
    return savedSchema.parse(JSON.parse(readFileSync(fileOf(home), 'utf8')));
  } catch {
    return null;
  }
}

/** Saves where the window is. */
export function writeBounds(home: string, bounds: SavedBounds): void {
  writeAtomic(fileOf(home), `${JSON.stringify(bounds)}\n`);
}

/** How much of a window has to be on a screen for its title bar to be reached. */
const REACHABLE = 80;

/**
 * Where to open: as saved, when that can still be reached on one of the screens (one may have been unplugged) and fits it; else
 * the first size, shrunk to the primary screen, with the place left to the window manager.
 */
export function openingBounds(saved: Bounds | null, workAreas: readonly Bounds[]): Partial<Bounds> {
  const [primary] = workAreas;
  const screen = saved && workAreas.find((area) => reaches(saved, area));
  if (saved && screen) {
    const width = Math.max(MAIN_LEAST.width, Math.min(saved.width, screen.width));
    const height = Math.max(MAIN_LEAST.height, Math.min(saved.height, screen.height));
    return { x: saved.x, y: saved.y, width, height };
  }
  return {
    width: Math.max(MAIN_LEAST.width, Math.min(MAIN_SIZE.width, primary?.width ?? MAIN_SIZE.width)),
    height: Math.max(MAIN_LEAST.height, Math.min(MAIN_SIZE.height, primary?.height ?? MAIN_SIZE.height)),
  };
}

function reaches(window: Bounds, area: Bounds): boolean {
  const across = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  const topIsInside = window.y >= area.y && window.y <= area.y + area.height - REACHABLE / 2;
  return across >= REACHABLE && topIsInside;
}
