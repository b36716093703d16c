import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { findProgram } from '../find-program.ts';
import type { Missing } from '../requirement.ts';
import { startProcess } from '../started-process.ts';

const run = promisify(execFile);

/** A notification as the desktop was given it. */
export type ShownNotification = { appName: string; summary: string; body: string };

/** A desktop's notification server (dunst). */
export type NotificationServer = {
  /** How many are on screen now. */
  displayed(): Promise<number>;
  /** Invokes the default action of the one shown last, as a click on it does. */
  click(): Promise<void>;
  /** Closes all and says what they were, newest first. */
  closeAll(): Promise<ShownNotification[]>;
  stop(): Promise<void>;
};

/** Whether dunst is installed. */
export function findDunst(): { dunst: string } | Missing {
  const dunst = findProgram('dunst');
  return dunst && findProgram('dunstctl') ? { dunst } : { missing: 'dunst', reason: 'dunst is not installed' };
}

const text = z.object({ data: z.string() }).transform(({ data }) => data);
const historySchema = z.object({
  data: z.array(z.array(z.object({ appname: text, summary: text, body: text }))),
});

/** Never times out, so that a slow test machine loses nothing; both clicks do what a user's does. */
const config = `[global]
idle_threshold = 0
history_length = 100
sticky_history = yes
show_indicators = no
mouse_left_click = do_action, close_current
font = Sans 10
[urgency_low]
timeout = 0
[urgency_normal]
timeout = 0
[urgency_critical]
timeout = 0
`;

/** Starts dunst on the display and bus of `env`, with its configuration in `folder`. */
export async function startNotificationServer(env: NodeJS.ProcessEnv, folder: string): Promise<NotificationServer> {
  const file = join(folder, 'dunstrc');
  writeFileSync(file, config);
  const server = startProcess('dunst', ['-conf', file], env);
  const wait = startProcess('gdbus', ['wait', '--session', '--timeout', '10', 'org.freedesktop.Notifications'], env);
  await new Promise((resolve) => wait.child.once('exit', resolve));
  if (wait.child.exitCode !== 0) throw new Error(`dunst did not start: ${server.output()}`);
  const control = async (...args: string[]) => (await run('dunstctl', args, { env })).stdout.trim();
  return {
    displayed: async () => Number(await control('count', 'displayed')),
    click: async () => void (await control('action', '0')),
    closeAll: async () => {
      await control('close-all');
      const history = historySchema.parse(JSON.parse(await control('history')));
      return history.data.flat().map(({ appname, summary, body }) => ({ appName: appname, summary, body }));
    },
    stop: server.stop,
  };
}
