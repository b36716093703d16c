import type { Clock } from '../../ports/clock.ts';
import { AccountMeter } from './account-meter.ts';

/** Every account's meter; they outlive sessions. */
export class AccountMeters {
  readonly #clock: Clock;
  readonly #observe: (accountId: string, ms: number) => void;
  readonly #meters = new Map<string, AccountMeter>();

  constructor(clock: Clock, observe: (accountId: string, ms: number) => void) {
    this.#clock = clock;
    this.#observe = observe;
  }

  of(accountId: string): AccountMeter {
    const known = this.#meters.get(accountId);
    if (known) return known;
    const made = new AccountMeter(this.#clock, (ms) => this.#observe(accountId, ms));
    this.#meters.set(accountId, made);
    return made;
  }

  /** The account is gone. */
  forget(accountId: string): void {
    this.#meters.delete(accountId);
  }
}
