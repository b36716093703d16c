import { useTranslation } from 'react-i18next';
import type { ScheduleView } from '../../../src/contract/index.ts';
import { instantOf } from '../../selectors/person-line.ts';
import { useNow } from '../../stores/now-store.ts';
import { useFormats } from '../../strings/use-formats.ts';

/** What a schedule does, in a few words: "Do not disturb · 🎧 Focus". */
export const useWishWords = (): ((schedule: ScheduleView) => string) => {
  const { t } = useTranslation();
  return (schedule) =>
    [
      schedule.doNotDisturb ? t('status.doNotDisturb') : '',
      schedule.status === null ? '' : t(`status.${schedule.status}`),
      `${schedule.emoji ?? ''} ${schedule.message ?? ''}`.trim(),
    ]
      .filter((part) => part !== '')
      .join(' · ');
};

/** When a schedule next begins or ends; the times are the core's, which knows the jumps of the clocks. */
export const useTransitionWords = (): ((schedule: ScheduleView) => string) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const now = useNow();
  return ({ enabled, activeNow, nextTransition }) => {
    if (!enabled) return t('schedule.switchedOff');
    if (nextTransition === null) return activeNow ? t('schedule.activeForever') : t('schedule.never');
    const at = instantOf(nextTransition);
    const parts = { time: formats.moment(at, now), ago: formats.relative(at, now) };
    return activeNow ? t('schedule.activeUntil', parts) : t('schedule.begins', parts);
  };
};

/** Minutes of a day as the time that a clock shows, in the language of the page. */
export const useClockWords = (): ((minutes: number) => string) => {
  const formats = useFormats();
  return (minutes) => formats.time(minutes * 60_000, 'UTC');
};
