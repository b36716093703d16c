/** What `doctor` looks at beside the core: the machine, the home, the parts that are native. They need no running server. */
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { toMusterError } from '../domain/errors.ts';
import { defaultDriver, requireNodeApi } from '../infra/sqlite/driver.ts';
import type { Check, Finding } from '../services/doctor/doctor.ts';

/** Files that could not be used at the start and lie aside. */
export function recoveryCheck(recovered: readonly { readonly keptAside: string; readonly message: string }[]): Check {
  return async () =>
    recovered.map(({ message, keptAside }, index) => ({
      id: `recovered-${index + 1}`,
      level: 'warning',
      title: 'A damaged file was kept aside.',
      detail: message,
      action: `Look at ${keptAside}; delete it when it is not needed.`,
    }));
}

/** The vault's change of key is over once the new one stands where the old one stood. */
export function rekeyCheck(asked: boolean): Check {
  return async () =>
    asked
      ? [
          {
            id: 'vault-key',
            level: 'warning',
            title: 'The encrypted vault has the new key.',
            detail: 'The old key opens it no more.',
            action:
              'Set MUSTER_VAULT_KEY (or MUSTER_VAULT_PASSPHRASE) to the new value and remove the variable that ends in _NEW.',
          },
        ]
      : [];
}

/** The runtime, the database's engine, the home and the built interface. */
export function environmentChecks(options: { readonly home: string; readonly rendererFolder: string }): Check {
  return async () => [runtime(), database(), home(options.home), builtInterface(options.rendererFolder)];
}

function runtime(): Finding {
  return {
    id: 'runtime',
    level: 'ok',
    title: `Node ${process.versions.node} on ${process.platform} (${process.arch}).`,
    detail: 'This is recent enough.',
    action: null,
  };
}

function database(): Finding {
  try {
    requireNodeApi(defaultDriver);
    const memory = new defaultDriver(':memory:');
    memory.close();
    return { id: 'sqlite', level: 'ok', title: 'SQLite works.', detail: 'Its native part was loaded.', action: null };
  } catch (thrown) {
    return {
      id: 'sqlite',
      level: 'problem',
      title: 'SQLite cannot be loaded.',
      detail: toMusterError(thrown).message,
      action: 'Install Muster again on this machine (npm ci): native parts are made for one system.',
    };
  }
}

function home(folder: string): Finding {
  const found = { id: 'home', title: `The home is ${folder}.` };
  if (!existsSync(folder)) {
    return { ...found, level: 'ok', detail: 'It is made at the first start.', action: null };
  }
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return {
      ...found,
      level: 'problem',
      detail: 'It cannot be written to.',
      action: 'Change its permissions, or name another with MUSTER_HOME.',
    };
  }
  const open = process.platform !== 'win32' && (statSync(folder).mode & 0o077) !== 0;
  return open
    ? {
        ...found,
        level: 'warning',
        detail: 'Others on this machine can look into it.',
        action: `Run: chmod 700 ${JSON.stringify(folder)} (every start of Muster does so too).`,
      }
    : { ...found, level: 'ok', detail: 'It is yours alone.', action: null };
}

function builtInterface(folder: string): Finding {
  return existsSync(join(folder, 'index.html'))
    ? { id: 'interface', level: 'ok', title: 'The interface is built.', detail: 'Browsers get it.', action: null }
    : {
        id: 'interface',
        level: 'warning',
        title: 'The interface is not built.',
        detail: 'The API and the command line work; the browser shows a note.',
        action: 'Run: npm run build',
      };
}
