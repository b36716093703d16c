import type { Clock, Dispose } from '../../src/ports/clock.ts';
import type { Muster } from '../../src/services/create-muster.ts';
import type { Wording } from '../strings/words.ts';
import type { Bounds } from '../windows/window-bounds.ts';
import { type TrayFace, trayFace } from './tray-face.ts';
import type { TrayIcon } from './tray-icon.ts';
import { type TrayCommands, trayMenu } from './tray-menu.ts';
import type { UnseenAlerts } from './unseen-alerts.ts';

/** Changes within this time are drawn once: a first roster is thousands of events. */
const DRAWN_AFTER_MS = 200;

/** What drawing takes. */
export type LiveTrayParts = {
  readonly muster: Pick<Muster, 'events' | 'ownStatus' | 'accounts' | 'contacts' | 'presets'>;
  readonly clock: Clock;
  readonly wording: () => Wording;
  readonly commands: TrayCommands;
  readonly unseen: UnseenAlerts;
  readonly makeIcon: (face: TrayFace) => TrayIcon;
};

/** Keeps icon and menu as the core is. */
export class LiveTray {
  readonly #parts: LiveTrayParts;
  readonly #unsubscribe: Dispose;
  #icon: TrayIcon;
  #menuSaid = '';
  #pending: Dispose | null = null;

  constructor(parts: LiveTrayParts) {
    this.#parts = parts;
    this.#icon = parts.makeIcon(this.#face());
    this.#unsubscribe = parts.muster.events.subscribe((event) => {
      parts.unseen.hear(event);
      this.refresh();
    });
    this.#draw();
  }

  /** Where the icon is; null where the system does not say. */
  bounds(): Bounds | null {
    return this.#icon.bounds();
  }

  /** Draws anew, soon. */
  refresh(): void {
    this.#pending ??= this.#parts.clock.after(DRAWN_AFTER_MS, () => this.#draw());
  }

  /** A tray came that did not know of the icon. */
  renew(): void {
    this.#icon.destroy();
    this.#icon = this.#parts.makeIcon(this.#face());
    this.#menuSaid = '';
    this.#draw();
  }

  stop(): void {
    this.#unsubscribe();
    this.#pending?.();
    this.#icon.destroy();
  }

  #face(): TrayFace {
    const { muster, clock, wording, unseen } = this.#parts;
    const accounts = muster.accounts.list();
    const facts = { me: muster.ownStatus.view(), accounts, unseenAlerts: unseen.count, now: clock.now() };
    return trayFace(facts, wording());
  }

  #draw(): void {
    this.#pending = null;
    const { muster, clock, wording, commands } = this.#parts;
    this.#icon.show(this.#face());
    const { items } = muster.contacts.list({ favourite: true, status: ['online', 'idle'] }, 50, undefined);
    const presets = muster.presets.list();
    const favourites = items.filter(({ available }) => available).map(({ id, name, status }) => ({ id, name, status }));
    const menu = trayMenu({ me: muster.ownStatus.view(), presets, favourites, now: clock.now() }, wording(), commands);
    // Some panels close a menu that is replaced while it is open, so only one that differs is.
    const said = JSON.stringify([menu, presets, favourites]);
    if (said !== this.#menuSaid) this.#icon.setMenu(menu);
    this.#menuSaid = said;
  }
}
