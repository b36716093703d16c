import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault } from '../faults/fault.ts';
import { FaultPlan } from '../faults/fault-plan.ts';
import { type JsonAnswer, sendAnswer } from '../http/answer.ts';
import { startLoopbackServer } from '../http/loopback-server.ts';
import { readBody } from '../http/read-body.ts';
import { answerGraph, endpointOf, type GraphState } from './answer-graph.ts';
import type { GraphCall } from './call-log.ts';
import type { GraphResult } from './endpoints/endpoint.ts';
import { GraphRefusal, refusalBody } from './graph-refusal.ts';
import { Organisation } from './organisation.ts';
import type { Person } from './person.ts';
import { CLIENT_ID, SignIn } from './sign-in.ts';
import { Subscriptions } from './subscriptions.ts';
import { DEFAULT_LIMITS, type GraphLimits, Throttle } from './throttle.ts';

/** What Muster's own sign-in asks for, and a token has when a test does not say. */
const ALL_SCOPES = [
  'openid',
  'profile',
  'offline_access',
  'User.Read',
  'User.ReadBasic.All',
  'Presence.Read.All',
  'Presence.ReadWrite',
];

/** A running tenant: Graph, and Entra to sign in. */
export interface TeamsSimulator {
  /** Where Graph is, without version. */
  readonly graphUrl: string;
  /** Where Entra is. */
  readonly authority: string;
  readonly clientId: string;
  readonly organisation: Organisation;
  readonly signIn: SignIn;
  readonly subscriptions: Subscriptions;
  /** Every call of Graph since the start, those refused or answered by a fault too. */
  readonly calls: readonly GraphCall[];
  readonly faults: FaultPlan;
  /** An access token of somebody, as a sign-in would give. */
  issueToken(key: string, scopes?: readonly string[]): string;
  /** Tokens that are answered with a claims challenge; change it at any time. */
  readonly challenged: Set<string>;
  /** Drops every connection and comes back on the same port after `pauseMs`. The tenant stays as it was. */
  restart(pauseMs?: number): Promise<void>;
  close(): Promise<void>;
  openSockets(): number;
}

/** How a simulated tenant differs from the plain one. */
export interface TeamsSimulatorOptions {
  readonly tenantId?: string;
  readonly domain?: string;
  /** Prepares the tenant before it can be called; answers who signs in by the browser. */
  readonly populate: (organisation: Organisation) => Person;
  readonly port?: number;
  readonly limits?: Partial<GraphLimits>;
  /** Ms since the epoch, by which everything expires and is limited. */
  readonly now?: () => number;
  /** How long access tokens live; Entra's live 60 to 90 minutes. */
  readonly accessSeconds?: number;
  /** The Chinese cloud has no calls about presence. */
  readonly cloud?: 'global' | 'china';
}

