import { createApi } from '../../src/api/create-api.ts';
import { systemClock } from '../../src/infra/clock/system-clock.ts';
import { keytarProcess } from '../../src/infra/keychain/keytar-process.ts';
import { environmentChecks } from '../../src/server/host-checks.ts';
import { type HttpHost, startHttpHost } from '../../src/server/http-host.ts';
import { type HostPorts, type OpenCore, openCore } from '../../src/server/open-core.ts';
import type { AppFolders } from '../app-folders.ts';
import { startKeytarUtility } from './keytar-utility.ts';
import { electronPreferencesStore } from './preferences-store.ts';

/** What the desktop adds to the core. */
export type DesktopPorts = Pick<HostPorts, 'version' | 'notifier' | 'idle' | 'checks' | 'alertWords' | 'noticeWords'>;

/** A core with the API for our windows. Nothing connects before `start`. */
export type DesktopCore = Omit<OpenCore, 'stop'> & {
  readonly api: ReturnType<typeof createApi>;
  /** Connects the accounts, and serves loopback so that the command line works beside the windows, unless that is switched off. */
  start(): Promise<void>;
  stop(): Promise<void>;
};

/** Opens the core on a home with Electron's own parts. Rejects as `openCore` does. */
export async function openDesktopCore(home: string, folders: AppFolders, ports: DesktopPorts): Promise<DesktopCore> {
  const { checks = [], ...own } = ports;
  const rendererFolder = folders.renderer;
  const core = await openCore(home, {
    ...own,
    env: process.env,
    makePreferences: electronPreferencesStore,
    keytar: keytarProcess(systemClock, () => startKeytarUtility(folders.keytarChild)),
    checks: [environmentChecks({ home, rendererFolder }), ...checks],
  });
  const { muster, clock, logger } = core;
  let http: HttpHost | null = null;
  return {
    ...core,
    api: createApi({ muster, clock, logger }),
    async start() {
      if (muster.preferences.get().serveInDesktop) {
        // A free port: programs find it in `server.json`. The windows need none of it, so that failing here stops nothing.
        http = await startHttpHost({ core, host: '127.0.0.1', port: 0, rendererFolder }).catch((thrown: unknown) => {
          logger.warn('loopback is not served; the windows work without it', { cause: thrown });
          return null;
        });
      }
      muster.start();
    },
    async stop() {
      await http?.close();
      await core.stop();
    },
  };
}
