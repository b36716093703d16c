import type { Dispose } from './clock.ts';

/** What the machine knows about its user and its own sleep. */
export type PowerEvent = 'idle' | 'active' | 'locked' | 'unlocked' | 'suspend' | 'resume';

/** Tells when the user leaves the keyboard and when the machine sleeps. Headless there is none, which is said by absence. */
export interface IdleSource {
  subscribe(listener: (event: PowerEvent) => void): Dispose;
}
