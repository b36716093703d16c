/**
 * Accounts on their way out. One's own status is given back first; where the platform takes that only later (a limit, an outage), the
 * account stays connected for this alone, in memory, while for everybody else it is gone already.
 */
import { MINUTE_MS, SECOND_MS } from '../../domain/time.ts';
import type { Clock, Dispose } from '../../ports/clock.ts';
import type { StoredAccount } from '../../ports/repositories.ts';
import type { GiveBack } from '../own-status/give-backs.ts';
import type { PollSubjects } from '../polling/poll-runner.ts';
import type { AccountHealth } from './account-record.ts';
import type { AccountSession } from './account-session.ts';
import type { SessionListener } from './session-options.ts';
import { atMost } from './within.ts';

/** How long giving the own status back may hold up a command. */
const FAREWELL_MS = 5 * SECOND_MS;
/** How long it is tried afterwards: longer than the longest limit of an hour. */
const GIVE_UP_MS = 90 * MINUTE_MS;
/** How long the end of Muster waits for what has to be ended. */
const STOP_MS = 3 * SECOND_MS;

/** Whether one's own status was given back, was not, or is on its way in the background. */
export type Farewell = 'given-back' | 'kept' | 'going';

interface Going {
  readonly record: StoredAccount;
  readonly session: AccountSession;
  readonly end: (givenBack: boolean) => Promise<void>;
  readonly timer: Dispose;
}

/** What farewells need. */
export interface FarewellsOptions {
  readonly clock: Clock;
  readonly giveBack: (accountId: string) => GiveBack;
}

/** Says farewell. */
export class Farewells {
  readonly #options: FarewellsOptions;
  readonly #givenBack = new Map<string, Promise<boolean>>();
  readonly #going = new Map<string, Going>();

  constructor(options: FarewellsOptions) {
    this.#options = options;
  }

  has(accountId: string): boolean {
    return this.#going.has(accountId);
  }

  /** Those that go on in the background. */
  records(): StoredAccount[] {
    return [...this.#going.values()].map(({ record }) => record);
  }

  session(accountId: string): AccountSession | null {
    return this.#going.get(accountId)?.session ?? null;
  }

  sessions(): AccountSession[] {
    return [...this.#going.values()].map(({ session }) => session);
  }

  /** Tries for a moment; `session` is the account's own, or the one that `take` gave. */
  async say(accountId: string, session: AccountSession | null): Promise<Farewell> {
    const { clock, giveBack } = this.#options;
    const { tried, givenBack } = giveBack(accountId);
    this.#givenBack.set(accountId, givenBack);
    let known: boolean | null = null;
    void givenBack.then((value) => {
      known = value;
    });
    await atMost(clock, FAREWELL_MS, tried);
    if (known !== null) return known ? 'given-back' : 'kept';
    return session === null || isLost(session.health) ? 'kept' : 'going';
  }

  /** Goes on in the background after `say`; `end` is called once, with whether it was given back. */
  goOn(record: StoredAccount, session: AccountSession, end: (givenBack: boolean) => Promise<void>): void {
    const timer = this.#options.clock.after(GIVE_UP_MS, () => void this.end(record.id));
    this.#going.set(record.id, { record, session, end, timer });
    // Nobody is looked at any more.
    session.replan();
    void this.#givenBack.get(record.id)?.then((givenBack) => {
      if (this.#going.get(record.id)?.session === session) void this.end(record.id, givenBack);
    });
  }

  /** The session of an account that somebody else goes on with; null when none was on its way out. */
  take(accountId: string): AccountSession | null {
    const going = this.#going.get(accountId);
    going?.timer();
    this.#going.delete(accountId);
    return going?.session ?? null;
  }

  /** Ends it now. */
  async end(accountId: string, givenBack = false): Promise<void> {
    const going = this.#going.get(accountId);
    if (this.take(accountId)) await going?.end(givenBack);
  }

  /** Muster ends. */
  async stop(): Promise<void> {
    const ends = [...this.#going.keys()].map((accountId) => this.end(accountId));
    await atMost(this.#options.clock, STOP_MS, Promise.all(ends));
  }

  /** The same listener, which hears of an account on its way out only what its own status needs. */
  muted(accountId: string, listener: SessionListener): SessionListener {
    const here = () => !this.has(accountId);
    return {
      health: (id, health) => {
        if (here()) listener.health(id, health);
        else if (isLost(health)) void this.end(id);
      },
      connected: (id, connection, how) => (here() ? listener.connected(id, connection, how) : listener.ownChanged(id)),
      lost: (id, at) => (here() ? listener.lost(id, at) : listener.ownChanged(id)),
      identities: (id, identities) => here() && listener.identities(id, identities),
      removed: (id, userIds) => here() && listener.removed(id, userIds),
      rosterComplete: (id, userIds) => here() && listener.rosterComplete(id, userIds),
      observations: (id, observations) => here() && listener.observations(id, observations),
      channel: (id, state, at) => here() && listener.channel(id, state, at),
      ownChanged: (id) => listener.ownChanged(id),
    };
  }

  /** The same people, and nobody of an account on its way out. */
  spared(accountId: string, subjects: PollSubjects): PollSubjects {
    return { pace: () => subjects.pace(), people: () => (this.has(accountId) ? [] : subjects.people()) };
  }
}

/** It will not connect by itself any more. */
function isLost({ state, retryAt }: AccountHealth): boolean {
  return state === 'needs-sign-in' || (state === 'offline' && retryAt === null);
}
