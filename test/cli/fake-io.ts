import type { CliIo } from '../../src/cli/io.ts';
import { run } from '../../src/cli/run.ts';

/** What a command printed, and how it ended. */
export interface Ran {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** Somebody at a terminal, or a script. */
export interface FakeIo extends CliIo {
  readonly printed: { out: string; err: string };
  interrupt(): void;
}

/** An outside that remembers what was printed. */
export function fakeIo(options: Partial<CliIo> & { input?: string } = {}): FakeIo {
  const printed = { out: '', err: '' };
  const abort = new AbortController();
  const { input = '', ...given } = options;
  return {
    env: {},
    terminal: null,
    ask: null,
    askSecret: null,
    readInput: async () => input,
    ...given,
    out: (text) => {
      printed.out += text;
    },
    err: (text) => {
      printed.err += text;
    },
    interrupted: abort.signal,
    printed,
    interrupt: () => abort.abort(),
  };
}

/** Runs one command to its end. */
export async function ran(args: readonly string[], io: FakeIo = fakeIo()): Promise<Ran> {
  const exitCode = await run(args, io);
  return { exitCode, ...io.printed };
}
