import { z } from 'zod';
import { ERROR_CODES, MusterError } from '../../domain/errors.ts';
import type { ValueRepository } from '../../ports/repositories.ts';

/** What is known about an account's tokens beside them, on disk; never holds a secret. */
export interface SignInNote {
  /** Of the tokens that this is about; a note about others means nothing. */
  readonly generation: number;
  /** A renewal was begun, and what came of it is not known: the platform may have taken the refresh token already. */
  readonly renewing: boolean;
  /** Why they are worth nothing any more; null: as far as is known they are. */
  readonly ended: MusterError | null;
}

/** One account's note. */
export interface SignInNotes {
  read(): SignInNote | null;
  write(note: SignInNote): void;
  clear(): void;
}

const noteSchema = z.object({
  generation: z.number(),
  renewing: z.boolean(),
  ended: z.object({ code: z.enum(ERROR_CODES), message: z.string() }).nullable(),
});

const nameOf = (accountId: string) => `sign-in/${accountId}`;

/** The note in the database. */
export function signInNotes(values: ValueRepository, accountId: string): SignInNotes {
  const name = nameOf(accountId);
  return {
    read() {
      const kept = noteSchema.safeParse(values.get(name));
      if (!kept.success) return null;
      const { ended, ...rest } = kept.data;
      return { ...rest, ended: ended && new MusterError(ended.code, ended.message, { retry: 'reauth' }) };
    },
    write: ({ generation, renewing, ended }) =>
      values.set(name, { generation, renewing, ended: ended && { code: ended.code, message: ended.message } }),
    clear: () => values.delete(name),
  };
}

/** For a sign-in that is only tried. */
export function passingNotes(): SignInNotes {
  let kept: SignInNote | null = null;
  return {
    read: () => kept,
    write: (note) => {
      kept = note;
    },
    clear: () => {
      kept = null;
    },
  };
}
