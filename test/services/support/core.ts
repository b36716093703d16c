import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PreferencesView } from '../../../src/contract/index.ts';
import { httpClient } from '../../../src/infra/http/http-client.ts';
import { memoryStore } from '../../../src/infra/keychain/memory-store.ts';
import { loopbackListener } from '../../../src/infra/oauth/loopback-listener.ts';
import { openIdOAuthClient } from '../../../src/infra/oauth/openid-oauth-client.ts';
import { openDatabase } from '../../../src/infra/sqlite/open-database.ts';
import { registry } from '../../../src/platforms/registry.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import type { HttpClient } from '../../../src/ports/http-client.ts';
import type { IdleSource } from '../../../src/ports/idle-source.ts';
import type { Logger } from '../../../src/ports/logger.ts';
import type { Notification } from '../../../src/ports/notifier.ts';
import type { OAuthClient } from '../../../src/ports/oauth-client.ts';
import type { RedirectListener } from '../../../src/ports/oauth-redirect.ts';
import type { Database } from '../../../src/ports/repositories.ts';
import type { SecretStore } from '../../../src/ports/secret-store.ts';
import type { PlatformRegistry } from '../../../src/services/accounts/accounts-options.ts';
import { createMuster, type Muster } from '../../../src/services/create-muster.ts';
import type { PreferencesFile } from '../../../src/services/preferences/preferences.ts';
import { DEFAULT_SETTINGS } from '../../../src/settings/schema.ts';
import { quietLogger } from '../../support/quiet-logger.ts';
import { seededRandom } from '../../support/seeded-random.ts';

/** A core on a home of its own, and what it did to the outside. */
export interface TestCore {
  readonly muster: Muster;
  readonly secretStore: SecretStore;
  readonly notifications: Notification[];
  readonly database: Database;
  readonly home: string;
  /** Stops it; a second time does nothing. */
  stop(): Promise<void>;
}

const ids = seededRandom();

/** Homes of this process, removed when it ends. */
const homes: string[] = [];
process.on('exit', () => {
  for (const home of homes) rmSync(home, { recursive: true, force: true });
});

/** A folder for a core's database; `inMemory` where the system has a place for that: a simulated day writes every second. */
export function newHome(inMemory = false): string {
  const home = mkdtempSync(join(inMemory && existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'muster-core-'));
  homes.push(home);
  return home;
}

/** Starts a core: the real services, database and adapters; secrets in memory. */
export function startCore(options: {
  clock: Clock;
  home?: string;
  secretStore?: SecretStore;
  registry?: PlatformRegistry;
  idle?: IdleSource;
  /** Real HTTP on `clock` unless told otherwise. */
  http?: HttpClient;
  oauth?: OAuthClient;
  redirects?: RedirectListener;
  redact?: (secret: string, passing?: boolean) => void;
  logger?: Logger;
  seed?: number;
  /** Where platforms can send events. */
  publicUrl?: URL;
  /** Preferences that outlive a restart. */
  preferences?: PreferencesFile;
}): TestCore {
  const { clock } = options;
  const home = options.home ?? newHome();
  const secretStore = options.secretStore ?? memoryStore();
  const notifications: Notification[] = [];
  const logger = options.logger ?? quietLogger();
  const database = openDatabase({ file: join(home, 'muster.db'), logger, now: clock.now() });
  const http = options.http ?? httpClient(clock);
  let preferences: PreferencesView = { ...DEFAULT_SETTINGS };
  const muster = createMuster({
    version: '0.0.0-test',
    instance: 'test',
    database,
    preferences: options.preferences ?? {
      read: () => preferences,
      write: (next) => {
        preferences = next;
      },
    },
    secrets: {
      current: () => secretStore,
      survey: async () => [],
      moveTo: async () => undefined,
      eraseRest: () => undefined,
    },
    registry: options.registry ?? registry,
    http,
    oauth: options.oauth ?? openIdOAuthClient({ http, clock }),
    redirects: options.redirects ?? loopbackListener,
    clock,
    // Ids go on over restarts on the same home, as real ones do.
    random: { next: seededRandom(options.seed).next, id: ids.id },
    logger,
    redact: options.redact ?? (() => undefined),
    notifier: {
      notify: async (notification) => {
        notifications.push(notification);
        return true;
      },
    },
    alertWords: (alert, name, note) => ({ title: `${name} is ${alert.to}`, body: note ?? '' }),
    noticeWords: ({ kind, label, reason }) => ({ title: `${label}: ${kind}`, body: reason ?? '' }),
    ...(options.idle ? { idle: options.idle } : {}),
    ...(options.publicUrl ? { publicUrl: options.publicUrl } : {}),
  });
  muster.start();
  let stopped = false;
  return {
    muster,
    secretStore,
    notifications,
    database,
    home,
    async stop() {
      if (stopped) return;
      stopped = true;
      await muster.stop();
      database.close();
    },
  };
}

/** Polls until `probe` gives something; for tests against real servers, where time is real. */
export async function until<T>(what: string, probe: () => T | null | undefined | false, limitMs = 10_000): Promise<T> {
  const end = Date.now() + limitMs;
  for (;;) {
    const value = probe();
    if (value) return value;
    if (Date.now() > end) throw new Error(`Waited ${limitMs} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
