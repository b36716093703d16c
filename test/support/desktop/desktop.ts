import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMissing, type Missing } from '../requirement.ts';
import { findKeyring, type Keyring, startKeyring } from './keyring.ts';
import { findDunst, type NotificationServer, startNotificationServer } from './notifications.ts';
import { findDbus, type SessionBus, startSessionBus } from './session-bus.ts';
import { startTrayHost, type TrayHost } from './tray-host.ts';
import { type Display, findXvfb, startXvfb } from './xvfb.ts';

/** Which parts of a desktop a test wants beside a session bus. */
export type DesktopParts = {
  /** An X display; without one only programs that need no window live here. Default true. */
  display?: boolean;
  tray?: boolean;
  notifications?: boolean;
  keyring?: 'unlocked' | 'locked' | 'none';
};

/** A desktop for one test file: nothing in it is shared with the machine's user or with another test. */
export type Desktop = {
  /** The whole environment for programs that live on this desktop. */
  env: Record<string, string>;
  /** A folder for this desktop alone: home, configuration, data and runtime files. */
  folder: string;
  tray: TrayHost | undefined;
  notifications: NotificationServer | undefined;
  stop(): Promise<void>;
};

/** What a desktop with these parts lacks on this machine, or the empty object. */
export function findDesktop(parts: DesktopParts): Missing | object {
  const keyring = parts.keyring && parts.keyring !== 'none' ? findKeyring() : {};
  const display = parts.display === false ? {} : findXvfb();
  const probes: (Missing | object)[] = [display, findDbus(), keyring, parts.notifications ? findDunst() : {}];
  return probes.find(isMissing) ?? {};
}

/** Starts a display, a bus and the wanted parts; stops what it had started when one of them fails. */
export async function startDesktop(parts: DesktopParts = {}): Promise<Desktop> {
  const stops: (() => Promise<void>)[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'muster-desk-'));
  stops.push(async () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  const stop = async () => {
    for (const each of stops.splice(0).toReversed()) await each();
  };
  try {
    const display: Display | undefined = parts.display === false ? undefined : await startXvfb();
    if (display) stops.push(display.stop);
    const bus: SessionBus = await startSessionBus(folder);
    stops.push(bus.stop);
    const env = environment(folder, bus.address, display?.display);

    const tray = parts.tray ? await startTrayHost(bus.address) : undefined;
    if (tray) stops.push(tray.stop);
    const notifications = parts.notifications ? await startNotificationServer(env, folder) : undefined;
    if (notifications) stops.push(notifications.stop);
    if (parts.keyring === 'unlocked' || parts.keyring === 'locked') {
      const keyring: Keyring = await startKeyring(env, parts.keyring);
      stops.push(keyring.stop);
    }
    return { env, folder, tray, notifications, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function environment(folder: string, address: string, display: string | undefined): Record<string, string> {
  const below = (name: string) => {
    const path = join(folder, name);
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return path;
  };
  const kept = ['PATH', 'LANG', 'TZ', 'TMPDIR', 'LD_LIBRARY_PATH'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(kept),
    HOME: below('home'),
    XDG_CONFIG_HOME: below('config'),
    XDG_DATA_HOME: below('data'),
    XDG_CACHE_HOME: below('cache'),
    XDG_STATE_HOME: below('state'),
    XDG_RUNTIME_DIR: below('run'),
    XDG_CURRENT_DESKTOP: 'KDE',
    MUSTER_HOME: below('muster'),
    ...(display === undefined ? {} : { DISPLAY: display }),
    DBUS_SESSION_BUS_ADDRESS: address,
    // No accessibility bus and no GIO modules of the machine: both would be looked for on a bus that starts nothing.
    NO_AT_BRIDGE: '1',
    GSETTINGS_BACKEND: 'memory',
    GIO_USE_VFS: 'local',
  };
}
