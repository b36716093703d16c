const BUCKETS = 256;

/**
 * An immutable map with string keys. `set` and `delete` give a new map that shares all but one small part with the old one, so
 * that a book of thousands changes in microseconds and an earlier value stays what it was. The order of iteration has no meaning.
 */
export class PersistentMap<V> {
  readonly size: number;
  readonly #buckets: readonly (ReadonlyMap<string, V> | undefined)[];

  private constructor(buckets: readonly (ReadonlyMap<string, V> | undefined)[], size: number) {
    this.#buckets = buckets;
    this.size = size;
  }

  /** A map of these entries; the last of equal keys counts. */
  static of<V>(entries: Iterable<readonly [string, V]> = []): PersistentMap<V> {
    const buckets: (Map<string, V> | undefined)[] = new Array(BUCKETS).fill(undefined);
    let size = 0;
    for (const [key, value] of entries) {
      const index = bucketOf(key);
      const bucket = buckets[index] ?? new Map<string, V>();
      if (!bucket.has(key)) size += 1;
      bucket.set(key, value);
      buckets[index] = bucket;
    }
    return new PersistentMap<V>(buckets, size);
  }

  get(key: string): V | undefined {
    return this.#buckets[bucketOf(key)]?.get(key);
  }

  has(key: string): boolean {
    return this.#buckets[bucketOf(key)]?.has(key) ?? false;
  }

  /** The map with `key` set; the same map when it holds that very value already. */
  set(key: string, value: V): PersistentMap<V> {
    const index = bucketOf(key);
    const bucket = this.#buckets[index];
    if (bucket?.has(key) && Object.is(bucket.get(key), value)) return this;
    const size = this.size + (bucket?.has(key) ? 0 : 1);
    return new PersistentMap(this.#buckets.with(index, new Map(bucket).set(key, value)), size);
  }

  /** The map without `key`; the same map when it has none. */
  delete(key: string): PersistentMap<V> {
    const index = bucketOf(key);
    const bucket = this.#buckets[index];
    if (bucket === undefined || !bucket.has(key)) return this;
    const rest = new Map(bucket);
    rest.delete(key);
    return new PersistentMap(this.#buckets.with(index, rest.size === 0 ? undefined : rest), this.size - 1);
  }

  *entries(): Generator<readonly [string, V]> {
    for (const bucket of this.#buckets) if (bucket !== undefined) yield* bucket;
  }

  *keys(): Generator<string> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): Generator<V> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): Generator<readonly [string, V]> {
    return this.entries();
  }
}

/** FNV-1a over the UTF-16 units; spreads keys, protects nothing. */
function bucketOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index += 1) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  return (hash ^ (hash >>> 8) ^ (hash >>> 16)) & (BUCKETS - 1);
}
