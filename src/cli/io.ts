/** Everything that the commands exchange with the outside, so that tests can stand in for a terminal. */
export interface CliIo {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Standard output: answers. */
  out(text: string): void;
  /** Standard error: what happened instead. */
  err(text: string): void;
  /** Columns and colours, when standard output is a terminal; null for files and pipes. */
  readonly terminal: { readonly columns: number; readonly colours: boolean } | null;
  /** Asks without echo; null where nobody can be asked. */
  readonly askSecret: ((question: string) => Promise<string>) | null;
  /** Asks for a line; null where nobody can be asked. */
  readonly ask: ((question: string) => Promise<string>) | null;
  /** All of standard input. */
  readInput(): Promise<string>;
  /** Aborted when the user or the system wants the command to end. */
  readonly interrupted: AbortSignal;
}

/** The exit codes of the contract. */
export const EXIT = { done: 0, failed: 1, usage: 2, server: 3, someFailed: 4 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A command that ends with a sentence and an exit code. */
export class CommandFailure extends Error {
  readonly exitCode: ExitCode;
  /** The stable name of what happened. */
  readonly code: string;
  readonly fields: readonly { readonly path: string; readonly message: string }[];

  constructor(exitCode: ExitCode, code: string, message: string, fields: CommandFailure['fields'] = []) {
    super(message);
    this.name = 'CommandFailure';
    this.exitCode = exitCode;
    this.code = code;
    this.fields = fields;
  }
}
