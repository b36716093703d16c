import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** A log file of bounded size: when full it becomes `.1`, that one `.2`, and so on; the oldest goes. */
export class RotatingFile {
  readonly #file: string;
  readonly #maxBytes: number;
  readonly #keep: number;
  #size: number | null = null;

  constructor(file: string, options: { maxBytes?: number; keep?: number } = {}) {
    this.#file = file;
    this.#maxBytes = options.maxBytes ?? 2_000_000;
    this.#keep = options.keep ?? 3;
  }

  /** Appends; a full or read-only disk loses the line rather than the program. */
  write(line: string): void {
    try {
      const bytes = Buffer.byteLength(line);
      const size = this.#size ?? this.#open();
      if (size > 0 && size + bytes > this.#maxBytes) {
        this.#rotate();
        this.#size = 0;
      } else this.#size = size;
      appendFileSync(this.#file, line, { mode: 0o600 });
      this.#size += bytes;
    } catch {
      this.#size = null;
    }
  }

  #open(): number {
    mkdirSync(dirname(this.#file), { recursive: true, mode: 0o700 });
    return existsSync(this.#file) ? statSync(this.#file).size : 0;
  }

  #rotate(): void {
    for (let index = this.#keep - 1; index >= 1; index -= 1) {
      if (existsSync(`${this.#file}.${index}`)) renameSync(`${this.#file}.${index}`, `${this.#file}.${index + 1}`);
    }
    renameSync(this.#file, `${this.#file}.1`);
  }
}
