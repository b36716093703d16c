/** Payloads about a session, after `developers/events/gateway-events.mdx` of discord/discord-api-docs. */
import { userShape } from './shapes.ts';
import type { DiscordWorld } from './world.ts';

/** `READY`: who the bot is and its servers, each of which follows as `GUILD_CREATE`. */
export function readyShape(
  world: DiscordWorld,
  session: { readonly id: string; readonly gatewayUrl: string; readonly guildIds: readonly string[] },
) {
  const shard: [number, number] = [0, 1];
  return {
    v: 10,
    user: userShape(world.bot),
    guilds: session.guildIds.map((id) => ({ id, unavailable: true })),
    session_id: session.id,
    session_type: 'normal',
    resume_gateway_url: session.gatewayUrl,
    shard,
    application: { id: world.bot.id, flags: 0 },
  };
}

/** `RATE_LIMITED`, of a request for members (op 8). */
export function rateLimitedShape(retryAfterSeconds: number, meta: { guild_id: string; nonce?: string }) {
  return { opcode: 8, retry_after: retryAfterSeconds, meta };
}
