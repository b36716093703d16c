import { Menu, type MenuItemConstructorOptions, nativeImage, screen, Tray } from 'electron';
import type { Bounds } from '../windows/window-bounds.ts';
import type { TrayFace } from './tray-face.ts';
import { trayPicture } from './tray-picture.ts';

/** Electron's tray icon, told only what differs. */
export class TrayIcon {
  readonly #folder: string;
  readonly #tray: Tray;
  #picture = '';
  #toolTip = '';
  #menu: Menu | null = null;

  constructor(options: { readonly picturesFolder: string; readonly face: TrayFace; readonly onClick: () => void }) {
    this.#folder = options.picturesFolder;
    this.#picture = this.#pictureOf(options.face);
    this.#tray = new Tray(nativeImage.createFromPath(this.#picture));
    this.#tray.on('click', options.onClick);
    // A menu that is set would open with the left click as well on macOS, where the popover belongs to it.
    if (process.platform === 'darwin') {
      this.#tray.on('right-click', () => this.#menu && this.#tray.popUpContextMenu(this.#menu));
    }
    this.show(options.face);
  }

  /** Where the icon is; null where the system does not say (Linux). */
  bounds(): Bounds | null {
    if (process.platform === 'linux') return null;
    const bounds = this.#tray.getBounds();
    return bounds.width === 0 ? null : bounds;
  }

  show(face: TrayFace): void {
    const picture = this.#pictureOf(face);
    if (picture !== this.#picture) this.#tray.setImage(nativeImage.createFromPath(picture));
    if (face.toolTip !== this.#toolTip) this.#tray.setToolTip(face.toolTip);
    this.#picture = picture;
    this.#toolTip = face.toolTip;
  }

  setMenu(template: MenuItemConstructorOptions[]): void {
    this.#menu = Menu.buildFromTemplate(template);
    if (process.platform !== 'darwin') this.#tray.setContextMenu(this.#menu);
  }

  destroy(): void {
    this.#tray.destroy();
  }

  #pictureOf(face: TrayFace): string {
    const { scaleFactor } = screen.getPrimaryDisplay();
    return trayPicture(this.#folder, face, { os: process.platform, scale: scaleFactor });
  }
}
