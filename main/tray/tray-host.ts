import type { Clock } from '../../src/ports/clock.ts';
import { busPath, openSessionBus, type SessionBus } from '../dbus/session-bus.ts';

const WATCHER = 'org.kde.StatusNotifierWatcher';

/** Whether icons are shown somewhere. */
export type TrayHost = {
  present(): boolean;
  /** Calls back when a tray comes or goes. */
  watch(listener: (present: boolean) => void): void;
  /** The session's message bus, for others who ask it something; null where there is none. */
  readonly bus: SessionBus | null;
  stop(): void;
};

/** macOS and Windows always have a tray; a Linux session without a message bus has none that could be found. */
const unchanging = (present: boolean): TrayHost => ({
  present: () => present,
  watch: () => undefined,
  bus: null,
  stop: () => undefined,
});

/** The tray of this desktop. Never rejects: a bus that does not answer has no tray. */
export async function findTrayHost(clock: Clock, os: NodeJS.Platform = process.platform): Promise<TrayHost> {
  if (os !== 'linux') return unchanging(true);
  const path = busPath(process.env);
  if (path === null) return unchanging(false);
  try {
    return await watchTrayHost(await openSessionBus(path, clock));
  } catch {
    return unchanging(false);
  }
}

/**
 * The tray of a Linux desktop: whoever plays the StatusNotifierWatcher, with a host that draws the icons. Desktops without one
 * (GNOME without its extension) take the icon and show nothing.
 * (https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/StatusNotifierWatcher/)
 */
export async function watchTrayHost(bus: SessionBus): Promise<TrayHost> {
  let present = false;
  let listener: (present: boolean) => void = () => undefined;
  const update = (now: boolean) => {
    if (now === present) return;
    present = now;
    listener(now);
  };
  await bus.watchOwner(WATCHER, (owned) => {
    if (owned) void hasHost(bus).then(update);
    else update(false);
  });
  present = (await bus.hasOwner(WATCHER)) && (await hasHost(bus));
  return {
    present: () => present,
    watch: (next) => {
      listener = next;
    },
    bus,
    stop: () => bus.close(),
  };
}

/** A watcher that does not say is taken to have one: it has no other purpose. */
async function hasHost(bus: SessionBus): Promise<boolean> {
  const asked = bus.call({
    destination: WATCHER,
    path: '/StatusNotifierWatcher',
    interface: 'org.freedesktop.DBus.Properties',
    member: 'Get',
    args: [WATCHER, 'IsStatusNotifierHostRegistered'],
  });
  return asked.then(
    ([registered]) => registered !== false,
    () => true,
  );
}
