/**
 * What Muster reads of Slack's payloads. Lenient where Slack may add values (unknown keys and enum values pass), strict about types:
 * a wrong type is an unreadable answer, never a guess. Optional parts that are merely odd are left out rather than failing a page.
 */
import { z } from 'zod';

/** `auth.test`. `bot_id` is there for bot tokens only, `enterprise_id` in Enterprise organisations, whose own tokens say `is_enterprise_install`. */
export const authTestSchema = z.object({
  user_id: z.string().min(1),
  user: z.string().optional(),
  team: z.string().optional(),
  team_id: z.string().min(1),
  bot_id: z.string().nullish(),
  enterprise_id: z.string().nullish(),
  is_enterprise_install: z.boolean().nullish(),
});
export type AuthTest = z.infer<typeof authTestSchema>;

/** `auth.teams.list`: the workspaces that an organisation's token may see. */
export const teamsListSchema = z.object({
  teams: z.array(z.object({ id: z.string().min(1), name: z.string().nullish() })),
});

/** A part that Slack may leave out, null or fill oddly without the rest being wrong. */
const oddText = z.string().optional().catch(undefined);
const oddSeconds = z.number().optional().catch(undefined);

const displayInfoSchema = z.object({ emoji_name: z.string(), unicode: oddText, display_url: oddText });

/** The profile's parts that concern names, pictures and status. `status_expiration` is Unix seconds, 0 = never. */
export const profileSchema = z.object({
  display_name: oddText,
  real_name: oddText,
  email: oddText,
  image_72: oddText,
  image_192: oddText,
  status_text: oddText,
  status_emoji: oddText,
  status_expiration: oddSeconds,
  status_emoji_display_info: z.array(displayInfoSchema).optional().catch(undefined),
  huddle_state: oddText,
  huddle_state_expiration_ts: oddSeconds,
});
export type SlackProfile = z.infer<typeof profileSchema>;

/** One of `users.list`'s members. */
export const memberSchema = z.object({
  id: z.string().min(1),
  name: oddText,
  real_name: oddText,
  deleted: z.boolean().nullish(),
  is_bot: z.boolean().nullish(),
  is_workflow_bot: z.boolean().nullish(),
  is_connector_bot: z.boolean().nullish(),
  /** Where they are at home; another one for people of shared channels. */
  team_id: oddText,
  /** Of an Enterprise organisation: the workspaces that they are in. */
  enterprise_user: z
    .object({ teams: z.array(z.string()).optional().catch(undefined) })
    .nullish()
    .catch(undefined),
  /** Of another organisation, and in no channel that the token can see. */
  is_stranger: z.boolean().nullish(),
  /** When the user object was last changed, in Unix seconds. */
  updated: oddSeconds,
  is_email_confirmed: z.boolean().optional().catch(undefined),
  tz: oddText,
  profile: profileSchema.optional(),
});
export type SlackMember = z.infer<typeof memberSchema>;

/** `users.list`; an empty or absent cursor ends it. */
export const usersListSchema = z.object({
  members: z.array(memberSchema),
  response_metadata: z.object({ next_cursor: z.string().nullish() }).nullish(),
});

/** `users.getPresence`; all but `presence` come for oneself only. */
export const presenceSchema = z.object({
  presence: z.string(),
  auto_away: z.boolean().nullish(),
  manual_away: z.boolean().nullish(),
});
export type SlackPresence = z.infer<typeof presenceSchema>;

/** `users.profile.get`. */
export const profileGetSchema = z.object({ profile: profileSchema });

/** One person's `dnd.teamInfo`. Without a schedule both times are 1. */
export const dndSchema = z.object({
  next_dnd_start_ts: z.number().nullish(),
  next_dnd_end_ts: z.number().nullish(),
});

export type SlackDnd = z.infer<typeof dndSchema>;

/** `dnd.teamInfo`, by user id. */
export const dndTeamInfoSchema = z.object({ users: z.record(z.string(), dndSchema) });

/** `dnd.info` of oneself; the `snooze_` parts come for oneself only. */
export const dndInfoSchema = dndSchema.extend({
  snooze_enabled: z.boolean().nullish(),
  snooze_endtime: z.number().nullish(),
  snooze_is_indefinite: z.boolean().nullish(),
});
export type SlackDndInfo = z.infer<typeof dndInfoSchema>;

/** `emoji.list`: a picture's URL, or `alias:` and the name of another emoji. */
export const emojiListSchema = z.object({ emoji: z.record(z.string(), z.string()) });

/** Methods whose answer Muster needs nothing of. */
export const doneSchema = z.object({});
