import { BellOff, CalendarX, ChevronLeft, ChevronRight, Undo2 } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScheduleFields, ScheduleView } from '../../../src/contract/index.ts';
import { instantOf } from '../../selectors/person-line.ts';
import { attempt } from '../../stores/attempt.ts';
import { useMeStore } from '../../stores/mirrors.ts';
import { useNow } from '../../stores/now-store.ts';
import { endDoNotDisturb } from '../../stores/own-status-commands.ts';
import { createSchedule, editSchedule, fieldsOf } from '../../stores/schedule-commands.ts';
import { useFormats } from '../../strings/use-formats.ts';
import { Button } from '../../ui/button.tsx';
import { StaticChip } from '../../ui/chip.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { announce } from '../../ui/toast-store.ts';
import { DoNotDisturbMenu } from '../own-status/do-not-disturb-menu.tsx';
import { blocksOn } from './blocks.ts';
import { clockChanges } from './clock-changes.ts';
import { DaysDialog } from './days-dialog.tsx';
import { maskOfRules, type Rule, rulesOfMask } from './rules.ts';
import styles from './schedule.module.css';
import { newSchedule } from './schedule-dialog.tsx';
import { extentOf, type Stroke } from './stroke.ts';
import { usePainting } from './use-painting.ts';
import { useClockWords } from './use-schedule-words.ts';
import { deviceZone, zoneOf } from './use-schedules.ts';
import { useWeek } from './use-week.ts';
import { addDays, wallTimeIn } from './week-dates.ts';
import { WeekGrid } from './week-grid.tsx';
import type { WeekMask } from './week-mask.ts';

/** That it is quiet now, by whose wish and until when, with its end. */
const QuietNotice = () => {
  const { t } = useTranslation();
  const formats = useFormats();
  const now = useNow();
  const quiet = useMeStore(({ me }) => me?.doNotDisturb ?? null);
  if (quiet === null || !quiet.active) return null;
  const name = quiet.origin?.kind === 'schedule' ? quiet.origin.name : null;
  return (
    <Notice
      tone="accent"
      actions={<Button onClick={() => void attempt(endDoNotDisturb)}>{t('ownStatus.doNotDisturbEnd')}</Button>}
    >
      {quiet.until === null
        ? t('ownStatus.doNotDisturbOn')
        : t('ownStatus.doNotDisturbUntil', { time: formats.moment(instantOf(quiet.until), now) })}
      {name === null ? null : ` · ${t('ownStatus.bySchedule', { name })}`}
    </Notice>
  );
};

const noRules: readonly Rule[] = [];

/**
 * The schedule that the first stroke makes: shown at once. Strokes that come before the core has given it an id belong to it
 * too, instead of making another one each.
 */
const useFirstSchedule = (onMade: (id: string) => void) => {
  const [rules, setRules] = useState(noRules);
  const wanted = useRef<ScheduleFields | null>(null);
  const make = async (fields: ScheduleFields): Promise<void> => {
    const made = await createSchedule(fields);
    const latest = wanted.current ?? fields;
    onMade(made.id);
    if (latest !== fields) await editSchedule(made.id, latest);
  };
  return {
    rules,
    paint: (fields: ScheduleFields): void => {
      setRules(fields.rules);
      const making = wanted.current !== null;
      wanted.current = fields;
      if (making) return;
      void attempt(() => make(fields)).finally(() => {
        wanted.current = null;
        setRules(noRules);
      });
    },
  };
};

