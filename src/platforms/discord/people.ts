import type { EpochMs } from '../../domain/time.ts';
import type { IdentityReport, ObservationReport } from '../platform.ts';
import type { EmojiNames } from './emoji-names.ts';
import {
  avatarKeyOf,
  isPerson,
  mergePresence,
  nameOf,
  OFFLINE,
  observationOf,
  type PresenceState,
  unsaid,
} from './mapping.ts';
import type { DiscordGuild, DiscordMember, DiscordPresence, DiscordUser } from './schema.ts';

/** Above this many members Discord lists only bots and people in voice, so that who is missing is not offline (docs.discord.com, “Guild Create”). */
const LISTED_UP_TO = 75_000;

/** What the core is to be told. */
export interface PeopleChanges {
  readonly identities: readonly IdentityReport[];
  readonly removed: readonly string[];
  readonly observations: readonly ObservationReport[];
}

/** One server that the bot is in. `complete`: every member is known. */
interface Server {
  name: string;
  available: boolean;
  complete: boolean;
  nicks: Map<string, string | null>;
}

/** How the book looks at the world. */
export interface PeopleOptions {
  readonly now: () => EpochMs;
  readonly timeZone: () => string;
  readonly isOptedOut: (userId: string) => boolean;
  readonly emoji: EmojiNames;
}

/**
 * Everybody in the bot's servers, once each, however many servers they share with it; and what was last said about them. Pure apart
 * from its state. Nothing about the presence of people who opted out is kept.
 */
export class People {
  readonly #options: PeopleOptions;
  readonly #servers = new Map<string, Server>();
  readonly #users = new Map<string, DiscordUser>();
  readonly #presences = new Map<string, PresenceState>();
  /** The user's own ids: never a colleague. */
  readonly #selves = new Set<string>();

  constructor(options: PeopleOptions) {
    this.#options = options;
  }

  /** This is oneself, and never a colleague. */
  exclude(userId: string): PeopleChanges {
    const listed = this.#isListed(userId) && this.#users.has(userId);
    this.#selves.add(userId);
    return changes({ removed: listed ? [userId] : [] });
  }

