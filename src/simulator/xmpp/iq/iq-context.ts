import type { Account, Resource } from '../accounts/account.ts';
import type { Directory } from '../accounts/directory.ts';
import type { Pep } from '../routing/pep.ts';
import type { PresenceRouter } from '../routing/presence-router.ts';

/** What answering a client's request needs. */
export interface IqContext {
  readonly directory: Directory;
  readonly presence: PresenceRouter;
  readonly pep: Pep;
  readonly now: () => number;
  readonly account: Account;
  readonly resource: Resource;
}
