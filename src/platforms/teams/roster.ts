import { MusterError } from '../../domain/errors.ts';
import type { AdapterContext, IdentityReport } from '../platform.ts';
import type { Graph } from './graph.ts';
import { identityOf } from './mapping.ts';
import type { People } from './people.ts';
import type { GraphUser } from './schema.ts';

/** People of a larger directory are not listed: nobody has that many colleagues, and each costs a place in a look. */
export const MOST_PEOPLE = 5_000;
/** A directory changes slowly. */
export const ROSTER_REFRESH_SECONDS = 3_600;

/** Names in a notice; more would not be read. */
const MOST_NAMED = 5;

const ADDRESS = /^[^\s@]+@[^\s@]+$|^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What the roster is made of. */
export interface RosterParts {
  readonly context: Pick<AdapterContext, 'report' | 'isOptedOut'>;
  readonly graph: Graph;
  readonly people: People;
  readonly selfId: string;
  /** Addresses, object ids or names of the only people wanted; null: everybody. */
  readonly chosen: readonly string[] | null;
}

/** Chosen people, as they were entered, whom no one person stands for. */
interface Unfound {
  readonly nobody: readonly string[];
  readonly several: readonly string[];
}

/** Lists the directory, or the people who were chosen from it, and tells who is gone since the listing before. */
export class Roster {
  readonly #parts: RosterParts;
  #listed: ReadonlySet<string> = new Set();
  /** What the last whole listing could not find, and what it found several of. */
  #unfound: Unfound = { nobody: [], several: [] };

  constructor(parts: RosterParts) {
    this.#parts = parts;
  }

  /** The whole roster; complete when it ends without throwing. */
  async *list(signal: AbortSignal): AsyncGenerator<readonly IdentityReport[]> {
    const { context, people } = this.#parts;
    const seen = new Set<string>();
    const unfound = { nobody: [], several: [] };
    for await (const page of this.#pages(signal, unfound)) {
      const fresh = page.filter((user) => !seen.has(user.id)).slice(0, MOST_PEOPLE - seen.size);
      for (const { id } of fresh) seen.add(id);
      yield fresh.map((user) => this.#identity(user));
      if (seen.size >= MOST_PEOPLE) break;
    }
    const gone = [...this.#listed].filter((userId) => !seen.has(userId));
    this.#listed = seen;
    this.#unfound = unfound;
    people.forget(gone);
    if (gone.length > 0) context.report.removed(gone);
  }

  /** Who was chosen and is not shown, in sentences. */
  get notices(): readonly string[] {
    const { nobody, several } = this.#unfound;
    return [
      ...(nobody.length === 0
        ? []
        : [
            `Not found in your organisation’s directory, so not shown: ${quoted(nobody)}. Look for the right spelling, or remove what is not there any more.`,
          ]),
      ...(several.length === 0
        ? []
        : [
            `Not shown, since more than one person is meant: ${quoted(several)}. Add the right one by search, or by address.`,
          ]),
    ];
  }

  async *#pages(signal: AbortSignal, unfound: Record<keyof Unfound, string[]>): AsyncGenerator<readonly GraphUser[]> {
    const { graph, selfId, chosen } = this.#parts;
    if (chosen !== null) {
      for (const wanted of chosen) {
        const found = await this.#find(wanted, signal);
        if (found.length !== 1) unfound[found.length === 0 ? 'nobody' : 'several'].push(wanted);
        else yield found.filter(({ id }) => id !== selfId);
      }
      return;
    }
    for await (const page of graph.users(signal)) yield page.filter((user) => user.id !== selfId && !isGuest(user));
  }

  /** One chosen person: by address or id at once, else everybody who may be meant. */
  async #find(wanted: string, signal: AbortSignal): Promise<readonly GraphUser[]> {
    const { graph } = this.#parts;
    if (ADDRESS.test(wanted)) {
      try {
        return [await graph.user(wanted, { signal })];
      } catch (thrown) {
        if (!(thrown instanceof MusterError) || thrown.code !== 'not-found') throw thrown;
      }
    }
    // An address need not be the name that somebody signs in with.
    const hits = await graph.search(wanted, { signal });
    const exact = hits.filter((user) =>
      [user.displayName, user.mail, user.userPrincipalName].some((text) => same(text, wanted)),
    );
    // The words of an address also find whoever has them all somewhere: not the one who was meant.
    return exact.length > 0 || ADDRESS.test(wanted) ? exact : hits;
  }

  #identity(user: GraphUser): IdentityReport {
    const identity = identityOf(user);
    // The name alone: leaving them out would look as if they had left, and opting out would be forgotten with them.
    return this.#parts.context.isOptedOut(user.id) ? { ...identity, email: null, avatarKey: null } : identity;
  }
}

function quoted(entries: readonly string[]): string {
  const named = entries.slice(0, MOST_NAMED).map((entry) => `“${entry}”`);
  const more = entries.length - named.length;
  return more === 0 ? named.join(', ') : `${named.join(', ')} and ${more} more`;
}

/** Guests of other organisations, whose presence their own organisation keeps (`ada_other.org#EXT#@here.onmicrosoft.com`). */
export function isGuest(user: GraphUser): boolean {
  return user.userPrincipalName?.includes('#EXT#') ?? false;
}

function same(text: string | null | undefined, wanted: string): boolean {
  return text?.trim().toLowerCase() === wanted.trim().toLowerCase();
}
