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
  /** Ends a call that hangs; it then rejects. */
  abandon(): void;
}

/** Longer than any keychain needs that asks nobody. */
const LIMIT_MS = 5 * SECOND_MS;
const REFUSE_MS = 10 * SECOND_MS;
const PROBE = 'muster-probe';

/**
 * The operating system's keychain. The service's name holds the home, so that another home (the demo's, a test's) never meets these
 * entries. A keychain that asks its user can hang for as long as nobody answers: so one call at a time, each ended after five
 * seconds, and those of the next ten refused at once (`secret-store-locked`), so that many secrets do not wait one after another.
 */
export function osStore(keytar: Keytar, home: string, clock: Clock): SecretStore {
  const service = `Muster ${home}`;
  let last: Promise<unknown> = Promise.resolve();
  let refuseUntil = Number.NEGATIVE_INFINITY;

  const call = <T>(native: () => Promise<T>): Promise<T> => {
    const turn = last.then(() => limited(native));
    last = turn.catch(() => undefined);
    return turn;
  };
  const limited = async <T>(native: () => Promise<T>): Promise<T> => {
    if (clock.monotonicMs() < refuseUntil) throw locked();
    return new Promise<T>((resolve, reject) => {
      const dispose = clock.after(LIMIT_MS, () => {
        refuseUntil = clock.monotonicMs() + REFUSE_MS;
        reject(locked());
        keytar.abandon();
      });
      native().then(resolve, reject).finally(dispose);
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

function locked(): MusterError {
  return new MusterError(
    'secret-store-locked',
    'The keychain of the system is locked, or waits for an answer. Unlock it, then try again.',
    { retry: 'later' },
  );
}
