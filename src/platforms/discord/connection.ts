import { MusterError } from '../../domain/errors.ts';
import { SECOND_MS } from '../../domain/time.ts';
import type { AdapterContext, Connection, IdentityReport, OwnStatusBundle } from '../platform.ts';
import { EmojiNames } from './emoji-names.ts';
import { unreachable } from './errors.ts';
import { GatewaySession } from './gateway/session.ts';
import { socketPaths } from './local-app/socket-paths.ts';
import { apiUrlOf, cdnUrlOf, type DiscordSettings } from './manifest.ts';
import { nameOf } from './mapping.ts';
import { MemberRequests } from './member-requests.ts';
import { People, type PeopleChanges } from './people.ts';
import { Pictures } from './pictures.ts';
import { RestClient } from './rest-client.ts';
import { RichPresence } from './rich-presence.ts';
import type { Ready } from './schema.ts';
import { ServerEvents } from './server-events.ts';

/** People in one page of the roster. */
const PAGE = 500;
/** How long the next server may take to be complete; asking for a large one, and once more, takes a minute. */
const SERVERS_MS = 75 * SECOND_MS;
/** How long signing in waits for the servers' names, which come at once. */
const NAMES_MS = 1 * SECOND_MS;
/** The user's own id, kept for starts at which the Discord app does not run. */
const OWN_ID = 'ownUserId';

/** One bot signed in: what the gateway says to the book, what the book says to the core. */
export class DiscordConnection implements Connection {
  /** The bot: it is what signs in. The person whom it serves is `#ownId`. */
  self: Connection['self'] = { userId: '', displayName: '' };
  label?: string;
  readonly roster: NonNullable<Connection['roster']>;
  readonly presence = { push: true, poll: [] };
  ownStatus?: OwnStatusBundle;
  readonly avatars: NonNullable<Connection['avatars']>;
  readonly emoji: NonNullable<Connection['emoji']>;
  readonly #context: AdapterContext<DiscordSettings>;
  readonly #session: GatewaySession;
  readonly #people: People;
  readonly #requests: MemberRequests;
  readonly #servers: ServerEvents;
  #richPresence: RichPresence | null = null;
  #applicationId = '';
  /** The user's own id, as far as it is known: never a colleague. */
  #ownId: string | null = null;
  /** Nothing is told before it is clear who of the servers' people one is oneself. */
  #met = false;
  /** True from the moment the core knows of the connection until it is told of its loss. */
  #up = false;
  #closed = false;

