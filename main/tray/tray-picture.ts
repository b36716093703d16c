import { join } from 'node:path';
import { type Badge, type Shape, templateFile, trayFile, traySizes } from '../../assets/tray-icons.ts';

/** Points of an icon in a Windows notification area, and pixels that Linux panels scale from. */
const WINDOWS_SIZE = 16;
const LINUX_SIZE = 24;

/**
 * The picture's file below `assets/tray`. Electron finds the one for high resolutions beside it, which it does for macOS and
 * Linux; Windows takes the pixels as they are, so there the size follows the screen's scale (100 % to 300 %).
 */
export function trayPicture(
  folder: string,
  face: { readonly shape: Shape; readonly badge: Badge },
  screen: { readonly os: NodeJS.Platform; readonly scale: number },
): string {
  const { shape, badge } = face;
  if (screen.os === 'darwin') return join(folder, 'template', `${templateFile(shape, badge)}.png`);
  const wanted = WINDOWS_SIZE * screen.scale;
  const largest = traySizes.at(-1) ?? LINUX_SIZE;
  const size = screen.os === 'win32' ? (traySizes.find((edge) => edge >= wanted) ?? largest) : LINUX_SIZE;
  return join(folder, `${trayFile(shape, badge, size)}.png`);
}
