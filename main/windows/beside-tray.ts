import type { Bounds } from './window-bounds.ts';

/** A point on the desktop, in device-independent pixels. */
export type Point = { readonly x: number; readonly y: number };

/** A screen: all of it, and what panels leave of it. */
export type ScreenArea = { readonly bounds: Bounds; readonly workArea: Bounds };

type Edge = 'top' | 'bottom' | 'left' | 'right';

/** The distance that the popover keeps to the panel and to the screen's edges. */
const GAP = 8;

/**
 * Where the popover goes: beside the tray icon, on its screen, on the side of its panel, wholly inside of what the panel leaves.
 * Linux panels do not say where the icon is (`icon` null): then below the pointer, which has just clicked it, when that is at the
 * panel; else in the corner where trays are.
 */
export function besideTray(
  size: { width: number; height: number },
  icon: Bounds | null,
  pointer: Point,
  area: ScreenArea,
): Point {
  const { workArea } = area;
  const edge = panelEdge(area);
  const anchor = icon ? centre(icon) : isOutside(pointer, workArea) ? pointer : cornerOf(area, edge);
  const x =
    edge === 'left'
      ? workArea.x + GAP
      : edge === 'right'
        ? workArea.x + workArea.width - size.width - GAP
        : anchor.x - size.width / 2;
  const y =
    edge === 'top'
      ? workArea.y + GAP
      : edge === 'bottom'
        ? workArea.y + workArea.height - size.height - GAP
        : anchor.y - size.height / 2;
  return {
    x: Math.round(within(x, workArea.x + GAP, workArea.x + workArea.width - size.width - GAP)),
    y: Math.round(within(y, workArea.y + GAP, workArea.y + workArea.height - size.height - GAP)),
  };
}

/** The side with the thickest panel. Without any (they hide themselves, or the system does not say) the bottom. */
function panelEdge({ bounds, workArea }: ScreenArea): Edge {
  const panels: readonly (readonly [Edge, number])[] = [
    ['bottom', bounds.y + bounds.height - (workArea.y + workArea.height)],
    ['top', workArea.y - bounds.y],
    ['right', bounds.x + bounds.width - (workArea.x + workArea.width)],
    ['left', workArea.x - bounds.x],
  ];
  return panels.reduce((best, panel) => (panel[1] > best[1] ? panel : best))[0];
}

function cornerOf({ workArea }: ScreenArea, edge: Edge): Point {
  return {
    x: edge === 'left' ? workArea.x : workArea.x + workArea.width,
    y: edge === 'top' ? workArea.y : workArea.y + workArea.height,
  };
}

const centre = (bounds: Bounds): Point => ({ x: bounds.x + bounds.width / 2, y: bounds.y + bounds.height / 2 });

const isOutside = (point: Point, area: Bounds): boolean =>
  point.x < area.x || point.x >= area.x + area.width || point.y < area.y || point.y >= area.y + area.height;

/** The least wins where the popover is larger than the screen, so that its top stays visible. */
const within = (value: number, least: number, most: number): number => Math.max(least, Math.min(value, most));
