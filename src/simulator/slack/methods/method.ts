import type { SlackToken } from '../workspace/tokens.ts';
import type { SlackUser } from '../workspace/user.ts';
import type { SlackWorkspaceState } from '../workspace/workspace-state.ts';

/** Slack's rate tiers; `special` are the methods whose page says "special rate limits apply". Source: docs.slack.dev/apis/web-api/rate-limits. */
export type SlackTier = 'tier2' | 'tier3' | 'tier4' | 'special';

/** One authorised call. `now` in ms since the epoch. */
export interface MethodCall {
  readonly workspace: SlackWorkspaceState;
  readonly args: ReadonlyMap<string, string>;
  readonly token: SlackToken;
  /** Whom the token speaks for. */
  readonly caller: SlackUser;
  readonly now: number;
  readonly behaviour: SlackBehaviour;
  /** Whether it came by POST. */
  readonly posted: boolean;
  /** A new one-time address of the event socket. */
  readonly socketAddress: () => string;
  /** Ends the token of the call, and no other. */
  readonly revokeToken: () => void;
}

/** For whom a shape is made: what of a call the shapes depend on. */
export type Viewer = Pick<MethodCall, 'workspace' | 'behaviour' | 'args' | 'now'> & {
  readonly token: Pick<SlackToken, 'scopes'>;
};

/** Where Slack's behaviour is a matter of workspace, plan or undocumented detail, and the simulator lets the test choose. */
export interface SlackBehaviour {
  /** Where the simulator's images live, with a trailing slash. */
  readonly imageBase: string;
  /** Members whom calls about single users answer with `user_not_visible`. */
  readonly invisibleUsers: ReadonlySet<string>;
  /** Whether a colleague's snooze shows in their `next_dnd_*`; Slack does not document it. */
  readonly colleaguesSeeSnooze: boolean;
  /** `users.list` without `limit` answers `limit_required` above this many members. */
  readonly limitRequiredAbove: number;
  /** Further workspaces of the organisation that have the app. */
  readonly otherTeams: readonly { readonly teamId: string; readonly name: string }[];
}

/** What a method answers beside `ok: true`. */
export type MethodResult = Readonly<Record<string, unknown>>;

/** A Web API method: who may call it, how often, and what it does. */
export interface SlackMethod {
  readonly tier: SlackTier;
  /** The scope it needs; null: any token. */
  readonly scope: string | null;
  /** False: bots get `not_allowed_token_type`. */
  readonly bots: boolean;
  /** True: an app-level token is needed, which no other method takes. */
  readonly appLevel?: boolean;
  /** True: an organisation's token has to name the workspace (`team_id`). */
  readonly takesTeam?: boolean;
  /** Reads take their arguments from the query or a form; Slack reads JSON bodies for writes only. */
  readonly access: 'read' | 'write';
  readonly run: (call: MethodCall) => MethodResult;
}

/** A refusal in Slack's words: `{ok: false, error, …extra}` under HTTP 200. */
export class SlackRefusal extends Error {
  readonly error: string;
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(error: string, extra: Readonly<Record<string, unknown>> = {}) {
    super(error);
    this.name = 'SlackRefusal';
    this.error = error;
    this.extra = extra;
  }
}

/** The member whom the argument names; without it, the caller. */
export function subject(call: MethodCall, argument = 'user'): SlackUser {
  const id = call.args.get(argument);
  if (id === undefined || id === '') return call.caller;
  const user = call.workspace.find(id);
  if (user === undefined) throw new SlackRefusal('user_not_found');
  if (call.behaviour.invisibleUsers.has(id)) throw new SlackRefusal('user_not_visible');
  return user;
}

/** Slack counts in whole seconds. */
export function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}
