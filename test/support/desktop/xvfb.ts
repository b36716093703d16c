import { findProgram } from '../find-program.ts';
import type { Missing } from '../requirement.ts';
import { type StartedProcess, startProcess } from '../started-process.ts';

/** An X display of its own; `display` is the value for `DISPLAY`. */
export type Display = { display: string; stop(): Promise<void> };

/** Whether Xvfb is installed. */
export function findXvfb(): { xvfb: string } | Missing {
  const xvfb = findProgram('Xvfb');
  return xvfb ? { xvfb } : { missing: 'xvfb', reason: 'Xvfb is not installed' };
}

/** Starts Xvfb on a display that is free, as the server itself finds it. */
export async function startXvfb(size = '1280x900'): Promise<Display> {
  const server: StartedProcess = startProcess(
    'Xvfb',
    ['-displayfd', '1', '-screen', '0', `${size}x24`, '-nolisten', 'tcp', '-noreset'],
    process.env,
  );
  const [, number] = await server.until(/^(\d+)\n/m);
  return { display: `:${number}`, stop: server.stop };
}
