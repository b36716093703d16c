import type { Outcome } from './intent.ts';

/** How one part of a publication (status, do-not-disturb) ended. */
export interface PartOutcome {
  readonly outcome: Outcome;
  /** One sentence for people; null when there is nothing to say. */
  readonly detail: string | null;
}

/** What asks for most attention first. */
const WORST_FIRST = ['failed', 'pending', 'overridden', 'partial', 'unsupported', 'applied'] as const;

/**
 * One outcome for all parts: the worst. What a platform could do only in part, because it does not know the rest, is `partial`;
 * `unsupported` is left for when nothing could be done. The sentences of all parts that have one follow one another, once each.
 * Expects at least one part; nothing asked for is `applied`.
 */
export function combineOutcomes(parts: readonly PartOutcome[]): PartOutcome {
  const present = new Set(parts.map((part) => part.outcome));
  const worst = WORST_FIRST.find((outcome) => present.has(outcome)) ?? 'applied';
  const sentences = new Set(parts.map((part) => part.detail?.trim() ?? '').filter((detail) => detail !== ''));
  return {
    outcome: worst === 'unsupported' && present.has('applied') ? 'partial' : worst,
    detail: sentences.size === 0 ? null : [...sentences].join(' '),
  };
}
