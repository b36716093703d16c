import { z } from 'zod';
import type { MusterError } from '../../../src/domain/errors.ts';
import { FULL, type PlatformManifest } from '../../../src/platforms/manifest.ts';
import type {
  AdapterContext,
  Connection,
  IdentityReport,
  PlatformAdapter,
  PollMethod,
} from '../../../src/platforms/platform.ts';

/** A promise that a test settles. */
export function deferred<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

const manifest: PlatformManifest = {
  id: 'xmpp',
  name: 'Scripted',
  delivery: 'push',
  auth: ['password'],
  tier: 'gold',
  capabilities: {
    readOthers: FULL,
    push: FULL,
    ownAvailability: FULL,
    ownMessage: FULL,
    ownExpiry: FULL,
    doNotDisturb: FULL,
    lastSeen: FULL,
  },
  settings: z.strictObject({}),
  secrets: [],
  offByDefault: null,
  inbound: null,
  lacks: [],
  signIn: { steps: [], oauthSteps: [], appManifest: null, portalUrl: null, permissions: [] },
  documentationUrl: 'https://example.org',
  verifiedLive: null,
};

/** An adapter whose every answer a test gives: the n-th call of each kind takes the n-th answer, the last one for all later. */
export class ScriptedAdapter implements PlatformAdapter {
  readonly manifest = manifest;
  readonly contexts: AdapterContext[] = [];
  readonly connections: Connection[] = [];
  /** How often each connection was closed, by its number. */
  readonly closings: number[] = [];
  /** Answers to connecting: an error, or what to wait for first. */
  connects: (MusterError | Promise<unknown>)[] = [];
  /** Absent: the connection has no `reconnect`. */
  reconnects: (MusterError | Promise<'resumed' | 'fresh'>)[] | null = null;
  verifies: (MusterError | Promise<void>)[] = [];
  verified = 0;
  closes: Promise<void> | null = null;
  /** Each listing: its pages, or an error after them. */
  rosters: { pages: IdentityReport[][]; error?: MusterError; wait?: Promise<void> }[] = [];
  listed = 0;
  refreshSeconds: number | null = null;
  poll: PollMethod[] = [];

  /** Connections that were made and not closed. */
  get open(): number {
    return this.connections.length - this.closings.filter((count) => count > 0).length;
  }

  get context(): AdapterContext {
    const context = this.contexts.at(-1);
    if (!context) throw new Error('nobody has connected');
    return context;
  }

  async connect(context: AdapterContext): Promise<Connection> {
    this.contexts.push(context);
    const answer = this.connects.shift();
    if (answer instanceof Error) throw answer;
    await answer;
    const number = this.connections.length;
    this.closings.push(0);
    const { reconnects } = this;
    const connection: Connection = {
      self: { userId: 'me', displayName: 'Me' },
      notices: [],
      roster: { list: () => this.#list(), refreshSeconds: this.refreshSeconds },
      presence: { push: this.poll.length === 0, poll: this.poll },
      chatUrl: () => null,
      verify: async () => {
        this.verified += 1;
        const verify = this.verifies.shift();
        if (verify instanceof Error) throw verify;
        await verify;
      },
      close: async () => {
        this.closings[number] = (this.closings[number] ?? 0) + 1;
        await this.closes;
      },
      ...(reconnects && {
        reconnect: async () => {
          const next = reconnects.shift();
          if (next instanceof Error) throw next;
          return (await next) ?? 'resumed';
        },
      }),
    };
    this.connections.push(connection);
    return connection;
  }

  async *#list() {
    this.listed += 1;
    const roster = this.rosters.length > 1 ? this.rosters.shift() : this.rosters[0];
    for (const page of roster?.pages ?? []) {
      yield page;
      await roster?.wait;
    }
    if (roster?.error) throw roster.error;
  }
}
