import type { z } from 'zod';
import type { PresetView, presetFieldsSchema } from '../../src/contract/index.ts';
import { call } from './api.ts';
import { withChanges } from './collection.ts';
import { usePresetsStore } from './mirrors.ts';

/** What a preset is written with. */
export type PresetFields = z.output<typeof presetFieldsSchema>;

const put = (id: string, item: PresetView | null): void =>
  usePresetsStore.setState(({ items }) => ({ items: withChanges(items, [{ id, item }]) }));

/** Adds a one-tap status at the end. Fails with an ApiError. */
export const createPreset = async (fields: PresetFields): Promise<void> => {
  const preset = await call('createPreset', { body: fields });
  put(preset.id, preset);
};

/** Replaces what a preset sets. */
export const putPreset = async (id: string, fields: PresetFields): Promise<void> =>
  put(id, await call('putPreset', { params: { id }, body: fields }));

/** Removes a preset; a status that it set stays. */
export const deletePreset = async (id: string): Promise<void> => {
  await call('deletePreset', { params: { id } });
  put(id, null);
};
