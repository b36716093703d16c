import { z } from 'zod';
import type { AccountMemory, IdentityReport } from '../platform.ts';

const personSchema = z.object({
  /** Unix seconds of the latest thing they did; null: nothing yet. */
  lastSeen: z.number().nullable(),
  name: z.string().nullable(),
  waId: z.string().nullable(),
  userId: z.string().nullable(),
});
/** What is kept about somebody over restarts, since WhatsApp cannot be asked again. */
export type Person = z.infer<typeof personSchema>;

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
    for (const other of [person.waId, person.userId]) {
      if (other === null || this.#memory.get(`alias/${other}`) === id) continue;
      if (other === id) this.#memory.delete(`alias/${other}`);
      else this.#memory.set(`alias/${other}`, id);
    }
  }

  /** Keeps nothing more of somebody who was opted out. Their ids stay known, so that either one is recognised. */
  drop(id: string): void {
    this.#memory.delete(`person/${id}`);
  }

  identity(id: string, { name, waId }: Person): IdentityReport {
    return {
      userId: id,
      displayName: name ?? (waId === null ? id : `+${waId}`),
      email: null,
      avatarKey: null,
      timeZone: null,
      groups: [],
    };
  }

  #known(id: string): string | null {
    const alias = this.#memory.get(`alias/${id}`);
    if (typeof alias === 'string') return alias;
    return this.#memory.get(`person/${id}`) === undefined ? null : id;
  }
}
