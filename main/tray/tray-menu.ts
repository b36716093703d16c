import type { MenuItemConstructorOptions } from 'electron';
import {
  type ContactView,
  type MeView,
  OWN_STATUSES,
  type OwnStatus,
  type OwnStatusRequest,
  type PresetView,
} from '../../src/contract/index.ts';
import type { EpochMs } from '../../src/domain/time.ts';
import type { Wording } from '../strings/words.ts';
import { ownStatusLine } from './tray-face.ts';

/** What the menu can do. */
export type TrayCommands = {
  readonly setStatus: (request: OwnStatusRequest) => void;
  readonly clearStatus: () => void;
  readonly doNotDisturb: (length: 'half-hour' | 'hour' | 'tomorrow' | 'off') => void;
  /** Opens the main window at a path of the interface; null where it was. */
  readonly open: (path: string | null) => void;
  readonly quit: () => void;
};

/** What the menu shows. */
export type MenuFacts = {
  readonly me: MeView;
  readonly now: EpochMs;
  readonly presets: readonly PresetView[];
  /** Favourites who are available now, in the order of the list. */
  readonly favourites: readonly Pick<ContactView, 'id' | 'name' | 'status'>[];
};

/** More would make a menu that nobody reads. */
const MOST_FAVOURITES = 10;

/** The native menu: the whole of everyday use, since some Linux trays deliver no click. */
export function trayMenu(facts: MenuFacts, wording: Wording, commands: TrayCommands): MenuItemConstructorOptions[] {
  const { me, favourites } = facts;
  const { words } = wording;
  const shown = favourites.slice(0, MOST_FAVOURITES);
  return [
    { label: escaped(ownStatusLine(me, wording, facts.now)), enabled: false },
    { label: words.menu.setStatus, submenu: statusMenu(facts, wording, commands) },
    { label: words.doNotDisturb, submenu: doNotDisturbMenu(me, wording, commands) },
    { type: 'separator' },
    { label: words.menu.favourites, enabled: false },
    ...(shown.length === 0 ? [{ label: words.menu.noFavourites, enabled: false }] : []),
    ...shown.map(({ id, name, status }) => ({
      label: escaped(`${name} · ${words.status[status]}`),
      click: () => commands.open(`/people/${encodeURIComponent(id)}`),
    })),
    { type: 'separator' },
    { label: words.menu.open, click: () => commands.open(null) },
    { label: words.menu.preferences, click: () => commands.open('/preferences') },
    { type: 'separator' },
    { label: words.menu.quit, click: commands.quit },
  ];
}

function statusMenu(
  { me, presets }: MenuFacts,
  { words }: Wording,
  commands: TrayCommands,
): MenuItemConstructorOptions[] {
  const plain = (status: OwnStatus) =>
    me.intent?.layer === 'manual' && me.intent.status === status && me.intent.message === null;
  return [
    ...OWN_STATUSES.map((status) => ({
      label: words.status[status],
      type: 'checkbox' as const,
      checked: plain(status),
      click: () => commands.setStatus({ status }),
    })),
    ...(presets.length === 0 ? [] : [{ type: 'separator' as const }]),
    ...presets.map((preset) => ({
      label: escaped([preset.emoji, preset.name].filter(Boolean).join(' ')),
      click: () => commands.setStatus(requestOf(preset)),
    })),
    { type: 'separator' },
    { label: words.menu.clearStatus, enabled: me.intent?.layer === 'manual', click: commands.clearStatus },
  ];
}

/** A preset as the wish that it stands for. */
export function requestOf(preset: PresetView): OwnStatusRequest {
  const { status, message, emoji, doNotDisturb, forSeconds } = preset;
  return {
    status,
    ...(message === null ? {} : { message }),
    ...(emoji === null ? {} : { emoji }),
    ...(doNotDisturb ? { doNotDisturb } : {}),
    ...(forSeconds === null ? {} : { forSeconds }),
  };
}

function doNotDisturbMenu(
  { doNotDisturb }: MeView,
  { words }: Wording,
  commands: TrayCommands,
): MenuItemConstructorOptions[] {
  return [
    { label: words.menu.minutes30, click: () => commands.doNotDisturb('half-hour') },
    { label: words.menu.hour, click: () => commands.doNotDisturb('hour') },
    { label: words.menu.tomorrow, click: () => commands.doNotDisturb('tomorrow') },
    { type: 'separator' },
    {
      label: words.menu.doNotDisturbOff,
      type: 'checkbox',
      checked: !doNotDisturb.active,
      enabled: doNotDisturb.active,
      click: () => commands.doNotDisturb('off'),
    },
  ];
}

/** In a native menu an ampersand marks the next letter as access key. */
const escaped = (text: string): string => text.replaceAll('&', '&&');
