import type { MusterError } from '../../domain/errors.ts';
import type { AdapterContext } from '../../platforms/platform.ts';
import type { HttpClient } from '../../ports/http-client.ts';
import type { AccountMeter } from '../health/account-meter.ts';
import type { ChannelWatch } from '../health/channel-watch.ts';
import type { AccountBudgets } from '../polling/call-budgets.ts';
import type { SessionOptions } from './session-options.ts';

/** What a session adds to what it was given. */
export interface ConnectionParts {
  readonly signal: AbortSignal;
  readonly http: HttpClient;
  readonly budgets: AccountBudgets;
  readonly meter: AccountMeter;
  readonly channel: ChannelWatch;
  /** False once the connection is over: what its adapter still reports is not told. */
  readonly live: () => boolean;
  readonly lost: (error: MusterError) => void;
}

/** What the adapter gets for one connection of a session. */
export function adapterContext(options: SessionOptions, parts: ConnectionParts): AdapterContext {
  const { record, settings, secrets, tokens, memory, webhookUrl, clock, random, logger, listener, isOptedOut } =
    options;
  const { signal, http, budgets, meter, channel, live, lost } = parts;
  return {
    accountId: record.id,
    settings,
    secrets,
    tokens,
    memory,
    webhookUrl,
    http,
    clock,
    random,
    logger,
    signal,
    isOptedOut,
    budget: (name, limits) => budgets.of(name, limits),
    report: {
      identities: (identities) => live() && listener.identities(record.id, identities),
      removed: (userIds) => live() && listener.removed(record.id, userIds),
      observations: (observations) => {
        if (!live()) return;
        meter.told(observations);
        channel.noted(observations);
        listener.observations(record.id, observations);
      },
      lost: (error) => live() && lost(error),
      ownChanged: () => live() && listener.ownChanged(record.id),
      channel: (state) => live() && channel.report(state),
    },
  };
}
