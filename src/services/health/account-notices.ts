/**
 * Tells the user once when an account needs a person, and once when it is back; over restarts too. What heals by itself is not told:
 * the account's state shows it.
 */
import { z } from 'zod';
import { SECOND_MS } from '../../domain/time.ts';
import type { Clock, Dispose } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Notifier } from '../../ports/notifier.ts';
import type { Random } from '../../ports/random.ts';
import type { ValueRepository } from '../../ports/repositories.ts';
import type { AccountState } from '../accounts/account-record.ts';
import type { EventLog } from '../events/event-log.ts';

/** Where it is kept what was told. */
const NAME = 'account-notices';
/** What is over within this was nothing: a keychain that is just being unlocked, a sign-in that is being repaired. */
const SETTLES_MS = 5 * SECOND_MS;

/** Accounts whose trouble was told and is not over; the value is the account's name at that time. */
const keptSchema = z.record(z.string(), z.string());

/** What a notice is about. */
export interface AccountNotice {
  readonly kind: 'needs-you' | 'back';
  readonly accountId: string;
  readonly label: string;
  /** What happened and what to do, as the account's state says; null for `back`. */
  readonly reason: string | null;
}

/** What notices need. */
export interface AccountNoticesOptions {
  readonly events: EventLog;
  readonly values: ValueRepository;
  readonly notifier: Notifier;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly wanted: () => boolean;
  /** The notification's words, in the user's language. */
  readonly words: (notice: AccountNotice) => { readonly title: string; readonly body: string };
}

/** An account's state as the events tell it. */
interface Seen {
  readonly id: string;
  readonly label: string;
  readonly state: AccountState;
  readonly stateReason: string | null;
  readonly retryAt: string | null;
}

/** Follows the accounts and notifies. */
export class AccountNotices {
  readonly #options: AccountNoticesOptions;
  readonly #told: Map<string, string>;
  readonly #waiting = new Map<string, Dispose>();
  readonly #unsubscribe: Dispose;

  constructor(options: AccountNoticesOptions) {
    this.#options = options;
    const kept = keptSchema.safeParse(options.values.get(NAME));
    this.#told = new Map(kept.success ? Object.entries(kept.data) : []);
    this.#unsubscribe = options.events.subscribe(({ event, data }) => {
      if (event !== 'account') return;
      if ('removed' in data) this.#forget(data.id);
      else this.#follow(data);
    });
  }

  stop(): void {
    this.#unsubscribe();
    for (const dispose of this.#waiting.values()) dispose();
    this.#waiting.clear();
  }

  #follow(account: Seen): void {
    const { id, state } = account;
    if (needsPerson(account)) {
      if (this.#told.has(id)) return;
      this.#waiting.get(id)?.();
      this.#waiting.set(
        id,
        this.#options.clock.after(SETTLES_MS, () => {
          this.#waiting.delete(id);
          this.#keep(id, account.label);
          this.#notify({ kind: 'needs-you', accountId: id, label: account.label, reason: account.stateReason });
        }),
      );
      return;
    }
    // Trying again is no answer yet.
    if (state === 'connecting' || state === 'offline') return;
    this.#waiting.get(id)?.();
    this.#waiting.delete(id);
    if (!this.#told.has(id)) return;
    this.#keep(id, null);
    if (state !== 'disabled') this.#notify({ kind: 'back', accountId: id, label: account.label, reason: null });
  }

  #forget(accountId: string): void {
    this.#waiting.get(accountId)?.();
    this.#waiting.delete(accountId);
    if (this.#told.has(accountId)) this.#keep(accountId, null);
  }

  #keep(accountId: string, label: string | null): void {
    if (label === null) this.#told.delete(accountId);
    else this.#told.set(accountId, label);
    this.#options.values.set(NAME, Object.fromEntries(this.#told));
  }

  #notify(notice: AccountNotice): void {
    const { notifier, random, logger, wanted, words } = this.#options;
    if (!wanted()) return;
    const { title, body } = words(notice);
    void notifier
      .notify({ id: random.id('n'), title, body, contactId: null, accountId: notice.accountId })
      .then((shown) => {
        if (!shown) logger.debug('the system showed no notification', { account: notice.accountId });
      });
  }
}

/** Only a person can help: the sign-in does not hold, or trying again would end the same way. */
function needsPerson({ state, retryAt }: Seen): boolean {
  return state === 'needs-sign-in' || (state === 'offline' && retryAt === null);
}
