import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { wordingFor } from '../../../main/strings/words.ts';
import { requestOf, type TrayCommands, trayMenu } from '../../../main/tray/tray-menu.ts';
import { epochMs } from '../../../src/domain/time.ts';
import { busyMe, quietMe } from './me.ts';

const wording = wordingFor('en', ['en-GB']);
const preset = {
  id: 'p_1',
  name: 'R&D',
  status: 'busy',
  message: 'Focus',
  emoji: '🎧',
  doNotDisturb: true,
  forSeconds: 3_600,
} as const;
const facts = { me: quietMe, presets: [preset], favourites: [], now: epochMs(Date.parse('2026-03-02T08:00:00Z')) };

function commands() {
  return {
    setStatus: vi.fn(),
    clearStatus: vi.fn(),
    doNotDisturb: vi.fn(),
    open: vi.fn(),
    quit: vi.fn(),
  } satisfies TrayCommands;
}

/** The entry that these labels lead to. */
function entry(menu: MenuItemConstructorOptions[], ...labels: string[]): MenuItemConstructorOptions {
  let level = menu;
  let found: MenuItemConstructorOptions = {};
  for (const label of labels) {
    found = level.find((candidate) => candidate.label === label) ?? {};
    level = Array.isArray(found.submenu) ? found.submenu : [];
  }
  return found;
}

/** Presses an entry; what Electron hands over is not used. */
const press = (item: MenuItemConstructorOptions) => Reflect.apply(item.click ?? (() => undefined), null, []);

describe('the tray menu', () => {
  it('begins with my status, which cannot be pressed', () => {
    const [first] = trayMenu({ ...facts, me: busyMe }, wording, commands());
    expect(first?.label).toMatch(/^Busy · 🎧 Design && review · until /);
    expect(first?.enabled).toBe(false);
  });

  it('sets a status, a preset, and clears', () => {
    const pressed = commands();
    const menu = trayMenu({ ...facts, me: busyMe }, wording, pressed);
    press(entry(menu, 'Set Status', 'Away'));
    expect(pressed.setStatus).toHaveBeenLastCalledWith({ status: 'away' });
    press(entry(menu, 'Set Status', '🎧 R&&D'));
    expect(pressed.setStatus).toHaveBeenLastCalledWith(requestOf(preset));
    press(entry(menu, 'Set Status', 'Clear'));
    expect(pressed.clearStatus).toHaveBeenCalledOnce();
  });

  it('offers to clear only what was set by hand, and marks a plain status', () => {
    expect(entry(trayMenu(facts, wording, commands()), 'Set Status', 'Clear').enabled).toBe(false);
    const plain = { ...busyMe, intent: busyMe.intent && { ...busyMe.intent, message: null } };
    expect(entry(trayMenu({ ...facts, me: plain }, wording, commands()), 'Set Status', 'Busy').checked).toBe(true);
    expect(entry(trayMenu({ ...facts, me: busyMe }, wording, commands()), 'Set Status', 'Busy').checked).toBe(false);
  });

  it('turns do-not-disturb on for a while, and off when it is on', () => {
    const pressed = commands();
    const menu = trayMenu(facts, wording, pressed);
    for (const label of ['For 30 Minutes', 'For 1 Hour', 'Until Tomorrow']) press(entry(menu, 'Do Not Disturb', label));
    expect(pressed.doNotDisturb.mock.calls).toEqual([['half-hour'], ['hour'], ['tomorrow']]);
    expect(entry(menu, 'Do Not Disturb', 'Off')).toMatchObject({ checked: true, enabled: false });
    const quiet = { ...quietMe, doNotDisturb: { ...quietMe.doNotDisturb, active: true } };
    const off = entry(trayMenu({ ...facts, me: quiet }, wording, pressed), 'Do Not Disturb', 'Off');
    expect(off).toMatchObject({ checked: false, enabled: true });
    press(off);
    expect(pressed.doNotDisturb).toHaveBeenLastCalledWith('off');
  });

  it('lists the available favourites, ten at most, and opens them', () => {
    const pressed = commands();
    const favourites = Array.from({ length: 14 }, (_, index) => ({
      id: `c_${index}`,
      name: `Ada & ${index}`,
      status: 'online' as const,
    }));
    const menu = trayMenu({ ...facts, favourites }, wording, pressed);
    expect(menu.filter(({ label }) => label?.startsWith('Ada'))).toHaveLength(10);
    press(entry(menu, 'Ada && 3 · Online'));
    expect(pressed.open).toHaveBeenLastCalledWith('/people/c_3');
    expect(entry(menu, 'None at the moment')).toEqual({});
    expect(entry(trayMenu(facts, wording, pressed), 'None at the moment').enabled).toBe(false);
  });

  it('opens Muster, its preferences, and quits', () => {
    const pressed = commands();
    const menu = trayMenu(facts, wordingFor('de', []), pressed);
    press(entry(menu, 'Muster öffnen'));
    press(entry(menu, 'Einstellungen'));
    press(entry(menu, 'Beenden'));
    expect(pressed.open.mock.calls).toEqual([[null], ['/preferences']]);
    expect(pressed.quit).toHaveBeenCalledOnce();
  });
});

describe('a preset', () => {
  it('becomes the request that it stands for, without what it leaves open', () => {
    expect(requestOf(preset)).toEqual({
      status: 'busy',
      message: 'Focus',
      emoji: '🎧',
      doNotDisturb: true,
      forSeconds: 3_600,
    });
    const bare = { ...preset, message: null, emoji: null, doNotDisturb: false, forSeconds: null };
    expect(requestOf(bare)).toEqual({ status: 'busy' });
  });
});
