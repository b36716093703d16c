import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { MusterError } from '../../../src/domain/errors.ts';
import type { Status } from '../../../src/domain/presence/status.ts';
import { type EpochMs, epochMs } from '../../../src/domain/time.ts';
import { FULL, type PlatformManifest } from '../../../src/platforms/manifest.ts';
import type {
  AdapterContext,
  Connection,
  IdentityReport,
  JsonValue,
  ObservationReport,
  OwnReading,
  OwnStatusBundle,
  OwnTarget,
  PartResult,
  Picture,
  PlatformAdapter,
} from '../../../src/platforms/platform.ts';
import type { WebhookReceiver } from '../../../src/platforms/webhook.ts';
import type { BudgetLimits } from '../../../src/ports/call-budget.ts';

interface OwnState {
  status: Status;
  message: string | null;
  until: EpochMs | null;
  doNotDisturb: boolean;
}

const manifest: PlatformManifest = {
  id: 'slack',
  name: 'Fake',
  delivery: 'both',
  auth: ['token'],
  offByDefault: null,
  inbound: null,
  lacks: [],
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
  settings: z.strictObject({ name: z.string().default('fake') }),
  secrets: [{ key: 'token', title: 'Token', description: '', required: true }],
  signIn: { steps: [], oauthSteps: [], appManifest: null, portalUrl: null, permissions: [] },
  documentationUrl: 'https://example.org',
  verifiedLive: null,
};

/** A platform in memory that a test plays by hand: for what services do with an adapter, not for what adapters do. */
export class FakePlatform implements PlatformAdapter {
  readonly manifest: PlatformManifest;
  /** Whom each connection lists. */
  people: string[] = ['ann', 'ben'];
  /** What else a person's roster entry says. */
  readonly details = new Map<string, Partial<IdentityReport>>();
  /** What polls see. */
  readonly statuses = new Map<string, Status>();
  readonly polled: { userId: string; at: EpochMs }[] = [];
  own: OwnState = { status: 'online', message: null, until: null, doNotDisturb: false };
  /** Errors that the next calls end with, by what is called. */
  readonly failures: Readonly<Record<'connect' | 'poll' | 'read' | 'apply' | 'verify', MusterError[]>> = {
    connect: [],
    poll: [],
    read: [],
    apply: [],
    verify: [],
  };
  /** How a lost connection comes back; null: it connects anew. */
  reconnects: 'resumed' | 'fresh' | null = null;
  /** What `apply` says of the status, when not that all of it was applied. */
  shows: PartResult = { outcome: 'applied', detail: null, expiresBy: 'platform' };
  /** When set, `connect` waits for it. */
  slow: Promise<void> | null = null;
  /** Pictures by key; null: the platform has none. */
  readonly pictures = new Map<string, Picture | null>();
  readonly loads: string[] = [];
  /** When set, pictures wait for it. */
  slowPictures: Promise<void> | null = null;
  /** Who signs in. */
  self = 'me';
  /** When set, `apply` waits for it after having written: a kill in between. */
  stall: Promise<void> | null = null;
  /** When set, `apply` waits for it before it writes anything. */
  stallBefore: Promise<void> | null = null;
  applied = 0;
  /** Whether busy is shown through do-not-disturb alone, on connections from now on. */
  busyImpliesDoNotDisturb = false;
  /** When set, `apply` takes a place in a budget with these limits. */
  writes: BudgetLimits | null = null;
  /** When set, `apply` reads this secret each time, as adapters do that call with a token. */
  writesWith: string | null = null;
  /** How often one's own status was read. */
  reads = 0;
  /** How often the roster was listed. */
  listed = 0;
  connections = 0;
  closed = 0;
  verified = 0;
  /** Whom a search in the directory finds, or what it ends with; only with `directory`. */
  search: (query: string, signal: AbortSignal) => Promise<readonly IdentityReport[]> = async () => [];
  /** What the connection says works less than usual. */
  notices: () => readonly string[] = () => [];
  readonly options: {
    push: boolean;
    perMinute: number;
    platform: 'slack' | 'xmpp';
    ownStatus: boolean;
    directory: boolean;
  };
  context: AdapterContext | null = null;
  /** Those of every session so far, in order. */
  readonly contexts: AdapterContext[] = [];

