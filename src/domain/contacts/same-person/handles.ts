import type { NameParts } from './name-parts.ts';

/** What a handle can be made of a name, from the surest to the vaguest. */
export type HandleShape = 'both' | 'initial-family' | 'given-initial' | 'family' | 'given';

/** Fewer letters than that are anybody's; with an initial among them, one more: “hana” is a name before it is A. Han. */
export const SHORTEST_HANDLE = 4;
const SHORTEST_WITH_INITIAL = 5;

/** The handles that a name gives. */
export function handlesOf({ given, rest, family }: NameParts): ReadonlyMap<string, HandleShape> {
  const shapes = new Map<string, HandleShape>();
  const put = (handle: string, shape: HandleShape) => {
    const shortest = shape === 'initial-family' || shape === 'given-initial' ? SHORTEST_WITH_INITIAL : SHORTEST_HANDLE;
    if (handle.length >= shortest && !shapes.has(handle)) shapes.set(handle, shape);
  };
  if (given.length > 1 && family.length > 1) {
    put(given + family, 'both');
    put(family + given, 'both');
    put(given + rest.join(''), 'both');
    put((given[0] ?? '') + family, 'initial-family');
    put(family + (given[0] ?? ''), 'initial-family');
    put(given + (family[0] ?? ''), 'given-initial');
    put(family, 'family');
  }
  if (given.length > 1) put(given, 'given');
  return shapes;
}
