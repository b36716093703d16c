import type { MenuItemConstructorOptions } from 'electron';
import type { Words } from '../strings/en.ts';

/** What the menu opens and ends. */
export type ApplicationMenuCommands = { readonly preferences: () => void; readonly quit: () => void };

/**
 * The application's menu: the bar on macOS; elsewhere it is hidden until Alt is pressed and mostly there for its keys, such as
 * enlarging the text.
 */
export function applicationMenu(
  words: Words,
  mac: boolean,
  { preferences, quit }: ApplicationMenuCommands,
): MenuItemConstructorOptions[] {
  const { menu } = words;
  const own: MenuItemConstructorOptions[] = [
    { label: menu.preferences, accelerator: 'CommandOrControl+,', click: preferences },
    { type: 'separator' },
    ...(mac
      ? ([
          { role: 'services' },
          { type: 'separator' },
          { role: 'hide' },
          { role: 'hideOthers' },
          { role: 'unhide' },
          { type: 'separator' },
        ] as const)
      : []),
    { label: menu.quit, accelerator: 'CommandOrControl+Q', click: quit },
  ];
  return [
    { label: 'Muster', submenu: mac ? [{ role: 'about' }, { type: 'separator' }, ...own] : own },
    {
      label: menu.edit,
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: menu.view,
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
    { label: menu.window, submenu: [{ role: 'minimize' }, { role: 'close' }] },
  ];
}
