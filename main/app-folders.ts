import { join } from 'node:path';

/** Where the parts of the built application lie. */
export type AppFolders = {
  /** The preload script of every window. */
  readonly preload: string;
  /** The keychain's helper process. */
  readonly keytarChild: string;
  /** The built interface: `index.html` and its assets. */
  readonly renderer: string;
  /** `assets/tray`. */
  readonly trayPictures: string;
  /** `assets/app`. */
  readonly appPictures: string;
};

/** The folders as seen from the entry's own folder (`<build>/main`); the same in a clone, in a test build and in a package. */
export function appFolders(entryFolder: string): AppFolders {
  const assets = join(entryFolder, '../../assets');
  return {
    preload: join(entryFolder, '../preload/index.cjs'),
    keytarChild: join(entryFolder, 'keytar-child.js'),
    renderer: join(entryFolder, '../renderer'),
    trayPictures: join(assets, 'tray'),
    appPictures: join(assets, 'app'),
  };
}