  /** What webhooks brought, in order; and the errors that the next deliveries end with. */
  readonly delivered: JsonValue[] = [];
  readonly deliveryFailures: MusterError[] = [];
  /** Takes JSON with an `id`, signed with the account's token. */
  readonly webhook: WebhookReceiver = {
    maxBytes: 10_000,
    receive: async ({ headers, body }, { secrets }) => {
      const expected = createHmac('sha256', (await secrets.get('token')) ?? '')
        .update(body)
        .digest('hex');
      if (headers.get('x-signature') !== expected) return { kind: 'rejected', reason: 'the signature is wrong' };
      const payload = z.looseObject({ id: z.string() }).parse(JSON.parse(new TextDecoder().decode(body)));
      return { kind: 'accepted', status: 200, events: [{ id: payload.id, payload: { id: payload.id } }] };
    },
  };

  constructor(options: Partial<FakePlatform['options']> = {}) {
    this.options = { push: true, perMinute: 50, platform: 'slack', ownStatus: true, directory: false, ...options };
    this.manifest = {
      ...manifest,
      id: this.options.platform,
      ...(this.options.directory && { directory: { setting: 'people', most: 3 } }),
    };
  }

  /** Somebody's status arrives. */
  push(userId: string, status: Status, more: Partial<ObservationReport> = {}): void {
    const context = this.live();
    context.report.observations([{ ...this.#observation(userId, status, 'push'), ...more }]);
  }

  live(): AdapterContext {
    if (!this.context) throw new Error('The fake platform has no connection.');
    return this.context;
  }

  async connect(context: AdapterContext): Promise<Connection> {
    const failure = this.failures.connect.shift();
    if (failure) throw failure;
    await this.slow;
    this.connections += 1;
    const probing = context.isOptedOut('anybody');
    if (!probing) {
      this.context = context;
      this.contexts.push(context);
    }
    const notices = () => this.notices();
    return {
      self: { userId: this.self, displayName: 'Me' },
      get notices() {
        return notices();
      },
      ...(this.options.directory && { directory: { search: (query, signal) => this.search(query, signal) } }),
      roster: { list: () => this.#roster(), refreshSeconds: null },
      presence: {
        push: this.options.push,
        poll: this.options.push
          ? []
          : [
              {
                name: 'look',
                facet: 'presence',
                batchSize: 1,
                limits: this.options.perMinute,
                poll: (userIds, signal) => this.#poll(context, userIds, signal),
              },
            ],
      },
      ...(this.options.ownStatus && { ownStatus: this.#ownStatus(context) }),
      avatars: { load: (key) => this.#load(key) },
      emoji: { load: (name) => this.#load(name) },
      webhook: {
        deliver: async (payload) => {
          const failed = this.deliveryFailures.shift();
          if (failed) throw failed;
          this.delivered.push(payload);
        },
      },
      chatUrl: () => null,
      verify: async () => {
        this.verified += 1;
        const failure = this.failures.verify.shift();
        if (failure) throw failure;
      },
      ...(this.reconnects && { reconnect: async () => this.reconnects ?? 'fresh' }),
      close: async () => {
        this.closed += 1;
      },
    };
  }

  #ownStatus(context: AdapterContext): OwnStatusBundle {
    return {
      busyImpliesDoNotDisturb: this.busyImpliesDoNotDisturb,
      read: async () => {
        this.reads += 1;
        const failure = this.failures.read.shift();
        if (failure) throw failure;
        return this.#read();
      },
      apply: async (target, signal) => {
        if (this.writesWith !== null && (await context.secrets.get(this.writesWith)) === null)
          throw new MusterError('credentials-refused', 'The token is missing.');
        if (this.writes !== null) await context.budget('write', this.writes).take(signal, true);
        return this.#apply(target);
      },
      compare: (part, written, read) => compare(part, written, read),
    };
  }

  async #load(key: string): Promise<Picture | null> {
    this.loads.push(key);
    await this.slowPictures;
    return this.pictures.get(key) ?? null;
  }

  async *#roster() {
    this.listed += 1;
    yield this.people.map((userId) => ({
      userId,
      displayName: userId,
      email: null,
      avatarKey: null,
      timeZone: null,
      groups: [],
      ...this.details.get(userId),
    }));
  }

  async #poll(context: AdapterContext, userIds: readonly string[], signal: AbortSignal): Promise<void> {
    await context.budget('look', this.options.perMinute).take(signal);
    const failure = this.failures.poll.shift();
    if (failure) throw failure;
    for (const userId of userIds) this.polled.push({ userId, at: context.clock.now() });
    context.report.observations(
      userIds.map((userId) => this.#observation(userId, this.statuses.get(userId) ?? 'away', 'poll')),
    );
  }

  #observation(userId: string, status: Status, source: 'push' | 'poll'): ObservationReport {
    return {
      userId,
      status,
      doNotDisturb: false,
      rawStatus: status,
      message: null,
      emoji: null,
      activities: [],
      lastSeen: null,
      observedAt: this.live().clock.now(),
      source,
      replayed: false,
    };
  }

  #read(): OwnReading {
    const now = this.live().clock.now();
    if (this.own.until !== null && this.own.until <= now) this.own = { ...this.own, message: null, until: null };
    const { status, message, until, doNotDisturb } = this.own;
    return {
      status: { status, message, emoji: null, until, snapshot: { status, message, until } },
      doNotDisturb: { active: doNotDisturb, until: null, snapshot: doNotDisturb },
    };
  }

  async #apply(target: OwnTarget) {
    const failure = this.failures.apply.shift();
    if (failure) throw failure;
    await this.stallBefore;
    this.applied += 1;
    if (target.status?.kind === 'set') {
      const { status, message, until } = target.status;
      this.own = { ...this.own, status, message, until };
    }
    if (target.status?.kind === 'restore')
      this.own = { ...this.own, ...parseOwn(target.status.snapshot, this.live().clock.now()) };
    if (target.doNotDisturb?.kind === 'set') this.own = { ...this.own, doNotDisturb: target.doNotDisturb.active };
    if (target.doNotDisturb?.kind === 'restore')
      this.own = { ...this.own, doNotDisturb: target.doNotDisturb.snapshot === true };
    await this.stall;
    const done = { outcome: 'applied', detail: null, expiresBy: 'platform' } as const;
    return { status: target.status && this.shows, doNotDisturb: target.doNotDisturb && done };
  }
}

const ownSchema = z.object({
  status: z.enum(['online', 'idle', 'busy', 'away', 'offline', 'unknown']),
  message: z.string().nullable(),
  until: z.number().nullable(),
});

/** What has run out meanwhile is cleared. */
function parseOwn(snapshot: JsonValue, now: EpochMs): Omit<OwnState, 'doNotDisturb'> {
  const { status, message, until } = ownSchema.parse(snapshot);
  const over = until !== null && until <= now;
  return { status, message: over ? null : message, until: over || until === null ? null : epochMs(until) };
}

function compare(part: 'status' | 'doNotDisturb', written: JsonValue, read: JsonValue): 'same' | 'expired' | 'changed' {
  if (part === 'doNotDisturb') return written === read ? 'same' : 'changed';
  const [ours, theirs] = [ownSchema.parse(written), ownSchema.parse(read)];
  if (ours.message === theirs.message && ours.status === theirs.status) return 'same';
  return ours.message !== null && theirs.message === null && ours.status === theirs.status ? 'expired' : 'changed';
}
