import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MusterError } from '../../../src/domain/errors.ts';
import { httpClient } from '../../../src/infra/http/http-client.ts';
import { discordAdapter } from '../../../src/platforms/discord/adapter.ts';
import type { DiscordSettings } from '../../../src/platforms/discord/manifest.ts';
import type {
  AdapterContext,
  Connection,
  IdentityReport,
  ObservationReport,
  OwnStatusBundle,
} from '../../../src/platforms/platform.ts';
import type { CallBudget } from '../../../src/ports/call-budget.ts';
import type { LogFields, Logger } from '../../../src/ports/logger.ts';
import { throwawayMemory } from '../../../src/services/accounts/account-memory.ts';
import { pastedTokens } from '../../../src/services/accounts/pasted-tokens.ts';
import { type KeptCalls, SlidingBudget } from '../../../src/services/polling/sliding-budget.ts';
import { type DiscordSimulator, startDiscordSimulator } from '../../../src/simulator/discord/server.ts';
import type { DiscordWorld } from '../../../src/simulator/discord/world/world.ts';
import { FakeClock } from '../../support/fake-clock.ts';

export const ME = '100000000000000001';
export const ADA = '100000000000000002';
export const BEN = '100000000000000003';
export const HARBOUR = '200000000000000001';
export const STUDIO = '200000000000000002';

const GIVE_UP_MS = 8_000;

/** The adapter, signed in to a simulated Discord, with everything that it reported. Ada is in both servers, Ben in one. */
export class DiscordBench {
  readonly clock = new FakeClock();
  readonly observations: ObservationReport[] = [];
  readonly identities = new Map<string, IdentityReport>();
  readonly removed: string[] = [];
  readonly lost: MusterError[] = [];
  readonly log: string[] = [];
  readonly optedOut = new Set<string>();
  readonly memory = throwawayMemory();
  ownChanges = 0;
  /** Stands in for Discord's REST API; null lets it answer itself. */
  rest: () => Response | null = () => null;
  /** How often it did. */
  refused = 0;
  /** Where the Discord app of this computer would be. */
  folder = '';
  token = '';
  #abort = new AbortController();
  #simulator: DiscordSimulator | null = null;
  #connection: Connection | null = null;
  /** Calls of an earlier run, by budget. */
  readonly earlier = new Map<string, KeptCalls[]>();
  readonly #budgets = new Map<string, CallBudget>();

  /** Starts Discord with Ada and Ben on it. */
  async start(): Promise<void> {
    this.folder = await mkdtemp(join(tmpdir(), 'discord-'));
    this.#simulator = await startDiscordSimulator({ now: () => this.clock.now() });
    const { world } = this.simulator;
    world.addUser({ id: ME, username: 'grace', globalName: 'Grace Hopper' });
    world.addUser({ id: ADA, username: 'ada', globalName: 'Ada Lovelace', avatar: 'a1b2c3' });
    world.addUser({ id: BEN, username: 'ben', globalName: null });
    world.setStatus(ME, 'online');
    const emojis = [{ id: '500000000000000001', name: 'harbour' }];
    world.addGuild({ id: HARBOUR, name: 'Harbour Works', members: [ME, ADA, BEN], emojis });
    world.addGuild({
      id: STUDIO,
      name: 'Studio',
      members: [ME, ADA],
      emojis: [{ id: '500000000000000002', name: 'harbour' }],
    });
    this.token = world.token;
  }

