import type { ContactIdentityView, ContactView } from '../../contract/schemas/contact.ts';
import type { Identity, Membership } from '../../domain/contacts/contact.ts';
import type { Person } from '../../domain/contacts/describe.ts';
import { type FreshUntil, isFresh } from '../../domain/presence/freshness.ts';
import type { Observation } from '../../domain/presence/observation.ts';
import type { Presence } from '../../domain/presence/presence.ts';
import type { Activity } from '../../domain/presence/status.ts';
import type { EpochMs } from '../../domain/time.ts';
import { iso, isoOrNull } from '../iso.ts';

/** What the view needs to know about accounts. */
export interface AccountDirectory {
  /** Null for an account that is gone. */
  platformOf(accountId: string): string | null;
  chatUrl(accountId: string, userId: string): string | null;
}

/** One identity with what was seen of it. */
export interface SeenIdentity {
  readonly identity: Identity;
  readonly linkedBy: Membership['linkedBy'];
  /** Null when nothing was observed, or when the person is opted out. */
  readonly seen: { readonly observation: Observation; readonly freshUntil: FreshUntil } | null;
}

/** An activity in words that any interface can show; richer ones use `activities`. */
function activityText(activity: Activity | undefined): string | null {
  if (!activity) return null;
  const words = activity.kind === 'other' ? null : activity.kind.replaceAll('-', ' ');
  const joint = activity.kind === 'listening' && activity.detail ? 'to' : null;
  return [words, joint, activity.detail].filter(Boolean).join(' ') || null;
}

function identityView(
  { identity, linkedBy, seen }: SeenIdentity,
  accounts: AccountDirectory,
  now: EpochMs,
): ContactIdentityView {
  const observation = seen?.observation ?? null;
  return {
    accountId: identity.accountId,
    platform: accounts.platformOf(identity.accountId) ?? 'unknown',
    userId: identity.userId,
    displayName: identity.displayName,
    email: identity.email,
    status: observation?.status ?? 'unknown',
    doNotDisturb: observation?.doNotDisturb ?? false,
    rawStatus: observation?.rawStatus ?? null,
    message: observation?.message ?? null,
    emoji: observation?.emoji ?? null,
    activity: activityText(observation?.activities[0]),
    lastSeen: isoOrNull(observation?.lastSeen ?? null),
    observedAt: isoOrNull(observation?.observedAt ?? null),
    source: observation?.source ?? null,
    stale: seen ? !isFresh(seen.freshUntil, now) : false,
    chatUrl: accounts.chatUrl(identity.accountId, identity.userId),
    linkedBy,
  };
}

/** A person as the contract shows them. */
export function contactView(
  person: Person,
  presence: Presence,
  identities: readonly SeenIdentity[],
  options: { readonly accounts: AccountDirectory; readonly avatarUrl: string | null; readonly now: EpochMs },
): ContactView {
  return {
    id: person.contact.id,
    name: person.name,
    email: person.email,
    avatarUrl: options.avatarUrl,
    groups: [...person.groups],
    favourite: person.contact.favourite,
    timeZone: person.timeZone,
    monitored: person.contact.monitored,
    status: presence.status,
    why: {
      rule: presence.why.rule,
      accountId: presence.why.winner?.accountId ?? null,
      userId: presence.why.winner?.userId ?? null,
      observedAt: presence.why.observedAt === null ? null : iso(presence.why.observedAt),
    },
    doNotDisturb: presence.doNotDisturb,
    available: presence.available,
    since: isoOrNull(presence.since),
    lastSeen: isoOrNull(presence.lastSeen),
    message: presence.message,
    emoji: presence.emoji,
    activity: activityText(presence.activities[0]),
    activities: presence.activities.map((activity) => ({ ...activity })),
    stale: presence.stale,
    identities: identities.map((seen) => identityView(seen, options.accounts, options.now)),
  };
}