/** The week with its tools: painting, the zone, days off, quiet for a while. */
export const ScheduleEditor = ({
  schedules,
  selected,
  onSelect,
}: {
  readonly schedules: readonly ScheduleView[];
  readonly selected: ScheduleView | null;
  readonly onSelect: (id: string) => void;
}) => {
  const { t } = useTranslation();
  const now = useNow();
  const clock = useClockWords();
  const [step, setStep] = useState<'30' | '15'>('30');
  const [shownDate, setShownDate] = useState<string | null>(null);
  const [daysOpen, setDaysOpen] = useState(false);
  const [undo, setUndo] = useState<{ readonly id: string; readonly rules: readonly Rule[] } | null>(null);
  const first = useFirstSchedule(onSelect);

  const selectedId = selected?.id ?? null;
  const zone = (selected === null ? undefined : zoneOf(selected)) ?? deviceZone();
  const wall = wallTimeIn(zone, now);
  const week = useWeek(shownDate ?? wall.date, wall.date, selected);
  const shownRules = selected?.rules ?? first.rules;
  const mask = useMemo(() => maskOfRules(shownRules), [shownRules]);
  const changes = useMemo(() => clockChanges(zone, week.dates), [zone, week.dates]);
  const blocks = useMemo(
    () => week.dates.map((date) => blocksOn(schedules, selectedId, date, zone)),
    [week.dates, schedules, selectedId, zone],
  );

  const onPainted = (next: WeekMask, stroke: Stroke): void => {
    const rules = [...rulesOfMask(next)];
    if (selected === null) {
      first.paint({ ...newSchedule(t('status.doNotDisturb')), rules });
    } else {
      setUndo({ id: selected.id, rules: selected.rules });
      void attempt(() => editSchedule(selected.id, { ...fieldsOf(selected), rules }));
    }
    const { firstDay, lastDay, from, to } = extentOf(stroke, Number(step));
    const words = {
      first: week.days[firstDay]?.name ?? '',
      last: week.days[lastDay]?.name ?? '',
      from: clock(from),
      to: clock(to),
    };
    announce(stroke.paint ? t('schedule.painted', words) : t('schedule.erased', words));
  };
  const painting = usePainting(mask, Number(step), onPainted);
  const takeBack = (): void => {
    const schedule = schedules.find(({ id }) => id === undo?.id);
    if (schedule === undefined || undo === null) return;
    setUndo(null);
    void attempt(() => editSchedule(schedule.id, { ...fieldsOf(schedule), rules: [...undo.rules] }));
  };

  return (
    <div className={styles.main}>
      <header className={styles.header}>
        <span className={styles.tools}>
          <h1 className={styles.title}>{t('schedule.title')}</h1>
          <StaticChip>
            <span className="visually-hidden">{t('schedule.zone')}: </span>
            {zone.replaceAll('_', ' ')}
          </StaticChip>
        </span>
        <div className={styles.tools}>
          <Button icon={<CalendarX aria-hidden />} disabled={selected === null} onClick={() => setDaysOpen(true)}>
            {t('schedule.daysOff')}
          </Button>
          <DoNotDisturbMenu
            trigger={
              <Button variant="primary" icon={<BellOff aria-hidden />}>
                {t('schedule.quietFor')}
              </Button>
            }
          />
        </div>
      </header>
      <QuietNotice />
      <div className={styles.toolbar}>
        <IconButton
          label={t('schedule.weekBefore')}
          icon={<ChevronLeft aria-hidden />}
          className={styles.turn}
          onClick={() => setShownDate(addDays(week.dates[0] ?? wall.date, -7))}
        />
        <b className={styles.range}>{week.range}</b>
        <IconButton
          label={t('schedule.weekAfter')}
          icon={<ChevronRight aria-hidden />}
          className={styles.turn}
          onClick={() => setShownDate(addDays(week.dates[0] ?? wall.date, 7))}
        />
        {week.current ? null : (
          <Button variant="ghost" onClick={() => setShownDate(null)}>
            {t('schedule.thisWeek')}
          </Button>
        )}
        <span className={styles.tools}>
          {undo === null ? null : (
            <Button variant="ghost" icon={<Undo2 aria-hidden />} onClick={takeBack}>
              {t('common.undo')}
            </Button>
          )}
          <Segmented
            label={t('schedule.step')}
            value={step}
            options={[
              { value: '30', label: t('schedule.step30') },
              { value: '15', label: t('schedule.step15') },
            ]}
            onChange={setStep}
          />
        </span>
      </div>
      <WeekGrid
        label={selected === null ? t('schedule.gridNew') : t('schedule.gridOf', { name: selected.name })}
        scheduleName={selected?.name ?? ''}
        days={week.days}
        mask={mask}
        step={Number(step)}
        blocks={blocks}
        nowAt={week.current ? { day: week.dates.indexOf(wall.date), minute: wall.minute } : null}
        changes={changes}
        painting={painting}
      />
      <p className={styles.quietWords}>{t('schedule.paintHint')}</p>
      {changes.map((change) => (
        <Notice key={change.date}>
          {t(change.to > change.from ? 'schedule.clockForward' : 'schedule.clockBack', {
            day: week.days.find(({ date }) => date === change.date)?.name ?? change.date,
            from: clock(change.from),
            to: clock(change.to),
          })}
        </Notice>
      ))}
      {daysOpen && selected !== null ? (
        <DaysDialog schedule={selected} today={wall.date} onClose={() => setDaysOpen(false)} />
      ) : null}
    </div>
  );
};
