import { MusterError } from '../../domain/errors.ts';
import { SECOND_MS } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { SecretStore } from '../../ports/secret-store.ts';

/** The part of keytar's API that is used. */
export interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
  findCredentials(service: string): Promise<{ account: string }[]>;
}

/** Longer than any keychain needs that asks nobody. */
const LIMIT_MS = 5 * SECOND_MS;
const PROBE = 'muster-probe';

/**
 * The operating system's keychain. The service's name holds the home, so that another home (the demo's, a test's) never meets these
 * entries. A keychain that asks its user blocks a thread of Node's small pool: so one call at a time, each answered within
 * five seconds, and while one hangs the next are refused at once (`secret-store-locked`) until it has ended.
 */
export function osStore(keytar: Keytar, home: string, clock: Clock, limitMs = LIMIT_MS): SecretStore {
  const service = `Muster ${home}`;
  let last: Promise<unknown> = Promise.resolve();
  let hanging = false;

  const call = <T>(native: () => Promise<T>): Promise<T> => {
    const turn = last.then(() => limited(native));
    last = turn.catch(() => undefined);
    return turn;
  };
  const limited = async <T>(native: () => Promise<T>): Promise<T> => {
    if (hanging) throw locked();
    const running = native();
    running.catch(() => undefined);
    return new Promise<T>((resolve, reject) => {
      const dispose = clock.after(limitMs, () => {
        hanging = true;
        reject(locked());
      });
      const ended = () => {
        dispose();
        hanging = false;
      };
      running.then(
        (value) => {
          ended();
          resolve(value);
        },
        (thrown: unknown) => {
          ended();
          reject(refused(thrown));
        },
      );
    });
  };

  return {
    kind: 'os',
    get: (name) => call(() => keytar.getPassword(service, name)),
    set: (name, value) => call(() => keytar.setPassword(service, name, value)),
    delete: (name) => call(() => keytar.deletePassword(service, name)),
    names: async () => {
      const found = await call(() => keytar.findCredentials(service));
      return found.map(({ account }) => account).filter((name) => name !== PROBE);
    },
  };
}

/** Writes, reads and deletes an entry: reading alone can succeed in a locked keychain. Rejects as the calls do. */
export async function probe(store: SecretStore): Promise<void> {
  await store.set(PROBE, 'probe');
  const read = await store.get(PROBE);
  await store.delete(PROBE);
  if (read !== 'probe') {
    throw new MusterError('secret-store-unavailable', 'The keychain does not give back what it was given.');
  }
}

/** Loads the native module, which needs libsecret on Linux. Rejects with `secret-store-unavailable`. */
export async function loadKeytar(): Promise<Keytar> {
  try {
    const module = await import('keytar');
    return 'default' in module ? (module.default as Keytar) : module;
  } catch (thrown) {
    throw new MusterError(
      'secret-store-unavailable',
      "The system's keychain library cannot be loaded. On Linux, install libsecret (libsecret-1-0).",
      { cause: thrown },
    );
  }
}

function locked(): MusterError {
  return new MusterError(
    'secret-store-locked',
    'The keychain of the system is locked, or waits for an answer. Unlock it, then try again.',
    { retry: 'later' },
  );
}

/** keytar's errors have no codes; all say that the keychain would not do it. Their text could quote, so it is not kept. */
function refused(thrown: unknown): MusterError {
  if (thrown instanceof MusterError) return thrown;
  return new MusterError(
    'secret-store-unavailable',
    'The keychain of the system is not there, or refused. On Linux, a keyring service (GNOME Keyring, KWallet) has to run and be unlocked.',
  );
}
