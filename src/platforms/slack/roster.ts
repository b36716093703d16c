import type { AdapterContext, IdentityReport } from '../platform.ts';
import type { SlackClient } from './client.ts';
import { identityOf, isColleague, isMemberOf, type ProfileState, profileStateOf } from './mapping.ts';
import type { People } from './people.ts';
import { type SlackMember, type SlackProfile, usersListSchema } from './schema.ts';

/** Slack recommends at most 200 a page (docs.slack.dev/apis/web-api/pagination). */
const PAGE_SIZE = 200;

/** The roster is listed again this often, in seconds: it is also how status texts, huddles and profiles are kept up to date. */
export const ROSTER_REFRESH_SECONDS = 300;

/** What the roster is made of. */
export interface RosterParts {
  readonly context: Pick<AdapterContext, 'report' | 'isOptedOut'>;
  readonly client: SlackClient;
  readonly people: People;
  readonly selfId: string;
  readonly teamId: string;
  /** Called with one's own profile, which comes along with everybody's. */
  readonly onSelf: (profile: SlackProfile) => void;
}

/**
 * Lists everybody by `users.list`, page by page, takes what events say about single people in between, and tells who is gone. Of two
 * accounts of the same person the one with the later `updated` counts, however they cross on the way.
 */
export class Roster {
  readonly #parts: RosterParts;
  /** Who is on the roster: what was last told about them, and its `updated` (Unix seconds). */
  readonly #listed = new Map<string, { readonly identity: IdentityReport; readonly updated: number }>();
  /** What events said that no listing has confirmed yet. */
  readonly #fromEvents = new Map<string, SlackMember>();

  constructor(parts: RosterParts) {
    this.#parts = parts;
  }

  /** The whole roster; complete when it ends without throwing. */
  async *list(signal: AbortSignal): AsyncGenerator<readonly IdentityReport[]> {
    const { client } = this.#parts;
    const seen = new Set<string>();
    const met = new Set<string>();
    const toldBefore = new Set(this.#fromEvents.keys());
    let cursor = '';
    do {
      const args = cursor === '' ? { limit: PAGE_SIZE } : { limit: PAGE_SIZE, cursor };
      const page = await client.call('users.list', args, usersListSchema, { signal });
      for (const { id } of page.members) met.add(id);
      const identities = this.#take(page.members.map((member) => this.#newer(member)));
      for (const { userId } of identities) seen.add(userId);
      yield identities;
      cursor = page.response_metadata?.next_cursor ?? '';
    } while (cursor !== '');
    // Who was told of before and is in no listing is no member; who was told of meanwhile joined after the page that they belong to.
    for (const id of toldBefore) if (!met.has(id)) this.#fromEvents.delete(id);
    const joined = this.#take([...this.#fromEvents.values()].filter(({ id }) => !met.has(id)));
    for (const { userId } of joined) seen.add(userId);
    if (joined.length > 0) yield joined;
    this.#gone([...this.#listed.keys()].filter((userId) => !seen.has(userId) || this.#left(userId)));
  }

  /** What an event says about somebody who is not opted out: renamed, another status, joined, deactivated, back again. */
  changed(member: SlackMember): void {
    const { context, selfId, teamId } = this.#parts;
    // Of other workspaces' people only the listing knows who is on the roster.
    if (this.#isOlder(member) || (!this.#listed.has(member.id) && !isMemberOf(member, teamId))) return;
    this.#fromEvents.set(member.id, member);
    if (!isColleague(member, selfId) && member.id !== selfId) {
      this.#gone([member.id]);
      return;
    }
    const before = this.#listed.get(member.id)?.identity;
    const identities = this.#take([member], true);
    // One change comes as two events at least, and most of them are about statuses.
    const [identity] = identities;
    if (identity !== undefined && !isSame(before, identity)) context.report.identities([identity]);
  }

  #take(members: readonly SlackMember[], news = false): IdentityReport[] {
    const { context, client, people, selfId, onSelf } = this.#parts;
    const states: [string, ProfileState][] = [];
    const identities: IdentityReport[] = [];
    for (const member of members) {
      if (member.id === selfId && member.profile !== undefined) onSelf(member.profile);
      if (!isColleague(member, selfId)) continue;
      const optedOut = context.isOptedOut(member.id);
      const whole = identityOf(member);
      // The name alone: leaving them out would look as if they had left, and opting out would be forgotten with them.
      const identity = optedOut ? { ...whole, email: null, avatarKey: null, timeZone: null } : whole;
      const known = this.#listed.get(member.id)?.updated ?? 0;
      this.#listed.set(member.id, { identity, updated: Math.max(member.updated ?? 0, known) });
      identities.push(identity);
      if (optedOut) {
        this.#fromEvents.delete(member.id);
        continue;
      }
      if (member.profile !== undefined) {
        states.push([member.id, profileStateOf(member.profile, (seconds) => client.time.fromSlack(seconds))]);
      }
    }
    people.profiles(states, news);
    return identities;
  }

  /** A listed member, or what an event said since the listing was made. */
  #newer(listed: SlackMember): SlackMember {
    const told = this.#fromEvents.get(listed.id);
    if (told !== undefined && (told.updated ?? 0) > (listed.updated ?? 0)) return told;
    this.#fromEvents.delete(listed.id);
    return listed;
  }

  #isOlder(member: SlackMember): boolean {
    const known = this.#fromEvents.get(member.id)?.updated ?? this.#listed.get(member.id)?.updated;
    return known !== undefined && member.updated !== undefined && member.updated < known;
  }

  #left(userId: string): boolean {
    const told = this.#fromEvents.get(userId);
    return told !== undefined && !isColleague(told, this.#parts.selfId);
  }

  #gone(userIds: readonly string[]): void {
    const { context, people } = this.#parts;
    const gone = userIds.filter((userId) => this.#listed.delete(userId));
    people.forget(gone);
    if (gone.length > 0) context.report.removed(gone);
  }
}

function isSame(before: IdentityReport | undefined, after: IdentityReport): boolean {
  return before !== undefined && JSON.stringify(before) === JSON.stringify(after);
}
