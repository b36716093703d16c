import { MusterError } from '../../domain/errors.ts';
import { SECOND_MS } from '../../domain/time.ts';
import type { AccessTokens } from '../../platforms/oauth.ts';
import type { AdapterContext, Connection, PlatformAdapter } from '../../platforms/platform.ts';
import type { Clock } from '../../ports/clock.ts';
import type { HttpClient } from '../../ports/http-client.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Random } from '../../ports/random.ts';
import type { AccountBudgets } from '../polling/call-budgets.ts';
import { throwawayMemory } from './account-memory.ts';

/** A person waits for the answer. */
const PROBE_TIMEOUT_MS = 20 * SECOND_MS;

/**
 * Tries the given secrets, which are kept nowhere, by the adapter's own check or by signing in and out again; answers who that is and
 * what to call it. Rejects with the platform's reason.
 */
export async function probeAccount(
  adapter: PlatformAdapter,
  settings: unknown,
  secrets: Readonly<Record<string, string>>,
  tokens: AccessTokens,
  deps: {
    accountId: string;
    http: HttpClient;
    clock: Clock;
    random: Random;
    logger: Logger;
    /** The account’s own: the platform counts these calls too. */
    budgets: AccountBudgets;
  },
): Promise<{ self: Connection['self']; label: string }> {
  const reader = { get: async (key: string) => secrets[key] ?? null };
  const abort = new AbortController();
  const late = new MusterError(
    'platform-unreachable',
    `${adapter.manifest.name} did not answer in time. Check the address and try again.`,
  );
  const cancel = deps.clock.after(PROBE_TIMEOUT_MS, () => abort.abort(late));
  let over = false;
  const aborted = new Promise<never>((_resolve, reject) => {
    abort.signal.addEventListener('abort', () => reject(abort.signal.reason), { once: true });
  });
  const ignore = () => undefined;
  try {
    const context: AdapterContext = {
      accountId: deps.accountId,
      settings,
      secrets: reader,
      http: deps.http,
      clock: deps.clock,
      random: deps.random,
      logger: deps.logger.with({ account: deps.accountId, probe: true }),
      signal: abort.signal,
      report: {
        identities: ignore,
        removed: ignore,
        observations: ignore,
        lost: ignore,
        ownChanged: ignore,
        channel: ignore,
      },
      tokens,
      memory: throwawayMemory(),
      webhookUrl: null,
      budget: (name, limits) => deps.budgets.of(name, limits),
      isOptedOut: () => true,
    };
    if (adapter.check) {
      const checked = await Promise.race([adapter.check(context), aborted]);
      return { self: checked.self, label: checked.label ?? checked.self.displayName };
    }
    const connecting = adapter.connect(context);
    connecting.then((tooLate) => (over ? tooLate.close() : undefined), ignore);
    const connection = await Promise.race([connecting, aborted]);
    const { self, label = self.displayName } = connection;
    await Promise.race([connection.close(), aborted]).catch(ignore);
    return { self, label };
  } finally {
    over = true;
    cancel();
    aborted.catch(ignore);
    abort.abort(new MusterError('cancelled', 'The check is over.'));
  }
}
