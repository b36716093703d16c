import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createApi } from '../../src/api/create-api.ts';
import { systemClock } from '../../src/infra/clock/system-clock.ts';
import { lockHome } from '../../src/infra/home/home-lock.ts';
import { httpClient } from '../../src/infra/http/http-client.ts';
import { keytarProcess } from '../../src/infra/keychain/keytar-process.ts';
import { forcedKind, openSecretStores } from '../../src/infra/keychain/secret-stores.ts';
import { vaultKeyFrom } from '../../src/infra/keychain/vault-key.ts';
import { pinoLogger } from '../../src/infra/logging/pino-logger.ts';
import { Redactor } from '../../src/infra/logging/redactor.ts';
import { systemRandom } from '../../src/infra/random/system-random.ts';
import { openDatabase } from '../../src/infra/sqlite/open-database.ts';
import { registry } from '../../src/platforms/registry.ts';
import type { MusterOptions } from '../../src/services/create-muster.ts';
import { createMuster } from '../../src/services/create-muster.ts';
import { openPreferences } from '../../src/settings/preferences-file.ts';
import { startKeytarUtility } from './keytar-utility.ts';
import { electronPreferencesStore } from './preferences-store.ts';

/** The desktop's own ports. */
export type DesktopPorts = Pick<MusterOptions, 'version' | 'notifier' | 'idle' | 'checks' | 'alertWords'>;

/** A running core. */
export type DesktopCore = Awaited<ReturnType<typeof openDesktopCore>>;

/** The core on this home, and the API on it. */
export async function openDesktopCore(home: string, keytarChild: string, ports: DesktopPorts) {
  const lock = lockHome(home);
  const clock = systemClock;
  const redactor = new Redactor();
  const logger = pinoLogger({ home, redactor });
  const database = openDatabase({ file: join(home, 'muster.db'), logger, now: clock.now() });
  const muster = createMuster({
    ...ports,
    instance: randomUUID(),
    database,
    preferences: openPreferences({ home, make: electronPreferencesStore, now: clock.now() }),
    secrets: await openSecretStores({
      home,
      clock,
      vaultKey: vaultKeyFrom(process.env),
      forced: forcedKind(process.env),
      keytar: keytarProcess(clock, () => startKeytarUtility(keytarChild)),
    }),
    registry,
    http: httpClient(clock),
    clock,
    random: systemRandom,
    logger,
    redact: (secret) => redactor.add(secret),
  });
  const api = createApi({ muster, clock, logger });
  muster.start();
  return {
    muster,
    api,
    clock,
    logger,
    async stop(): Promise<void> {
      await muster.stop();
      database.close();
      lock.release();
    },
  };
}
