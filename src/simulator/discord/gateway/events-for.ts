import { guildCreateShape } from '../world/shapes.ts';
import type { DiscordWorld, WorldEvent } from '../world/world.ts';
import type { GatewaySessionState, SessionStore } from './session-store.ts';

/** Bits of the intents that the simulator knows. */
export const INTENT = { GUILDS: 1 << 0, GUILD_MEMBERS: 1 << 1, GUILD_PRESENCES: 1 << 8 } as const;

/** Hands an event of a server to every session that asked for its kind, connected or not. */
export function tellSessions(world: DiscordWorld, sessions: SessionStore, event: WorldEvent): void {
  for (const session of sessions.all()) {
    if ((session.intents & INTENT[event.needs]) === 0) continue;
    sessions.dispatch(session, event.type, event.data ?? guildCreateFor(world, event.guildId, session));
  }
}

/** A server as this session sees it: above its large threshold only those who are not offline, or have a nickname. */
export function guildCreateFor(world: DiscordWorld, guildId: string, session: GatewaySessionState) {
  const guild = world.guild(guildId);
  const everybody = [...guild.members.keys()].map((id) => world.user(id));
  const large = everybody.length > session.largeThreshold;
  const present = everybody.filter(
    ({ id, status }) => (status !== 'offline' && status !== 'invisible') || guild.members.get(id)?.nick != null,
  );
  return guildCreateShape(guild, large ? present : everybody, large);
}
