/** A server's own emoji, as Discord names it. */
interface ServerEmoji {
  readonly id: string;
  readonly name: string;
}

/** Names that are kept; beyond it, names that nobody uses any more would pile up. */
const MOST = 20_000;

/**
 * Names for custom emoji that Muster can load a picture by. Discord's names are only unique within a server: of several with one
 * name the later ones get `~1`, `~2`, as in Discord's own apps.
 */
export class EmojiNames {
  readonly #idOf = new Map<string, string>();
  readonly #nameOf = new Map<string, string>();

  /** The emoji of a server. */
  learn(emojis: readonly ServerEmoji[]): void {
    for (const { id, name } of emojis) this.nameOf(id, name);
  }

  /** The name under which this emoji is loaded, without colons. */
  nameOf(id: string, name: string): string {
    const known = this.#nameOf.get(id);
    if (known !== undefined) return known;
    const plain = name.replaceAll(/[^\w~-]/g, '') || 'emoji';
    let free = plain;
    for (let n = 1; this.#idOf.has(free); n += 1) free = `${plain}~${n}`;
    if (this.#idOf.size >= MOST) return free;
    this.#idOf.set(free, id);
    this.#nameOf.set(id, free);
    return free;
  }

  /** The emoji's id; undefined for a name that was never told. */
  idOf(name: string): string | undefined {
    return this.#idOf.get(name);
  }
}
