import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault } from '../faults/fault.ts';
import { FaultPlan } from '../faults/fault-plan.ts';
import { type JsonAnswer, sendAnswer } from '../http/answer.ts';
import { startLoopbackServer } from '../http/loopback-server.ts';
import { avatarPng } from '../slack/avatar.ts';
import { Gateway } from './gateway/gateway.ts';
import { MemberChunks } from './gateway/member-chunks.ts';
import { SessionStore } from './gateway/session-store.ts';
import { answerRest } from './rest.ts';
import { DiscordWorld } from './world/world.ts';

/** Calls a second and token, over all routes. */
const GLOBAL_LIMIT = 50;
const API = /^\/api\/v10(\/.*)$/;

/** A running Discord. Also see `world`, by which people, servers' owners and the bot's owner act on it. */
export interface DiscordSimulator {
  /** For discord.js' `rest.api` and Muster's `apiUrl`: without the version. */
  readonly apiUrl: string;
  readonly world: DiscordWorld;
  readonly gateway: Gateway;
  readonly sessions: SessionStore;
  /** REST calls since the start, in order of arrival. */
  readonly calls: readonly { readonly route: string; readonly at: number; readonly status: number }[];
  /** Payloads that clients sent over the gateway. */
  readonly received: readonly { readonly op: number; readonly at: number; readonly userIds: readonly string[] }[];
  /**
   * Of REST routes by their path (`/gateway/bot`), of events by their name (`PRESENCE_UPDATE`: `malformed-json`, `replaced-values`), and of
   * `request-guild-members` (`rate-limited`, `hang`).
   */
  readonly faults: FaultPlan;
  /** Drops every connection and comes back on the same port; sessions can be resumed. */
  restart(pauseMs?: number): Promise<void>;
  close(): Promise<void>;
}

/** Starts Discord on 127.0.0.1, with nobody on it but the bot. */
export async function startDiscordSimulator(
  options: { readonly now?: () => number; readonly port?: number; readonly heartbeatMs?: number } = {},
): Promise<DiscordSimulator> {
  const now = options.now ?? Date.now;
  const world = new DiscordWorld(now);
  const sessions = new SessionStore(now);
  const faults = new FaultPlan();
  const calls: { route: string; at: number; status: number }[] = [];
  const received: { op: number; at: number; userIds: readonly string[] }[] = [];
  let gatewayUrl = '';
  const gateway = new Gateway({
    world,
    sessions,
    faults,
    received,
    chunks: new MemberChunks(world),
    heartbeatMs: options.heartbeatMs ?? 41_250,
    gatewayUrl: () => gatewayUrl,
  });

  function serve(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (url.pathname.startsWith('/cdn/')) {
      sendImage(url, response);
      return;
    }
    const route = API.exec(url.pathname)?.[1];
    if (route === undefined) {
      response.writeHead(404).end();
      return;
    }
    const { authorization } = request.headers;
    const fault = faults.take(route);
    const recent = calls.filter(({ at }) => at > now() - 1_000).length;
    const answer =
      (fault === undefined ? undefined : answerOf(fault)) ??
      (recent >= GLOBAL_LIMIT
        ? rateLimited(1, true)
        : answerRest(
            { world, gatewayUrl, sessionStartLimit: () => sessions.limit() },
            { verb: request.method ?? 'GET', route, query: url.searchParams, authorization },
          ));
    calls.push({ route, at: now(), status: answer.status });
    sendAnswer(response, answer, fault, now());
  }

  const server = await startLoopbackServer(serve, options.port, (request, socket, head) =>
    gateway.upgrade(request, socket, head),
  );
  world.onReset = () => gateway.close(4004);
  gatewayUrl = `ws://127.0.0.1:${server.port}`;
  return {
    apiUrl: `http://127.0.0.1:${server.port}/api`,
    world,
    gateway,
    sessions,
    calls,
    received,
    faults,
    restart: (pauseMs) => server.restart(pauseMs),
    close: () => server.close(),
  };
}

/** The answer of a fault that answers instead of Discord; undefined for those that spoil the true one. */
function answerOf(fault: Fault): JsonAnswer | undefined {
  switch (fault.kind) {
    case 'rate-limited':
      return rateLimited(fault.retryAfterSeconds, false);
    case 'http-status':
      return {
        status: fault.status,
        headers: fault.retryAfterSeconds === undefined ? {} : { 'Retry-After': String(fault.retryAfterSeconds) },
        body: { message: `${fault.status}: Server Error`, code: 0 },
      };
    default:
      return undefined;
  }
}

function rateLimited(seconds: number, global: boolean): JsonAnswer {
  return {
    status: 429,
    headers: {
      'Retry-After': String(seconds),
      'X-RateLimit-Scope': global ? 'global' : 'user',
      'X-RateLimit-Reset-After': String(seconds),
      ...(global ? { 'X-RateLimit-Global': 'true' } : { 'X-RateLimit-Limit': '2', 'X-RateLimit-Remaining': '0' }),
    },
    body: { message: 'You are being rate limited.', retry_after: seconds, global },
  };
}

/** `/cdn/avatars/{user}/{hash}.png` and `/cdn/emojis/{id}.png`. */
function sendImage(url: URL, response: ServerResponse): void {
  const [, key] = /^\/cdn\/((?:avatars\/\d+|emojis)\/\w+)\.png$/.exec(url.pathname) ?? [];
  if (key === undefined) {
    response.writeHead(404).end();
    return;
  }
  const size = Math.min(1024, Math.max(16, Number(url.searchParams.get('size') ?? 64)));
  const png = avatarPng(key, size);
  response.writeHead(200, { 'Content-Type': 'image/png', 'Content-Length': String(png.length) });
  response.end(png);
}
