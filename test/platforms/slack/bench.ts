import type { MusterError } from '../../../src/domain/errors.ts';
import type { AdapterContext, Connection, IdentityReport, ObservationReport } from '../../../src/platforms/platform.ts';
import { slackAdapter } from '../../../src/platforms/slack/adapter.ts';
import type { SlackSettings } from '../../../src/platforms/slack/settings.ts';
import type { CallBudget } from '../../../src/ports/call-budget.ts';
import type { HttpClient } from '../../../src/ports/http-client.ts';
import type { LogFields, Logger } from '../../../src/ports/logger.ts';
import { throwawayMemory } from '../../../src/services/accounts/account-memory.ts';
import { pastedTokens } from '../../../src/services/accounts/pasted-tokens.ts';
import { SlidingBudget } from '../../../src/services/polling/sliding-budget.ts';
import {
  type SlackSimulator,
  type SlackSimulatorOptions,
  startSlackSimulator,
} from '../../../src/simulator/slack/server.ts';
import { FakeClock } from '../../support/fake-clock.ts';

/** A log that can be searched for what must not be in it. */
export class RecordingLogger implements Logger {
  readonly lines: string[] = [];
  debug = (message: string, fields?: LogFields): void => void this.lines.push(JSON.stringify([message, fields]));
  info = this.debug;
  warn = this.debug;
  error = this.debug;
  with = (): Logger => this;
}

/** The adapter, signed in to a simulated workspace, with everything that it reported. */
export class SlackBench {
  readonly clock: FakeClock;
  readonly simulator: SlackSimulator;
  token: string;
  readonly logger = new RecordingLogger();
  readonly observations: ObservationReport[] = [];
  readonly identities: IdentityReport[] = [];
  readonly removed: string[] = [];
  readonly lost: MusterError[] = [];
  readonly optedOut = new Set<string>();
  readonly abort = new AbortController();
  /** The account's app-level token; null: it has none. */
  appToken: string | null = null;
  ownChanges = 0;
  inFlight = 0;
  readonly #budgets = new Map<string, CallBudget>();

  constructor(clock: FakeClock, simulator: SlackSimulator, token: string) {
    this.clock = clock;
    this.simulator = simulator;
    this.token = token;
  }

  get signal(): AbortSignal {
    return this.abort.signal;
  }

  /** What the adapter gets. */
  context(overrides: Partial<AdapterContext<SlackSettings>> = {}): AdapterContext<SlackSettings> {
    const live = (): boolean => !this.abort.signal.aborted;
    return {
      accountId: 'a_1',
      settings: { apiUrl: this.simulator.apiUrl },
      secrets: { get: async (key) => ({ userToken: this.token, appToken: this.appToken })[key] ?? null },
      tokens: pastedTokens({ get: async () => this.token }),
      memory: throwawayMemory(),
      webhookUrl: null,
      http: this.http,
      clock: this.clock,
      random: { next: () => 0.5, id: (prefix) => `${prefix}1` },
      logger: this.logger,
      signal: this.abort.signal,
      isOptedOut: (userId) => this.optedOut.has(userId),
      budget: (method, limits) => {
        const budget = this.#budgets.get(method) ?? new SlidingBudget(method, limits, this.clock);
        this.#budgets.set(method, budget);
        return budget;
      },
      report: {
        identities: (identities) => live() && void this.identities.push(...identities),
        removed: (userIds) => live() && void this.removed.push(...userIds),
        observations: (observations) => live() && void this.observations.push(...observations),
        lost: (error) => live() && void this.lost.push(error),
        ownChanged: () => {
          if (live()) this.ownChanges += 1;
        },
        channel: () => {},
      },
      ...overrides,
    };
  }

  /** Real HTTP; a call that is not answered within `timeoutMs` of real time is a `TimeoutError`. */
  timeoutMs = 15_000;
  readonly http: HttpClient = {
    fetch: async (input, init = {}) => {
      const { timeoutMs: _timeout, maxBytes: _size, signal, ...rest } = init;
      const timeout = AbortSignal.timeout(this.timeoutMs);
      this.inFlight += 1;
      try {
        const response = await fetch(input, { ...rest, signal: signal ? AbortSignal.any([signal, timeout]) : timeout });
        const body = [204, 301, 302, 304].includes(response.status) ? null : await response.arrayBuffer();
        return new Response(body, { status: response.status, headers: response.headers });
      } finally {
        this.inFlight -= 1;
      }
    },
  };

  connect(overrides: Partial<AdapterContext<SlackSettings>> = {}): Promise<Connection> {
    return this.during(slackAdapter.connect(this.context(overrides)));
  }

  /** Waits for what needs the clock as well as the network: the clock goes on whenever nothing is under way. */
  async during<T>(promise: Promise<T>): Promise<T> {
    let settled = false;
    const done = (): void => {
      settled = true;
    };
    promise.then(done, done);
    for (let idle = 0; !settled; ) {
      await new Promise((resolve) => setImmediate(resolve));
      idle = this.inFlight > 0 ? 0 : idle + 1;
      if (!settled && idle > 3 && this.clock.pending > 0) {
        await this.clock.advance(250);
        idle = 0;
      }
    }
    return promise;
  }

  /** Waits until something is so; the clock goes on by `stepMs` every few milliseconds. */
  async until(what: string, holds: () => boolean, stepMs = 0): Promise<void> {
    const started = performance.now();
    while (!holds()) {
      if (performance.now() - started > 25_000) throw new Error(`waited in vain for ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 2));
      if (stepMs > 0) await this.clock.advance(stepMs);
    }
  }

  /** Looks at one person's presence. */
  async look(connection: Connection, ...userIds: string[]): Promise<void> {
    const method = connection.presence?.poll.find(({ facet }) => facet === 'presence');
    for (const userId of userIds) await this.during(method?.poll([userId], this.signal) ?? Promise.resolve());
  }

  /** Looks at people's do-not-disturb windows. */
  async lookAtWindows(connection: Connection, ...userIds: string[]): Promise<void> {
    const method = connection.presence?.poll.find(({ facet }) => facet === 'details');
    await this.during(method?.poll(userIds, this.signal) ?? Promise.resolve());
  }

  /** Lists the roster and reports it, as the core does. */
  async list(connection: Connection): Promise<IdentityReport[]> {
    const all: IdentityReport[] = [];
    const walk = async (): Promise<void> => {
      for await (const page of connection.roster?.list(this.signal) ?? []) all.push(...page);
    };
    await this.during(walk());
    return all;
  }

  /** The latest report about somebody. */
  latest(userId: string): ObservationReport | undefined {
    return this.observations.findLast((observation) => observation.userId === userId);
  }
}

/** A workspace with me (`U0ME`), Ada (`U0ADA`) and whoever `populate` adds, and the adapter's surroundings. */
export async function startSlackBench(
  options: SlackSimulatorOptions & { scopes?: readonly string[] } = {},
): Promise<SlackBench> {
  const clock = new FakeClock();
  const { populate, scopes, ...rest } = options;
  const simulator = await startSlackSimulator({
    now: () => clock.now(),
    ...rest,
    populate: (workspace) => {
      workspace.addUser({ id: 'U0ME', name: 'me', realName: 'Grace Hopper', displayName: 'grace' });
      workspace.addUser({
        id: 'U0ADA',
        name: 'ada',
        realName: 'Ada Byron',
        displayName: 'ada',
        email: 'ada@example.org',
      });
      populate?.(workspace);
    },
  });
  const token = simulator.workspace.issueToken({ userId: 'U0ME', ...(scopes === undefined ? {} : { scopes }) });
  return new SlackBench(clock, simulator, token);
}
