import type { PreferencesView } from '../../../src/contract/index.ts';

/** Where the first run is; kept as the preference `firstRun`, so that it goes on where it was left. */
export type Step = PreferencesView['firstRun'];

/** The steps in their order. */
export const steps = ['welcome', 'connect', 'same-person', 'alerts', 'done'] as const satisfies readonly Step[];

/** The step after another; the last one stays. */
export const stepAfter = (step: Step): Step => steps[steps.indexOf(step) + 1] ?? 'done';

/** The step before another; the first one stays. */
export const stepBefore = (step: Step): Step => steps[steps.indexOf(step) - 1] ?? 'welcome';

/**
 * Whether the interface goes to the set-up by itself: only on a home in which nothing was ever done. Somebody who left it,
 * or who connected an account by the command line, is never sent back.
 */
export const startsByItself = (step: Step, accounts: number): boolean => step === 'welcome' && accounts === 0;
