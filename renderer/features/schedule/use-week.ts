import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScheduleView } from '../../../src/contract/index.ts';
import { markOf } from './days.ts';
import { useLocale } from './use-locale.ts';
import { instantOfDate, weekOf } from './week-dates.ts';
import type { GridDay } from './week-grid.tsx';

/** A week as it is shown. `range` is its dates in words, `current` whether today lies in it. */
export type Week = {
  readonly dates: readonly string[];
  readonly days: readonly GridDay[];
  readonly range: string;
  readonly current: boolean;
};

/** The week that a date lies in, with the exceptions of the selected schedule over its days. */
export const useWeek = (shown: string, today: string, selected: ScheduleView | null): Week => {
  const { t } = useTranslation();
  const locale = useLocale();
  const monday = weekOf(shown)[0] ?? shown;
  const exceptions = selected?.exceptions;
  return useMemo(() => {
    const format = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
      new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
    const name = format({ weekday: 'long', day: 'numeric', month: 'long' });
    const heading = format({ weekday: 'short' });
    const range = format({ day: 'numeric', month: 'short', year: 'numeric' });
    const dates = weekOf(monday);
    const words = { off: t('schedule.dayOff'), all: t('schedule.dayAll'), usual: null };
    return {
      dates,
      days: dates.map((date) => ({
        date,
        name: name.format(instantOfDate(date)),
        heading: heading.format(instantOfDate(date)),
        number: String(Number(date.slice(8))),
        today: date === today,
        exception: words[markOf(exceptions ?? [], date)],
      })),
      range: range.formatRange(instantOfDate(monday), instantOfDate(dates[6] ?? monday)),
      current: dates.includes(today),
    };
  }, [monday, today, exceptions, t, locale]);
};
