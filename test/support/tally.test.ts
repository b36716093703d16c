import { describe, expect, it } from 'vitest';
import { addUp, countReport, lastLine, requiredFrom } from './tally.ts';

const file = (status: string, ...tests: [fullName: string, status: string][]) => ({
  name: 'a.test.ts',
  status,
  assertionResults: tests.map(([fullName, each]) => ({ fullName, status: each })),
});
const none = new Set<string>();

describe('tally', () => {
  it('counts each outcome', () => {
    const report = {
      testResults: [file('failed', ['a', 'passed'], ['b', 'failed'], ['c [needs electron: gone]', 'skipped'])],
    };
    expect(countReport(report, none)).toEqual({ passed: 1, failed: 1, skipped: 1, problems: [] });
  });

  it('counts a file that could not be loaded as a failure', () => {
    expect(countReport({ testResults: [file('failed')] }, none)).toMatchObject({ passed: 0, failed: 1 });
  });

  it('refuses a skipped test that does not say what is missing', () => {
    const report = { testResults: [file('passed', ['sulks', 'skipped'], ['later', 'todo'])] };
    expect(countReport(report, none).problems).toHaveLength(2);
  });

  it('refuses a skip for want of something that is required', () => {
    const report = { testResults: [file('passed', ['c [needs electron: gone]', 'pending'])] };
    expect(countReport(report, requiredFrom({ MUSTER_TEST_REQUIRE: 'prosody, electron' })).problems).toHaveLength(1);
    expect(countReport(report, requiredFrom({ MUSTER_TEST_REQUIRE: 'prosody' })).problems).toHaveLength(0);
    expect(requiredFrom({})).toEqual(none);
  });

  it('counts problems as failures in the last line', () => {
    const one = { passed: 2, failed: 0, skipped: 1, problems: ['p'] };
    expect(lastLine(addUp([one, { ...one, problems: [] }]))).toBe('4 passed, 1 failed, 2 skipped');
  });
});
