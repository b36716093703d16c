import type { z } from 'zod';
import type { Dispose } from '../../ports/clock.ts';
import type { AdapterContext } from '../platform.ts';
import { closed } from './errors.ts';
import type { MemberRequests } from './member-requests.ts';
import type { People, PeopleChanges } from './people.ts';
import { guildMemberSchema, guildNameSchema, guildSchema, guildStubSchema, presenceUpdateSchema } from './schema.ts';

/** A server of a new session that has not come by then has an outage. */
const OUTAGE_MS = 30_000;
/** How long a newcomer's presence may come by itself before it is asked for, together with that of others. */
const NEWCOMER_MS = 3_000;

interface ServerEventsParts {
  readonly context: Pick<AdapterContext, 'clock' | 'logger'>;
  readonly people: People;
  readonly requests: MemberRequests;
  readonly tell: (changes: PeopleChanges) => void;
}

/** Takes the gateway's events about servers and people, and knows which servers are still awaited. */
export class ServerEvents {
  readonly #parts: ServerEventsParts;
  readonly #handlers: ReadonlyMap<string, (data: unknown, replayed: boolean) => void>;
  /** Servers of the session that have not come yet. */
  readonly #awaited = new Set<string>();
  /** The servers to look at; null: all. */
  #wanted: ReadonlySet<string> | null = null;
  #progress = Promise.withResolvers<void>();
  #disposeNewcomers: Dispose | null = null;
  #disposeOutages: Dispose = () => {};
  #over = false;

  constructor(parts: ServerEventsParts) {
    this.#parts = parts;
    const { people, requests, tell } = parts;
    const handlers: Readonly<Record<string, (data: unknown, replayed: boolean) => void>> = {
      GUILD_CREATE: (data) => this.#read(guildSchema, data, (guild) => this.#server(guild)),
      GUILD_UPDATE: (data) => this.#read(guildNameSchema, data, ({ id, name }) => tell(people.renamed(id, name ?? ''))),
      GUILD_DELETE: (data) => this.#read(guildStubSchema, data, (guild) => this.#gone(guild)),
      GUILD_MEMBER_ADD: (data) =>
        this.#read(guildMemberSchema, data, ({ guild_id, ...member }) => {
          requests.joined(guild_id, member.user.id);
          tell(people.member(guild_id, member));
          this.#newcomer();
        }),
      GUILD_MEMBER_UPDATE: (data) =>
        this.#read(guildMemberSchema, data, ({ guild_id, ...member }) => tell(people.member(guild_id, member))),
      GUILD_MEMBER_REMOVE: (data) =>
        this.#read(guildMemberSchema, data, ({ guild_id, user }) => tell(people.left(guild_id, user.id))),
      GUILD_MEMBERS_CHUNK: (data) => requests.chunk(data),
      PRESENCE_UPDATE: (data, replayed) =>
        this.#read(presenceUpdateSchema, data, ({ guild_id, ...presence }) =>
          tell(people.update(guild_id, presence, replayed)),
        ),
      RATE_LIMITED: (data) => requests.rateLimited(data),
    };
    this.#handlers = new Map(Object.entries(handlers));
  }

  /** A new session with these servers, each of which is told soon. */
  begin(guildIds: readonly string[], wanted: ReadonlySet<string> | null): void {
    this.#wanted = wanted;
    this.#awaited.clear();
    for (const id of guildIds) this.#awaited.add(id);
    const { people, tell, context } = this.#parts;
    tell(people.beginSession(guildIds));
    this.#disposeOutages();
    this.#disposeOutages = context.clock.after(OUTAGE_MS, () => {
      for (const id of this.#awaited) tell(people.outage(id));
    });
  }

  /** An event of the gateway; those that Muster has no use for pass by. */
  take(type: string, data: unknown, replayed: boolean): void {
    this.#handlers.get(type)?.(data, replayed);
  }

  /** After a session was resumed, what was asked for before is asked for again. */
  askWhatIsMissing(): void {
    for (const guildId of this.#parts.people.servers(true)) {
      if (!this.#awaited.has(guildId)) this.#parts.requests.wholeServer(guildId);
    }
    this.#newcomer();
  }

  /** Some server has become complete. */
  progressed(): void {
    this.#progress.resolve();
    this.#progress = Promise.withResolvers();
  }

  /** Waits until everybody in all servers is known, as long as there is progress. Answers whether that is so. */
  async settled(patienceMs: number, signal: AbortSignal): Promise<boolean> {
    const { people, context } = this.#parts;
    while (people.servers(true).length > 0) {
      signal.throwIfAborted();
      if (this.#over) throw closed();
      // Large servers are asked for one after the other, so that patience is for each.
      const patience = Promise.withResolvers<'late'>();
      const dispose = context.clock.after(patienceMs, () => patience.resolve('late'));
      const abort = (): void => patience.reject(closed());
      signal.addEventListener('abort', abort, { once: true });
      try {
        if ((await Promise.race([this.#progress.promise, patience.promise])) === 'late') return false;
      } finally {
        dispose();
        signal.removeEventListener('abort', abort);
      }
    }
    return true;
  }

  close(): void {
    this.#over = true;
    this.#disposeNewcomers?.();
    this.#disposeOutages();
    this.progressed();
  }

  #server(guild: z.infer<typeof guildSchema>): void {
    if (this.#wanted !== null && !this.#wanted.has(guild.id)) return;
    const { people, requests, tell } = this.#parts;
    if (guild.unavailable === true) {
      tell(people.outage(guild.id));
      return;
    }
    this.#awaited.delete(guild.id);
    const told = people.server(guild);
    tell(told);
    if (told.complete) this.progressed();
    else requests.wholeServer(guild.id);
  }

  #gone({ id, unavailable }: z.infer<typeof guildStubSchema>): void {
    const { people, requests, tell } = this.#parts;
    requests.forget(id);
    if (unavailable === true) {
      tell(people.outage(id));
      return;
    }
    this.#awaited.delete(id);
    tell(people.farewell(id));
    this.progressed();
  }

  /** Discord tells somebody's presence when it changes, not when they join. */
  #newcomer(): void {
    const { people, requests, context } = this.#parts;
    this.#disposeNewcomers ??= context.clock.after(NEWCOMER_MS, () => {
      this.#disposeNewcomers = null;
      for (const [guildId, userIds] of people.unheard()) {
        if (people.isComplete(guildId)) requests.some(guildId, userIds);
      }
    });
  }

  #read<T>(schema: z.ZodType<T>, data: unknown, take: (value: T) => void): void {
    const parsed = schema.safeParse(data);
    if (parsed.success) take(parsed.data);
    else this.#parts.context.logger.debug('A Discord event could not be read', { issues: parsed.error.issues.length });
  }
}
