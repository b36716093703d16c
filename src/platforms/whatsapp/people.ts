import { z } from 'zod';
import type { AccountMemory, IdentityReport } from '../platform.ts';

const personSchema = z.object({
  /** Unix seconds of the latest thing they did; null: nothing yet. */
  lastSeen: z.number().nullable(),
  name: z.string().nullable(),
  waId: z.string().nullable(),
  userId: z.string().nullable(),
  /** Reported as active just now, and not yet otherwise. */
  active: z.boolean(),
});
/** What is kept about somebody over restarts, since WhatsApp cannot be asked again. */
export type Person = z.infer<typeof personSchema>;

/** The memory cannot be searched, so that everybody stands on one of these lists: short ones, since each change writes one anew. */
const LISTS = 256;

function listOf(id: string): string {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % LISTS;
  return `people/${sum}`;
}

/** Either kind of id, or both: the phone number without `+`, and the business-scoped id (`US.13491208655302741918`). */
export interface Ids {
  readonly waId: string | null;
  readonly userId: string | null;
}

/**
 * Who is who by either kind of id. Somebody keeps the id under which they were first seen, whatever ids they come with later: older
 * events have the phone number alone, people with a user name the business-scoped id alone.
 */
export class People {
  readonly #memory: AccountMemory;

  constructor(memory: AccountMemory) {
    this.#memory = memory;
  }

  /** The one id under which the person is reported; null when there is none at all. */
  idOf({ waId, userId }: Ids): string | null {
    const byUser = userId === null ? null : this.#known(userId);
    const byNumber = waId === null ? null : this.#known(waId);
    if (userId === null) return byNumber ?? waId;
    if (byUser !== null) return byUser;
    // A number that comes with another business-scoped id belongs to somebody else now.
    const free = byNumber !== null && this.get(byNumber)?.userId === null;
    return free ? byNumber : userId;
  }

  get(id: string): Person | null {
    return personSchema.safeParse(this.#memory.get(`person/${id}`)).data ?? null;
  }

  /** Keeps what is known now, and that these ids are theirs. */
  save(id: string, person: Person): void {
    this.#memory.set(`person/${id}`, person);
    const list = this.#list(id);
    if (!list.includes(id)) this.#memory.set(listOf(id), [...list, id]);
    this.recognise(id, person);
  }

  /** These ids are theirs too: all that is kept of somebody who is opted out, so that no other id brings them back. */
  recognise(id: string, { waId, userId }: Ids): void {
    for (const other of [waId, userId]) {
      if (other === null || this.#memory.get(`alias/${other}`) === id) continue;
      if (other === id) this.#memory.delete(`alias/${other}`);
      else this.#memory.set(`alias/${other}`, id);
    }
  }

  /** Keeps nothing more of somebody who was opted out. Their ids stay known, so that either one is recognised. */
  drop(id: string): void {
    this.#memory.delete(`person/${id}`);
    const list = this.#list(id).filter((other) => other !== id);
    if (list.length > 0) this.#memory.set(listOf(id), list);
    else this.#memory.delete(listOf(id));
  }

  /** Drops everybody who was opted out since they were last heard of. */
  dropOptedOut(isOptedOut: (id: string) => boolean): void {
    for (const id of this.#all()) if (isOptedOut(id)) this.drop(id);
  }

  /** Who was left labelled when Muster stopped. */
  active(): readonly string[] {
    return [...this.#all()].filter((id) => this.get(id)?.active);
  }

  identity(id: string, { name, waId }: Pick<Person, 'name' | 'waId'>): IdentityReport {
    return {
      userId: id,
      displayName: name ?? (waId === null ? id : `+${waId}`),
      email: null,
      avatarKey: null,
      timeZone: null,
      groups: [],
    };
  }

  *#all(): Iterable<string> {
    for (let list = 0; list < LISTS; list += 1) {
      const ids = this.#memory.get(`people/${list}`);
      for (const id of Array.isArray(ids) ? ids : []) if (typeof id === 'string') yield id;
    }
  }

  #list(id: string): readonly string[] {
    const list = this.#memory.get(listOf(id));
    return Array.isArray(list) ? list.filter((other) => typeof other === 'string') : [];
  }

  #known(id: string): string | null {
    const alias = this.#memory.get(`alias/${id}`);
    if (typeof alias === 'string') return alias;
    return this.#memory.get(`person/${id}`) === undefined ? null : id;
  }
}
