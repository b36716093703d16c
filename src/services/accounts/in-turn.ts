/** Runs commands about the same thing one after the other, those about others beside them. */
export class InTurn {
  readonly #last = new Map<string, Promise<unknown>>();

  /** The command's own outcome; one that failed does not hold up the next. */
  run<T>(key: string, command: () => Promise<T>): Promise<T> {
    const turn = (this.#last.get(key) ?? Promise.resolve()).then(command);
    const settled = turn
      .catch(() => undefined)
      .then(() => {
        if (this.#last.get(key) === settled) this.#last.delete(key);
      });
    this.#last.set(key, settled);
    return turn;
  }
}
