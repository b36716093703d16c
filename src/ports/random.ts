/** Randomness as a port, so that jitter and ids are reproducible in tests. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** A new opaque id with the given prefix, for instance `c_…`; unguessable enough to be unique, not a secret. */
  id(prefix: string): string;
}
