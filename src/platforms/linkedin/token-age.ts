import { createHash } from 'node:crypto';
import { z } from 'zod';
import { DAY_MS } from '../../domain/time.ts';
import type { AdapterContext } from '../platform.ts';

/** How long LinkedIn's tokens live, and how long before its end one is announced. */
const LIFE_MS = 60 * DAY_MS;
const ANNOUNCED_MS = 7 * DAY_MS;

const ENDS_SOON =
  'The LinkedIn token ends within a week, 60 days after you made it, unless the portal shows a later date: create a new one there and sign in with it, so that nothing is missed.';

const keptSchema = z.object({ mark: z.string(), since: z.number() });

/**
 * Notices when a token of the portal comes near its end. Such a token does not say when it ends, and the core knows the end of those
 * alone that it got itself, so that its age counts from the first sign-in with it, which follows at once when it was made to be pasted.
 */
export async function tokenAge(context: Pick<AdapterContext, 'memory' | 'clock' | 'tokens'>): Promise<() => string[]> {
  const { memory, clock, tokens } = context;
  // Enough to tell two tokens apart, too little to be one.
  const mark = createHash('sha256')
    .update(await tokens.current())
    .digest('hex')
    .slice(0, 16);
  const kept = keptSchema.safeParse(memory.get('token')).data;
  const since = kept?.mark === mark ? kept.since : clock.now();
  if (kept?.mark !== mark) memory.set('token', { mark, since });
  return () => {
    const age = clock.now() - since;
    // One that outlives its 60 days ends at a time that only the portal knows.
    return age >= LIFE_MS - ANNOUNCED_MS && age <= LIFE_MS ? [ENDS_SOON] : [];
  };
}
