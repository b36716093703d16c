import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault } from '../faults/fault.ts';
import { FaultPlan } from '../faults/fault-plan.ts';
import { type JsonAnswer, sendAnswer } from '../http/answer.ts';
import { startLoopbackServer } from '../http/loopback-server.ts';
import { readBody } from '../http/read-body.ts';
import { type ApiState, answerCall, DEFAULT_LIMITS, type TierLimits } from './answer-call.ts';
import { avatarPng } from './avatar.ts';
import type { RecordedCall } from './call-log.ts';
import { eventPayloads } from './event-payloads.ts';
import { EventSockets, type EventTimes, SLACK_EVENT_TIMES } from './event-sockets.ts';
import { RateLimiter } from './rate-limiter.ts';
import { type SlackApp, SlackSignIn } from './sign-in.ts';
import { DEFAULT_SCOPES } from './workspace/tokens.ts';
import { SlackWorkspaceState, type WorkspaceIdentity } from './workspace/workspace-state.ts';

/** A running Slack workspace. Also see `workspace`, by which people's own clients and the admin act on it. */
export interface SlackSimulator {
  /** The Web API's address with a trailing slash, for `slackApiUrl`. */
  readonly apiUrl: string;
  readonly workspace: SlackWorkspaceState;
  /** Every call since the start, in order of arrival, those refused or answered by a fault too. */
  readonly calls: readonly RecordedCall[];
  readonly faults: FaultPlan;
  /** Socket Mode. Comes to life with the first `apps.connections.open`. */
  readonly events: EventSockets;
  /** Signing in by OAuth; null without an app. */
  readonly signIn: SlackSignIn | null;
  /** Members whom calls about single users answer with `user_not_visible`; change it at any time. */
  readonly invisibleUsers: Set<string>;
  /** Forgets how many calls were made, as if a minute had passed. */
  resetLimits(): void;
  /** Drops every connection and comes back on the same port after `pauseMs`. The workspace stays as it was. */
  restart(pauseMs?: number): Promise<void>;
  close(): Promise<void>;
  /** Connections that clients hold open now. */
  openSockets(): number;
}

/** How a simulated workspace differs from the plain one. */
export interface SlackSimulatorOptions {
  readonly identity?: Partial<WorkspaceIdentity>;
  /** Prepares the workspace before it can be called; see `believable-workspace.ts`. */
  readonly populate?: (workspace: SlackWorkspaceState) => void;
  /** A TCP port of 127.0.0.1; a free one by default. */
  readonly port?: number;
  /** Calls per 60 s, method and token; Slack's own numbers by default. */
  readonly limits?: Partial<TierLimits>;
  /** Ms since the epoch, by which everything expires and is limited. */
  readonly now?: () => number;
  /** Whether a colleague's snooze shows in their do-not-disturb window, which Slack does not document. False by default. */
  readonly colleaguesSeeSnooze?: boolean;
  /** The app that one signs in with by OAuth; absent: tokens come from its page alone. */
  readonly app?: SlackApp;
  /** Further workspaces of the organisation that have the app. */
  readonly otherTeams?: readonly { readonly teamId: string; readonly name: string }[];
  /** How long Slack waits in Socket Mode, in real milliseconds. */
  readonly eventTimes?: Partial<EventTimes>;
  /** `users.list` without a limit is refused above this many members; 1,000 by default. */
  readonly limitRequiredAbove?: number;
}

const PLAIN: WorkspaceIdentity = { teamId: 'T0SIM00001', name: 'Harbour Works', domain: 'harbour-works' };

