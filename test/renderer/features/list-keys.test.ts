import { describe, expect, it } from 'vitest';
import { activeKeyStep, neighbourOf } from '../../../renderer/features/people/list-keys.ts';
import { rowsOf } from '../../../renderer/selectors/people.ts';
import { contact } from '../support/team.ts';

const people = ['a', 'b', 'c'].map((id) => contact({ id, name: id, favourite: id === 'a' }));
const rows = rowsOf(people, { kind: 'everyone' }, '');

describe('the keyboard in the list', () => {
  it('steps over headings, from one part into the next', () => {
    expect(neighbourOf(rows, 'a', 1)).toBe('b');
    expect(neighbourOf(rows, 'b', -1)).toBe('a');
  });

  it('stops at both ends', () => {
    expect(neighbourOf(rows, 'c', 1)).toBe('c');
    expect(neighbourOf(rows, 'a', -10)).toBe('a');
  });

  it('jumps to the ends', () => {
    expect(neighbourOf(rows, 'a', activeKeyStep('End') ?? 0)).toBe('c');
    expect(neighbourOf(rows, 'c', activeKeyStep('Home') ?? 0)).toBe('a');
  });

  it('begins with the first when nobody is active, or the active one is gone', () => {
    expect(neighbourOf(rows, null, 1)).toBe('a');
    expect(neighbourOf(rows, 'gone', 1)).toBe('a');
  });

  it('leads nowhere in an empty list, and knows which keys are its own', () => {
    expect(neighbourOf([], null, 0)).toBeNull();
    expect(activeKeyStep('x')).toBeNull();
  });
});
