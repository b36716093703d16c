import { inScheduledDnd, nextDndWindow } from './do-not-disturb.ts';
import { presenceAt, type SlackPresence } from './presence.ts';
import { APP_SCOPES, DEFAULT_SCOPES, type SlackToken, type TokenProblem, type TokenRequest } from './tokens.ts';
import { type DndWindow, NO_STATUS, newUser, type SlackStatus, type SlackUser, type SlackUserSeed } from './user.ts';

/** What a workspace is called. */
export interface WorkspaceIdentity {
  readonly teamId: string;
  readonly name: string;
  /** The host part of `https://{domain}.slack.com/`. */
  readonly domain: string;
  /** The Enterprise organisation that it is part of; absent: none. */
  readonly enterprise?: { readonly id: string; readonly name: string };
}

/** What has changed about a member, as events tell it. */
export type MemberChange = 'joined' | 'profile' | 'status' | 'huddle' | 'do-not-disturb';

/** That, or what became of the app: a token of this member's was revoked, or the last one was. */
export type WorkspaceChange = MemberChange | 'token-revoked' | 'app-uninstalled';

/**
 * The state of one workspace, and what people's own clients and its admin do to it. Knows nothing of HTTP. Every time is in ms since the epoch.
 * Methods that name a member throw a RangeError when there is no such member: that is a mistake of the test or the demo.
 */
export class SlackWorkspaceState {
  readonly identity: WorkspaceIdentity;
  readonly now: () => number;
  readonly #users = new Map<string, SlackUser>();
  readonly #tokens = new Map<string, SlackToken>();
  readonly #emoji = new Map<string, string>();
  readonly #listeners = new Set<(userId: string, change: WorkspaceChange) => void>();
  #issued = 0;

  constructor(identity: WorkspaceIdentity, now: () => number) {
    this.identity = identity;
    this.now = now;
  }

