import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A child process of a test, with what it printed so far. */
export type StartedProcess = {
  child: ChildProcess;
  /** Both outputs, in order of arrival. */
  output(): string;
  /** Waits until the output matches; throws with the output after `withinMs`. */
  until(pattern: RegExp, withinMs?: number): Promise<RegExpExecArray>;
  /** SIGTERM, then SIGKILL after two seconds. Resolves when it is gone. */
  stop(): Promise<void>;
};

/** Starts a process whose environment is exactly `env`; `input` is written to its standard input, which is then closed. */
export function startProcess(command: string, args: string[], env: NodeJS.ProcessEnv, input?: string): StartedProcess {
  const child = spawn(command, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
  let text = '';
  const exited = once(child, 'exit');
  child.on('error', (error) => {
    text += String(error);
    child.emit('exit', 1, null);
  });
  const listeners = new Set<() => void>();
  const hear = (chunk: Buffer) => {
    text += chunk.toString('utf8');
    for (const listener of listeners) listener();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  child.stdin.on('error', () => undefined);
  child.stdin.end(input ?? '');

  return {
    child,
    output: () => text,
    until: (pattern, withinMs = 10_000) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(text);
          if (!match) return;
          finish();
          resolve(match);
        };
        const fail = (why: string) => {
          finish();
          reject(new Error(`${command} ${why} before it printed ${pattern}:\n${text}`));
        };
        const onExit = () => fail('ended');
        const timer = setTimeout(() => fail(`took more than ${withinMs} ms`), withinMs);
        const finish = () => {
          clearTimeout(timer);
          listeners.delete(look);
          child.off('exit', onExit);
        };
        listeners.add(look);
        child.on('exit', onExit);
        look();
      }),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
      const kill = setTimeout(() => child.kill('SIGKILL'), 2_000);
      child.kill('SIGTERM');
      await exited;
      clearTimeout(kill);
    },
  };
}
