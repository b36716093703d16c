import { create } from 'zustand';
import type { ScheduleFields, ScheduleView } from '../../src/contract/index.ts';
import { call } from './api.ts';
import { withChanges } from './collection.ts';
import { useSchedulesStore } from './mirrors.ts';

/** Changes that are shown already and on their way to the core, by schedule id: whoever paints must not wait for answers. */
export const useScheduleDrafts = create<{ readonly drafts: ReadonlyMap<string, ScheduleFields> }>(() => ({
  drafts: new Map(),
}));

/** What a schedule is written with: everything but what the core adds. */
export const fieldsOf = ({
  id: _id,
  activeNow: _active,
  nextTransition: _next,
  ...fields
}: ScheduleView): ScheduleFields => fields;

const put = (id: string, item: ScheduleView | null): void =>
  useSchedulesStore.setState(({ items }) => ({ items: withChanges(items, [{ id, item }]) }));

const setDraft = (id: string, item: ScheduleFields | null): void =>
  useScheduleDrafts.setState(({ drafts }) => ({ drafts: withChanges(drafts, [{ id, item }]) }));

/** Adds a schedule and answers it. Fails with an ApiError. */
export const createSchedule = async (fields: ScheduleFields): Promise<ScheduleView> => {
  const schedule = await call('createSchedule', { body: fields });
  put(schedule.id, schedule);
  return schedule;
};

const saving = new Map<string, Promise<void>>();

const saveUntilCurrent = async (id: string): Promise<void> => {
  try {
    for (;;) {
      const draft = useScheduleDrafts.getState().drafts.get(id);
      if (draft === undefined) return;
      const saved = await call('putSchedule', { params: { id }, body: draft });
      put(id, saved);
      if (useScheduleDrafts.getState().drafts.get(id) === draft) return;
    }
  } finally {
    setDraft(id, null);
    saving.delete(id);
  }
};

/**
 * Replaces a schedule: shown at once, sent one after the other, what was overtaken meanwhile not at all. When it fails,
 * what the core holds is shown again. Fails with an ApiError.
 */
export const editSchedule = (id: string, fields: ScheduleFields): Promise<void> => {
  setDraft(id, fields);
  const running = saving.get(id);
  if (running !== undefined) return running;
  const started = saveUntilCurrent(id);
  saving.set(id, started);
  return started;
};

/** Removes a schedule; what it set is taken back by the core. */
export const deleteSchedule = async (id: string): Promise<void> => {
  await call('deleteSchedule', { params: { id } });
  put(id, null);
};
