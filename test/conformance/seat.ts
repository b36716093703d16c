import type { MusterError } from '../../src/domain/errors.ts';
import { httpClient } from '../../src/infra/http/http-client.ts';
import type {
  AdapterContext,
  Connection,
  IdentityReport,
  ObservationReport,
  PlatformAdapter,
} from '../../src/platforms/platform.ts';
import type { CallBudget } from '../../src/ports/call-budget.ts';
import type { HttpClient } from '../../src/ports/http-client.ts';
import type { LogFields, Logger } from '../../src/ports/logger.ts';
import { throwawayMemory } from '../../src/services/accounts/account-memory.ts';
import { pastedTokens } from '../../src/services/accounts/pasted-tokens.ts';
import { SlidingBudget } from '../../src/services/polling/sliding-budget.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { type ReceivedWebhooks, receiveWebhooks, type SignInFacts } from './receive-webhooks.ts';

/** Real time that a promise gets before the clock is moved on for it: longer while the network is at work. */
const PATIENCE_MS = 25;
const NETWORK_PATIENCE_MS = 1_000;
/** How far the clock is moved on each time. */
const STEP_MS = 150;
const TIMEOUT_STEP_MS = 10_000;
/** Real time after which a test gives up waiting. */
const GIVE_UP_MS = 25_000;

/** The core's side: an adapter's whole surroundings, on a clock that tests drive, over real sockets. */
export class Seat {
  readonly clock = new FakeClock();
  /** People whom the adapter told of by itself; those of a listing are `list`’s answer. */
  readonly identities: IdentityReport[] = [];
  readonly observations: ObservationReport[] = [];
  readonly removed: string[] = [];
  readonly lost: MusterError[] = [];
  readonly channels: ('up' | 'down')[] = [];
  /** What the account keeps over restarts. */
  readonly memory = throwawayMemory();
  /** Where the platform sends events; null until `receive` was called. */
  webhookUrl: string | null = null;
  readonly log: string[] = [];
  readonly optedOut = new Set<string>();
  readonly abort = new AbortController();
  /** HTTP calls under way. */
  inFlight = 0;
  /** Real time at which a call last began or ended. */
  #networkMoved = 0;
  readonly #adapter: PlatformAdapter;
  readonly #realHttp = httpClient(this.clock);
  readonly #budgets = new Map<string, CallBudget>();
  #webhooks: ReceivedWebhooks | null = null;
  #connection: Connection | null = null;

  constructor(adapter: PlatformAdapter) {
    this.#adapter = adapter;
  }

