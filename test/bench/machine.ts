import { cpus, totalmem } from 'node:os';

/** What the figures were measured on: they mean nothing without it. */
export function machine(): string {
  const all = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${all[0]?.model.trim() ?? 'unknown processor'}, ${all.length} cores, ${memory} GiB, Node ${process.versions.node}, ${process.platform}`;
}
