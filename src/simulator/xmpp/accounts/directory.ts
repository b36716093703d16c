import { bareOf, parseJid } from '../jid.ts';
import type { Account } from './account.ts';
import type { RosterItem } from './roster.ts';
import { keysOf, type PasswordKeys } from './scram.ts';

/** What a new user has. */
export interface NewUser {
  readonly password: string;
  /** How others' rosters show the user. */
  readonly name?: string;
  /** The groups others' rosters put the user into. */
  readonly groups?: readonly string[];
}

/** All users of the one domain. */
export class Directory {
  readonly domain: string;
  readonly #iterations: number;
  readonly #accounts = new Map<string, Account>();
  readonly #decoys = new Map<string, PasswordKeys>();

  constructor(domain: string, iterations: number) {
    this.domain = domain;
    this.#iterations = iterations;
  }

  add(username: string, user: NewUser): Account {
    const name = username.toLowerCase();
    if (this.#accounts.has(name)) throw new Error(`The user ${name} exists already.`);
    const account: Account = {
      username: name,
      bare: `${name}@${this.domain}`,
      name: user.name,
      groups: user.groups ?? [],
      credentials: keysOf(user.password, this.#iterations),
      disabled: false,
      lastActivity: 'answer',
      lastSeen: undefined,
      roster: new Map(),
      requests: new Set(),
      resources: new Map(),
      vcard: undefined,
      pep: new Map(),
    };
    this.#accounts.set(name, account);
    return account;
  }

  /** The account. Throws when there is none. */
  get(username: string): Account {
    const account = this.#accounts.get(username.toLowerCase());
    if (account === undefined) throw new Error(`There is no user ${username}.`);
    return account;
  }

  find(username: string): Account | undefined {
    return this.#accounts.get(username.toLowerCase());
  }

  /** The local account an address belongs to. */
  byAddress(address: string): Account | undefined {
    const jid = parseJid(address);
    return jid?.local === undefined || jid.domain !== this.domain ? undefined : this.#accounts.get(jid.local);
  }

  all(): Account[] {
    return [...this.#accounts.values()];
  }

  setPassword(username: string, password: string): void {
    this.get(username).credentials = keysOf(password, this.#iterations);
  }

  /** Keys for a login attempt: an unknown user gets stable ones that no password matches, so that names can't be probed. */
  credentialsFor(username: string): PasswordKeys {
    const account = this.find(username);
    if (account) return account.credentials;
    const known = this.#decoys.get(username) ?? keysOf(crypto.randomUUID(), this.#iterations);
    this.#decoys.set(username, known);
    return known;
  }

  /** The roster item for an address, made when absent. Shown as its owner is named. */
  item(account: Account, address: string): RosterItem {
    const jid = parseJid(address);
    const bare = jid === undefined ? address : bareOf(jid);
    const known = account.roster.get(bare);
    if (known) return known;
    const item: RosterItem = { jid: bare, name: undefined, groups: [], to: false, from: false, ask: false };
    account.roster.set(bare, item);
    return item;
  }

  /** Makes the two see each other, with names and groups. */
  befriend(left: Account, right: Account): void {
    for (const [owner, other] of [
      [left, right],
      [right, left],
    ] as const) {
      const item = this.item(owner, other.bare);
      Object.assign(item, { name: other.name, groups: other.groups, to: true, from: true, ask: false });
    }
  }
}
