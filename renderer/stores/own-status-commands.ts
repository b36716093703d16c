import type { DoNotDisturbRequest, OwnStatusRequest, PresetView } from '../../src/contract/index.ts';
import { call } from './api.ts';
import { useMeStore } from './mirrors.ts';

const refresh = async (): Promise<void> => useMeStore.setState({ me: await call('getOwnStatus', {}) });

/** Sets my status by hand. The answer's results are shown at once; accounts that hang finish by a `me` event. */
export const setOwnStatus = async (request: OwnStatusRequest): Promise<void> => {
  const { results } = await call('putOwnStatus', { body: request });
  useMeStore.setState(({ me }) => (me === null ? {} : { me: { ...me, results } }));
  await refresh();
};

/** What a preset asks for. */
export const requestOfPreset = (preset: PresetView): OwnStatusRequest => ({
  status: preset.status,
  ...(preset.message === null ? {} : { message: preset.message }),
  ...(preset.emoji === null ? {} : { emoji: preset.emoji }),
  ...(preset.doNotDisturb ? { doNotDisturb: true } : {}),
  ...(preset.forSeconds === null ? {} : { forSeconds: preset.forSeconds }),
});

/** One tap. */
export const applyPreset = (preset: PresetView): Promise<void> => setOwnStatus(requestOfPreset(preset));

/** Takes back what was set by hand; what was there before comes back. */
export const clearOwnStatus = async (): Promise<void> => {
  await call('deleteOwnStatus', {});
  await refresh();
};

/** Do not disturb by hand, for a while or until it is ended. */
export const setDoNotDisturb = async (request: DoNotDisturbRequest): Promise<void> =>
  useMeStore.setState({ me: await call('putDoNotDisturb', { body: request }) });

/** Ends do not disturb. */
export const endDoNotDisturb = async (): Promise<void> =>
  useMeStore.setState({ me: await call('deleteDoNotDisturb', {}) });
