import type { EpochMs } from '../../domain/time.ts';
import type { AccessTokens } from '../../platforms/oauth.ts';
import type {
  AccountMemory,
  Connection,
  IdentityReport,
  ObservationReport,
  PlatformAdapter,
} from '../../platforms/platform.ts';
import type { Clock } from '../../ports/clock.ts';
import type { HttpClient } from '../../ports/http-client.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Random } from '../../ports/random.ts';
import type { StoredAccount } from '../../ports/repositories.ts';
import type { SecretReader } from '../../ports/secret-store.ts';
import type { AccountMeter } from '../health/account-meter.ts';
import type { AccountBudgets } from '../polling/call-budgets.ts';
import type { PollSubjects } from '../polling/poll-runner.ts';
import type { AccountHealth } from './account-record.ts';

/** What the session tells the rest of the core. */
export interface SessionListener {
  health(accountId: string, health: AccountHealth): void;
  /** `fresh`: people's statuses may have changed unseen; `resumed`: nothing was missed. */
  connected(accountId: string, connection: Connection, how: 'first' | 'fresh' | 'resumed'): void;
  lost(accountId: string, at: EpochMs): void;
  identities(accountId: string, identities: readonly IdentityReport[]): void;
  removed(accountId: string, userIds: readonly string[]): void;
  /** The roster was listed to its end: who is not among these has left it. */
  rosterComplete(accountId: string, userIds: ReadonlySet<string>): void;
  observations(accountId: string, observations: readonly ObservationReport[]): void;
  ownChanged(accountId: string): void;
  /** The push channel beside the polls came up or broke. */
  channel(accountId: string, state: 'up' | 'down', at: EpochMs): void;
}

/** What a session needs from outside. */
export interface SessionOptions {
  readonly record: StoredAccount;
  readonly adapter: PlatformAdapter;
  readonly settings: unknown;
  readonly secrets: SecretReader;
  readonly tokens: AccessTokens;
  readonly memory: AccountMemory;
  readonly webhookUrl: string | null;
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly listener: SessionListener;
  readonly isOptedOut: (userId: string) => boolean;
  readonly subjects: PollSubjects;
  /** Budgets that outlive this session; absent: it begins with none spent. */
  readonly budgets?: AccountBudgets;
  /** What measures the account's calls, over sessions; absent: it begins with none. */
  readonly meter?: AccountMeter;
}