  /** Calls `listener` after every change that Slack has an event for; the result ends that. */
  onChange(listener: (userId: string, change: WorkspaceChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Every member in the order of joining, deactivated ones and bots too. */
  users(): readonly SlackUser[] {
    return [...this.#users.values()].map((user) => this.#current(user));
  }

  find(userId: string): SlackUser | undefined {
    const user = this.#users.get(userId);
    return user === undefined ? undefined : this.#current(user);
  }

  user(userId: string): SlackUser {
    const user = this.find(userId);
    if (user === undefined) throw new RangeError(`There is no member ${userId}.`);
    return user;
  }

  presenceOf(userId: string): SlackPresence {
    return presenceAt(this.user(userId), this.now());
  }

  addUser(seed: SlackUserSeed): SlackUser {
    if (this.#users.has(seed.id)) throw new RangeError(`There is already a member ${seed.id}.`);
    const user = newUser(seed, this.now());
    this.#users.set(user.id, user);
    this.#tell(user.id, 'joined');
    return user;
  }

  renameUser(userId: string, names: { realName?: string; displayName?: string; name?: string; title?: string }): void {
    this.#change(userId, names, 'profile');
  }

  /** Deactivates an account: it stays in the list as deleted, its clients are gone, its tokens are dead. */
  deactivateUser(userId: string): void {
    this.#change(userId, { deleted: true, clients: 0, attentive: false, huddleUntil: null }, 'profile');
  }

  reactivateUser(userId: string): void {
    this.#change(userId, { deleted: false }, 'profile');
  }

  /** `active`: at the keyboard in a connected client, until something else is said. `away`: set away by hand in a connected client. */
  setPresence(userId: string, presence: 'active' | 'away'): void {
    const clients = Math.max(1, this.user(userId).clients);
    const active = presence === 'active';
    this.#change(userId, { clients, attentive: active, manualAway: !active, lastActivity: this.now() });
  }

  /** A client connects, with somebody at it. Being away by hand outlasts it. */
  connectClient(userId: string): void {
    this.#change(userId, { clients: this.user(userId).clients + 1, attentive: true, lastActivity: this.now() });
  }

  /** All clients go: Slack says `away`, without saying why. */
  disconnectClients(userId: string): void {
    this.#change(userId, { clients: 0, attentive: false, lastActivity: this.presenceOf(userId).lastActivity });
  }

  /** Nobody touches the client any more, or has not since `since`: away by itself ten minutes later. */
  stopActivity(userId: string, since: number = this.presenceOf(userId).lastActivity): void {
    this.#change(userId, { attentive: false, lastActivity: since });
  }

  /** The "set yourself as away" switch, from a client or from `users.setPresence`. */
  setManualAway(userId: string, manualAway: boolean): void {
    this.#change(userId, { manualAway });
  }

  setStatus(userId: string, status: { text: string; emoji?: string; expiresAt?: number | null }): void {
    const next: SlackStatus = {
      text: status.text,
      emoji: status.emoji ?? '',
      expiresAt: status.expiresAt ?? null,
    };
    this.#change(userId, { status: next }, 'status');
  }

  clearStatus(userId: string): void {
    this.#change(userId, { status: NO_STATUS }, 'status');
  }

  /** Changes single names of a profile, as its owner may. */
  setProfileNames(userId: string, names: { realName?: string; displayName?: string; title?: string }): void {
    this.#change(userId, names, 'profile');
  }

  /** A huddle lasts until it is ended, or until `until`. */
  startHuddle(userId: string, until: number = this.now() + 24 * 3_600_000): void {
    this.#change(userId, { huddleUntil: until }, 'huddle');
  }

  endHuddle(userId: string): void {
    this.#change(userId, { huddleUntil: null }, 'huddle');
  }

  /** Sets the schedule by one of its windows (it repeats every 24 hours), or removes it. */
  setDnd(userId: string, window: DndWindow | null): void {
    if (window !== null && !(window.start < window.end)) throw new RangeError('A window ends after it starts.');
    this.#change(userId, { dnd: window, dndEndedUntil: 0 }, 'do-not-disturb');
  }

  /** Ends the scheduled session that is running; false when none is. */
  endDnd(userId: string): boolean {
    const user = this.user(userId);
    const window = nextDndWindow(user, this.now());
    if (window === null || !inScheduledDnd(user, this.now())) return false;
    this.#change(userId, { dndEndedUntil: window.end }, 'do-not-disturb');
    return true;
  }

  /** Pauses notifications until `until`, or stops pausing them. */
  setSnooze(userId: string, until: number | null): void {
    this.#change(userId, { snoozeUntil: until }, 'do-not-disturb');
  }

  /** Custom emoji: name without colons to image URL, or `alias:other`. */
  emoji(): ReadonlyMap<string, string> {
    return this.#emoji;
  }

  addCustomEmoji(name: string, url: string): void {
    this.#emoji.set(name, url);
  }

  removeCustomEmoji(name: string): void {
    this.#emoji.delete(name);
  }

  issueToken(request: TokenRequest): string {
    this.user(request.userId);
    this.#issued += 1;
    const kind = request.kind ?? 'user';
    const prefix = { user: 'xoxp', bot: 'xoxb', app: 'xapp' }[kind];
    const token = request.token ?? `${prefix}-${this.identity.teamId}-${request.userId}-${this.#issued}`;
    this.#tokens.set(token, {
      token,
      userId: request.userId,
      kind,
      scopes: request.scopes ?? (kind === 'app' ? APP_SCOPES : DEFAULT_SCOPES),
      expiresAt: request.expiresAt ?? null,
      revoked: false,
      orgWide: request.orgWide ?? false,
    });
    return token;
  }

  /** What an admin, or its owner, does to one token. */
  revokeToken(token: string): void {
    this.#changeToken(token, { revoked: true });
    const known = this.#tokens.get(token);
    if (known !== undefined && known.kind !== 'app') this.#tell(known.userId, 'token-revoked');
  }

  /** Takes the app out of the workspace: all of its tokens end, but not its app-level ones. */
  uninstallApp(): void {
    const live = [...this.#tokens.values()].filter(({ kind, revoked }) => kind !== 'app' && !revoked);
    for (const { token } of live) this.revokeToken(token);
    this.#tell(live.at(-1)?.userId ?? '', 'app-uninstalled');
  }

  expireToken(token: string): void {
    this.#changeToken(token, { expiresAt: this.now() });
  }

  /** Takes scopes from, or gives scopes to, a token that is in use. */
  setScopes(token: string, scopes: readonly string[]): void {
    this.#changeToken(token, { scopes });
  }

  /** The token, or why it is refused. */
  authenticate(token: string): SlackToken | TokenProblem {
    const known = this.#tokens.get(token);
    if (known === undefined) return 'invalid_auth';
    if (known.revoked) return 'token_revoked';
    if (known.expiresAt !== null && known.expiresAt <= this.now()) return 'token_expired';
    if (this.user(known.userId).deleted) return 'account_inactive';
    return known;
  }

  #changeToken(token: string, change: Partial<SlackToken>): void {
    const known = this.#tokens.get(token);
    if (known === undefined) throw new RangeError('There is no such token.');
    this.#tokens.set(token, { ...known, ...change });
  }

  /** What ran out by itself is gone whenever somebody looks: no timer can be late. */
  #current(user: SlackUser): SlackUser {
    const now = this.now();
    const expiry = user.status.expiresAt;
    const statusOver = expiry !== null && expiry <= now;
    const huddleOver = user.huddleUntil !== null && user.huddleUntil <= now;
    if (!statusOver && !huddleOver) return user;
    return {
      ...user,
      status: statusOver ? NO_STATUS : user.status,
      huddleUntil: huddleOver ? null : user.huddleUntil,
      updatedAt: Math.max(user.updatedAt, statusOver ? expiry : (user.huddleUntil ?? 0)),
    };
  }

  #change(userId: string, change: Partial<SlackUser>, told: WorkspaceChange | null = null): void {
    const user = this.user(userId);
    const isProfile = told !== null && told !== 'do-not-disturb';
    this.#users.set(userId, { ...user, ...change, updatedAt: isProfile ? this.now() : user.updatedAt });
    if (told !== null) this.#tell(userId, told);
  }

  #tell(userId: string, change: WorkspaceChange): void {
    for (const listener of this.#listeners) listener(userId, change);
  }
}
