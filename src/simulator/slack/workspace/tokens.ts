/** Which kind of token an app holds: a person's (`xoxp-`), its bot's (`xoxb-`) or its own (`xapp-`). */
export type SlackTokenKind = 'user' | 'bot' | 'app';

/** A token the workspace has given out. */
export interface SlackToken {
  readonly token: string;
  readonly userId: string;
  readonly kind: SlackTokenKind;
  readonly scopes: readonly string[];
  /** In ms since the epoch; null: does not expire. */
  readonly expiresAt: number | null;
  readonly revoked: boolean;
  /** The whole organisation's: calls have to name the workspace. */
  readonly orgWide: boolean;
}

/** What an admin asks for. Without scopes the token has all that reading and writing presence needs. */
export interface TokenRequest {
  readonly userId: string;
  readonly kind?: SlackTokenKind;
  readonly scopes?: readonly string[];
  readonly expiresAt?: number | null;
  readonly orgWide?: boolean;
  /** The token's text, for scripts that need a known one. */
  readonly token?: string;
}

/** Scopes of a token that was issued without naming any. */
export const DEFAULT_SCOPES: readonly string[] = [
  'users:read',
  'users:read.email',
  'users:write',
  'users.profile:read',
  'users.profile:write',
  'dnd:read',
  'dnd:write',
  'emoji:read',
  'team:read',
];

/** Scopes of an app-level token that was issued without naming any. */
export const APP_SCOPES: readonly string[] = ['connections:write'];

/** Why a token is not accepted, in Slack's words; undefined: it is. */
export type TokenProblem = 'invalid_auth' | 'token_revoked' | 'token_expired' | 'account_inactive';