/** Starts a workspace on 127.0.0.1. It has Slackbot, and whom `populate` adds. */
export async function startSlackSimulator(options: SlackSimulatorOptions = {}): Promise<SlackSimulator> {
  const now = options.now ?? Date.now;
  const workspace = new SlackWorkspaceState({ ...PLAIN, ...options.identity }, now);
  workspace.addUser({ id: 'USLACKBOT', name: 'slackbot', realName: 'Slackbot', kind: 'bot', alwaysActive: true });
  options.populate?.(workspace);
  const faults = new FaultPlan();
  const calls: RecordedCall[] = [];
  const limiter = new RateLimiter();
  const invisibleUsers = new Set<string>();
  /** Whose app the event socket is: decides which do-not-disturb is their own. */
  let viewerId = '';
  const events = new EventSockets({ ...SLACK_EVENT_TIMES, ...options.eventTimes }, now);
  const signIn = options.app === undefined ? null : new SlackSignIn(options.app, workspace);
  const server = await startLoopbackServer(
    (request, response) => {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      if (url.pathname.startsWith('/images/')) sendImage(url.pathname, response);
      else if (url.pathname.startsWith('/api/')) void serve(request, response, url);
      else if (url.pathname === '/oauth/v2/authorize' && signIn !== null) signIn.authorize(url, response);
      else response.writeHead(404).end();
    },
    options.port,
    (request, socket, head) => events.upgrade(request, socket, head),
  );
  const origin = `http://127.0.0.1:${server.port}`;
  const state: ApiState = {
    workspace,
    limiter,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    authenticate(token) {
      const problem = workspace.authenticate(token);
      return problem === 'invalid_auth' && signIn !== null ? signIn.authenticate(token) : problem;
    },
    revokeToken(token) {
      if (signIn?.revoke(token) !== true) workspace.revokeToken(token);
    },
    socketAddress: () => `ws://127.0.0.1:${server.port}/link/?ticket=${events.ticket()}&app_id=A0SIM00001`,
    behaviour: {
      otherTeams: options.otherTeams ?? [],
      imageBase: `${origin}/images/`,
      invisibleUsers,
      colleaguesSeeSnooze: options.colleaguesSeeSnooze ?? false,
      limitRequiredAbove: options.limitRequiredAbove ?? 1_000,
    },
  };

  async function serve(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const at = now();
    const method = url.pathname.slice('/api/'.length);
    const body = await readBody(request).catch(() => null);
    if (body === null) {
      // The client went away inside its request, or sent more than anybody needs.
      response.socket?.destroy();
      return;
    }
    const fault = faults.take(method);
    const replaced = fault === undefined ? undefined : answerOf(fault);
    if (method === 'oauth.v2.access' && signIn !== null) {
      const answer = replaced ?? signIn.access(request, url, body);
      calls.push({
        method,
        at,
        fault: fault?.kind ?? null,
        userId: null,
        status: answer.status,
        error: null,
        params: {},
      });
      sendAnswer(response, answer, fault, now());
      return;
    }
    const call = answerCall(state, request, url, method, body, replaced);
    if (method === 'apps.connections.open') viewerId = call.record.userId ?? viewerId;
    calls.push({ method, at, fault: fault?.kind ?? null, ...call.record });
    sendAnswer(response, call.answer, fault, now());
  }

  workspace.onChange((userId, change) => {
    const viewer = {
      workspace,
      behaviour: state.behaviour,
      args: new Map(),
      now: now(),
      token: { scopes: DEFAULT_SCOPES },
    };
    if (viewerId === '') return;
    for (const payload of eventPayloads(viewer, viewerId, userId, change)) events.deliver(payload);
  });

  return {
    apiUrl: `${origin}/api/`,
    workspace,
    calls,
    faults,
    events,
    signIn,
    invisibleUsers,
    resetLimits: () => limiter.reset(),
    restart: (pauseMs) => server.restart(pauseMs),
    close: () => {
      events.close();
      return server.close();
    },
    openSockets: () => server.openSockets(),
  };
}

/** The answer of a fault that answers instead of Slack; undefined for those that spoil the true one, after the call took effect. */
function answerOf(fault: Fault): JsonAnswer | undefined {
  switch (fault.kind) {
    case 'rate-limited':
      return {
        status: 429,
        headers: { 'Retry-After': String(fault.retryAfterSeconds) },
        body: { ok: false, error: 'ratelimited' },
      };
    case 'http-status':
      return {
        status: fault.status,
        headers: fault.retryAfterSeconds === undefined ? {} : { 'Retry-After': String(fault.retryAfterSeconds) },
        body: { ok: false, error: fault.status === 503 ? 'service_unavailable' : 'internal_error' },
      };
    case 'platform-error':
      return { status: 200, headers: {}, body: { ok: false, error: fault.error, ...fault.extra } };
    case 'hang':
    case 'reset-connection':
    case 'half-closed':
    case 'html-page':
      // Something between client and Slack swallowed the call.
      return { status: 0, headers: {}, body: null };
    default:
      return undefined;
  }
}

function sendImage(path: string, response: ServerResponse): void {
  const match = /^\/images\/(?:avatar|emoji)\/([\w-]+?)(?:-(\d{1,4}))?\.png$/.exec(path);
  if (match === null) {
    response.writeHead(404).end();
    return;
  }
  const size = Math.min(1024, Math.max(8, Number(match[2] ?? 64)));
  const png = avatarPng(match[1] ?? '', size);
  response.writeHead(200, {
    'Content-Type': 'image/png',
    'Content-Length': String(png.length),
    'Cache-Control': 'public, max-age=31536000, immutable',
  });
  response.end(png);
}
