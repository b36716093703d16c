import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault } from '../faults/fault.ts';
import { FaultPlan } from '../faults/fault-plan.ts';
import { type JsonAnswer, sendAnswer } from '../http/answer.ts';
import { startLoopbackServer } from '../http/loopback-server.ts';
import { readBody } from '../http/read-body.ts';
import type { AuthorizationServer } from '../oauth/authorization-server.ts';
import { isoSeconds, ZoomAccount } from './account.ts';
import { ROUTES, type ZoomBehaviour, type ZoomMethod, ZoomRefusal } from './api.ts';
import type { RecordedCall } from './call-log.ts';
import { EventSockets } from './event-sockets.ts';
import { AppTokens, answerOAuth, ZOOM_APP, zoomAuthorizationServer } from './oauth.ts';
import { type Exceeded, RateLimits, type ZoomPlan } from './rate-limits.ts';
import { WebhookSender, type WebhookSubscription } from './webhook-sender.ts';

/** Every user-level scope that the simulated methods know, and no admin's. */
export const USER_SCOPES = [
  'user:read:user',
  'team_chat:read:list_contacts',
  'team_chat:read:contact',
  'user:read:presence_status',
  'user:update:presence_status',
] as const;

/** A running Zoom. Also see `account`, by which people's own apps act on it. */
export interface ZoomSimulator {
  readonly apiUrl: string;
  readonly authUrl: string;
  readonly account: ZoomAccount;
  /** Every API call since the start, in order of arrival. */
  readonly calls: readonly RecordedCall[];
  /** By method: `me presence update contacts contact`, and `token` for the token endpoint. */
  readonly faults: FaultPlan;
  readonly behaviour: ZoomBehaviour;
  readonly limits: RateLimits;
  readonly oauth: AuthorizationServer;
  readonly webhooks: WebhookSender;
  readonly sockets: EventSockets;
  /** An access token of a person's, without a browser. */
  issueToken(userId: string, scopes?: readonly string[]): { accessToken: string; refreshToken: string | null };
  /** Drops every connection and comes back on the same port. The account stays as it was. */
  restart(pauseMs?: number): Promise<void>;
  close(): Promise<void>;
}

/** How a simulated Zoom differs from the plain one. */
export interface ZoomSimulatorOptions {
  /** Prepares the account before it can be called. */
  readonly populate: (account: ZoomAccount) => void;
  /** Who signs in by browser. */
  readonly me: string;
  readonly plan?: ZoomPlan;
  /** Ms since the epoch, by which everything expires and is limited. */
  readonly now?: () => number;
  readonly webhook?: WebhookSubscription | null;
  /** How long access tokens live; an hour by default, as on Zoom. */
  readonly accessSeconds?: number;
  readonly port?: number;
}

