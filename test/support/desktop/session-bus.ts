import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '../find-program.ts';
import type { Missing } from '../requirement.ts';
import { startProcess } from '../started-process.ts';

/** A private session bus; `address` is the value for `DBUS_SESSION_BUS_ADDRESS`. */
export type SessionBus = { address: string; stop(): Promise<void> };

/** Whether dbus-daemon is installed. */
export function findDbus(): { dbus: string } | Missing {
  const dbus = findProgram('dbus-daemon');
  return dbus ? { dbus } : { missing: 'dbus', reason: 'dbus-daemon is not installed' };
}

/**
 * A bus that starts nothing by itself: with the system's service files a test for "no keychain" would be given one, and
 * a prompt for a password would come up where nobody can answer it.
 */
const config = (address: string) => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>${address}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;

/** Starts a bus whose socket and configuration live in `folder` (keep its path short: a socket's has at most 107 bytes). */
export async function startSessionBus(folder: string): Promise<SessionBus> {
  const file = join(folder, 'bus.conf');
  writeFileSync(file, config(`unix:path=${join(folder, 'bus')}`));
  const daemon = startProcess('dbus-daemon', [`--config-file=${file}`, '--nofork', '--print-address=1'], process.env);
  const [, address] = await daemon.until(/^(unix:\S+)\n/m);
  if (!address) throw new Error('dbus-daemon printed no address');
  return { address, stop: daemon.stop };
}
