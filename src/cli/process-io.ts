/** The commands' outside in a real process. */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { CliIo } from './io.ts';

/** This process's streams, environment and signals. */
export function processIo(): CliIo {
  const { env, stdin, stdout, stderr } = process;
  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupt.abort());
  // A reader that went away (`muster contacts | head`) is no failure.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  const asks = stdin.isTTY && stderr.isTTY;
  return {
    env,
    out: (line) => void stdout.write(line),
    err: (line) => void stderr.write(line),
    terminal: stdout.isTTY ? { columns: stdout.columns, colours: stdout.hasColors() && !env.NO_COLOR } : null,
    askSecret: asks ? (question) => prompt(question, false, interrupt.signal) : null,
    ask: asks ? (question) => prompt(question, true, interrupt.signal) : null,
    readInput: () => text(stdin),
    interrupted: interrupt.signal,
  };
}

/** Asks on standard error, so that standard output holds nothing but the answer of the command. */
async function prompt(question: string, echo: boolean, signal: AbortSignal): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  process.stderr.write(question);
  const reader = createInterface({ input: process.stdin, output: echo ? process.stderr : silent, terminal: true });
  // In raw mode the terminal hands Ctrl+C to us instead of sending the signal.
  reader.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    return await reader.question('', { signal });
  } finally {
    reader.close();
    if (!echo) process.stderr.write('\n');
  }
}
