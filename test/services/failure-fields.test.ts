import { describe, expect, it } from 'vitest';
import { MusterError, toMusterError } from '../../src/domain/errors.ts';
import { failureFields } from '../../src/services/failure-fields.ts';

describe('what the log says of a failure', () => {
  it('is its code, and of what nobody foresaw also where it came from', () => {
    expect(failureFields(new MusterError('timeout', 'No answer.'))).toEqual({ code: 'timeout' });
    const bug = new TypeError('x is not a function');
    expect(failureFields(toMusterError(bug))).toEqual({ code: 'internal', cause: bug });
  });
});
