import { memo, type RefObject, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '../../ui/class-names.ts';
import type { Block } from './blocks.ts';
import type { ClockChange } from './clock-changes.ts';
import { extentOf, spanOfCell } from './stroke.ts';
import type { Painting } from './use-painting.ts';
import { useClockWords } from './use-schedule-words.ts';
import { WeekBlocks } from './week-blocks.tsx';
import styles from './week-grid.module.css';
import { isPainted, type WeekMask } from './week-mask.ts';

/** One day of the shown week. `name` is read out in full, `heading` stands over the column. */
export type GridDay = {
  readonly date: string;
  readonly name: string;
  readonly heading: string;
  readonly number: string;
  readonly today: boolean;
  /** What an exception makes of the day; null where the weekly hours decide. */
  readonly exception: string | null;
};

const firstHour = 8;

type RowProps = {
  readonly row: number;
  readonly step: number;
  readonly days: readonly GridDay[];
  /** Which days are painted in this row, as seven characters: a string, so that unchanged rows are not drawn again. */
  readonly painted: string;
  readonly drawn: string;
  readonly skipped: string;
  readonly activeDay: number | null;
  readonly scheduleName: string;
};

const GridRow = memo(({ row, step, days, painted, drawn, skipped, activeDay, scheduleName }: RowProps) => {
  const { t } = useTranslation();
  const clock = useClockWords();
  const from = clock(row * step);
  const to = clock((row + 1) * step);
  const hour = (row * step) % 60 === 0;
  return (
    <tr className={hour ? styles.hour : undefined}>
      <th scope="row" className={styles.time}>
        <span className={hour ? undefined : 'visually-hidden'}>{from}</span>
      </th>
      {days.map(({ date, name }, day) => {
        const on = painted[day] === '1';
        const words = { day: name, from, to, name: scheduleName };
        return (
          <td
            key={date}
            // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the cells of a grid are operated.
            role="gridcell"
            tabIndex={activeDay === day ? 0 : -1}
            data-day={day}
            data-row={row}
            aria-selected={on}
            aria-label={on ? t('schedule.cellPainted', words) : t('schedule.cellFree', words)}
            className={classNames(
              styles.cell,
              drawn[day] === 'p' && styles.painting,
              drawn[day] === 'e' && styles.erasing,
              skipped[day] === '1' && styles.skipped,
            )}
          />
        );
      })}
    </tr>
  );
});

const dayFlags = (test: (day: number) => string): string => [0, 1, 2, 3, 4, 5, 6].map(test).join('');

/** Brings eight o'clock to the top once; what is earlier scrolls. */
const useMorningFirst = (scroller: RefObject<HTMLDivElement | null>): void =>
  useLayoutEffect(() => {
    const element = scroller.current;
    const body = element?.querySelector('tbody');
    if (!element || !body) return;
    element.scrollTop = (body.getBoundingClientRect().height * firstHour) / 24;
  }, [scroller]);

/** The week as a grid of cells to paint on, with what is painted drawn over it. */
export const WeekGrid = ({
  label,
  scheduleName,
  days,
  mask,
  step,
  blocks,
  nowAt,
  changes,
  painting,
}: {
  readonly label: string;
  readonly scheduleName: string;
  readonly days: readonly GridDay[];
  readonly mask: WeekMask;
  readonly step: number;
  readonly blocks: readonly (readonly Block[])[];
  readonly nowAt: { readonly day: number; readonly minute: number } | null;
  readonly changes: readonly ClockChange[];
  readonly painting: Painting;
}) => {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement | null>(null);
  useMorningFirst(scroller);
  const { stroke, active, handlers } = painting;
  const extent = stroke === null ? null : extentOf(stroke, step);

  const drawnAt = (row: number, day: number): string => {
    if (stroke === null || extent === null) return '-';
    const inside =
      day >= extent.firstDay && day <= extent.lastDay && row * step >= extent.from && row * step < extent.to;
    if (!inside) return '-';
    return stroke.paint ? 'p' : 'e';
  };
  const skippedAt = (row: number, day: number): string =>
    changes.some(({ date, from, to }) => date === days[day]?.date && from <= row * step && (row + 1) * step <= to)
      ? '1'
      : '0';

  return (
    <div ref={scroller} className={styles.scroller}>
      <div className={classNames(styles.sheet, step === 15 && styles.fine)}>
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its cells are painted; the rows and headers of a table fit.
          role="grid"
          aria-label={label}
          aria-multiselectable
          className={styles.table}
          {...handlers}
        >
          <thead>
            <tr>
              <td className={styles.corner} />
              {days.map((day) => (
                <th key={day.date} scope="col" className={classNames(styles.day, day.today && styles.today)}>
                  <span className="visually-hidden">
                    {day.name}
                    {day.today ? `, ${t('schedule.today')}` : ''}
                  </span>
                  <span aria-hidden>
                    {day.heading} <span className="numeric">{day.number}</span>
                  </span>
                  {day.exception === null ? null : <span className={styles.exception}>{day.exception}</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: 1_440 / step }, (_, row) => (
              <GridRow
                // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in the day.
                key={row}
                row={row}
                step={step}
                days={days}
                painted={dayFlags((day) => (isPainted(mask, spanOfCell({ day, row }, step)) ? '1' : '0'))}
                drawn={dayFlags((day) => drawnAt(row, day))}
                skipped={dayFlags((day) => skippedAt(row, day))}
                activeDay={active.row === row ? active.day : null}
                scheduleName={scheduleName}
              />
            ))}
          </tbody>
        </table>
        <WeekBlocks days={blocks} nowAt={nowAt} />
      </div>
    </div>
  );
};