  /** Receives what the platform sends, as the core does: judged by the adapter, then taken by the connection. Answers the address. */
  async listen(stage: () => SignInFacts): Promise<string> {
    this.#webhooks = await receiveWebhooks(this.#adapter, {
      stage,
      clock: this.clock,
      http: this.#http,
      connection: () => this.#connection,
    });
    this.webhookUrl = this.#webhooks.url;
    return this.webhookUrl;
  }

  async close(): Promise<void> {
    await this.#webhooks?.close();
  }

  get signal(): AbortSignal {
    return this.abort.signal;
  }

  /** Checks secrets as the core does before it keeps them. */
  async check(stage: SignInFacts, secrets: Readonly<Record<string, string>> = stage.secrets) {
    const context = this.#context(stage, secrets);
    return this.settled(this.#adapter.check?.(context) ?? this.#adapter.connect(context));
  }

  #context(stage: SignInFacts, secrets: Readonly<Record<string, string>>): AdapterContext {
    const reader = { get: async (key: string) => secrets[key] ?? null };
    return {
      accountId: 'a_conformance',
      settings: this.#adapter.manifest.settings.parse(stage.settings),
      secrets: reader,
      tokens: pastedTokens(reader, this.#adapter.oauth?.accessTokenKey),
      memory: this.memory,
      webhookUrl: this.webhookUrl,
      http: this.#http,
      clock: this.clock,
      random: { next: () => 0.5, id: (prefix) => `${prefix}${this.clock.monotonicMs()}-${this.log.length}` },
      logger: this.#logger,
      signal: this.signal,
      isOptedOut: (userId) => this.optedOut.has(userId),
      budget: (method, limits) => {
        const budget = this.#budgets.get(method) ?? new SlidingBudget(method, limits, this.clock);
        this.#budgets.set(method, budget);
        return budget;
      },
      report: {
        identities: (identities) => this.#live() && void this.identities.push(...identities),
        removed: (userIds) => this.#live() && void this.removed.push(...userIds),
        observations: (observations) => this.#live() && void this.observations.push(...observations),
        lost: (error) => this.#live() && void this.lost.push(error),
        ownChanged: () => {},
        channel: (state) => this.#live() && void this.channels.push(state),
      },
    };
  }

  /** Signs in with the stage's settings and secrets, or with others. */
  connect(stage: SignInFacts, secrets: Readonly<Record<string, string>> = stage.secrets): Promise<Connection> {
    const connecting = this.settled(this.#adapter.connect(this.#context(stage, secrets)));
    connecting.then(
      (connection) => {
        this.#connection = connection;
        void this.#webhooks?.workOff();
      },
      () => {},
    );
    return connecting;
  }

  /** Brings a broken connection back as the core does: by `reconnect` where there is one, else anew. */
  async recover(stage: SignInFacts, connection: Connection): Promise<Connection> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        if (connection.reconnect !== undefined) {
          await this.settled(connection.reconnect(this.signal));
          return connection;
        }
        await connection.close();
        return await this.connect(stage);
      } catch (thrown) {
        if (attempt === 5) throw thrown;
        await pause(50);
      }
    }
  }

  /** Waits for a promise, moving the clock on whenever it seems to wait for time. */
  async settled<T>(promise: Promise<T>, stepMs = STEP_MS): Promise<T> {
    let over = false;
    const done = (): void => {
      over = true;
    };
    promise.then(done, done);
    const started = performance.now();
    while (!over && performance.now() - started < GIVE_UP_MS) {
      const from = performance.now();
      const spent = (): number => performance.now() - Math.max(from, this.#networkMoved);
      while (!over && spent() < (this.inFlight > 0 ? NETWORK_PATIENCE_MS : PATIENCE_MS)) await pause(1);
      // Time-outs are longer than any answer here takes: one that still has not come will not.
      if (!over) await this.clock.advance(this.inFlight > 0 ? TIMEOUT_STEP_MS : stepMs);
    }
    if (!over) throw new Error('waited in vain');
    return promise;
  }

  /** Waits until something is so; meanwhile the clock goes on by `stepMs` every few milliseconds. */
  async until(what: string, holds: () => boolean, stepMs = 0): Promise<void> {
    const started = performance.now();
    while (!holds()) {
      if (performance.now() - started > GIVE_UP_MS) throw new Error(`waited in vain for ${what}`);
      await pause(2);
      if (stepMs > 0) await this.clock.advance(stepMs);
    }
  }

  /** Looks at somebody, by polls where the platform has them; pushes need no asking. */
  async look(connection: Connection, userId: string): Promise<void> {
    for (const method of connection.presence?.poll ?? []) {
      if (method.facet === 'details') await this.settled(method.poll([userId], this.signal));
    }
    for (const method of connection.presence?.poll ?? []) {
      if (method.facet === 'presence') await this.settled(method.poll([userId], this.signal));
    }
  }

  async list(connection: Connection): Promise<{ people: IdentityReport[]; pages: number }> {
    const people: IdentityReport[] = [];
    let pages = 0;
    const walk = async (): Promise<void> => {
      for await (const page of connection.roster?.list(this.signal) ?? []) {
        people.push(...page);
        pages += 1;
      }
    };
    await this.settled(walk());
    const following = connection.presence?.following;
    const wanted = people.map(({ userId }) => userId).filter((userId) => !this.optedOut.has(userId));
    if (following !== undefined) await this.settled(following.follow(wanted.slice(0, following.most), this.signal));
    return { people, pages };
  }

  latest(userId: string): ObservationReport | undefined {
    return this.observations.findLast((observation) => observation.userId === userId);
  }

  #live(): boolean {
    return !this.abort.signal.aborted;
  }

  /** The client that both hosts use, on the driven clock. */
  readonly #http: HttpClient = {
    fetch: async (input, init) => {
      this.inFlight += 1;
      this.#networkMoved = performance.now();
      try {
        return await this.#realHttp.fetch(input, init);
      } finally {
        this.inFlight -= 1;
        this.#networkMoved = performance.now();
      }
    },
  };

  readonly #logger: Logger = (() => {
    const write = (message: string, fields?: LogFields): void => {
      this.log.push(`${message} ${JSON.stringify(fields ?? {})}`);
    };
    const logger: Logger = { debug: write, info: write, warn: write, error: write, with: () => logger };
    return logger;
  })();
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
