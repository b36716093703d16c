import type { SimulatedActivity, SimulatedGuild, SimulatedUser } from './entities.ts';
import { guildShape, memberShape, presenceShape, userShape } from './shapes.ts';

/** An event of one server, for sessions that may have it. `needs`: the privileged intent. */
export interface WorldEvent {
  readonly type: string;
  readonly guildId: string;
  readonly needs: 'GUILDS' | 'GUILD_MEMBERS' | 'GUILD_PRESENCES';
  /** Null: made for each session (`GUILD_CREATE` depends on its large threshold). */
  readonly data: Readonly<Record<string, unknown>> | null;
}

/** People, servers and one bot, without any protocol. */
export class DiscordWorld {
  readonly bot: SimulatedUser;
  readonly now: () => number;
  readonly users = new Map<string, SimulatedUser>();
  readonly guilds = new Map<string, SimulatedGuild>();
  /** The toggles of the developer portal. */
  readonly intents = { GUILD_MEMBERS: true, GUILD_PRESENCES: true };
  /** Applications that the app on this computer knows, by id. */
  readonly applications = new Map<string, string>();
  /** Told when the token was reset. */
  onReset: () => void = () => {};
  #token: string;
  #resets = 0;
  readonly #listeners = new Set<(event: WorldEvent) => void>();

  constructor(now: () => number, botId = '900000000000000001') {
    this.now = now;
    this.bot = this.addUser({ id: botId, username: 'muster', bot: true });
    this.bot.status = 'online';
    this.applications.set(botId, 'Muster');
    this.#token = this.#newToken();
  }

  /** The bot's token. Discord's look the same: the bot's id, a time and a signature in base64. */
  get token(): string {
    return this.#token;
  }

  /** The owner resets the token: the old one counts no more, and sessions with it end. */
  resetToken(): string {
    this.#resets += 1;
    this.#token = this.#newToken();
    this.onReset();
    return this.#token;
  }

  on(listener: (event: WorldEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  addUser(user: {
    id: string;
    username: string;
    globalName?: string | null;
    avatar?: string | null;
    bot?: boolean;
  }): SimulatedUser {
    const added: SimulatedUser = {
      globalName: null,
      avatar: null,
      bot: false,
      ...user,
      status: 'offline',
      devices: [],
      activities: [],
    };
    this.users.set(user.id, added);
    return added;
  }

  user(id: string): SimulatedUser {
    const user = this.users.get(id);
    if (user === undefined) throw new Error(`There is no user ${id}.`);
    return user;
  }

  guild(id: string): SimulatedGuild {
    const guild = this.guilds.get(id);
    if (guild === undefined) throw new Error(`There is no server ${id}.`);
    return guild;
  }

  /** A server that the bot has been invited to, with these people in it. */
  addGuild(guild: {
    id: string;
    name: string;
    members: readonly string[];
    emojis?: { id: string; name: string }[];
  }): void {
    const joinedAt = this.now();
    const members = new Map(
      [this.bot.id, ...guild.members].map((id) => [this.user(id).id, { nick: null, joinedAt }] as const),
    );
    const ownerId = guild.members[0] ?? this.bot.id;
    const { id, name, emojis = [] } = guild;
    this.guilds.set(id, { id, name, ownerId, createdAt: joinedAt, available: true, members, emojis });
    this.#tell({ type: 'GUILD_CREATE', guildId: id, needs: 'GUILDS', data: null });
  }

  renameGuild(id: string, name: string): void {
    const guild = this.guild(id);
    guild.name = name;
    this.#tell({ type: 'GUILD_UPDATE', guildId: id, needs: 'GUILDS', data: guildShape(guild) });
  }

  /** The server has an outage. */
  outage(id: string): void {
    this.#tell({ type: 'GUILD_DELETE', guildId: id, needs: 'GUILDS', data: { id, unavailable: true } });
    this.guild(id).available = false;
  }

  /** The outage is over. */
  back(id: string): void {
    this.guild(id).available = true;
    this.#tell({ type: 'GUILD_CREATE', guildId: id, needs: 'GUILDS', data: null });
  }

  /** The bot is thrown out. */
  expelBot(id: string): void {
    this.#tell({ type: 'GUILD_DELETE', guildId: id, needs: 'GUILDS', data: { id } });
    this.guild(id).members.delete(this.bot.id);
  }

  join(guildId: string, userId: string): void {
    const guild = this.guild(guildId);
    const user = this.user(userId);
    guild.members.set(userId, { nick: null, joinedAt: this.now() });
    const data = { ...memberShape(guild, user), guild_id: guildId };
    this.#tell({ type: 'GUILD_MEMBER_ADD', guildId, needs: 'GUILD_MEMBERS', data });
  }

  leave(guildId: string, userId: string): void {
    this.guild(guildId).members.delete(userId);
    const data = { guild_id: guildId, user: userShape(this.user(userId)) };
    this.#tell({ type: 'GUILD_MEMBER_REMOVE', guildId, needs: 'GUILD_MEMBERS', data });
  }

  setNick(guildId: string, userId: string, nick: string | null): void {
    const guild = this.guild(guildId);
    const membership = guild.members.get(userId);
    if (membership === undefined) throw new Error(`${userId} is not in the server ${guildId}.`);
    membership.nick = nick;
    const data = { ...memberShape(guild, this.user(userId)), guild_id: guildId };
    this.#tell({ type: 'GUILD_MEMBER_UPDATE', guildId, needs: 'GUILD_MEMBERS', data });
  }

  /** Somebody's apps: the status they chose and where they are signed in. */
  setStatus(userId: string, status: string, devices: readonly string[] = ['desktop']): void {
    const user = this.user(userId);
    user.status = status;
    user.devices = status === 'offline' ? [] : devices;
    this.tellPresence(userId);
  }

  /** The custom status; null takes it away. */
  setCustomStatus(userId: string, custom: { text: string; emoji?: SimulatedActivity['emoji'] } | null): void {
    const others = this.user(userId).activities.filter(({ type }) => type !== 4);
    const activity: SimulatedActivity[] =
      custom === null
        ? []
        : [
            {
              type: 4,
              name: 'Custom Status',
              createdAt: this.now(),
              state: custom.text,
              ...(custom.emoji === undefined ? {} : { emoji: custom.emoji }),
            },
          ];
    this.setActivities(userId, [...activity, ...others]);
  }

  setActivities(userId: string, activities: readonly SimulatedActivity[]): void {
    this.user(userId).activities = activities;
    this.tellPresence(userId);
  }

  /** Sends the presence to every server that the person is in: one copy each. `fields` replace what it says. */
  tellPresence(userId: string, fields: Readonly<Record<string, unknown>> = {}): void {
    const data = { ...presenceShape(this.user(userId)), ...fields };
    for (const guild of this.guilds.values()) {
      if (!guild.members.has(userId) || !guild.available) continue;
      const copy = { ...data, guild_id: guild.id };
      this.#tell({ type: 'PRESENCE_UPDATE', guildId: guild.id, needs: 'GUILD_PRESENCES', data: copy });
    }
  }

  #tell(event: WorldEvent): void {
    const guild = this.guilds.get(event.guildId);
    if (!guild?.members.has(this.bot.id)) return;
    for (const listener of this.#listeners) listener(event);
  }

  #newToken(): string {
    const part = (text: string): string => Buffer.from(text).toString('base64url');
    return `${part(this.bot.id)}.${part(`t${this.#resets}`)}.${part(`signature of the simulator ${this.#resets}`)}`;
  }
}
