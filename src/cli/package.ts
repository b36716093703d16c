/** Where this package lies and which version it is. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** The package's folder: a clone, or an installed copy. */
export const PACKAGE_FOLDER = join(import.meta.dirname, '../..');

/** The built interface. */
export const RENDERER_FOLDER = join(PACKAGE_FOLDER, 'dist', 'renderer');

/** The version in `package.json`. */
export const VERSION = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(join(PACKAGE_FOLDER, 'package.json'), 'utf8'))).version;
