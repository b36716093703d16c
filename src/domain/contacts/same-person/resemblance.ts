import type { Directory } from './directory.ts';
import { type Evidence, weightOf } from './evidence.ts';
import { type HandleShape, handlesOf } from './handles.ts';
import { nameEvidence } from './name-evidence.ts';
import type { NameParts } from './name-parts.ts';
import type { Profile } from './profile.ts';

/** How often one person's handle is made so of the name; estimates that only have to be right to a factor. */
const MADE_OF_NAME: Readonly<Record<HandleShape, number>> = {
  both: 0.25,
  'initial-family': 0.1,
  'given-initial': 0.06,
  family: 0.03,
  given: 0.06,
};
/** How often one person has the same handle twice. */
const SAME_HANDLE = 0.3;
/** Letters are shared by more people than their share says: names come in languages. */
const INITIALS_FACTOR = 1.5;

/** What the names and handles of two identities say. A handle is made of the name: the better of the two counts, not both. */
export function resemblanceOf(a: Profile, b: Profile, directory: Directory): Evidence | null {
  const name = shown(nameEvidence(a.name, b.name, directory), a, b);
  const handle = handleEvidence(a, b, directory);
  if (name === null || handle === null) return name ?? handle;
  if (name.weight < 0 && handle.weight > 0) return { ...handle, weight: handle.weight + name.weight };
  return name.weight >= handle.weight ? name : handle;
}

/** With the names as people wrote them; a name that was completed is no more than what completed it. */
function shown(evidence: Evidence | null, a: Profile, b: Profile): Evidence | null {
  if (!evidence?.reason) return evidence;
  const [one, other] = [a.identity.displayName, b.identity.displayName];
  const completed = [a, b].find(({ isCompleted }) => isCompleted);
  const source = completed?.email ? 'email-matches-name' : 'handle-matches-name';
  const kind = completed ? source : evidence.reason.kind;
  return { ...evidence, reason: { kind, detail: one === other ? one : `${one} ~ ${other}` } };
}

/** The best resemblance between the handles of one and the name or the handles of the other. */
function handleEvidence(a: Profile, b: Profile, directory: Directory): Evidence | null {
  const offers = [
    ...madeOfName(a, b, directory),
    ...madeOfName(b, a, directory),
    ...a.handles.filter((handle) => b.handles.includes(handle)).map((handle) => sameHandle(handle, a, b, directory)),
  ];
  return offers.reduce<Evidence | null>(
    (best, offer) => (best === null || offer.weight > best.weight ? offer : best),
    null,
  );
}

function madeOfName(owner: Profile, { name }: Profile, directory: Directory): Evidence[] {
  const shapes = handlesOf(name);
  return owner.handles.flatMap((handle) => {
    const fits = shapes.get(handle);
    if (fits === undefined) return [];
    // “Ada” with the mailbox abyron: what the name leaves out the mailbox says.
    const isWhole = fits !== 'given' && owner.name.family === '' && owner.name.given === name.given;
    const shape = isWhole ? 'both' : fits;
    const kind = owner.email !== null && owner.name.family !== '' ? 'email-matches-name' : 'handle-matches-name';
    const weight = weightOf(MADE_OF_NAME[shape], ofStrangers(shape, name, directory));
    return [{ weight, reason: { kind, detail: handle } }];
  });
}

function sameHandle(handle: string, a: Profile, b: Profile, directory: Directory): Evidence {
  const ofA = handlesOf(a.name).get(handle);
  const known = ofA ?? handlesOf(b.name).get(handle);
  const named = ofA === undefined ? b.name : a.name;
  // One word that is a given name says little, and says it of many.
  const unknown = Math.max(3 * directory.handle(handle), a.name.given === handle ? 10 * directory.given(handle) : 0);
  const chance = known === undefined || known === 'given' ? unknown : ofStrangers(known, named, directory);
  const kind = a.email && b.email ? 'same-email-name' : 'handle-matches-name';
  return { weight: weightOf(SAME_HANDLE, chance), reason: { kind, detail: handle } };
}

/** How often a stranger's name gives this handle too. */
function ofStrangers(shape: HandleShape, { given, family }: NameParts, directory: Directory): number {
  switch (shape) {
    case 'both':
      return directory.given(given) * directory.family(family) * directory.namesakeFactor;
    case 'initial-family':
      return directory.family(family) * directory.initial(given[0] ?? '') * INITIALS_FACTOR;
    case 'given-initial':
      return directory.given(given) * directory.initial(family[0] ?? '') * INITIALS_FACTOR;
    case 'family':
      return directory.family(family);
    case 'given':
      return directory.given(given);
  }
}
