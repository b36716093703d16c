/** Numbers of Discord's gateway (docs.discord.com/developers/topics/opcodes-and-status-codes, API version 10). */

/** Opcodes. */
export const OP = {
  dispatch: 0,
  heartbeat: 1,
  identify: 2,
  resume: 6,
  reconnect: 7,
  requestGuildMembers: 8,
  invalidSession: 9,
  hello: 10,
  heartbeatAck: 11,
} as const;

/** `GUILDS`, and the privileged `GUILD_MEMBERS` and `GUILD_PRESENCES`. */
export const INTENTS = (1 << 0) | (1 << 1) | (1 << 8);

/** The most that Discord allows: of servers up to this size `GUILD_CREATE` lists everybody. */
export const LARGE_THRESHOLD = 250;

/** A connection may send 120 payloads in 60 s; the rest is for heartbeats, which never wait. */
export const SENDS_PER_MINUTE = 100;

/** Larger payloads end the connection with 4002. */
export const MOST_PAYLOAD_BYTES = 4096;

/** Sign-ins on the gateway in 24 h; more of them make Discord reset the bot's token. */
export const IDENTIFIES_A_DAY = 1000;

/** Application flags by the intent that they grant, for large bots and for small ones (“Application Flags”). */
const INTENT_FLAGS: Readonly<Record<string, number>> = {
  GUILD_PRESENCES: (1 << 12) | (1 << 13),
  GUILD_MEMBERS: (1 << 14) | (1 << 15),
};

/** The privileged intents that are off in the developer portal, by the application's flags; none when those are not known. */
export function missingIntents(flags: number | null): string[] {
  if (flags === null) return [];
  return Object.entries(INTENT_FLAGS).flatMap(([intent, granting]) => ((flags & granting) === 0 ? [intent] : []));
}

/** A close code of ours after which Discord keeps the session; 1000 and 1001 would end it. */
export const CLOSE_TO_RESUME = 4900;
