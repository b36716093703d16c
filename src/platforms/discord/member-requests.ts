import { addMs, type EpochMs, SECOND_MS } from '../../domain/time.ts';
import type { Dispose } from '../../ports/clock.ts';
import type { AdapterContext, JsonValue } from '../platform.ts';
import { OP } from './gateway/protocol.ts';
import type { GatewaySession } from './gateway/session.ts';
import { type MembersChunk, membersChunkSchema, rateLimitedSchema } from './schema.ts';

/** All members of a server may be asked for once in 30 s (docs.discord.com, “Request Guild Members”). */
const WHOLE_SERVER = [{ calls: 1, seconds: 30 }];
/** User ids in one request. */
const MOST_IDS = 100;
/** Silence after which a request is made again. */
const SILENCE_MS = 15 * SECOND_MS;

/** What the chunks of a request bring. */
export interface MemberEvents {
  chunk(chunk: MembersChunk): void;
  /** Every chunk of a whole server came. */
  completed(guildId: string, userIds: ReadonlySet<string>): void;
}

/** A request that is under way. `userIds` null: the whole server. */
interface Request {
  readonly guildId: string;
  readonly userIds: readonly string[] | null;
  readonly seen: Set<string>;
  /** Chunks that came; they may come twice, and in any order. */
  readonly chunks: Set<number>;
  retry: Dispose;
}

/** Asks for the members of large servers, and for the presence of single people, as fast as Discord allows. */
export class MemberRequests {
  readonly #context: AdapterContext;
  readonly #session: Pick<GatewaySession, 'send'>;
  readonly #events: MemberEvents;
  readonly #requests = new Map<string, Request>();
  #number = 0;
  #closed = new AbortController();

  constructor(context: AdapterContext, session: Pick<GatewaySession, 'send'>, events: MemberEvents) {
    this.#context = context;
    this.#session = session;
    this.#events = events;
  }

  /** Asks for everybody in a server, with their presence; once, however often it is called meanwhile. */
  wholeServer(guildId: string): void {
    const underWay = [...this.#requests.values()].some((one) => one.guildId === guildId && one.userIds === null);
    if (!underWay) this.#request(guildId, null);
  }

  /** Asks for these people of a server. */
  some(guildId: string, userIds: readonly string[]): void {
    const asked = new Set([...this.#requests.values()].flatMap((one) => one.userIds ?? []));
    const fresh = userIds.filter((userId) => !asked.has(userId));
    for (let start = 0; start < fresh.length; start += MOST_IDS) {
      this.#request(guildId, fresh.slice(start, start + MOST_IDS));
    }
  }

  /** `GUILD_MEMBERS_CHUNK`. */
  chunk(data: unknown): void {
    const parsed = membersChunkSchema.safeParse(data);
    if (!parsed.success) return;
    const chunk = parsed.data;
    const nonce = chunk.nonce ?? '';
    const request = this.#requests.get(nonce);
    for (const { user } of chunk.members) request?.seen.add(user.id);
    this.#events.chunk(chunk);
    if (request === undefined) return;
    request.retry();
    request.chunks.add(chunk.chunk_index);
    if (request.chunks.size < chunk.chunk_count) {
      request.retry = this.#again(nonce, request, addMs(this.#context.clock.now(), SILENCE_MS));
      return;
    }
    this.#requests.delete(nonce);
    if (request.userIds === null) this.#events.completed(request.guildId, request.seen);
  }

  /** Somebody came into a server: it may be told about before the answer in which they are missing. */
  joined(guildId: string, userId: string): void {
    for (const request of this.#requests.values()) if (request.guildId === guildId) request.seen.add(userId);
  }

  /** `RATE_LIMITED`: the request that it is about is made again when Discord allows. */
  rateLimited(data: unknown): void {
    const parsed = rateLimitedSchema.safeParse(data);
    if (!parsed.success || parsed.data.opcode !== OP.requestGuildMembers) return;
    const { retry_after, meta } = parsed.data;
    for (const [nonce, request] of this.#requests) {
      if (meta?.nonce ? nonce !== meta.nonce : request.guildId !== meta?.guild_id) continue;
      request.retry();
      request.retry = this.#again(nonce, request, addMs(this.#context.clock.now(), Math.ceil(retry_after * SECOND_MS)));
    }
  }

  /** The session is another one, or lost, or the server is gone: answers will not come any more. */
  forget(guildId?: string): void {
    for (const [nonce, request] of this.#requests) {
      if (guildId !== undefined && request.guildId !== guildId) continue;
      request.retry();
      this.#requests.delete(nonce);
    }
    if (guildId !== undefined) return;
    this.#closed.abort();
    this.#closed = new AbortController();
  }

  /** A nonce is used once: what still comes for an earlier try is no part of the answer to the next. */
  #request(guildId: string, userIds: readonly string[] | null): void {
    this.#number += 1;
    const nonce = `muster-${this.#number}`;
    const request: Request = { guildId, userIds, seen: new Set(), chunks: new Set(), retry: () => {} };
    this.#requests.set(nonce, request);
    void this.#send(nonce, request);
  }

  async #send(nonce: string, request: Request): Promise<void> {
    const { clock, budget, signal } = this.#context;
    const both = AbortSignal.any([signal, this.#closed.signal]);
    const { guildId } = request;
    // Who opted out while the request waited is not asked about.
    const userIds = request.userIds?.filter((userId) => !this.#context.isOptedOut(userId));
    try {
      if (userIds === undefined) await budget(`request-guild-members/${guildId}`, WHOLE_SERVER).take(both);
      else if (userIds.length === 0) return void this.#requests.delete(nonce);
      if (this.#requests.get(nonce) !== request) return;
      const whom: Readonly<Record<string, JsonValue>> =
        userIds === undefined ? { query: '', limit: 0 } : { user_ids: [...userIds] };
      await this.#session.send(OP.requestGuildMembers, { guild_id: guildId, ...whom, presences: true, nonce }, both);
      request.retry = this.#again(nonce, request, addMs(clock.now(), SILENCE_MS));
    } catch {
      // The session went; a new one asks anew, and what a resumed one brings is waited for.
    }
  }

  #again(nonce: string, request: Request, at: EpochMs): Dispose {
    return this.#context.clock.at(at, () => {
      if (this.#requests.get(nonce) !== request) return;
      this.#requests.delete(nonce);
      this.#request(request.guildId, request.userIds);
    });
  }
}
