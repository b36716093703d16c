import type { AdapterContext, IdentityReport } from '../platform.ts';
import type { SlackClient } from './client.ts';
import { identityOf, isColleague, type ProfileState, profileStateOf } from './mapping.ts';
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
  /** Called with one's own profile, which comes along with everybody's. */
  readonly onSelf: (profile: SlackProfile) => void;
}

/** Lists everybody by `users.list`, page by page, and tells who is gone since the listing before. */
export class Roster {
  readonly #parts: RosterParts;
  #listed: ReadonlySet<string> = new Set();

  constructor(parts: RosterParts) {
    this.#parts = parts;
  }

  /** The whole roster; complete when it ends without throwing. */
  async *list(signal: AbortSignal): AsyncGenerator<readonly IdentityReport[]> {
    const { client } = this.#parts;
    const seen = new Set<string>();
    let cursor = '';
    do {
      const args = cursor === '' ? { limit: PAGE_SIZE } : { limit: PAGE_SIZE, cursor };
      const page = await client.call('users.list', args, usersListSchema, { signal });
      const identities = this.#take(page.members);
      for (const { userId } of identities) seen.add(userId);
      yield identities;
      cursor = page.response_metadata?.next_cursor ?? '';
    } while (cursor !== '');
    this.#tellGone(seen);
  }

  #take(members: readonly SlackMember[]): IdentityReport[] {
    const { context, client, people, selfId, onSelf } = this.#parts;
    const states: [string, ProfileState][] = [];
    const identities: IdentityReport[] = [];
    for (const member of members) {
      if (member.id === selfId && member.profile !== undefined) onSelf(member.profile);
      if (!isColleague(member, selfId)) continue;
      const identity = identityOf(member);
      if (context.isOptedOut(member.id)) {
        // The name alone: leaving them out would look as if they had left, and opting out would be forgotten with them.
        identities.push({ ...identity, email: null, avatarKey: null, timeZone: null });
        continue;
      }
      identities.push(identity);
      if (member.profile !== undefined) {
        states.push([member.id, profileStateOf(member.profile, (seconds) => client.time.fromSlack(seconds))]);
      }
    }
    people.profiles(states);
    return identities;
  }

  #tellGone(seen: ReadonlySet<string>): void {
    const { context, people } = this.#parts;
    const gone = [...this.#listed].filter((userId) => !seen.has(userId));
    this.#listed = seen;
    people.forget(gone);
    if (gone.length > 0) context.report.removed(gone);
  }
}
