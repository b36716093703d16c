import type { PlatformId } from '../../platforms/manifest.ts';
import type { PlatformAdapter } from '../../platforms/platform.ts';
import type { Clock } from '../../ports/clock.ts';
import type { HttpClient } from '../../ports/http-client.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Random } from '../../ports/random.ts';
import type { AccountRepository, StoredAccount, ValueRepository } from '../../ports/repositories.ts';
import type { Audit } from '../audit/audit.ts';
import type { EventLog } from '../events/event-log.ts';
import type { AccountMeters } from '../health/account-meters.ts';
import type { GiveBack } from '../own-status/give-backs.ts';
import type { CallBudgets } from '../polling/call-budgets.ts';
import type { PollSubjects } from '../polling/poll-runner.ts';
import type { TokenKeepers } from '../sign-in/token-keepers.ts';
import type { AccountSecrets } from './account-secrets.ts';
import type { SessionListener } from './session-options.ts';

/** Every platform by its id. */
export type PlatformRegistry = Readonly<Record<PlatformId, PlatformAdapter>>;

/** What the accounts need. */
export interface AccountsOptions {
  readonly repository: AccountRepository;
  readonly registry: PlatformRegistry;
  readonly secrets: AccountSecrets;
  readonly keepers: TokenKeepers;
  readonly audit: Audit;
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly events: EventLog;
  /** A secret passed by: the log must never show it. */
  readonly redact: (secret: string) => void;
  readonly listener: Omit<SessionListener, 'health'>;
  readonly subjectsOf: (accountId: string) => PollSubjects;
  readonly budgets: CallBudgets;
  readonly meters: AccountMeters;
  readonly values: ValueRepository;
  /** Where the platform can send events to the account; null when it could reach none, or sends none. */
  readonly webhookUrlOf: (account: StoredAccount) => string | null;
  readonly isOptedOut: (accountId: string, userId: string) => boolean;
  /** One's own status, which is given back before an account goes or is switched off. */
  readonly ownStatus: () => {
    accountLeaving(accountId: string): GiveBack;
    accountGoing(accountId: string): void;
    accountReturned(from: string, to: string): void;
    accountRemoved(accountId: string): void;
  };
  /** Called when an account goes: people, observations and pictures go too. */
  readonly removed: (accountId: string) => void;
}
