/**
 * What Muster reads of Discord's payloads. Discord says of presence updates that no field but the user's id is required and that
 * “the types of the fields are not validated”: what is odd counts as absent, and never spoils the rest of the payload.
 */
import { z } from 'zod';

/** Discord's ids: 64-bit numbers as text. */
export const snowflakeSchema = z.string().regex(/^\d{1,20}$/);

const oddText = z.string().nullish().catch(undefined);
const oddNumber = z.number().nullish().catch(undefined);
const oddFlag = z.boolean().nullish().catch(undefined);

/** A list whose unreadable entries are left out. */
function each<T>(schema: z.ZodType<T>) {
  return z
    .array(z.unknown())
    .catch([])
    .transform((entries) =>
      entries.flatMap((entry) => {
        const parsed = schema.safeParse(entry);
        return parsed.success ? [parsed.data] : [];
      }),
    );
}

/** A user, of whom presence updates may give no more than the id. */
export const userSchema = z.object({
  id: snowflakeSchema,
  username: oddText,
  global_name: oddText,
  avatar: oddText,
  bot: oddFlag,
  system: oddFlag,
});
export type DiscordUser = z.infer<typeof userSchema>;

/** A member of a server; `user` is there in everything that Muster listens to. */
export const memberSchema = z.object({ user: userSchema, nick: oddText });
export type DiscordMember = z.infer<typeof memberSchema>;

const emojiSchema = z.object({ name: oddText, id: oddText, animated: oddFlag });

/** One thing that somebody does. `timestamps` are Unix milliseconds; `type` 4 is the custom status. */
export const activitySchema = z.object({
  type: z.number(),
  name: oddText,
  details: oddText,
  state: oddText,
  application_id: oddText,
  emoji: emojiSchema.nullish().catch(undefined),
  timestamps: z.object({ start: oddNumber, end: oddNumber }).nullish().catch(undefined),
});
export type DiscordActivity = z.infer<typeof activitySchema>;

/** Somebody's presence; an absent field means that it did not change. */
export const presenceSchema = z.object({
  user: userSchema,
  status: oddText,
  activities: z
    .array(z.unknown())
    .optional()
    .catch(undefined)
    .transform((entries) => (entries === undefined ? undefined : each(activitySchema).parse(entries))),
  client_status: z.record(z.string(), z.unknown()).nullish().catch(undefined),
});
export type DiscordPresence = z.infer<typeof presenceSchema>;

/** `PRESENCE_UPDATE`. */
export const presenceUpdateSchema = presenceSchema.extend({ guild_id: snowflakeSchema });

/** `GUILD_CREATE`: of a server above the large threshold only those who are not offline. */
export const guildSchema = z.object({
  id: snowflakeSchema,
  unavailable: oddFlag,
  name: oddText,
  large: oddFlag,
  member_count: oddNumber,
  members: each(memberSchema),
  presences: each(presenceSchema),
  emojis: each(z.object({ id: snowflakeSchema, name: z.string().min(1), animated: oddFlag })),
});
export type DiscordGuild = z.infer<typeof guildSchema>;

/** `GUILD_DELETE`, and the servers that `READY` names; `unavailable`: an outage rather than a farewell. */
export const guildStubSchema = z.object({ id: snowflakeSchema, unavailable: oddFlag });

/** `GUILD_UPDATE`. */
export const guildNameSchema = z.object({ id: snowflakeSchema, name: oddText });

/** `GUILD_MEMBER_ADD`, `GUILD_MEMBER_UPDATE` and `GUILD_MEMBER_REMOVE`. */
export const guildMemberSchema = memberSchema.extend({ guild_id: snowflakeSchema });

/** `GUILD_MEMBERS_CHUNK`: one part of the answer to a request for members. */
export const membersChunkSchema = z.object({
  guild_id: snowflakeSchema,
  members: each(memberSchema),
  presences: each(presenceSchema),
  /** Of those who were asked for by id: they are not in the server. */
  not_found: each(snowflakeSchema),
  chunk_index: z.number().int().min(0),
  chunk_count: z.number().int().min(1),
  nonce: oddText,
});
export type MembersChunk = z.infer<typeof membersChunkSchema>;

/** `RATE_LIMITED`: a request over the gateway that has to wait for `retry_after` seconds. */
export const rateLimitedSchema = z.object({
  opcode: z.number(),
  retry_after: z.number().min(0),
  meta: z.object({ guild_id: oddText, nonce: oddText }).nullish().catch(undefined),
});

/** `READY`. */
export const readySchema = z.object({
  user: userSchema,
  guilds: each(guildStubSchema),
  session_id: z.string().min(1),
  resume_gateway_url: z.string().min(1),
  application: z.object({ id: snowflakeSchema }).nullish().catch(undefined),
});
export type Ready = z.infer<typeof readySchema>;

/** Everything on the gateway comes as this. */
export const frameSchema = z.object({
  op: z.number().int(),
  d: z.unknown().optional(),
  s: z.number().int().nullish(),
  t: z.string().nullish(),
});

/** What the gateway says first; milliseconds. */
export const helloSchema = z.object({ heartbeat_interval: z.number().min(1).max(3_600_000) });

/** `GET /gateway/bot`; `reset_after` in milliseconds. */
export const gatewayBotSchema = z.object({
  url: z.string().min(1),
  session_start_limit: z.object({
    total: z.number().int().min(1),
    remaining: z.number().int(),
    reset_after: z.number().min(0),
    max_concurrency: z.number().int().min(1),
  }),
});

/** `GET /applications/@me`; `flags` null: not told. */
export const applicationSchema = z.object({ flags: z.number().int().nullable().catch(null) });

/** `GET /users/@me/guilds`: up to 200 of them. */
export const guildListSchema = each(guildNameSchema);
