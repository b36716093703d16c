import { findProgram } from '../find-program.ts';
import type { Missing } from '../requirement.ts';
import { startProcess } from '../started-process.ts';

/** A gnome-keyring on a test's bus. */
export type Keyring = { stop(): Promise<void> };

/** Whether gnome-keyring is installed. */
export function findKeyring(): { keyring: string } | Missing {
  const keyring = findProgram('gnome-keyring-daemon');
  return keyring ? { keyring } : { missing: 'keyring', reason: 'gnome-keyring is not installed' };
}

const args = ['--foreground', '--components=secrets'];

/**
 * Starts a keyring. Unlocked: its login keyring is created, or opened, by a password. Locked: that keyring exists, and every
 * access to it would need a prompt that nobody answers. (An empty password gives no keyring at all.)
 */
export async function startKeyring(env: NodeJS.ProcessEnv, state: 'unlocked' | 'locked'): Promise<Keyring> {
  const unlocked = startProcess('gnome-keyring-daemon', ['--unlock', ...args], env, 'test');
  await serviceAnswers(env);
  if (state === 'unlocked') return unlocked;
  await unlocked.stop();
  const locked = startProcess('gnome-keyring-daemon', ['--start', ...args], env);
  await serviceAnswers(env);
  return locked;
}

/** Waits until the secret service has its name on the bus, which is after the daemon printed that it runs. */
async function serviceAnswers(env: NodeJS.ProcessEnv): Promise<void> {
  const wait = startProcess('gdbus', ['wait', '--session', '--timeout', '10', 'org.freedesktop.secrets'], env);
  await new Promise((resolve) => wait.child.once('exit', resolve));
  if (wait.child.exitCode !== 0) throw new Error(`no org.freedesktop.secrets on the bus: ${wait.output()}`);
}
