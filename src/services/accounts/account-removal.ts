import { SECOND_MS } from '../../domain/time.ts';
import type { StoredAccount } from '../../ports/repositories.ts';
import type { LeftTokens } from '../sign-in/token-keeper.ts';
import { forgetMemory } from './account-memory.ts';
import type { AccountSession } from './account-session.ts';
import type { AccountsOptions } from './accounts-options.ts';
import type { Farewell } from './farewells.ts';
import { atMost } from './within.ts';

/** How long ending the tokens may hold up a removal. */
const REVOKE_MS = 5 * SECOND_MS;

/** Said when the account has gone but what it shows of the user has not. */
export const STATUS_KEPT = 'Your own status there could not be given back: change it in the platform’s own app.';

const WENT = 'The account was removed with its secrets and everything read through it.';

/** What the audit trail says of a removal. */
export const REMOVED: Readonly<Record<Farewell, string>> = {
  'given-back': WENT,
  going: `${WENT} Your own status there is given back as soon as that is possible; until then Muster keeps the sign-in, in memory alone.`,
  kept: `${WENT} ${STATUS_KEPT}`,
};

/** What the audit trail says of its tokens; those that were pasted stay the user's. */
const REVOKED = {
  revoked: 'Its tokens were ended at the platform.',
  'not-possible': 'The platform has no way to end its tokens. They are deleted here, and run out there by themselves.',
  failed:
    'The platform could not be told to end its tokens. They are deleted here; to end them there, remove Muster’s app from your account on the platform.',
} as const;

/** Closes an account that was removed, ends its tokens, and forgets what was kept in memory about it. */
export async function endAccount(
  options: AccountsOptions,
  record: StoredAccount,
  session: AccountSession | null,
  left: LeftTokens | null,
): Promise<void> {
  const { keepers, budgets, meters, secrets, values, audit, clock } = options;
  await session?.stop();
  if (left) {
    // What the farewell renewed is what has to be ended.
    const last = { ...left, record: keepers.keeper(record.id)?.record ?? left.record };
    const revoke = async () => {
      const outcome = await keepers.revoke(record, last);
      if (outcome === 'pasted') return;
      audit.record(outcome === 'revoked' ? 'token-revoked' : 'token-revoke-failed', REVOKED[outcome], record);
    };
    await atMost(clock, REVOKE_MS, revoke());
  }
  keepers.forget(record.id);
  budgets.forget(record.id);
  meters.forget(record.id);
  secrets.forget(record.id);
  forgetMemory(values, record.id);
  options.ownStatus().accountRemoved(record.id);
}
