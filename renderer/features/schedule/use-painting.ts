import { type KeyboardEvent, type PointerEvent, useEffect, useState } from 'react';
import { applyStroke, begin, type Cell, moveOf, type Stroke } from './stroke.ts';
import type { WeekMask } from './week-mask.ts';

const cellOf = (target: EventTarget | Element | null): Cell | null => {
  const element = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
  const { day, row } = element?.dataset ?? {};
  return day === undefined || row === undefined ? null : { day: Number(day), row: Number(row) };
};

const same = (a: Cell, b: Cell): boolean => a.day === b.day && a.row === b.row;

/** Drawing on the grid: what is being drawn, where the keyboard is, and the handlers of the table. */
export type Painting = {
  readonly stroke: Stroke | null;
  readonly active: Cell;
  readonly handlers: {
    readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerUp: () => void;
    readonly onPointerCancel: () => void;
    readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
    readonly onKeyUp: (event: KeyboardEvent<HTMLElement>) => void;
  };
};

/**
 * Painting by pointer and by keyboard. A press begins a rectangle, moving widens it, letting go paints; Escape or a
 * cancelled touch drops it. Arrows move, Space or Enter paints one cell, Shift with a moving key draws a rectangle that
 * is painted when Shift is let go.
 */
export const usePainting = (
  mask: WeekMask,
  step: number,
  onPainted: (mask: WeekMask, stroke: Stroke) => void,
): Painting => {
  const rows = 1_440 / step;
  const [stroke, setStroke] = useState<Stroke | null>(null);
  const [place, setPlace] = useState<Cell>({ day: 0, row: (9 * 60) / step });
  const active = { day: place.day, row: Math.min(place.row, rows - 1) };
  const drawing = stroke !== null;

  useEffect(() => {
    if (!drawing) return;
    const onEscape = (event: globalThis.KeyboardEvent): void => {
      if (event.key === 'Escape') setStroke(null);
    };
    document.addEventListener('keydown', onEscape);
    return () => document.removeEventListener('keydown', onEscape);
  }, [drawing]);

  const finish = (done: Stroke): void => {
    setStroke(null);
    onPainted(applyStroke(mask, done, step), done);
  };
  const focusCell = (table: HTMLElement, { day, row }: Cell): void => {
    table.querySelector<HTMLElement>(`[data-day="${day}"][data-row="${row}"]`)?.focus();
  };

  return {
    stroke,
    active,
    handlers: {
      onPointerDown: (event) => {
        const cell = event.button === 0 ? cellOf(event.target) : null;
        if (cell === null) return;
        setPlace(cell);
        setStroke(begin(mask, cell, step));
        // Captured by the table, so that a drag that leaves it still ends here.
        event.currentTarget.setPointerCapture(event.pointerId);
      },
      onPointerMove: (event) => {
        if (stroke === null || event.buttons === 0) return;
        const cell = cellOf(document.elementFromPoint(event.clientX, event.clientY));
        if (cell === null || same(cell, stroke.current)) return;
        setPlace(cell);
        setStroke({ ...stroke, current: cell });
      },
      onPointerUp: () => {
        if (stroke !== null) finish(stroke);
      },
      onPointerCancel: () => setStroke(null),
      onKeyDown: (event) => {
        // Where the focus is: screen readers move it without arrows.
        const here = cellOf(event.target) ?? active;
        if (event.key === ' ' || event.key === 'Enter') {
          event.preventDefault();
          setPlace(here);
          finish(stroke ?? begin(mask, here, step));
          return;
        }
        const next = moveOf(event, here, rows, document.documentElement.dir === 'rtl');
        if (next === null) return;
        event.preventDefault();
        if (event.shiftKey) setStroke({ ...(stroke ?? begin(mask, here, step)), current: next });
        setPlace(next);
        focusCell(event.currentTarget, next);
      },
      onKeyUp: (event) => {
        if (event.key === 'Shift' && stroke !== null) finish(stroke);
      },
    },
  };
};
