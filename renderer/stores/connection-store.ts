import { create } from 'zustand';

/**
 * `live`: what is shown follows Muster. `lost`: Muster does not answer; what is shown is from `lastLiveAt` (epoch ms).
 * `signed-out`: this browser needs a new one-time link.
 */
export type ConnectionState = {
  readonly state: 'connecting' | 'live' | 'lost' | 'signed-out';
  readonly lastLiveAt: number | null;
  /** The address held a one-time link that was refused. */
  readonly linkRefused: boolean;
};

/** Whether Muster itself answers; the platforms' connections are the accounts' states. */
export const useConnectionStore = create<ConnectionState>(() => ({
  state: 'connecting',
  lastLiveAt: null,
  linkRefused: false,
}));
