import { memo } from 'react';
import { classNames } from '../../ui/class-names.ts';
import { StatusShape } from '../../ui/status-shape.tsx';
import type { Block } from './blocks.ts';
import { useWishWords } from './use-schedule-words.ts';
import styles from './week-grid.module.css';

const kindOf = ({ schedule }: Block): string | undefined =>
  schedule.doNotDisturb ? styles.quiet : styles[schedule.status ?? 'online'];

const BlockView = ({ block }: { readonly block: Block }) => {
  const wishOf = useWishWords();
  const { schedule, span } = block;
  const wish = wishOf(schedule);
  return (
    <div
      className={classNames(
        styles.block,
        kindOf(block),
        !block.selected && styles.other,
        !schedule.enabled && styles.disabled,
        block.continued && styles.continued,
        block.continues && styles.continues,
      )}
      style={{ insetBlockStart: `${(span[0] / 1_440) * 100}%`, blockSize: `${((span[1] - span[0]) / 1_440) * 100}%` }}
    >
      <span className={styles.blockWords}>
        {schedule.status === null || !block.selected ? null : <StatusShape status={schedule.status} silent />}
        <span>
          <b>{schedule.name}</b>
          {wish === schedule.name ? null : <span className={styles.blockWish}>{wish}</span>}
        </span>
      </span>
    </div>
  );
};

/** What is painted on the days of the week, over the cells. Drawn for the eye only: the cells say the same in words. */
export const WeekBlocks = memo(
  ({
    days,
    nowAt,
  }: {
    readonly days: readonly (readonly Block[])[];
    readonly nowAt: { day: number; minute: number } | null;
  }) => (
    <div className={styles.blocks} aria-hidden>
      {days.map((blocks, day) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a day of the week is its place.
        <div key={day} className={styles.column}>
          {blocks.map((block) => (
            <BlockView key={block.key} block={block} />
          ))}
          {nowAt !== null && nowAt.day === day ? (
            <div className={styles.now} style={{ insetBlockStart: `${(nowAt.minute / 1_440) * 100}%` }} />
          ) : null}
        </div>
      ))}
    </div>
  ),
);
