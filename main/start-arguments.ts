import { parseArgs } from 'node:util';
import { readDeepLink } from './deep-links/deep-link.ts';

/** What the command line asks for. */
export type StartArguments = {
  /** Start in the tray without a window, as autostart does. */
  readonly hidden: boolean;
  /** `--home DIR`. */
  readonly home: string | undefined;
  /** The interface's path that a `muster://` link names. */
  readonly path: string | null;
};

/**
 * Reads what follows the executable. Lenient, since Chromium's own switches and the folder that Electron was started with are
 * among it, and a second start hands them over in any order.
 */
export function readArguments(argv: readonly string[]): StartArguments {
  const { values, positionals } = parseArgs({
    args: argv.slice(1),
    options: { hidden: { type: 'boolean' }, home: { type: 'string' } },
    allowPositionals: true,
    strict: false,
  });
  const links = positionals.map(readDeepLink);
  return {
    hidden: values.hidden === true,
    home: typeof values.home === 'string' && values.home !== '' ? values.home : undefined,
    path: links.find((path) => path !== null) ?? null,
  };
}
