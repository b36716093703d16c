/** `muster serve`: a core and the HTTP host on one home, until it is told to stop. */
import { MusterError } from '../domain/errors.ts';
import { systemClock } from '../infra/clock/system-clock.ts';
import { findLiveServer } from '../infra/home/server-file.ts';
import { httpClient } from '../infra/http/http-client.ts';
import { confStore } from '../settings/conf-store.ts';
import { headlessAlertWords, headlessNoticeWords } from './alert-words.ts';
import { environmentChecks } from './host-checks.ts';
import { type HttpHost, startHttpHost } from './http-host.ts';
import { type OpenCore, openCore } from './open-core.ts';

/** Where to serve what. */
export interface ServeOptions {
  readonly home: string;
  readonly version: string;
  readonly host: string;
  readonly port: number;
  readonly rendererFolder: string;
  readonly publicUrl?: URL;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stderr?: { write(line: string): unknown };
  /** Runs when the core is there and before the server says that it is ready; the demo signs its accounts in. */
  readonly prepare?: (core: OpenCore) => Promise<void>;
}

/** A running headless Muster. */
export interface Served {
  readonly core: OpenCore;
  readonly http: HttpHost;
  /** Stops both; a second time does nothing. */
  stop(): Promise<void>;
}

/**
 * Starts the headless host. Rejects with `home-in-use` when a core runs on this home already, and as `openCore` and `listen` do;
 * nothing is left running then.
 */
export async function serve(options: ServeOptions): Promise<Served> {
  const { home, host, port, rendererFolder, publicUrl, prepare, env, stderr, version } = options;
  const live = await findLiveServer(home, httpClient(systemClock));
  if (live) throw new MusterError('home-in-use', `Muster already runs on this home, at ${live.url}.`);
  const core = await openCore(home, {
    version,
    env,
    makePreferences: confStore,
    // Headless, an alert is an event: browsers that are open show it.
    notifier: { notify: async () => true },
    alertWords: headlessAlertWords,
    noticeWords: headlessNoticeWords,
    checks: [environmentChecks({ home, rendererFolder })],
    ...(publicUrl ? { publicUrl } : {}),
    ...(stderr ? { stderr } : {}),
  });
  try {
    const http = await startHttpHost({ core, host, port, rendererFolder, ...(publicUrl ? { publicUrl } : {}) });
    core.muster.start();
    let stopped: Promise<void> | null = null;
    const stop = async () => {
      await http.close();
      await core.stop();
    };
    const served: Served = {
      core,
      http,
      stop: () => {
        stopped ??= stop();
        return stopped;
      },
    };
    try {
      await prepare?.(core);
    } catch (thrown) {
      await served.stop();
      throw thrown;
    }
    return served;
  } catch (thrown) {
    await core.stop();
    throw thrown;
  }
}