/** Starts a tenant on 127.0.0.1. */
export async function startTeamsSimulator(options: TeamsSimulatorOptions): Promise<TeamsSimulator> {
  const now = options.now ?? Date.now;
  const tenantId = options.tenantId ?? '84bd8158-6d4d-4958-8b9f-9d6445542f95';
  const organisation = new Organisation(tenantId, options.domain ?? 'harbour-works.example', now);
  const me = options.populate(organisation);
  const faults = new FaultPlan();
  const calls: GraphCall[] = [];
  const challenged = new Set<string>();
  const subscriptions = await Subscriptions.create(organisation);
  const server = await startLoopbackServer((request, response) => void serve(request, response), options.port);
  const base = `http://127.0.0.1:${server.port}`;
  const signIn = await SignIn.create(organisation, base, me.id, options.accessSeconds ?? 3_900);
  const state: GraphState = {
    organisation,
    signIn,
    subscriptions,
    throttle: new Throttle({ ...DEFAULT_LIMITS, ...options.limits }),
    hasPresence: options.cloud !== 'china',
    challenged: (token) => challenged.has(token),
    base: () => base,
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', base);
    const verb = request.method ?? 'GET';
    const at = now();
    const body = await readBody(request).catch(() => null);
    if (body === null) {
      response.socket?.destroy();
      return;
    }
    if (url.pathname === '/common/discovery/v2.0/keys') {
      sendAnswer(response, { status: 200, headers: {}, body: subscriptions.jwks() }, faults.take('keys'), at);
      return;
    }
    const signedIn = await signIn.answer(verb, url, body);
    if (signedIn !== undefined) {
      sendAnswer(response, signedIn, faults.take('sign-in'), at);
      return;
    }
    const path = url.pathname.startsWith('/v1.0/') ? url.pathname.slice('/v1.0'.length) : url.pathname;
    const name = endpointOf(verb, path)?.endpoint.name ?? 'unknown';
    const fault = faults.take(name);
    const headers = new Map(Object.entries(request.headers).map(([key, value]) => [key, String(value)]));
    const answer = (fault && answerOf(fault)) ?? (await run({ verb, url, headers, body }));
    const code = codeOf(answer.body);
    calls.push({
      name,
      verb,
      path: `${url.pathname}${decodeURIComponent(url.search)}`,
      body,
      at,
      status: answer.status,
      code,
      fault: fault?.kind ?? null,
    });
    send(response, answer, fault, now());
  }

  async function run(call: Parameters<typeof answerGraph>[1]): Promise<GraphResult | JsonAnswer> {
    try {
      return await answerGraph(state, call);
    } catch (error) {
      // A mistake in the simulator itself is seen by whoever reads the answer, and not taken for Graph's.
      const refusal = error instanceof GraphRefusal ? error : new GraphRefusal(500, 'simulatorError', String(error));
      const body = refusalBody(refusal.code, refusal.message, randomUUID(), now());
      return { status: refusal.status, headers: refusal.headers, body };
    }
  }

  return {
    graphUrl: base,
    authority: base,
    clientId: CLIENT_ID,
    organisation,
    signIn,
    subscriptions,
    calls,
    faults,
    challenged,
    issueToken: (key, scopes = ALL_SCOPES) =>
      signIn.oauth.issue({ userId: organisation.person(key).id, clientId: CLIENT_ID, scopes }).accessToken,
    restart: (pauseMs) => server.restart(pauseMs),
    close: () => server.close(),
    openSockets: () => server.openSockets(),
  };
}

/** The answer of a fault that answers instead of Graph; undefined for those that spoil the true one. */
function answerOf(fault: Fault): JsonAnswer | undefined {
  const refused = (status: number, code: string, retryAfter?: number): JsonAnswer => ({
    status,
    headers: retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) },
    body: refusalBody(code, 'This is a fault on demand.', randomUUID(), 0),
  });
  switch (fault.kind) {
    case 'rate-limited':
      return refused(429, 'TooManyRequests', fault.retryAfterSeconds);
    case 'http-status':
      return refused(
        fault.status,
        fault.status === 503 ? 'serviceNotAvailable' : 'generalException',
        fault.retryAfterSeconds,
      );
    case 'platform-error':
      return refused(400, fault.error);
    case 'hang':
    case 'reset-connection':
    case 'half-closed':
    case 'html-page':
      return { status: 0, headers: {}, body: {} };
    default:
      return undefined;
  }
}

function send(response: ServerResponse, answer: GraphResult | JsonAnswer, fault: Fault | undefined, now: number): void {
  const headers = 'headers' in answer ? answer.headers : {};
  if (fault !== undefined || answer.body !== undefined) {
    sendAnswer(response, { status: answer.status, headers, body: answer.body ?? {} }, fault, now);
    return;
  }
  const text = 'text' in answer ? answer.text : undefined;
  const picture = 'picture' in answer ? answer.picture : undefined;
  const contentType = picture ? 'image/png' : text === undefined ? null : 'text/plain';
  response.writeHead(answer.status, {
    Date: new Date(now).toUTCString(),
    ...(contentType ? { 'Content-Type': contentType } : {}),
  });
  response.end(picture ?? text);
}

function codeOf(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || !('error' in body)) return null;
  const { error } = body;
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : null;
}
