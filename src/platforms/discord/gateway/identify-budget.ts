import { DAY_MS, SECOND_MS } from '../../../domain/time.ts';
import type { AdapterContext } from '../../platform.ts';
import { rateLimited, unreadable } from '../errors.ts';
import { isGatewayUrl } from '../manifest.ts';
import type { RestClient } from '../rest-client.ts';
import { gatewayBotSchema } from '../schema.ts';
import { IDENTIFIES_A_DAY } from './protocol.ts';

/** A longer wait for a place is told, rather than waited for. */
const PATIENCE_MS = 10 * SECOND_MS;
const ROUTE = '/gateway/bot';

/**
 * Where to sign in on the gateway, having taken a place in the day's budget. Discord counts sign-ins of everything that uses the bot's
 * token, and resets the token when there are too many: with none left nothing is sent, and the error says how long to wait.
 */
export async function gatewayUrlForIdentify(
  context: Pick<AdapterContext, 'budget'>,
  rest: RestClient,
  signal: AbortSignal,
): Promise<URL> {
  const { url, session_start_limit: limit } = await rest.get(ROUTE, gatewayBotSchema, signal);
  if (!isGatewayUrl(url)) throw unreadable('the gateway’s address');
  if (limit.remaining <= 0) throw rateLimited('identify', limit.reset_after);
  const budget = context.budget('identify', [
    { calls: Math.min(limit.total, IDENTIFIES_A_DAY), seconds: DAY_MS / SECOND_MS },
    { calls: limit.max_concurrency, seconds: 5 },
  ]);
  const waitMs = budget.waitMs();
  if (waitMs > PATIENCE_MS) throw rateLimited('identify', waitMs);
  await budget.take(signal, true);
  return new URL(url);
}
