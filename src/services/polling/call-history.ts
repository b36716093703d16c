/** So many calls, made up to this moment and after the mark before. */
interface Mark {
  readonly at: number;
  /** All calls ever, up to this mark. */
  readonly total: number;
}

/** Marks of a long window are merged until about so many cover it. */
const MARKS_A_WINDOW = 200;

/** After so many calls the history is made compact. */
const COMPACT_EVERY = 64;

/**
 * When calls were made, exactly for windows of minutes and in grains for longer ones: a day's quota is thousands of calls. A merged
 * call counts as made at the end of its grain, so that it counts for longer than it has to, never for less.
 */
export class CallHistory {
  readonly #spans: readonly number[];
  readonly #exactMs: number;
  #marks: Mark[] = [];
  /** Calls that are forgotten. */
  #gone = 0;
  #sinceCompact = 0;

  /** `spans`: the windows that are asked about, in milliseconds; those up to `exactMs` are answered exactly. */
  constructor(spans: readonly number[], exactMs: number) {
    this.#spans = spans.toSorted((a, b) => a - b);
    this.#exactMs = exactMs;
  }

  /** Calls were made at `at`, which is not before the last ones. */
  add(at: number, calls = 1): void {
    this.#marks.push({ at, total: this.#total() + calls });
    this.#sinceCompact += 1;
    if (this.#sinceCompact >= COMPACT_EVERY) this.#compact(at);
  }

  /** How many calls were made after `at`. */
  since(at: number): number {
    const index = this.#firstAfter(at);
    return this.#total() - (index === 0 ? this.#gone : (this.#marks[index - 1]?.total ?? 0));
  }

  /** When the `count`-th last call was made; undefined when there were fewer. */
  nthLast(count: number): number | undefined {
    const nth = this.#total() - count + 1;
    if (nth <= this.#gone) return undefined;
    let low = 0;
    let high = this.#marks.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#marks[middle]?.total ?? 0) >= nth) high = middle;
      else low = middle + 1;
    }
    return this.#marks[low]?.at;
  }

  /** Everything that was kept, oldest first: when, and how many. */
  entries(now: number): { readonly at: number; readonly calls: number }[] {
    this.#compact(now);
    return this.#marks.map(({ at, total }, index) => ({
      at,
      calls: total - (index === 0 ? this.#gone : (this.#marks[index - 1]?.total ?? 0)),
    }));
  }

  #total(): number {
    return this.#marks.at(-1)?.total ?? this.#gone;
  }

  #firstAfter(at: number): number {
    let low = 0;
    let high = this.#marks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#marks[middle]?.at ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #compact(now: number): void {
    this.#sinceCompact = 0;
    const first = this.#firstAfter(now - (this.#spans.at(-1) ?? 0));
    if (first > 0) this.#gone = this.#marks[first - 1]?.total ?? this.#gone;
    const kept: Mark[] = [];
    for (const mark of this.#marks.slice(first)) {
      const before = kept.at(-1);
      const grain = this.#grainMs(now - mark.at);
      if (before && grain > 0 && Math.floor(before.at / grain) === Math.floor(mark.at / grain)) kept.pop();
      kept.push(mark);
    }
    this.#marks = kept;
  }

  /** How exactly a call of this age has to be known. */
  #grainMs(age: number): number {
    if (age <= this.#exactMs) return 0;
    return (this.#spans.find((span) => span > age) ?? 0) / MARKS_A_WINDOW;
  }
}
