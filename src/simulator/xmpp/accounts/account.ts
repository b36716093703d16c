import type { XmlElement } from '../xml/element.ts';
import type { RosterItem } from './roster.ts';
import type { PasswordKeys } from './scram.ts';

/** How the server answers a question for an offline contact's last activity (XEP-0012). */
export type LastActivityPolicy = 'answer' | 'service-unavailable' | 'forbidden';

/** One connected, or pretended, client of an account. */
export interface Resource {
  readonly name: string;
  /** Its own last undirected available presence, without `to`; undefined before the first and after an unavailable one. */
  presence: XmlElement | undefined;
  /** When that presence was sent, epoch ms. */
  presenceAt: number;
  /** RFC 6121 §4.7.2.3: -128…127. */
  priority: number;
  /** Whether it asked for the roster, and so gets pushes. */
  interested: boolean;
  /** Addresses that got directed presence and will be told when it goes. */
  readonly directed: Set<string>;
  /** Its disco#info features, for `+notify`; undefined while unknown. */
  features: ReadonlySet<string> | undefined;
  /** Hands it a stanza. */
  deliver(stanza: XmlElement): void;
  /** Ends its stream with an error; does nothing to a pretended client. */
  end(condition: string): void;
}

/** One item of a PEP node. */
export interface PepItem {
  readonly id: string;
  readonly payload: XmlElement;
}

/** Everything the server knows of one user. */
export interface Account {
  readonly username: string;
  readonly bare: string;
  /** How other people's rosters show this user. */
  readonly name: string | undefined;
  readonly groups: readonly string[];
  credentials: PasswordKeys;
  disabled: boolean;
  lastActivity: LastActivityPolicy;
  /** When the last resource went, epoch ms, and what it said. */
  lastSeen: { readonly at: number; readonly status: string } | undefined;
  readonly roster: Map<string, RosterItem>;
  /** Bare addresses whose subscription requests wait for an answer. */
  readonly requests: Set<string>;
  readonly resources: Map<string, Resource>;
  vcard: XmlElement | undefined;
  /** Last item by node. */
  readonly pep: Map<string, PepItem>;
}

/** The account's available resources, best priority first. */
export function availableResources(account: Account): Resource[] {
  return [...account.resources.values()]
    .filter((resource) => resource.presence !== undefined)
    .sort((left, right) => right.priority - left.priority);
}
