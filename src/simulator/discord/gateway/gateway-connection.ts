import type { RawData, WebSocket } from 'ws';
import type { FaultPlan } from '../../faults/fault-plan.ts';
import { replaceValues } from '../../faults/replace-values.ts';
import { rateLimitedShape, readyShape } from '../world/session-shapes.ts';
import type { DiscordWorld } from '../world/world.ts';
import { guildCreateFor, INTENT } from './events-for.ts';
import type { MemberChunks } from './member-chunks.ts';
import type { GatewaySessionState, SentEvent, SessionStore } from './session-store.ts';

const MOST_PAYLOAD_BYTES = 4096;
const MOST_SENDS = 120;
const SENDS_MS = 60_000;
/** Every intent that exists in version 10. */
const ALL_INTENTS = (1 << 17) - 1 + (0b11 << 20) + (0b11 << 24);
const DEFAULT_LARGE_THRESHOLD = 50;

/** What all connections share. */
export interface GatewayParts {
  readonly world: DiscordWorld;
  readonly sessions: SessionStore;
  readonly chunks: MemberChunks;
  readonly faults: FaultPlan;
  readonly heartbeatMs: number;
  readonly gatewayUrl: () => string;
  /** Every payload that a client sent, for tests; tokens are left out. */
  readonly received: { readonly op: number; readonly at: number; readonly userIds: readonly string[] }[];
  /** While it is true nothing is read, sent or acknowledged, and nothing is refused. */
  readonly isFrozen: () => boolean;
}

/** One WebSocket of a client: what it says, judged as Discord judges it. */
export class GatewayConnection {
  readonly #parts: GatewayParts;
  readonly #socket: WebSocket;
  #session: GatewaySessionState | null = null;
  #sends: number[] = [];
  /** Heartbeats are taken, and not answered. */
  deaf = false;

