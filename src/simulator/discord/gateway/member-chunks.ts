import type { SimulatedUser } from '../world/entities.ts';
import { memberShape, presenceShape } from '../world/shapes.ts';
import type { DiscordWorld } from '../world/world.ts';

const MOST_IN_CHUNK = 1000;
const MOST_IDS = 100;
/** All members of a server may be asked for once in this time. */
const WHOLE_SERVER_MS = 30_000;
const MOST_NONCE_BYTES = 32;

/** `GUILD_MEMBERS_CHUNK`. */
export interface ChunkShape {
  readonly guild_id: string;
  readonly members: readonly ReturnType<typeof memberShape>[];
  readonly chunk_index: number;
  readonly chunk_count: number;
  readonly not_found?: readonly string[];
  readonly presences?: readonly ReturnType<typeof presenceShape>[];
  readonly nonce?: string;
}

/** What a request for members comes to. */
export type MembersAnswer =
  | {
      readonly kind: 'chunks';
      readonly chunks: readonly ChunkShape[];
      readonly userIds: readonly string[];
    }
  | {
      readonly kind: 'rate-limited';
      readonly retryAfterSeconds: number;
      readonly meta: { guild_id: string; nonce?: string };
    }
  /** Not a request that Discord understands: 4002. */
  | { readonly kind: 'malformed' }
  /** A server that the bot is not in: no answer at all. */
  | { readonly kind: 'nothing' };

/** Answers op 8 (`Request Guild Members`), and counts how often whole servers are asked for. */
export class MemberChunks {
  readonly #world: DiscordWorld;
  readonly #askedAt = new Map<string, number>();

  constructor(world: DiscordWorld) {
    this.#world = world;
  }

  answer(data: unknown): MembersAnswer {
    if (typeof data !== 'object' || data === null) return { kind: 'malformed' };
    const request = new Map<string, unknown>(Object.entries(data));
    const guildId = request.get('guild_id');
    const userIds = request.get('user_ids');
    const query = request.get('query');
    const nonce = request.get('nonce');
    if (typeof guildId !== 'string' || (typeof query === 'string') === (userIds !== undefined))
      return { kind: 'malformed' };
    if (userIds !== undefined && (!isTextList(userIds) || userIds.length > MOST_IDS)) return { kind: 'malformed' };
    if (typeof query === 'string' && typeof request.get('limit') !== 'number') return { kind: 'malformed' };
    const guild = this.#world.guilds.get(guildId);
    if (!guild?.available || !guild.members.has(this.#world.bot.id)) return { kind: 'nothing' };
    // A longer nonce is ignored, and the answer has none.
    const echo = typeof nonce === 'string' && Buffer.byteLength(nonce) <= MOST_NONCE_BYTES ? { nonce } : {};
    if (!isTextList(userIds)) {
      const waitMs = (this.#askedAt.get(guildId) ?? Number.NEGATIVE_INFINITY) + WHOLE_SERVER_MS - this.#world.now();
      if (query === '' && request.get('limit') === 0) {
        if (waitMs > 0) {
          return { kind: 'rate-limited', retryAfterSeconds: waitMs / 1000, meta: { guild_id: guildId, ...echo } };
        }
        this.#askedAt.set(guildId, this.#world.now());
      }
    }
    const asked = isTextList(userIds) ? userIds : [...guild.members.keys()];
    const found = asked.filter((id) => guild.members.has(id)).map((id) => this.#world.user(id));
    const notFound = asked.filter((id) => !guild.members.has(id));
    const count = Math.max(1, Math.ceil(found.length / MOST_IN_CHUNK));
    const chunks = Array.from({ length: count }, (_, index): ChunkShape => {
      const members = found.slice(index * MOST_IN_CHUNK, (index + 1) * MOST_IN_CHUNK);
      return {
        guild_id: guildId,
        members: members.map((user) => memberShape(guild, user)),
        chunk_index: index,
        chunk_count: count,
        ...(notFound.length > 0 ? { not_found: notFound } : {}),
        ...(request.get('presences') === true ? { presences: this.#presences(members) } : {}),
        ...echo,
      };
    });
    return { kind: 'chunks', chunks, userIds: isTextList(userIds) ? userIds : [] };
  }

  #presences(members: readonly SimulatedUser[]) {
    if (!this.#world.intents.GUILD_PRESENCES) return [];
    return members
      .filter(({ bot }) => !bot)
      .map(presenceShape)
      .filter(({ status }) => status !== 'offline');
  }
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}