  get simulator(): DiscordSimulator {
    if (this.#simulator === null) throw new Error('not started');
    return this.#simulator;
  }

  get world(): DiscordWorld {
    return this.simulator.world;
  }

  get connection(): Connection {
    if (this.#connection === null) throw new Error('not connected');
    return this.#connection;
  }

  get own(): OwnStatusBundle {
    if (this.connection.ownStatus === undefined) throw new Error('no own status');
    return this.connection.ownStatus;
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Signs in; everything reported before is forgotten. */
  async connect(settings: Partial<DiscordSettings> = {}): Promise<Connection> {
    this.#abort = new AbortController();
    this.observations.length = 0;
    this.#connection = await this.settled(discordAdapter.connect(this.context(settings)));
    return this.#connection;
  }

  /** Signs in and lists everybody. */
  async signIn(settings: Partial<DiscordSettings> = {}): Promise<IdentityReport[]> {
    await this.connect(settings);
    return this.list();
  }

  async list(): Promise<IdentityReport[]> {
    const people: IdentityReport[] = [];
    const walk = async (): Promise<void> => {
      for await (const page of this.connection.roster?.list(this.signal) ?? []) people.push(...page);
    };
    await this.settled(walk());
    return people;
  }

  reconnect(): Promise<'resumed' | 'fresh'> {
    if (this.connection.reconnect === undefined) throw new Error('no reconnect');
    return this.settled(this.connection.reconnect(this.signal));
  }

  latest(userId: string): ObservationReport | undefined {
    return this.observations.findLast((observation) => observation.userId === userId);
  }

  /** The error that a promise rejects with. */
  async failure(promise: Promise<unknown>): Promise<MusterError> {
    const thrown: unknown = await promise.then(
      () => null,
      (error: unknown) => error,
    );
    if (!(thrown instanceof MusterError)) throw new Error('not refused with a MusterError');
    return thrown;
  }

  /** Waits for a promise; the clock goes on while nothing else does. */
  async settled<T>(promise: Promise<T>): Promise<T> {
    let over = false;
    promise.then(
      () => (over = true),
      () => (over = true),
    );
    await this.until('an answer', () => over, 250);
    return promise;
  }

  /** Waits until something is so; the clock goes on by `stepMs` every few milliseconds. */
  async until(what: string, holds: () => boolean, stepMs = 0): Promise<void> {
    const started = performance.now();
    for (let turn = 0; !holds(); turn += 1) {
      if (performance.now() - started > GIVE_UP_MS) throw new Error(`waited in vain for ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 1));
      // Loopback answers come within a few milliseconds: time goes on only when nothing came.
      if (stepMs > 0 && turn % 8 === 7) await this.clock.advance(stepMs);
    }
  }

  /** Lets what is on its way arrive. */
  async arrived(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 30));
  }

  async close(): Promise<void> {
    await this.#connection?.close();
    this.#abort.abort(new MusterError('cancelled', 'The test is over.'));
    await this.#simulator?.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** What the adapter gets. */
  context(settings: Partial<DiscordSettings> = {}): AdapterContext<DiscordSettings> {
    const { signal } = this.#abort;
    const live = (): boolean => !signal.aborted;
    const secrets = { get: async (key: string) => (key === 'botToken' ? this.token : null) };
    return {
      accountId: 'a_1',
      settings: { apiUrl: this.simulator.apiUrl, ipcPath: this.folder, ...settings },
      secrets,
      tokens: pastedTokens(secrets, undefined),
      memory: this.memory,
      webhookUrl: null,
      http: {
        fetch: (input, init) => {
          const answer = this.rest();
          if (answer === null) return httpClient(this.clock).fetch(input, init);
          this.refused += 1;
          return Promise.resolve(answer);
        },
      },
      clock: this.clock,
      random: { next: () => 0.5, id: (prefix) => `${prefix}1` },
      logger: this.#logger,
      signal,
      isOptedOut: (userId) => this.optedOut.has(userId),
      budget: (name, limits) => {
        const budget =
          this.#budgets.get(name) ??
          new SlidingBudget(name, limits, this.clock, { earlier: this.earlier.get(name) ?? [] });
        this.#budgets.set(name, budget);
        return budget;
      },
      report: {
        identities: (list) => live() && list.forEach((identity) => void this.identities.set(identity.userId, identity)),
        removed: (ids) => live() && void this.removed.push(...ids),
        observations: (list) => live() && void this.observations.push(...list),
        lost: (error) => live() && void this.lost.push(error),
        ownChanged: () => {
          this.ownChanges += 1;
        },
        channel: () => {},
      },
    };
  }

  readonly #logger: Logger = (() => {
    const write = (message: string, fields?: LogFields): void =>
      void this.log.push(`${message} ${JSON.stringify(fields ?? {})}`);
    const logger: Logger = { debug: write, info: write, warn: write, error: write, with: () => logger };
    return logger;
  })();
}
