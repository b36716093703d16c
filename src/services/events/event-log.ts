import type { EventName, MusterEvent } from '../../contract/schemas/event.ts';
import type { Dispose } from '../../ports/clock.ts';
import type { SequenceRepository } from '../../ports/repositories.ts';

/** How many events can be resumed from. Enough for a reader that was away for a moment; a longer gap is a new snapshot. */
const KEPT = 5_000;

/** Ids are reserved in blocks, so that they only grow across restarts, also after a kill. */
const BLOCK = 1_000;

/** The numbered changes that every reader follows; the last few thousand can be resumed from. */
export class EventLog {
  readonly #source: SequenceRepository;
  readonly #kept: MusterEvent[] = [];
  readonly #listeners = new Set<(event: MusterEvent) => void>();
  #next: number;
  #blockEnd: number;

  constructor(source: SequenceRepository) {
    this.#source = source;
    const base = source.reserve(BLOCK);
    // The block's first number stays unused: as `sequence` of a fresh start it must differ from every id of an earlier run.
    this.#next = base + 1;
    this.#blockEnd = base + BLOCK;
  }

  /** The id of the last event; answers that carry it include everything up to it. */
  get sequence(): number {
    return this.#next - 1;
  }

  publish<Name extends EventName>(event: Name, data: Extract<MusterEvent, { event: Name }>['data']): void {
    if (this.#next >= this.#blockEnd) {
      this.#next = this.#source.reserve(BLOCK);
      this.#blockEnd = this.#next + BLOCK;
    }
    const entry = { id: this.#next, event, data } as Extract<MusterEvent, { event: Name }>;
    this.#next += 1;
    this.#kept.push(entry);
    if (this.#kept.length > KEPT) this.#kept.splice(0, this.#kept.length - KEPT);
    for (const listener of this.#listeners) listener(entry);
  }

  /** Everything after `id`, or null when that is not known any more (the reader then needs a new snapshot). */
  since(id: number): readonly MusterEvent[] | null {
    if (id === this.sequence) return [];
    const first = this.#kept[0];
    if (first === undefined || id < first.id - 1 || id > this.sequence) return null;
    return this.#kept.filter((event) => event.id > id);
  }

  subscribe(listener: (event: MusterEvent) => void): Dispose {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}
