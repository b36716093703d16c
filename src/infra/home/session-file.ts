import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type EpochMs, epochMs } from '../../domain/time.ts';
import { writeAtomic } from './write-atomic.ts';

const sessionsSchema = z
  .array(
    z.object({
      digest: z.string().regex(/^[\w-]{43}$/),
      usedAt: z.number().transform((value): EpochMs => epochMs(value)),
    }),
  )
  .max(100);

/** A browser that is signed in. */
export interface KeptSession {
  /** SHA-256 of its cookie, from which no cookie can be made. */
  readonly digest: string;
  /** When it was last here, to the day. */
  readonly usedAt: EpochMs;
}

/** Keeps which browsers are signed in over a restart, oldest sign-in first. */
export interface SessionFile {
  /** Empty where nothing (readable) is there: then everybody signs in anew. */
  read(): readonly KeptSession[];
  write(sessions: readonly KeptSession[]): void;
}

/** `sessions.json` in the home, 0600. */
export function sessionFile(home: string): SessionFile {
  const path = join(home, 'sessions.json');
  return {
    read: () => {
      try {
        return sessionsSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
      } catch {
        return [];
      }
    },
    write: (sessions) => writeAtomic(path, `${JSON.stringify(sessions)}\n`),
  };
}
