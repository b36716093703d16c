import { describe, it } from 'vitest';

/** What a machine can have or lack, by the name that `MUSTER_TEST_REQUIRE` uses. */
export type Requirement = 'chromium' | 'xvfb' | 'dbus' | 'dunst' | 'keyring' | 'electron' | 'prosody';

/** Why something that a test needs is not there; `reason` completes "missing: …". */
export type Missing = { missing: Requirement; reason: string };

/** Whether a probe's answer says that something is missing. */
export function isMissing(found: object): found is Missing {
  return 'missing' in found;
}

/** The suffix that tells a reader, and `npm test`, why a test was skipped. */
function because({ missing, reason }: Missing): string {
  return ` [needs ${missing}: ${reason}]`;
}

/** A `describe` that runs when the probe found what the tests need, and else skips them with the reason in their names. */
export function describeWith<T extends object>(found: T | Missing, title: string, body: (found: T) => void): void {
  if (isMissing(found)) {
    // The body needs what is missing: one skipped test stands for all of them.
    // biome-ignore lint/suspicious/noSkippedTests: the one place that may, since it says why.
    describe.skip(title, () => {
      it(`runs${because(found)}`, () => undefined);
    });
    return;
  }
  describe(title, () => body(found));
}
