import { useMemo } from 'react';
import type { ScheduleView } from '../../../src/contract/index.ts';
import { useSchedulesStore } from '../../stores/mirrors.ts';
import { useScheduleDrafts } from '../../stores/schedule-commands.ts';

/** The schedules as they are shown: with changes that are still on their way to the core. */
export const useSchedules = (): readonly ScheduleView[] => {
  const items = useSchedulesStore((state) => state.items);
  const drafts = useScheduleDrafts((state) => state.drafts);
  return useMemo(
    () => [...items.values()].map((schedule) => ({ ...schedule, ...drafts.get(schedule.id) })),
    [items, drafts],
  );
};

/** The zone that a schedule's hours are meant in; undefined for the one of this computer. */
export const zoneOf = ({ timeZone }: Pick<ScheduleView, 'timeZone'>): string | undefined =>
  timeZone === 'device' ? undefined : timeZone;

/** The zone of this computer. */
export const deviceZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;
