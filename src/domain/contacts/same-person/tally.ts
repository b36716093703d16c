/** How often each of many texts was seen. */
export interface Tally {
  add(text: string): void;
  count(text: string): number;
  total(): number;
  /** How likely two that are taken at random are the same. */
  alike(): number;
}

/** An empty one. */
export function tally(): Tally {
  const counts = new Map<string, number>();
  let total = 0;
  return {
    add(text) {
      counts.set(text, (counts.get(text) ?? 0) + 1);
      total += 1;
    },
    count: (text) => counts.get(text) ?? 0,
    total: () => total,
    alike: () => [...counts.values()].reduce((sum, count) => sum + (count / total) ** 2, 0),
  };
}
