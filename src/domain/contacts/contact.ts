import type { IdentityKey } from '../presence/observation.ts';

/** Someone as one account's roster describes them. */
export interface Identity extends IdentityKey {
  readonly displayName: string;
  /** Only an address that the platform itself vouches for; null otherwise. An XMPP address is not an email address. */
  readonly email: string | null;
  /** Opaque key by which the adapter can load the picture (URL or hash); null without one. Never given to the interface. */
  readonly avatarKey: string | null;
  readonly timeZone: string | null;
  /** Roster groups, where the platform has them. */
  readonly groups: readonly string[];
}

/** A person: one or more identities and what the user said about them. */
export interface Contact {
  readonly id: string;
  /** The user's own name for them; null = taken from the identities. */
  readonly customName: string | null;
  readonly favourite: boolean;
  /** The user's own groups; null = taken from the identities. */
  readonly customGroups: readonly string[] | null;
  readonly customTimeZone: string | null;
  /** False: opted out; nothing is read or kept about them. */
  readonly monitored: boolean;
  /** Set on a contact that was linked into another one, which answers in its stead; kept so that unlinking can give it back. */
  readonly mergedInto: string | null;
}

/** Which contact an identity belongs to now, and which was its own before any link. */
export interface Membership extends IdentityKey {
  readonly contactId: string;
  readonly homeContactId: string;
  /** `alone`: never linked; `email`: by the platforms' confirmed equal email; `hand`: by the user. */
  readonly linkedBy: 'alone' | 'email' | 'hand';
}