/** Starts a Zoom on 127.0.0.1: the API under `/v2`, OAuth under `/oauth`, events on a port of their own. */
export async function startZoomSimulator(options: ZoomSimulatorOptions): Promise<ZoomSimulator> {
  const now = options.now ?? Date.now;
  const apps = new AppTokens(now);
  const sockets = await EventSockets.start(now, (token) => apps.isValid(token));
  const webhooks = new WebhookSender(null, now);
  const account = new ZoomAccount(now, (event) => {
    webhooks.send(event);
    sockets.send(event);
  });
  options.populate(account);
  // What was there before the app subscribed is not told.
  webhooks.subscription = options.webhook ?? null;
  const oauth = zoomAuthorizationServer(options.me, now, options.accessSeconds);
  const limits = new RateLimits(options.plan ?? 'free');
  const faults = new FaultPlan();
  const calls: RecordedCall[] = [];
  const behaviour: ZoomBehaviour = { doNotDisturb: 'Do_Not_Disturb', mayUpdate: true };
  const lastUpdates = new Map<string, number>();
  const server = await startLoopbackServer((request, response) => void serve(request, response), options.port);
  const origin = `http://127.0.0.1:${server.port}`;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', origin);
    const body = await readBody(request).catch(() => null);
    if (body === null) {
      response.socket?.destroy();
      return;
    }
    if (url.pathname.startsWith('/oauth/')) serveOAuth(request, response, url, body);
    else if (url.pathname.startsWith('/v2/')) serveApi(request, response, url, body);
    else response.writeHead(404).end();
  }

  function serveOAuth(request: IncomingMessage, response: ServerResponse, url: URL, body: string): void {
    const path = url.pathname.slice('/oauth/'.length);
    const fault = path === 'token' ? faults.take('token') : undefined;
    const authorization = request.headers.authorization ?? null;
    const verb = request.method ?? 'GET';
    const replaced = fault === undefined ? undefined : answerOf(fault, now());
    const answer =
      replaced ?? answerOAuth(oauth, apps, { path, verb, query: url.searchParams, body, authorization, origin });
    if (answer === null) response.writeHead(404).end();
    else if ('location' in answer) response.writeHead(302, { Location: answer.location }).end();
    else sendAnswer(response, answer, fault, now());
  }

  function serveApi(request: IncomingMessage, response: ServerResponse, url: URL, body: string): void {
    const path = url.pathname.slice('/v2/'.length);
    const route = ROUTES.find((candidate) => candidate.verb === request.method && candidate.path.test(path));
    const target = decodeURIComponent(route?.path.exec(path)?.[1] ?? '');
    const fault = route === undefined ? undefined : faults.take(route.method);
    const answer = (fault === undefined ? undefined : answerOf(fault, now())) ?? answerCall();
    const method: ZoomMethod | 'unknown' = route?.method ?? 'unknown';
    const label = route?.label ?? null;
    calls.push({ method, label, at: now(), status: answer.status, target, fault: fault?.kind ?? null });
    if (answer.status === 204 && fault === undefined)
      response.writeHead(204, { Date: new Date(now()).toUTCString() }).end();
    else sendAnswer(response, answer, fault, now());

    function answerCall(): JsonAnswer {
      try {
        // The token comes first, also for a path that does not exist.
        const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
        const standing = oauth.standing(bearer);
        if (standing === 'revoked') throw new ZoomRefusal(401, 4741, 'The token has been revoked.');
        if (standing === 'expired') throw new ZoomRefusal(401, 124, 'Access token is expired.');
        if (standing !== 'valid') throw new ZoomRefusal(401, 124, 'Invalid access token.');
        const caller = account.find(oauth.userOf(bearer) ?? '');
        if (caller === undefined) throw new ZoomRefusal(401, 4735, 'The user does not exist.');
        if (route === undefined) throw new ZoomRefusal(404, 300, 'This API endpoint is not recognized.');
        const granted = oauth.scopesOf(bearer);
        const accepted = route.scopes(target);
        if (!accepted.some((scope) => granted.includes(scope))) {
          const named = accepted.join(', ');
          throw new ZoomRefusal(400, 4711, `Invalid access token, does not contain scopes:[${named}].`);
        }
        const exceeded = limits.exceeded(route.label, now());
        if (exceeded !== null) return tooMany(route.label, exceeded);
        const contentType = request.headers['content-type'] ?? '';
        const query = url.searchParams;
        return route.run({ account, caller, query, contentType, body, target, behaviour, lastUpdates });
      } catch (thrown) {
        if (thrown instanceof ZoomRefusal) return thrown.answer;
        throw thrown;
      }
    }
  }

  return {
    apiUrl: `${origin}/v2/`,
    authUrl: `${origin}/oauth/`,
    account,
    calls,
    faults,
    behaviour,
    limits,
    oauth,
    webhooks,
    sockets,
    issueToken: (userId, scopes = USER_SCOPES) => oauth.issue({ userId, clientId: ZOOM_APP.clientId, scopes }),
    restart: (pauseMs) => server.restart(pauseMs),
    close: async () => {
      await webhooks.settled();
      await Promise.all([server.close(), sockets.close()]);
    },
  };
}

/** `Retry-After` is a date, up to the whole second (the example of marketplace.zoom.us, “Rate limits”). */
function tooMany(category: string, { type, limit, retryAt }: Exceeded): JsonAnswer {
  const what = type === 'QPS' ? 'maximum per-second rate limit' : 'maximum daily rate limit';
  return {
    status: 429,
    headers: {
      'X-RateLimit-Category': category,
      'X-RateLimit-Type': type,
      'X-RateLimit-Limit': String(limit),
      'X-RateLimit-Remaining': '0',
      'Retry-After': isoSeconds(Math.ceil(retryAt / 1_000) * 1_000),
    },
    body: { code: 429, message: `You have reached the ${what} for this API. Try again later.` },
  };
}

/** The answer of a fault that answers instead of Zoom; undefined for those that spoil the true one. */
function answerOf(fault: Fault, now: number): JsonAnswer | undefined {
  const until = (seconds: number): string => new Date(now + seconds * 1_000).toISOString();
  switch (fault.kind) {
    case 'rate-limited':
      return {
        status: 429,
        headers: { 'X-RateLimit-Type': 'QPS', 'Retry-After': until(fault.retryAfterSeconds) },
        body: {
          code: 429,
          message: 'You have reached the maximum per-second rate limit for this API. Try again later.',
        },
      };
    case 'http-status':
      return {
        status: fault.status,
        headers: fault.retryAfterSeconds === undefined ? {} : { 'Retry-After': until(fault.retryAfterSeconds) },
        body: { code: fault.status, message: 'Internal error.' },
      };
    case 'platform-error':
      return { status: 400, headers: {}, body: { code: Number(fault.error), message: 'Refused.', ...fault.extra } };
    case 'hang':
    case 'reset-connection':
    case 'half-closed':
    case 'html-page':
      // Something between client and Zoom swallowed the call.
      return { status: 0, headers: {}, body: null };
    default:
      return undefined;
  }
}
