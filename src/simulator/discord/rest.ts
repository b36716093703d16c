import type { JsonAnswer } from '../http/answer.ts';
import { guildShape, memberShape, userShape } from './world/shapes.ts';
import type { DiscordWorld } from './world/world.ts';

/** What the REST part needs. */
export interface RestState {
  readonly world: DiscordWorld;
  /** `ws://127.0.0.1:…`. */
  readonly gatewayUrl: string;
  /** Sign-ins on the gateway that are left, of how many, and until when (ms). */
  readonly sessionStartLimit: () => { total: number; remaining: number; reset_after: number; max_concurrency: number };
}

/** A call, as far as it matters. */
export interface RestCall {
  readonly verb: string;
  /** Behind the version: `/gateway/bot`. */
  readonly route: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
}

const FLAG = { GUILD_PRESENCES: 1 << 13, GUILD_MEMBERS: 1 << 15 } as const;
const MOST_MEMBERS = 1000;

/** Answers a call of `/api/v10/…` as Discord does. */
export function answerRest(state: RestState, call: RestCall): JsonAnswer {
  const { world } = state;
  if (call.route === '/gateway' && call.verb === 'GET') return ok({ url: state.gatewayUrl });
  if (call.authorization !== `Bot ${world.token}`) return refusal(401, 0, '401: Unauthorized');
  if (call.verb !== 'GET') return refusal(405, 0, '405: Method Not Allowed');
  switch (call.route) {
    case '/gateway/bot':
      return ok(gatewayBotShape(state));
    case '/users/@me':
      return ok({ ...userShape(world.bot), mfa_enabled: true, locale: 'en-US', verified: true, email: null, flags: 0 });
    case '/applications/@me':
      return ok(applicationShape(world));
    case '/users/@me/guilds':
      return ok(
        guildsOf(world).map(({ id, name }) => ({ id, name, icon: null, owner: false, permissions: '0', features: [] })),
      );
    default:
      return guildRoute(world, call);
  }
}

/** `{id}` and `{id}/members` of a server that the bot is in. */
function guildRoute(world: DiscordWorld, { route, query }: RestCall): JsonAnswer {
  const [, id, members] = /^\/guilds\/(\d+)(\/members)?$/.exec(route) ?? [];
  if (id === undefined) return refusal(404, 0, '404: Not Found');
  const guild = guildsOf(world).find((one) => one.id === id);
  if (guild === undefined) return refusal(404, 10004, 'Unknown Guild');
  if (members === undefined) return ok(guildShape(guild));
  if (!world.intents.GUILD_MEMBERS) return refusal(403, 50001, 'Missing Access');
  const limit = Number(query.get('limit') ?? 1);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_MEMBERS) return refusal(400, 50035, 'Invalid Form Body');
  const after = BigInt(query.get('after') ?? 0);
  const ids = [...guild.members.keys()].filter((userId) => BigInt(userId) > after);
  ids.sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));
  return ok(ids.slice(0, limit).map((userId) => memberShape(guild, world.user(userId))));
}

function guildsOf(world: DiscordWorld) {
  return [...world.guilds.values()].filter(({ members }) => members.has(world.bot.id));
}

/** `GET /gateway/bot`. */
export function gatewayBotShape(state: RestState) {
  return { url: state.gatewayUrl, shards: 1, session_start_limit: state.sessionStartLimit() };
}

/** `GET /applications/@me`; the flags say which privileged intents are on. */
export function applicationShape(world: DiscordWorld) {
  const { GUILD_MEMBERS, GUILD_PRESENCES } = world.intents;
  return {
    id: world.bot.id,
    name: world.applications.get(world.bot.id) ?? 'Muster',
    icon: null,
    description: '',
    bot_public: false,
    bot_require_code_grant: false,
    verify_key: '0'.repeat(64),
    flags: (GUILD_PRESENCES ? FLAG.GUILD_PRESENCES : 0) | (GUILD_MEMBERS ? FLAG.GUILD_MEMBERS : 0),
    bot: userShape(world.bot),
  };
}

function ok(body: unknown): JsonAnswer {
  return { status: 200, headers: {}, body };
}

/** Discord's refusals: a JSON error code and words. */
export function refusal(status: number, code: number, message: string): JsonAnswer {
  return { status, headers: {}, body: { message, code } };
}
