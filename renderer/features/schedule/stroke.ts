import { dayMinutes, erased, isPainted, painted, type Span, type WeekMask } from './week-mask.ts';

/** A cell of the grid: the day (0 = Monday) and the row from midnight on. */
export type Cell = { readonly day: number; readonly row: number };

/** A rectangle that is being drawn from one cell to another; it paints, or takes paint away. */
export type Stroke = { readonly anchor: Cell; readonly current: Cell; readonly paint: boolean };

/** The minutes of the week that a cell stands for; `step` is the minutes of a row. */
export const spanOfCell = ({ day, row }: Cell, step: number): Span => {
  const from = day * dayMinutes + row * step;
  return [from, from + step];
};

/** A stroke's days and its hours, in order. */
export const extentOf = ({ anchor, current }: Stroke, step: number) => ({
  firstDay: Math.min(anchor.day, current.day),
  lastDay: Math.max(anchor.day, current.day),
  from: Math.min(anchor.row, current.row) * step,
  to: (Math.max(anchor.row, current.row) + 1) * step,
});

/** Begins to draw: on a cell that is painted all over it takes away, on any other it paints. */
export const begin = (mask: WeekMask, cell: Cell, step: number): Stroke => ({
  anchor: cell,
  current: cell,
  paint: !isPainted(mask, spanOfCell(cell, step)),
});

/** The mask once a stroke is done. */
export const applyStroke = (mask: WeekMask, stroke: Stroke, step: number): WeekMask => {
  const { firstDay, lastDay, from, to } = extentOf(stroke, step);
  const spans: Span[] = [];
  for (let day = firstDay; day <= lastDay; day += 1) spans.push([day * dayMinutes + from, day * dayMinutes + to]);
  return stroke.paint ? painted(mask, spans) : erased(mask, spans);
};

/** Where a key leads from a cell; null for keys that do not move. Left and right follow the text direction. */
export const moveOf = (
  event: { readonly key: string; readonly ctrlKey: boolean },
  cell: Cell,
  rows: number,
  rightToLeft: boolean,
): Cell | null => {
  const hour = Math.max(1, Math.round(rows / 24));
  const to = (day: number, row: number): Cell => ({
    day: Math.min(6, Math.max(0, day)),
    row: Math.min(rows - 1, Math.max(0, row)),
  });
  switch (event.key) {
    case 'ArrowUp':
      return to(cell.day, cell.row - 1);
    case 'ArrowDown':
      return to(cell.day, cell.row + 1);
    case 'ArrowLeft':
      return to(cell.day + (rightToLeft ? 1 : -1), cell.row);
    case 'ArrowRight':
      return to(cell.day + (rightToLeft ? -1 : 1), cell.row);
    case 'PageUp':
      return to(cell.day, cell.row - 4 * hour);
    case 'PageDown':
      return to(cell.day, cell.row + 4 * hour);
    case 'Home':
      return event.ctrlKey ? to(cell.day, 0) : to(0, cell.row);
    case 'End':
      return event.ctrlKey ? to(cell.day, rows - 1) : to(6, cell.row);
    default:
      return null;
  }
};
