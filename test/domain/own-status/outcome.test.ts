import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OUTCOMES, type Outcome } from '../../../src/domain/own-status/intent.ts';
import { combineOutcomes } from '../../../src/domain/own-status/outcome.ts';

const combined = (...outcomes: Outcome[]) =>
  combineOutcomes(outcomes.map((outcome) => ({ outcome, detail: null }))).outcome;

describe('one outcome for an account', () => {
  it('is the worst of its parts', () => {
    expect(combined('applied', 'applied')).toBe('applied');
    expect(combined('applied', 'partial')).toBe('partial');
    expect(combined('partial', 'overridden')).toBe('overridden');
    expect(combined('overridden', 'pending')).toBe('pending');
    expect(combined('pending', 'failed')).toBe('failed');
  });

  it('is partial when one part was done and the platform does not know the other', () => {
    expect(combined('applied', 'unsupported')).toBe('partial');
    expect(combined('unsupported', 'unsupported')).toBe('unsupported');
  });

  it('says every sentence once, and nothing when there is nothing to say', () => {
    const parts = [
      { outcome: 'partial', detail: 'Slack shows busy as away.' },
      { outcome: 'applied', detail: null },
      { outcome: 'partial', detail: 'Slack shows busy as away.' },
      { outcome: 'unsupported', detail: 'XMPP has no do-not-disturb of its own.' },
    ] as const;
    expect(combineOutcomes(parts)).toEqual({
      outcome: 'partial',
      detail: 'Slack shows busy as away. XMPP has no do-not-disturb of its own.',
    });
    expect(combineOutcomes([{ outcome: 'applied', detail: ' ' }])).toEqual({ outcome: 'applied', detail: null });
  });

  it('does not depend on the order of the parts, and never hides a failure', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...OUTCOMES), { minLength: 1 }), (outcomes) => {
        expect(combined(...outcomes.toReversed())).toBe(combined(...outcomes));
        expect(combined(...outcomes) === 'failed').toBe(outcomes.includes('failed'));
      }),
    );
  });
});
