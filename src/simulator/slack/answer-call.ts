import type { IncomingMessage } from 'node:http';
import type { JsonAnswer } from '../http/answer.ts';
import { readArguments, type SlackArguments } from './arguments.ts';
import type { RecordedCall } from './call-log.ts';
import { type SlackBehaviour, type SlackMethod, SlackRefusal, type SlackTier } from './methods/method.ts';
import { METHODS } from './methods/methods.ts';
import type { RateLimiter } from './rate-limiter.ts';
import type { SlackToken, TokenProblem } from './workspace/tokens.ts';
import type { SlackWorkspaceState } from './workspace/workspace-state.ts';

/** Calls per 60 s for one method and token, by tier. */
export type TierLimits = Readonly<Record<SlackTier, number>>;

/** Slack's published numbers; for `auth.test` Slack says "hundreds". */
export const DEFAULT_LIMITS: TierLimits = { tier2: 20, tier3: 50, tier4: 100, special: 300 };

/** What every call of one simulator shares. */
export interface ApiState {
  readonly workspace: SlackWorkspaceState;
  readonly limiter: RateLimiter;
  readonly limits: TierLimits;
  readonly behaviour: SlackBehaviour;
  /** The token, pasted from the app's page or from a sign-in; or why it is refused. */
  readonly authenticate: (token: string) => SlackToken | TokenProblem;
  readonly revokeToken: (token: string) => void;
  readonly socketAddress: () => string;
}

/** The answer to a call, and what the log keeps of it. */
export interface AnsweredCall {
  readonly answer: JsonAnswer;
  readonly record: Omit<RecordedCall, 'method' | 'at' | 'fault'>;
}

/** Checks a call as Slack does (method, arguments, token, rate, kind of token, scope) and runs it, unless `replaced` answers instead. */
export function answerCall(
  state: ApiState,
  request: IncomingMessage,
  url: URL,
  name: string,
  body: string,
  replaced: JsonAnswer | undefined,
): AnsweredCall {
  let params: Record<string, string> = {};
  let userId: string | null = null;
  let scopes: readonly string[] | null = null;
  const finish = (answer: JsonAnswer, error: string | null): AnsweredCall => ({
    answer,
    record: { userId, status: answer.status, error, params },
  });
  try {
    const method = METHODS.get(name);
    const input = readArguments(request, url, body, method?.access ?? 'read');
    params = Object.fromEntries([...input.args].filter(([key]) => key !== 'token'));
    const known = input.token === undefined ? undefined : state.authenticate(input.token);
    if (typeof known === 'object') {
      userId = known.userId;
      scopes = known.scopes;
    }
    if (replaced !== undefined) return finish(replaced, errorOf(replaced.body));
    if (method === undefined) throw new SlackRefusal('unknown_method', { req_method: name });
    const token = accepted(name, input.token, known);
    if (token === undefined) return finish({ status: 200, headers: {}, body: { ok: true, args: params } }, null);
    const now = state.workspace.now();
    const wait = state.limiter.retryAfterSeconds(`${name} ${token.token}`, state.limits[method.tier], now);
    if (wait > 0) {
      const headers = { 'Retry-After': String(wait) };
      return finish({ status: 429, headers, body: { ok: false, error: 'ratelimited' } }, 'ratelimited');
    }
    return finish(run(state, method, input, token, now, request.method === 'POST'), null);
  } catch (error) {
    if (replaced !== undefined) return finish(replaced, errorOf(replaced.body));
    if (error instanceof SlackRefusal) return finish(refused(error, scopes), error.error);
    // A mistake in the simulator itself: seen by whoever reads the answer, and not taken for Slack's.
    const simulator_error = error instanceof Error ? error.message : String(error);
    return finish(
      { status: 500, headers: {}, body: { ok: false, error: 'fatal_error', simulator_error } },
      'fatal_error',
    );
  }
}

/** The token, or Slack's refusal. Only `api.test` may come without one: undefined. */
function accepted(
  name: string,
  text: string | undefined,
  known: SlackToken | TokenProblem | undefined,
): SlackToken | undefined {
  if (text === undefined || text === '' || known === undefined) {
    if (name === 'api.test') return undefined;
    throw new SlackRefusal('not_authed');
  }
  if (typeof known === 'string') throw new SlackRefusal(known);
  return known;
}

function run(
  state: ApiState,
  method: SlackMethod,
  input: SlackArguments,
  token: SlackToken,
  now: number,
  posted: boolean,
): JsonAnswer {
  const wrongKind = (token.kind === 'bot' && !method.bots) || (token.kind === 'app') !== (method.appLevel ?? false);
  if (wrongKind) throw new SlackRefusal('not_allowed_token_type');
  const provided = token.scopes.join(',');
  if (method.scope !== null && !token.scopes.includes(method.scope)) {
    throw new SlackRefusal('missing_scope', { needed: method.scope, provided });
  }
  const caller = state.workspace.user(token.userId);
  const { workspace, behaviour, socketAddress } = state;
  if (token.orgWide && method.takesTeam) {
    const team = input.args.get('team_id');
    if (team === undefined) throw new SlackRefusal('missing_argument');
    if (team !== workspace.identity.teamId) throw new SlackRefusal('team_access_not_granted');
  }
  const revokeToken = (): void => state.revokeToken(token.token);
  const call = { workspace, behaviour, token, caller, now, posted, socketAddress, revokeToken };
  const result = method.run({ ...call, args: input.args });
  const headers: Record<string, string> = { 'X-OAuth-Scopes': provided };
  if (method.scope !== null) headers['X-Accepted-OAuth-Scopes'] = method.scope;
  if (input.warning === undefined) return { status: 200, headers, body: { ok: true, ...result } };
  const warned = { warning: input.warning, response_metadata: { warnings: [input.warning] } };
  return { status: 200, headers, body: { ok: true, ...result, ...warned } };
}

function refused(refusal: SlackRefusal, scopes: readonly string[] | null): JsonAnswer {
  const headers: Record<string, string> = scopes === null ? {} : { 'X-OAuth-Scopes': scopes.join(',') };
  return { status: 200, headers, body: { ok: false, error: refusal.error, ...refusal.extra } };
}

function errorOf(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || !('error' in body)) return null;
  return typeof body.error === 'string' ? body.error : null;
}
