import { describe, it } from 'vitest';

const nothing = (): void => {};

/** `it` where the platform promises it. What it does not promise is no test, and no skipped one either: there is nothing to be made up for. */
export function itIf(promised: boolean): typeof it | typeof nothing {
  return promised ? it : nothing;
}

/** The same for a group of tests. */
export function describeIf(promised: boolean): typeof describe | typeof nothing {
  return promised ? describe : nothing;
}
