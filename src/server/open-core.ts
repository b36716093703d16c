/** The core on a home, as both hosts run it: lock, log, database, secrets, preferences, platforms. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { toMusterError } from '../domain/errors.ts';
import { systemClock } from '../infra/clock/system-clock.ts';
import { createHome } from '../infra/home/home.ts';
import { lockHome } from '../infra/home/home-lock.ts';
import { httpClient } from '../infra/http/http-client.ts';
import type { Keytar } from '../infra/keychain/os-store.ts';
import { forcedKind, openSecretStores } from '../infra/keychain/secret-stores.ts';
import { newVaultKeyFrom, vaultKeyFrom } from '../infra/keychain/vault-key.ts';
import { logLevelFrom, pinoLogger } from '../infra/logging/pino-logger.ts';
import { Redactor } from '../infra/logging/redactor.ts';
import { loopbackListener } from '../infra/oauth/loopback-listener.ts';
import { openIdOAuthClient } from '../infra/oauth/openid-oauth-client.ts';
import { systemRandom } from '../infra/random/system-random.ts';
import { openDatabase } from '../infra/sqlite/open-database.ts';
import { registry } from '../platforms/registry.ts';
import type { Clock, Dispose } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { MakePreferencesStore } from '../ports/preferences.ts';
import { createMuster, type Muster } from '../services/create-muster.ts';
import type { MusterOptions } from '../services/muster-options.ts';
import { openPreferences } from '../settings/preferences-file.ts';
import { recoveryCheck, rekeyCheck } from './host-checks.ts';

/** What a host adds: its version, its way to tell the user, its store for preferences. */
export interface HostPorts
  extends Pick<MusterOptions, 'version' | 'notifier' | 'alertWords' | 'noticeWords' | 'idle' | 'checks' | 'publicUrl'> {
  readonly makePreferences: MakePreferencesStore;
  /** Where the keychain's helper cannot be forked from Node. */
  readonly keytar?: Keytar;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where warnings are printed as well as logged. */
  readonly stderr?: { write(line: string): unknown };
}

/** A core that is wired and not yet started. */
export interface OpenCore {
  readonly home: string;
  readonly muster: Muster;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Keeps a secret of the host out of the log. */
  readonly redact: (secret: string) => void;
  /** Stops the core and lets go of the home; a second time does nothing. */
  stop(): Promise<void>;
}

/**
 * Opens the core on a home. Rejects with `home-in-use`, `home-newer-version`, `home-corrupted`, `invalid-settings` (a malformed
 * `MUSTER_VAULT_KEY` or `MUSTER_KEYCHAIN`) or `secret-store-unavailable` (a forced one); the home is free again then.
 */
export async function openCore(home: string, ports: HostPorts): Promise<OpenCore> {
  const { env, makePreferences, keytar, stderr, checks = [], ...own } = ports;
  const vaultKey = vaultKeyFrom(env);
  const newVaultKey = newVaultKeyFrom(env);
  const forced = forcedKind(env);
  const level = logLevelFrom(env) ?? 'info';
  const clock = systemClock;
  const undo: Dispose[] = [];
  try {
    createHome(home);
    const lock = lockHome(home);
    undo.push(() => lock.release());
    const redactor = new Redactor();
    const logger = pinoLogger({ home, redactor, level, ...(stderr ? { stderr } : {}) });
    const fell = (cause: unknown) => logger.error('Muster ends, by an error that nobody caught', { cause });
    process.on('uncaughtExceptionMonitor', fell);
    undo.push(() => process.off('uncaughtExceptionMonitor', fell));
    const database = openDatabase({ file: join(home, 'muster.db'), logger, now: clock.now() });
    undo.push(() => database.close());
    const preferences = openPreferences({ home, make: makePreferences, now: clock.now() });
    const secrets = await openSecretStores({
      home,
      clock,
      vaultKey,
      newVaultKey,
      forced,
      ...(keytar ? { keytar } : {}),
    });
    const recovered = [database.recovered, preferences.recovered].filter((found) => found !== null);
    for (const { message } of recovered) logger.warn(message);
    const http = httpClient(clock);
    const redact = (secret: string, passing?: boolean) => redactor.add(secret, passing);
    const muster = createMuster({
      ...own,
      instance: randomUUID(),
      database,
      preferences,
      secrets,
      registry,
      http,
      oauth: openIdOAuthClient({ http, clock }),
      redirects: loopbackListener,
      clock,
      random: systemRandom,
      logger,
      redact,
      checks: [recoveryCheck(recovered), rekeyCheck(newVaultKey !== null), ...checks],
    });
    // A keychain that is locked now must not keep Muster from starting: what comes by webhook then comes by polls alone.
    await muster.prepare().catch((thrown: unknown) => {
      logger.warn('webhooks cannot be offered until the next start', { code: toMusterError(thrown).code });
    });
    let stopped: Promise<void> | null = null;
    const stop = async () => {
      try {
        await muster.stop();
      } finally {
        for (const step of undo.reverse()) step();
      }
    };
    return {
      home,
      muster,
      clock,
      logger,
      redact,
      stop: () => {
        stopped ??= stop();
        return stopped;
      },
    };
  } catch (thrown) {
    for (const step of undo.reverse()) step();
    throw thrown;
  }
}
