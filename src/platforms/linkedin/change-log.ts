import { z } from 'zod';
import { type EpochMs, epochMs } from '../../domain/time.ts';
import type { AdapterContext } from '../platform.ts';
import { type LinkedinClient, PAGE_SIZE } from './client.ts';
import { type Sign, signOf } from './mapping.ts';

/** So many pages are read in one go; the rest comes next time, so that a busy month does not eat the day's quota. */
const MOST_PAGES = 20;

const cursorSchema = z.object({
  /** The greatest `processedAt` of the last complete reading; null before the first. */
  startTime: z.number().nullable(),
  /** How far a reading from `startTime` on has come that is not complete yet. */
  start: z.number(),
  /** The greatest `processedAt` of that reading. */
  greatest: z.number().nullable(),
  /** Events at `startTime`, which comes again each time. */
  seen: z.array(z.string()),
});
type Cursor = z.infer<typeof cursorSchema>;

const BEGINNING: Cursor = { startTime: null, start: 0, greatest: null, seen: [] };

/** Reads the log on from where it was left, over restarts. */
export class ChangeLog {
  readonly #client: LinkedinClient;
  readonly #memory: AdapterContext['memory'];
  readonly #clock: AdapterContext['clock'];

  constructor(client: LinkedinClient, { memory, clock }: Pick<AdapterContext, 'memory' | 'clock'>) {
    this.#client = client;
    this.#memory = memory;
    this.#clock = clock;
  }

  /** When it was read last, over restarts; null: never. LinkedIn asks not to do so more than once an hour. */
  readAt(): EpochMs | null {
    const at = this.#memory.get('read-at');
    return typeof at === 'number' ? epochMs(at) : null;
  }

  /** Gives each page's signs to `take`, and keeps the place only after that: what was read is never lost, at worst it comes twice. */
  async read(take: (signs: readonly Sign[]) => void, signal: AbortSignal): Promise<void> {
    const kept = cursorSchema.safeParse(this.#memory.get('cursor')).data ?? BEGINNING;
    // A page again: meanwhile events that were counted may have become too old, which moves all others up.
    let cursor: Cursor = { ...kept, start: Math.max(0, kept.start - PAGE_SIZE) };
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const { events, next: start } = await this.#client.changeLog(cursor.startTime, cursor.start, signal);
      const seen = new Set(cursor.seen);
      const fresh = events.filter(({ id }) => !seen.has(String(id)));
      take(fresh.flatMap((event) => signOf(event) ?? []));
      const greatest = Math.max(cursor.greatest ?? 0, cursor.startTime ?? 0, ...events.map((one) => one.processedAt));
      const here = events.filter(({ processedAt }) => processedAt === greatest).map(({ id }) => String(id));
      const before = greatest === (cursor.greatest ?? cursor.startTime) ? cursor.seen : [];
      const next: Cursor = {
        startTime: start === null ? (greatest > 0 ? greatest : null) : cursor.startTime,
        start: start ?? 0,
        greatest: start === null ? null : greatest,
        seen: [...new Set([...before, ...here])].slice(-1_000),
      };
      this.#memory.set('cursor', next);
      if (start === null) break;
      cursor = next;
    }
    this.#memory.set('read-at', this.#clock.now());
  }
}