  /** Ids of the servers; those whose members are not all known yet alone. */
  servers(incompleteOnly = false): string[] {
    return [...this.#servers].filter(([, server]) => !incompleteOnly || !server.complete).map(([id]) => id);
  }

  /** What the servers are called, as far as they have come. */
  serverNames(): string[] {
    return [...this.#servers.values()].map(({ name }) => name).filter((name) => name !== '');
  }

  /** Whether the server is in order, so that who is missing has left it. */
  isComplete(guildId: string): boolean {
    return this.#servers.get(guildId)?.complete === true;
  }

  /** A new session: everything is said anew. Servers that are not in it were left meanwhile. */
  beginSession(guildIds: readonly string[]): PeopleChanges {
    const known = new Set(guildIds);
    const gone = [...this.#servers.keys()].filter((id) => !known.has(id));
    const before = this.#everybody();
    for (const id of gone) this.#servers.delete(id);
    for (const id of guildIds) {
      const server = this.#servers.get(id) ?? { name: '', available: false, complete: false, nicks: new Map() };
      server.complete = false;
      server.available = false;
      this.#servers.set(id, server);
    }
    return this.#without(before);
  }

  /** `GUILD_CREATE`. Answers whether everybody was in it; otherwise the members have to be asked for. */
  server(guild: DiscordGuild): PeopleChanges & { readonly complete: boolean } {
    const members = guild.members.filter(({ user }) => isPerson(user));
    const count = guild.member_count ?? guild.members.length;
    const complete = guild.large !== true && guild.members.length >= count;
    const server: Server = {
      name: guild.name ?? '',
      available: true,
      complete,
      nicks: complete ? new Map() : (this.#servers.get(guild.id)?.nicks ?? new Map()),
    };
    const before = this.#everybody();
    this.#servers.set(guild.id, server);
    this.#options.emoji.learn(guild.emojis);
    const told = this.#snapshot(server, members, guild.presences, count <= LISTED_UP_TO);
    return { ...told, removed: this.#without(before).removed, complete };
  }

  /** `GUILD_MEMBERS_CHUNK`: whom it names without a presence is offline. */
  chunk(guildId: string, members: readonly DiscordMember[], presences: readonly DiscordPresence[]): PeopleChanges {
    const server = this.#servers.get(guildId);
    if (server === undefined) return changes({});
    return this.#snapshot(
      server,
      members.filter(({ user }) => isPerson(user)),
      presences,
      true,
    );
  }

  /** The last chunk of a whole server came: who was in none of them has left. */
  completed(guildId: string, seen: ReadonlySet<string>): PeopleChanges {
    const server = this.#servers.get(guildId);
    if (server === undefined) return changes({});
    const before = this.#everybody();
    server.complete = true;
    for (const userId of server.nicks.keys()) if (!seen.has(userId)) server.nicks.delete(userId);
    return this.#without(before);
  }

  /** `GUILD_DELETE` by an outage: nobody is told of by that server until it is back. */
  outage(guildId: string): PeopleChanges {
    const server = this.#servers.get(guildId);
    if (server === undefined) return changes({});
    server.available = false;
    const observations: ObservationReport[] = [];
    for (const userId of server.nicks.keys()) {
      if (this.#isSaid(userId) || !this.#isListed(userId)) continue;
      this.#presences.delete(userId);
      if (!this.#options.isOptedOut(userId)) observations.push(unsaid(userId, this.#options.now()));
    }
    return changes({ observations });
  }

  /** The bot was removed from the server, or the server is gone. */
  farewell(guildId: string): PeopleChanges {
    const before = this.#everybody();
    this.#servers.delete(guildId);
    return this.#without(before);
  }

  renamed(guildId: string, name: string): PeopleChanges {
    const server = this.#servers.get(guildId);
    if (server === undefined || name === '' || server.name === name) return changes({});
    server.name = name;
    return changes({ identities: [...server.nicks.keys()].flatMap((userId) => this.#identity(userId)) });
  }

  /** Somebody came into a server, or is called otherwise there. */
  member(guildId: string, { user, nick }: DiscordMember): PeopleChanges {
    const server = this.#servers.get(guildId);
    if (server === undefined || !isPerson(user)) return changes({});
    server.nicks.set(user.id, nick ?? null);
    this.#users.set(user.id, { ...this.#users.get(user.id), ...user });
    return changes({ identities: this.#identity(user.id) });
  }

  left(guildId: string, userId: string): PeopleChanges {
    const before = this.#everybody();
    this.#servers.get(guildId)?.nicks.delete(userId);
    return this.#without(before);
  }

  /** `PRESENCE_UPDATE`: one comes for each shared server; only what says something new is told. */
  update(guildId: string, presence: DiscordPresence, replayed: boolean): PeopleChanges {
    const userId = presence.user.id;
    if (!this.#servers.has(guildId) || this.#options.isOptedOut(userId)) return changes({});
    const identities = this.#renamedBy(presence.user);
    const before = this.#presences.get(userId);
    const after = mergePresence(before, presence);
    this.#presences.set(userId, after);
    if (before !== undefined && JSON.stringify(before) === JSON.stringify(after)) return changes({ identities });
    return changes({ identities, observations: this.#observation(userId, after, replayed) });
  }

  /** Everybody who is listed. What was known of people who have opted out since is forgotten. */
  identities(): IdentityReport[] {
    for (const userId of this.#presences.keys()) if (this.#options.isOptedOut(userId)) this.#presences.delete(userId);
    return [...this.#everybody()].flatMap((userId) => this.#identity(userId));
  }

  /** What is known of everybody's presence, as replayed: it is no news. */
  observations(): ObservationReport[] {
    return [...this.#presences].flatMap(([userId, state]) => this.#observation(userId, state, true));
  }

  /** People of whom nothing has been said, by one server that can be asked. */
  unheard(): Map<string, string[]> {
    const byServer = new Map<string, string[]>();
    for (const userId of this.#everybody()) {
      if (this.#presences.has(userId) || this.#options.isOptedOut(userId)) continue;
      const home = [...this.#servers].find(([, server]) => server.available && server.nicks.has(userId));
      if (home === undefined) continue;
      const asked = byServer.get(home[0]);
      if (asked === undefined) byServer.set(home[0], [userId]);
      else asked.push(userId);
    }
    return byServer;
  }

  /** The raw presence of oneself, as the servers see it; null when nothing was said. */
  presenceOf(userId: string): PresenceState | null {
    return this.#presences.get(userId) ?? null;
  }

  #snapshot(
    server: Server,
    members: readonly DiscordMember[],
    presences: readonly DiscordPresence[],
    absentIsOffline: boolean,
  ): PeopleChanges {
    const said = new Map(presences.map((presence) => [presence.user.id, presence]));
    const identities: IdentityReport[] = [];
    const observations: ObservationReport[] = [];
    for (const { user, nick } of members) {
      server.nicks.set(user.id, nick ?? null);
      this.#users.set(user.id, user);
      identities.push(...this.#identity(user.id));
      if (this.#options.isOptedOut(user.id)) {
        this.#presences.delete(user.id);
        continue;
      }
      const presence = said.get(user.id);
      const state = presence === undefined ? (absentIsOffline ? OFFLINE : null) : mergePresence(undefined, presence);
      if (state === null) continue;
      this.#presences.set(user.id, state);
      observations.push(...this.#observation(user.id, state, true));
    }
    return changes({ identities, observations });
  }

  #observation(userId: string, state: PresenceState, replayed: boolean): ObservationReport[] {
    const { now, timeZone, isOptedOut, emoji } = this.#options;
    if (isOptedOut(userId) || !this.#isListed(userId)) return [];
    const emojiName = (id: string, name: string): string => emoji.nameOf(id, name);
    return [observationOf(userId, state, { at: now(), replayed, timeZone: timeZone(), emojiName })];
  }

  /** Presence updates may bring a new name or picture along. */
  #renamedBy(user: DiscordUser): IdentityReport[] {
    const before = this.#users.get(user.id);
    if (before === undefined || user.username === undefined || user.username === null) return [];
    const after = { ...before, ...user };
    this.#users.set(user.id, after);
    return JSON.stringify(before) === JSON.stringify(after) ? [] : this.#identity(user.id);
  }

  /** The name alone of people who opted out: leaving them out would look as if they had left, and opting out would be forgotten with them. */
  #identity(userId: string): IdentityReport[] {
    const user = this.#users.get(userId);
    if (user === undefined || !this.#isListed(userId)) return [];
    const homes = [...this.#servers.values()].filter(({ nicks }) => nicks.has(userId));
    const nick = homes.map(({ nicks }) => nicks.get(userId)?.trim()).find(Boolean);
    return [
      {
        userId,
        displayName: nick ?? nameOf(user),
        email: null,
        avatarKey: this.#options.isOptedOut(userId) ? null : avatarKeyOf(user),
        timeZone: null,
        groups: homes.map(({ name }) => name).filter((name) => name !== ''),
      },
    ];
  }

  #isListed(userId: string): boolean {
    return !this.#selves.has(userId) && [...this.#servers.values()].some(({ nicks }) => nicks.has(userId));
  }

  /** Whether a server that is up tells of this person. */
  #isSaid(userId: string): boolean {
    return [...this.#servers.values()].some(({ available, nicks }) => available && nicks.has(userId));
  }

  #everybody(): Set<string> {
    const everybody = new Set<string>();
    for (const { nicks } of this.#servers.values()) for (const userId of nicks.keys()) everybody.add(userId);
    for (const self of this.#selves) everybody.delete(self);
    return everybody;
  }

  /** Who of them is in no server any more, forgotten with everything that was known. */
  #without(before: ReadonlySet<string>): PeopleChanges {
    const after = this.#everybody();
    const removed = [...before].filter((userId) => !after.has(userId));
    for (const userId of removed) {
      this.#users.delete(userId);
      this.#presences.delete(userId);
    }
    return changes({ removed });
  }
}

function changes(some: Partial<PeopleChanges>): PeopleChanges {
  return { identities: [], removed: [], observations: [], ...some };
}
