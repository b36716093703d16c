import type { Contact, Identity, Membership } from '../../../src/domain/contacts/contact.ts';
import type { Observation } from '../../../src/domain/presence/observation.ts';
import { epochMs } from '../../../src/domain/time.ts';
import type { StoredAccount } from '../../../src/ports/repositories.ts';

/** An instant beyond 32 bits. */
export const at = epochMs(1_767_000_123_456);

/** One with believable fields. */
export function account(id: string, over: Partial<StoredAccount> = {}): StoredAccount {
  return {
    id,
    platform: 'xmpp',
    label: 'Work',
    settings: { domain: 'example.org' },
    enabled: true,
    createdAt: at,
    self: null,
    ...over,
  };
}
/** One with believable fields. */
export function contact(id: string, over: Partial<Contact> = {}): Contact {
  return {
    id,
    customName: null,
    favourite: false,
    customGroups: null,
    customTimeZone: null,
    monitored: true,
    mergedInto: null,
    ...over,
  };
}
/** One with believable fields. */
export function identity(accountId: string, userId: string, over: Partial<Identity> = {}): Identity {
  return { accountId, userId, displayName: 'Ada', email: null, avatarKey: null, timeZone: null, groups: [], ...over };
}
/** One with believable fields. */
export function membership(
  accountId: string,
  userId: string,
  contactId: string,
  over: Partial<Membership> = {},
): Membership {
  return { accountId, userId, contactId, homeContactId: contactId, linkedBy: 'alone', ...over };
}
/** One with believable fields. */
export function observation(accountId: string, userId: string, over: Partial<Observation> = {}): Observation {
  return {
    accountId,
    userId,
    status: 'online',
    doNotDisturb: false,
    rawStatus: null,
    message: null,
    emoji: null,
    activities: [],
    lastSeen: null,
    observedAt: at,
    source: 'poll',
    replayed: false,
    ...over,
  };
}
/** A diff of nothing, to be filled. */
export const nothing = { contacts: [], identities: [], memberships: [], goneContacts: [], goneIdentities: [] };
