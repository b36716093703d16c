/** Where this package lies and which version it is. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

/** The package's folder: a clone, or an installed copy. */
export const PACKAGE_FOLDER = join(import.meta.dirname, '../..');

/** The built interface; `MUSTER_BUILD_DIR` names the folder that `npm run build` wrote to, as it did for the build. */
export const RENDERER_FOLDER = resolve(PACKAGE_FOLDER, process.env.MUSTER_BUILD_DIR ?? 'dist', 'renderer');

/** The version in `package.json`. */
export const VERSION = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(join(PACKAGE_FOLDER, 'package.json'), 'utf8'))).version;
