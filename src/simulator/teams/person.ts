import { createHash } from 'node:crypto';

/** What an availability and an activity are together, in Graph's own words. */
export interface PresenceState {
  readonly availability: string;
  readonly activity: string;
}

/** A client's or an app's presence session. Times in ms since the epoch. */
export interface PresenceSession extends PresenceState {
  readonly setAt: number;
  readonly expiresAt: number;
  /** An app's `Available` fades when it is not set again; a Teams client's is kept alive by the client itself. */
  readonly fades: boolean;
}

/** A status message. Times in ms since the epoch. */
export interface StatusMessage {
  readonly content: string;
  readonly contentType: 'text' | 'html';
  readonly publishedAt: number;
  /** Null: it stays. */
  readonly expiresAt: number | null;
}

/** What the directory and Teams know of one person. */
export interface Person {
  readonly id: string;
  displayName: string;
  mail: string | null;
  userPrincipalName: string;
  readonly sessions: Map<string, PresenceSession>;
  /** What they chose in Teams, or an app chose for them. */
  preferred: (PresenceState & { readonly expiresAt: number }) | null;
  statusMessage: StatusMessage | null;
  outOfOffice: { readonly message: string | null } | null;
  workLocation: 'unspecified' | 'office' | 'remote' | 'timeOff' | null;
  /** Counts what changed; part of `sequenceNumber`. */
  version: number;
  /** False: Teams does not show them to the caller (external, no licence): `PresenceUnknown`. */
  visible: boolean;
}

/** How somebody is added. */
export interface PersonSeed {
  /** A GUID; by default one that is always the same for the same address. */
  readonly id?: string;
  readonly displayName: string;
  readonly mail?: string | null;
  readonly userPrincipalName?: string;
}

/** A GUID that is always the same for the same text. */
export function guidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A person without any session: offline. */
export function newPerson(seed: PersonSeed, domain: string): Person {
  const local = seed.displayName
    .normalize('NFD')
    .replaceAll(/[^A-Za-z0-9]+/g, '.')
    .toLowerCase();
  const userPrincipalName = seed.userPrincipalName ?? `${local}@${domain}`;
  return {
    id: seed.id ?? guidOf(userPrincipalName),
    displayName: seed.displayName,
    mail: seed.mail === undefined ? userPrincipalName : seed.mail,
    userPrincipalName,
    sessions: new Map(),
    preferred: null,
    statusMessage: null,
    outOfOffice: null,
    workLocation: null,
    version: 1,
    visible: true,
  };
}
