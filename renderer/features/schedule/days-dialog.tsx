import { ChevronLeft, ChevronRight } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScheduleView } from '../../../src/contract/index.ts';
import { attempt } from '../../stores/attempt.ts';
import { editSchedule, fieldsOf } from '../../stores/schedule-commands.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from './days.module.css';
import { type DayMark, daysWith, markOf } from './days.ts';
import { useLocale } from './use-locale.ts';
import { addDays, addMonths, datesBetween, instantOfDate, monthWeeks } from './week-dates.ts';

const markKeys = {
  off: 'schedule.dayOff',
  all: 'schedule.dayAll',
  usual: 'schedule.dayUsual',
} as const satisfies Record<DayMark, string>;

const stepOf = (key: string, rightToLeft: boolean): number | null => {
  switch (key) {
    case 'ArrowRight':
      return rightToLeft ? -1 : 1;
    case 'ArrowLeft':
      return rightToLeft ? 1 : -1;
    case 'ArrowDown':
      return 7;
    case 'ArrowUp':
      return -7;
    default:
      return null;
  }
};

const useDateFormat = (options: Intl.DateTimeFormatOptions): ((date: string) => string) => {
  const format = new Intl.DateTimeFormat(useLocale(), { ...options, timeZone: 'UTC' });
  return (date) => format.format(instantOfDate(date));
};

const Month = ({
  schedule,
  shown,
  today,
  onShow,
  onDay,
}: {
  readonly schedule: ScheduleView;
  readonly shown: string;
  readonly today: string;
  readonly onShow: (date: string) => void;
  readonly onDay: (date: string) => void;
}) => {
  const { t } = useTranslation();
  const monthWords = useDateFormat({ month: 'long', year: 'numeric' });
  const weekdayShort = useDateFormat({ weekday: 'short' });
  const weekdayLong = useDateFormat({ weekday: 'long' });
  const dayWords = useDateFormat({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const weeks = monthWeeks(shown);
  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>): void => {
    const step = stepOf(event.key, document.documentElement.dir === 'rtl');
    if (step === null) return;
    event.preventDefault();
    const next = addDays(shown, step);
    const table = event.currentTarget;
    onShow(next);
    requestAnimationFrame(() => table.querySelector<HTMLElement>(`[data-date="${next}"]`)?.focus());
  };
  return (
    <div className={styles.month}>
      <div className={styles.monthHead}>
        <IconButton
          label={t('schedule.monthBefore')}
          icon={<ChevronLeft aria-hidden />}
          className={styles.turn}
          onClick={() => onShow(addMonths(shown, -1))}
        />
        <b aria-live="polite">{monthWords(shown)}</b>
        <IconButton
          label={t('schedule.monthAfter')}
          icon={<ChevronRight aria-hidden />}
          className={styles.turn}
          onClick={() => onShow(addMonths(shown, 1))}
        />
      </div>
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the days are pressed and arrows move between them.
        role="grid"
        aria-label={monthWords(shown)}
        className={styles.table}
        onKeyDown={onKeyDown}
      >
        <thead>
          <tr>
            {(weeks[0] ?? []).map((date) => (
              <th key={date} scope="col" className={styles.weekday} abbr={weekdayLong(date)}>
                {weekdayShort(date)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((date) => {
                const mark = markOf(schedule.exceptions, date);
                return (
                  <td key={date}>
                    <button
                      type="button"
                      data-date={date}
                      tabIndex={date === shown ? 0 : -1}
                      aria-pressed={mark !== 'usual'}
                      aria-current={date === today ? 'date' : undefined}
                      aria-label={`${dayWords(date)}: ${t(markKeys[mark])}`}
                      className={classNames(
                        styles.day,
                        styles[mark],
                        date.slice(0, 7) !== shown.slice(0, 7) && styles.outside,
                      )}
                      onClick={() => onDay(date)}
                    >
                      <span className="numeric">{Number(date.slice(8))}</span>
                      {mark === 'usual' ? null : <span className={styles.mark}>{t(markKeys[mark])}</span>}
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

/** Days off and other exceptions of a schedule: a month to press days on, and a stretch of days at once. */
export const DaysDialog = ({
  schedule,
  today,
  onClose,
}: {
  readonly schedule: ScheduleView;
  readonly today: string;
  readonly onClose: () => void;
}) => {
  const { t } = useTranslation();
  const [shown, setShown] = useState(today);
  const [mark, setMark] = useState<DayMark>('off');
  const [from, setFrom] = useState(today);
  const [to, setTo] = useState(today);
  const stretch = datesBetween(from, to);
  const apply = (dates: readonly string[], next: DayMark): void =>
    void attempt(() =>
      editSchedule(schedule.id, { ...fieldsOf(schedule), exceptions: [...daysWith(schedule.exceptions, dates, next)] }),
    );
  return (
    <Dialog
      open
      wide
      title={t('schedule.daysTitle', { name: schedule.name })}
      onClose={onClose}
      footer={
        <Button variant="primary" onClick={onClose}>
          {t('common.done')}
        </Button>
      }
    >
      <p className={styles.hint}>{t('schedule.daysText')}</p>
      <Segmented
        label={t('schedule.daysMark')}
        value={mark}
        options={[
          { value: 'off', label: t('schedule.dayOff') },
          { value: 'all', label: t('schedule.dayAll') },
          { value: 'usual', label: t('schedule.dayUsual') },
        ]}
        onChange={setMark}
      />
      <div className={styles.columns}>
        <Month
          schedule={schedule}
          shown={shown}
          today={today}
          onShow={setShown}
          onDay={(date) => {
            setShown(date);
            apply([date], markOf(schedule.exceptions, date) === mark ? 'usual' : mark);
          }}
        />
        <fieldset className={styles.stretch}>
          <legend>{t('schedule.stretch')}</legend>
          <TextField type="date" label={t('schedule.stretchFrom')} value={from} onChange={setFrom} />
          <TextField
            type="date"
            label={t('schedule.stretchTo')}
            value={to}
            min={from}
            error={stretch.length === 0 ? t('schedule.stretchWrong') : undefined}
            onChange={setTo}
          />
          <Button disabled={stretch.length === 0} onClick={() => apply(stretch, mark)}>
            {t('schedule.stretchApply', { mark: t(markKeys[mark]), count: stretch.length })}
          </Button>
        </fieldset>
      </div>
    </Dialog>
  );
};