  constructor(parts: GatewayParts, socket: WebSocket, query: URLSearchParams) {
    this.#parts = parts;
    this.#socket = socket;
    socket.on('message', (data, isBinary) => this.#received(data, isBinary));
    socket.on('error', () => {});
    socket.on('close', (code) => this.#closed(code));
    if (query.get('v') !== '10') this.close(4012);
    else if (query.get('encoding') !== 'json') this.close(4002);
    else
      this.send({ op: 10, d: { heartbeat_interval: parts.heartbeatMs, _trace: ['["simulator"]'] }, s: null, t: null });
  }

  get session(): GatewaySessionState | null {
    return this.#session;
  }

  close(code: number): void {
    if (code === 4004 || (code >= 4010 && code <= 4014)) this.endSession();
    this.#socket.close(code);
  }

  /** The session cannot be resumed any more. */
  endSession(): void {
    if (this.#session !== null) this.#parts.sessions.end(this.#session);
  }

  send(payload: Readonly<Record<string, unknown>>): void {
    if (!this.#parts.isFrozen() && this.#socket.readyState === this.#socket.OPEN)
      this.#socket.send(JSON.stringify(payload));
  }

  #received(data: RawData, isBinary: boolean): void {
    if (this.#parts.isFrozen()) return;
    const closeCode = isBinary ? 4002 : this.#judge(String(data));
    if (closeCode !== null) this.close(closeCode);
  }

  /** Does what a payload asks for; answers the close code that it deserves, or null. */
  #judge(text: string): number | null {
    const { now } = this.#parts.world;
    if (Buffer.byteLength(text) > MOST_PAYLOAD_BYTES) return 4002;
    this.#sends = [...this.#sends.filter((at) => at > now() - SENDS_MS), now()];
    if (this.#sends.length > MOST_SENDS) return 4008;
    const payload = objectOf(text);
    const op = payload?.get('op');
    if (typeof op !== 'number') return 4002;
    const d = payload?.get('d');
    this.#parts.received.push({ op, at: now(), userIds: userIdsOf(d) });
    if (op === 1) return this.#heartbeat();
    if (op === 2) return this.#identify(d);
    if (op === 6) return this.#resume(d);
    if (op !== 3 && op !== 4 && op !== 8) return 4001;
    if (this.#session === null) return 4003;
    return op === 8 ? this.#requestMembers(d, this.#session) : null;
  }

  #heartbeat(): null {
    if (!this.deaf) this.send({ op: 11, d: null, s: null, t: null });
    return null;
  }

  #refuseSession(): null {
    this.send({ op: 9, d: false, s: null, t: null });
    return null;
  }

  #identify(d: unknown): number | null {
    const { world, sessions, gatewayUrl } = this.#parts;
    const request = recordOf(d);
    const intents = request?.get('intents');
    if (this.#session !== null) return 4005;
    if (request === null || recordOf(request.get('properties')) === null) return 4002;
    if (request.get('token') !== world.token) return 4004;
    if (typeof intents !== 'number' || (intents & ~ALL_INTENTS) !== 0) return 4013;
    const shard = request.get('shard');
    if (shard !== undefined && JSON.stringify(shard) !== '[0,1]') return 4010;
    for (const name of ['GUILD_MEMBERS', 'GUILD_PRESENCES'] as const) {
      if ((intents & INTENT[name]) !== 0 && !world.intents[name]) return 4014;
    }
    const place = sessions.identify();
    if (place === 'too-fast') return this.#refuseSession();
    if (place === 'too-many') {
      world.resetToken();
      return 4004;
    }
    const threshold = request.get('large_threshold');
    const session = sessions.begin(
      world.token,
      intents,
      typeof threshold === 'number' ? threshold : DEFAULT_LARGE_THRESHOLD,
    );
    this.#attach(session);
    const guilds = [...world.guilds.values()].filter(({ members }) => members.has(world.bot.id));
    const about = { id: session.id, gatewayUrl: gatewayUrl(), guildIds: guilds.map(({ id }) => id) };
    sessions.dispatch(session, 'READY', readyShape(world, about));
    for (const guild of guilds) {
      if (guild.available) sessions.dispatch(session, 'GUILD_CREATE', guildCreateFor(world, guild.id, session));
    }
    return null;
  }

  #resume(d: unknown): number | null {
    const { world, sessions } = this.#parts;
    const request = recordOf(d);
    const sequence = request?.get('seq');
    if (this.#session !== null) return 4005;
    if (request === null || typeof sequence !== 'number') return 4002;
    if (request.get('token') !== world.token) return 4004;
    const session = sessions.get(String(request.get('session_id')));
    if (session === undefined || session.token !== world.token) return this.#refuseSession();
    if (sequence > session.sequence) return 4007;
    const missed = session.sent.filter(({ s }) => s > sequence);
    this.#attach(session);
    for (const event of missed) this.#send(event);
    sessions.dispatch(session, 'RESUMED', { _trace: ['["simulator"]'] });
    return null;
  }

  #requestMembers(d: unknown, session: GatewaySessionState): number | null {
    const { sessions, chunks, faults } = this.#parts;
    const fault = faults.take('request-guild-members');
    if (fault?.kind === 'hang') return null;
    if (fault?.kind === 'rate-limited') {
      const request = recordOf(d);
      const meta = { guild_id: String(request?.get('guild_id')), nonce: String(request?.get('nonce')) };
      sessions.dispatch(session, 'RATE_LIMITED', rateLimitedShape(fault.retryAfterSeconds, meta));
      return null;
    }
    const answer = chunks.answer(d);
    if (answer.kind === 'malformed') return 4002;
    if (answer.kind === 'rate-limited') {
      sessions.dispatch(session, 'RATE_LIMITED', rateLimitedShape(answer.retryAfterSeconds, answer.meta));
    }
    if (answer.kind === 'chunks') {
      for (const chunk of answer.chunks) sessions.dispatch(session, 'GUILD_MEMBERS_CHUNK', chunk);
    }
    return null;
  }

  #attach(session: GatewaySessionState): void {
    this.#session = session;
    session.send = (event) => this.#send(event);
  }

  /** An event on its way, which a fault may spoil; the session still counts it as sent. */
  #send({ s, t, d }: SentEvent): void {
    const fault = this.#parts.faults.take(t);
    if (fault?.kind === 'malformed-json') {
      this.#socket.send(`{"op":0,"s":${s},"t":"${t}","d":{"user":`);
      return;
    }
    const data = fault?.kind === 'replaced-values' ? replaceValues(d, fault.values) : d;
    this.send({ op: 0, d: data, s, t });
  }

  #closed(code: number): void {
    if (this.#session === null) return;
    this.#session.send = null;
    // A client that says goodbye properly ends its session.
    if (code === 1000 || code === 1001) this.endSession();
  }
}

function objectOf(text: string): Map<string, unknown> | null {
  try {
    return recordOf(JSON.parse(text));
  } catch {
    return null;
  }
}

function recordOf(value: unknown): Map<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? new Map(Object.entries(value)) : null;
}

function userIdsOf(d: unknown): string[] {
  const ids = recordOf(d)?.get('user_ids');
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
}
