/** What only the desktop application can look at: the parts that belong to the system and to this build. */
import type { Check, Finding } from '../../src/services/doctor/doctor.ts';
import type { SessionBus } from '../dbus/session-bus.ts';
import type { ShortcutState } from '../shortcuts/global-shortcut.ts';

/** What the checks look at. */
export type NativeParts = {
  readonly trayPresent: () => boolean;
  /** Whether Electron itself can notify here. */
  readonly canNotify: () => boolean;
  readonly bus: () => SessionBus | null;
  readonly shortcut: () => ShortcutState;
};

/** Tray, notifications, shortcut and runtime. */
export function nativeChecks({ trayPresent, canNotify, bus, shortcut }: NativeParts): readonly Check[] {
  return [
    async () => [runtimeFinding()],
    async () => [trayFinding(trayPresent())],
    async () => [notificationFinding(canNotify() && (await notificationsServed(bus())))],
    async () => [shortcutFinding(shortcut())],
  ];
}

function runtimeFinding(): Finding {
  const { electron, chrome, node, napi } = process.versions;
  return {
    id: 'desktop-runtime',
    level: 'ok',
    title: `The desktop app runs on Electron ${electron}.`,
    detail: `Chromium ${chrome}, Node ${node}, Node-API ${napi}.`,
    action: null,
  };
}

/** The finding about the tray. */
export function trayFinding(present: boolean): Finding {
  return present
    ? {
        id: 'tray',
        level: 'ok',
        title: 'The tray icon is shown.',
        detail: 'The desktop has a place for it.',
        action: null,
      }
    : {
        id: 'tray',
        level: 'warning',
        title: 'This desktop shows no tray icons.',
        detail: 'Muster keeps its window in the task bar instead, and starts with it open. Everything else works.',
        action:
          'GNOME shows them with the extension “AppIndicator and KStatusNotifierItem Support”; other desktops have a tray in their panel settings.',
      };
}

async function notificationsServed(bus: SessionBus | null): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  return (await bus?.isServed('org.freedesktop.Notifications').catch(() => false)) ?? false;
}

/** The finding about notifications. */
export function notificationFinding(served: boolean): Finding {
  return served
    ? {
        id: 'notifications',
        level: 'ok',
        title: 'Notifications can be shown.',
        detail: 'The system takes them.',
        action: null,
      }
    : {
        id: 'notifications',
        level: 'problem',
        title: 'This desktop shows no notifications.',
        detail: 'Alerts are listed under Alerts, and the tray icon marks them.',
        action: 'Start a notification service (most desktops bring one; dunst and mako work alone).',
      };
}

/** The finding about the global shortcut. */
export function shortcutFinding(state: ShortcutState): Finding {
  const id = 'shortcut';
  switch (state.kind) {
    case 'none':
      return { id, level: 'ok', title: 'No global shortcut is set.', detail: 'Preferences can set one.', action: null };
    case 'active':
      return {
        id,
        level: 'ok',
        title: `${state.accelerator} opens Muster.`,
        detail: 'It works from everywhere.',
        action: null,
      };
    case 'taken':
      return {
        id,
        level: 'warning',
        title: `The shortcut ${state.accelerator} does not work.`,
        detail: 'Another program has it, or this desktop lets no application take one.',
        action: 'Choose another one in Preferences.',
      };
    case 'invalid':
      return {
        id,
        level: 'warning',
        title: `“${state.accelerator}” is not a shortcut.`,
        detail: 'A shortcut is one key together with others, such as CommandOrControl+Shift+M.',
        action: 'Choose another one in Preferences.',
      };
  }
}
