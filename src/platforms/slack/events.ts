import { z } from 'zod';
import type { AdapterContext } from '../platform.ts';
import { windowOf } from './mapping.ts';
import type { People } from './people.ts';
import type { Roster } from './roster.ts';
import { dndInfoSchema, dndSchema, memberSchema, type SlackDndInfo } from './schema.ts';
import type { ServerTime } from './server-time.ts';
import type { Team } from './team.ts';

/** Slack sends an event again for five minutes when it was not acknowledged in time; so many ids last longer than that. */
const REMEMBERED_IDS = 2_000;

/** The outside of every event (docs.slack.dev/apis/events-api, “event_callback”). */
const callbackSchema = z.object({
  type: z.literal('event_callback'),
  event_id: z.string().min(1),
  team_id: z.string().nullish(),
  enterprise_id: z.string().nullish(),
  authorizations: z
    .array(z.object({ team_id: z.string().nullish(), enterprise_id: z.string().nullish() }))
    .nullish()
    .catch(undefined),
  event: z.looseObject({ type: z.string() }),
});
type Callback = z.infer<typeof callbackSchema>;

/** Whom an event is about: all that is read before it is known that they may be read about. */
const aboutMemberSchema = z.object({ user: z.object({ id: z.string().min(1) }) });
const aboutIdSchema = z.object({ user: z.string().min(1) });

const memberEventSchema = z.object({ user: memberSchema });
const windowEventSchema = z.object({ dnd_status: dndSchema, event_ts: z.coerce.number().optional().catch(undefined) });
const ownDndEventSchema = z.object({ dnd_status: dndInfoSchema });
/** Whose tokens were revoked, by user id; which of their tokens is not told. */
const revokedEventSchema = z.object({ tokens: z.object({ oauth: z.array(z.string()).nullish() }) });

/** `user_change` comes with every one of the others; apps may be subscribed to any of them. */
const MEMBER_EVENTS: ReadonlySet<string> = new Set([
  'user_change',
  'user_status_changed',
  'user_profile_changed',
  'user_huddle_changed',
  'team_join',
]);

/** What events act upon. */
export interface EventParts {
  readonly context: Pick<AdapterContext, 'isOptedOut' | 'logger'>;
  readonly time: ServerTime;
  readonly team: Team;
  readonly selfId: string;
  readonly roster: Roster;
  readonly people: People;
  /** Called with one's own do-not-disturb. */
  readonly onOwnDnd: (info: SlackDndInfo) => void;
  /** Called when a token of one's own may be worth nothing any more: only a call tells. */
  readonly onRevoked: () => void;
}

/** Takes the payloads of the event socket: each event once, those of other workspaces and about people who opted out not at all. */
export class Events {
  readonly #parts: EventParts;
  /** In order of arrival. */
  readonly #ids = new Set<string>();
  /** The time of the last do-not-disturb event per person: Slack may send an older one again later. */
  readonly #dndAt = new Map<string, number>();

  constructor(parts: EventParts) {
    this.#parts = parts;
  }

  /** Never throws: what cannot be read is logged by its type and left to the next look. */
  take(payload: unknown): void {
    const callback = callbackSchema.safeParse(payload).data;
    if (callback === undefined || !this.#isOurs(callback) || this.#isRepeated(callback.event_id)) return;
    const { event } = callback;
    if (MEMBER_EVENTS.has(event.type)) this.#member(event);
    else if (event.type === 'dnd_updated_user') this.#window(event);
    else if (event.type === 'dnd_updated') this.#ownDnd(event);
    else if (event.type === 'tokens_revoked') this.#revoked(event);
    else if (event.type === 'app_uninstalled') this.#parts.onRevoked();
  }

  #member(event: Callback['event']): void {
    const about = aboutMemberSchema.safeParse(event).data;
    if (about === undefined) {
      this.#unreadable(event.type);
      return;
    }
    if (this.#parts.context.isOptedOut(about.user.id)) return;
    const parsed = memberEventSchema.safeParse(event).data;
    if (parsed === undefined) {
      this.#unreadable(event.type);
      return;
    }
    this.#parts.roster.changed(parsed.user);
  }

  #window(event: Callback['event']): void {
    const { context, time, people, selfId } = this.#parts;
    const userId = aboutIdSchema.safeParse(event).data?.user;
    if (userId === undefined) {
      this.#unreadable(event.type);
      return;
    }
    if (userId === selfId || context.isOptedOut(userId)) return;
    const parsed = windowEventSchema.safeParse(event).data;
    if (parsed === undefined) {
      this.#unreadable(event.type);
      return;
    }
    const at = parsed.event_ts ?? 0;
    if (at < (this.#dndAt.get(userId) ?? 0)) return;
    this.#dndAt.set(userId, at);
    people.windows([[userId, windowOf(parsed.dnd_status, (seconds) => time.fromSlack(seconds))]], true);
  }

  #ownDnd(event: Callback['event']): void {
    if (aboutIdSchema.safeParse(event).data?.user !== this.#parts.selfId) return;
    const parsed = ownDndEventSchema.safeParse(event).data;
    if (parsed === undefined) {
      this.#unreadable(event.type);
      return;
    }
    this.#parts.onOwnDnd(parsed.dnd_status);
  }

  #revoked(event: Callback['event']): void {
    const parsed = revokedEventSchema.safeParse(event).data;
    if (parsed === undefined) this.#unreadable(event.type);
    else if (parsed.tokens.oauth?.includes(this.#parts.selfId)) this.#parts.onRevoked();
  }

  /** The socket is the app's: events of other workspaces that have installed it come over it too. */
  #isOurs({ team_id, enterprise_id, authorizations }: Callback): boolean {
    const { team } = this.#parts;
    const places = [{ team_id, enterprise_id }, ...(authorizations ?? [])];
    return places.some(
      (place) =>
        place.team_id === team.id ||
        // Of an organisation that installed the app as a whole, without saying which workspace.
        (team.orgWide && !place.team_id && place.enterprise_id === team.enterpriseId && team.enterpriseId !== null),
    );
  }

  #isRepeated(id: string): boolean {
    if (this.#ids.has(id)) return true;
    this.#ids.add(id);
    if (this.#ids.size > REMEMBERED_IDS) {
      const [oldest] = this.#ids;
      if (oldest !== undefined) this.#ids.delete(oldest);
    }
    return false;
  }

  #unreadable(type: string): void {
    this.#parts.context.logger.debug('An event from Slack could not be read', { type });
  }
}
