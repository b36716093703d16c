/**
 * Payloads as Discord sends them, after the examples of discord/discord-api-docs (`developers/resources/user.mdx`, `guild.mdx`,
 * `developers/events/gateway-events.mdx`) and the types of discord-api-types. Fields that no client of ours could use are left out.
 */
import type { SimulatedActivity, SimulatedGuild, SimulatedUser } from './entities.ts';

/** A user object. */
export function userShape(user: SimulatedUser) {
  return {
    id: user.id,
    username: user.username,
    discriminator: '0',
    global_name: user.globalName,
    avatar: user.avatar,
    banner: null,
    accent_color: null,
    public_flags: 0,
    avatar_decoration_data: null,
    ...(user.bot ? { bot: true } : {}),
  };
}

/** A member of a server, with the user. */
export function memberShape(guild: SimulatedGuild, user: SimulatedUser) {
  const membership = guild.members.get(user.id);
  return {
    user: userShape(user),
    nick: membership?.nick ?? null,
    avatar: null,
    banner: null,
    roles: [],
    joined_at: new Date(membership?.joinedAt ?? 0).toISOString(),
    premium_since: null,
    deaf: false,
    mute: false,
    flags: 0,
    pending: false,
    communication_disabled_until: null,
  };
}

/** What others are told of somebody's presence; whoever is invisible is offline to them. */
export function presenceShape(user: SimulatedUser) {
  const status = user.status === 'invisible' ? 'offline' : user.status;
  const hidden = status === 'offline';
  const clientStatus: Record<string, string> = {};
  if (!hidden) for (const device of user.devices) clientStatus[device] = status;
  return {
    user: { id: user.id },
    status,
    activities: hidden ? [] : user.activities.map((activity, index) => activityShape(activity, index)),
    client_status: clientStatus,
  };
}

function activityShape(activity: SimulatedActivity, index: number) {
  const { createdAt, ...rest } = activity;
  return { id: activity.type === 4 ? 'custom' : `a${index}`, created_at: createdAt, ...rest };
}

/** `GUILD_CREATE`, of which large servers get the shorter lists. */
export function guildCreateShape(guild: SimulatedGuild, members: readonly SimulatedUser[], large: boolean) {
  return {
    ...guildShape(guild),
    joined_at: new Date(guild.createdAt).toISOString(),
    large,
    unavailable: false,
    member_count: guild.members.size,
    members: members.map((user) => memberShape(guild, user)),
    presences: members
      .filter(({ bot }) => !bot)
      .flatMap((user) => {
        const presence = presenceShape(user);
        return presence.status === 'offline' ? [] : [presence];
      }),
    voice_states: [],
    channels: [],
    threads: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

/** A server without its people. */
export function guildShape(guild: SimulatedGuild) {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    owner_id: guild.ownerId,
    region: 'deprecated',
    afk_timeout: 300,
    verification_level: 1,
    default_message_notifications: 0,
    explicit_content_filter: 2,
    roles: [],
    emojis: guild.emojis.map(({ id, name }) => ({
      id,
      name,
      roles: [],
      require_colons: true,
      managed: false,
      animated: false,
      available: true,
    })),
    stickers: [],
    features: [],
    mfa_level: 0,
    application_id: null,
    system_channel_flags: 0,
    premium_tier: 0,
    preferred_locale: 'en-US',
    nsfw_level: 0,
  };
}
