import type { MeView } from '../../../src/contract/index.ts';

/** My own status with nothing in force. */
export const quietMe: MeView = {
  intent: null,
  status: 'online',
  layers: [],
  doNotDisturb: { active: false, until: null, origin: null, nextTransition: null },
  results: [],
};

/** Busy by hand, with words and an end. */
export const busyMe: MeView = {
  ...quietMe,
  status: 'busy',
  intent: {
    id: 'i_1',
    layer: 'manual',
    status: 'busy',
    message: 'Design & review',
    emoji: '🎧',
    createdAt: '2026-03-02T08:00:00Z',
    until: '2026-03-02T15:00:00Z',
    origin: { kind: 'hand', id: 'i_1', name: null },
    accounts: null,
  },
};
