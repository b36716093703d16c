import type { Status } from '../../../src/contract/index.ts';

/** The changes that can be chosen in one step. */
export const watchChoices = ['online', 'available', 'away', 'offline', 'custom'] as const;

/** One of `watchChoices`. */
export type WatchChoice = (typeof watchChoices)[number];

/** From which statuses (null: from any) to which. */
export type WatchedChange = { readonly from: readonly Status[] | null; readonly to: readonly Status[] };

/**
 * What a choice means. "Comes online" is from anywhere but online and idle, so that coming back from a short pause is none;
 * "is online or idle" likewise.
 */
export const changeOf = (choice: Exclude<WatchChoice, 'custom'>): WatchedChange => {
  switch (choice) {
    case 'online':
      return { from: ['away', 'busy', 'offline', 'unknown'], to: ['online'] };
    case 'available':
      return { from: ['away', 'busy', 'offline', 'unknown'], to: ['online', 'idle'] };
    case 'away':
      return { from: null, to: ['away'] };
    case 'offline':
      return { from: null, to: ['offline'] };
  }
};