  constructor(context: AdapterContext<DiscordSettings>, token: string) {
    this.#context = context;
    const emoji = new EmojiNames();
    const rest = new RestClient(context, token, apiUrlOf(context.settings));
    this.#people = new People({
      now: () => context.clock.now(),
      timeZone: () => context.clock.timeZone(),
      isOptedOut: (userId) => context.isOptedOut(userId),
      emoji,
    });
    this.#session = new GatewaySession(context, rest, token, {
      ready: (ready) => this.#ready(ready),
      dispatch: (type, data, replayed) => this.#servers.take(type, data, replayed),
      lost: (error) => this.#lost(error),
    });
    this.#requests = new MemberRequests(context, this.#session, {
      chunk: ({ guild_id, members, presences, not_found }) => {
        this.#tell(this.#people.chunk(guild_id, members, presences));
        for (const userId of not_found) this.#tell(this.#people.left(guild_id, userId));
      },
      completed: (guildId, userIds) => {
        this.#tell(this.#people.completed(guildId, userIds));
        this.#servers.progressed();
      },
    });
    this.#servers = new ServerEvents({
      context,
      people: this.#people,
      requests: this.#requests,
      tell: (changes) => this.#tell(changes),
    });
    const pictures = new Pictures(context.http, cdnUrlOf(context.settings), emoji);
    this.roster = { list: (signal) => this.#list(signal), refreshSeconds: null };
    this.avatars = { load: (key, signal) => pictures.avatar(key, signal) };
    this.emoji = { load: (name, signal) => pictures.byEmojiName(name, signal) };
    context.signal.addEventListener('abort', () => void this.close(), { once: true });
  }

  /** Signs in and learns who one is. Rejects with a MusterError, leaving nothing open. */
  async start(signal: AbortSignal): Promise<void> {
    try {
      await this.#session.open(signal);
      await this.#meetOneself();
      await this.#servers.settled(NAMES_MS, signal);
      const [name, ...others] = this.#people.serverNames();
      if (name !== undefined && others.length === 0) this.label = name;
      signal.throwIfAborted();
      this.#comeUp();
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  #ready(ready: Ready): void {
    const { settings } = this.#context;
    this.#requests.forget();
    this.self = { userId: ready.user.id, displayName: nameOf(ready.user) };
    this.#applicationId = ready.application?.id ?? ready.user.id;
    const clientId = settings.clientId ?? this.#applicationId;
    if (this.#richPresence === null) {
      this.#richPresence = new RichPresence({
        context: this.#context,
        clientId,
        socketPaths: socketPaths(settings.ipcPath, process.env, process.platform),
        ownPresence: () => (this.#ownId === null ? null : this.#people.presenceOf(this.#ownId)),
        met: (user) => this.#metOneself(user.id),
      });
      this.ownStatus = this.#richPresence.bundle;
    }
    const wanted = settings.guildIds;
    const present = ready.guilds.map(({ id }) => id);
    const guildIds = wanted === undefined ? present : present.filter((id) => wanted.includes(id));
    this.#servers.begin(guildIds, wanted === undefined ? null : new Set(wanted));
  }

  /** Of now: the bot can be invited, or thrown out, at any time. */
  get notices(): readonly string[] {
    const present = this.#people.servers();
    const missing = (this.#context.settings.guildIds ?? []).filter((id) => !present.includes(id));
    const invite = `Invite it: https://discord.com/oauth2/authorize?client_id=${this.#applicationId}&scope=bot&permissions=0.`;
    if (missing.length > 0)
      return missing.map((id) => `Your bot is not in the server ${id}, so that nobody of it is listed. ${invite}`);
    return present.length > 0 ? [] : [`Your bot is in no server yet, so that nobody is listed. ${invite}`];
  }

  /** The bot is in the servers on behalf of a member of them: the account in the settings, or the one of the Discord app here. */
  async #meetOneself(): Promise<void> {
    const { settings, memory } = this.#context;
    const kept = memory.get(OWN_ID);
    if (settings.userId !== undefined) this.#metOneself(settings.userId);
    else await this.#richPresence?.lookForUser();
    if (this.#ownId === null && typeof kept === 'string') this.#metOneself(kept);
    this.#met = true;
    this.#tell({ identities: this.#people.identities(), removed: [], observations: this.#people.observations() });
  }

  /** The Discord app may also be started, or tell of another user, long after the sign-in. */
  #metOneself(userId: string): void {
    const { settings, memory } = this.#context;
    if (settings.userId !== undefined && settings.userId !== userId) return;
    if (settings.userId === undefined) memory.set(OWN_ID, userId);
    this.#ownId = userId;
    this.#tell(this.#people.exclude(userId));
  }

  #comeUp(): void {
    if (!this.#session.isUp) throw unreachable();
    this.#up = true;
  }

  async *#list(signal: AbortSignal): AsyncGenerator<readonly IdentityReport[]> {
    const complete = await this.#servers.settled(SERVERS_MS, signal);
    const identities = this.#people.identities();
    for (let start = 0; start < identities.length; start += PAGE) yield identities.slice(start, start + PAGE);
    this.#tell({ identities: [], removed: [], observations: this.#people.observations() });
    for (const [guildId, userIds] of this.#people.unheard()) this.#requests.some(guildId, userIds);
    if (complete) return;
    throw new MusterError(
      'platform-unavailable',
      'Discord has not told yet who is in all of your bot’s servers. Muster goes on with those that it knows.',
    );
  }

  #tell({ identities, removed, observations }: PeopleChanges): void {
    const { report, signal } = this.#context;
    if (!this.#met || this.#closed || signal.aborted) return;
    if (identities.length > 0) report.identities(identities);
    if (removed.length > 0) report.removed(removed);
    if (observations.length > 0) report.observations(observations);
  }

  #lost(error: MusterError): void {
    this.#requests.forget();
    if (!this.#up || this.#closed || this.#context.signal.aborted) return;
    this.#up = false;
    this.#context.logger.info('the Discord gateway was lost', { code: error.code, ...error.params });
    this.#context.report.lost(error);
  }

  async reconnect(signal: AbortSignal): Promise<'resumed' | 'fresh'> {
    this.#up = false;
    const how = await this.#session.open(signal);
    this.#comeUp();
    this.#context.logger.info('the Discord gateway is back', { how });
    if (how === 'resumed') this.#servers.askWhatIsMissing();
    return how;
  }

  chatUrl(userId: string): string | null {
    return /^\d{1,20}$/.test(userId) ? `discord://-/users/${userId}` : null;
  }

  async verify(signal: AbortSignal): Promise<void> {
    await this.#session.verify(signal);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#requests.forget();
    this.#servers.close();
    this.#richPresence?.close();
    await this.#session.close();
  }
}
