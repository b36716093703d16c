import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeAtomic } from './write-atomic.ts';

const digestsSchema = z.array(z.string().regex(/^[\w-]{43}$/)).max(100);

/** Keeps which browsers are signed in over a restart: SHA-256 digests of their cookies, oldest first, from which no cookie can be made. */
export interface SessionFile {
  /** Empty where nothing (readable) is there: then everybody signs in anew. */
  read(): readonly string[];
  write(digests: readonly string[]): void;
}

/** `sessions.json` in the home, 0600. */
export function sessionFile(home: string): SessionFile {
  const path = join(home, 'sessions.json');
  return {
    read: () => {
      try {
        return digestsSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
      } catch {
        return [];
      }
    },
    write: (digests) => writeAtomic(path, `${JSON.stringify(digests)}\n`),
  };
}
