import { z } from 'zod';

/** The part of vitest's JSON report that is counted. */
const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

/** How many tests ended how. `problems` are reasons to fail that no failed test stands for, one sentence each. */
export type Tally = { passed: number; failed: number; skipped: number; problems: string[] };

/** The reason that `describeWith` (requirement.ts) puts into the name of a test it skips. */
const skipReason = /\[needs ([a-z-]+): [^\]]+\]$/;

/**
 * Counts a report. A file that could not be loaded is a failed test. A skipped test is a problem when its name does not say
 * what is missing, or when that is among `required`: on a machine that has it, nothing may be skipped for want of it.
 */
export function countReport(report: unknown, required: ReadonlySet<string>): Tally {
  const tally: Tally = { passed: 0, failed: 0, skipped: 0, problems: [] };
  for (const file of reportSchema.parse(report).testResults) {
    if (file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed')) tally.failed += 1;
    for (const { fullName, status } of file.assertionResults) {
      if (status === 'passed') tally.passed += 1;
      else if (status === 'failed') tally.failed += 1;
      else {
        tally.skipped += 1;
        const lacking = skipReason.exec(fullName)?.[1];
        if (lacking === undefined) tally.problems.push(`skipped without saying what is missing: ${fullName}`);
        else if (required.has(lacking))
          tally.problems.push(`skipped although ${lacking} is required here: ${fullName}`);
      }
    }
  }
  return tally;
}

/** Adds tallies up. */
export function addUp(tallies: readonly Tally[]): Tally {
  return tallies.reduce<Tally>(
    (sum, each) => ({
      passed: sum.passed + each.passed,
      failed: sum.failed + each.failed,
      skipped: sum.skipped + each.skipped,
      problems: [...sum.problems, ...each.problems],
    }),
    { passed: 0, failed: 0, skipped: 0, problems: [] },
  );
}

/** The last line of `npm test`; problems count as failures, so that the line and the exit code agree. */
export function lastLine({ passed, failed, skipped, problems }: Tally): string {
  return `${passed} passed, ${failed + problems.length} failed, ${skipped} skipped`;
}

/** What must not be missing: the comma list of `MUSTER_TEST_REQUIRE`. */
export function requiredFrom(env: Record<string, string | undefined>): Set<string> {
  const names = (env.MUSTER_TEST_REQUIRE ?? '').split(',').map((name) => name.trim());
  return new Set(names.filter(Boolean));
}
