import { client, type XmlElement, type XmppEntity, xml } from '@xmpp/client';
import type { MusterError } from '../../../src/domain/errors.ts';
import { systemClock } from '../../../src/infra/clock/system-clock.ts';
import { systemRandom } from '../../../src/infra/random/system-random.ts';
import type { AdapterContext, Connection, IdentityReport, ObservationReport } from '../../../src/platforms/platform.ts';
import { xmppAdapter } from '../../../src/platforms/xmpp/adapter.ts';
import type { XmppSettings } from '../../../src/platforms/xmpp/manifest.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import type { Logger } from '../../../src/ports/logger.ts';
import { throwawayMemory } from '../../../src/services/accounts/account-memory.ts';
import { pastedTokens } from '../../../src/services/accounts/pasted-tokens.ts';
import { SlidingBudget } from '../../../src/services/polling/sliding-budget.ts';

/** Everything that an adapter reported, in order, and the last word about everybody. */
export interface Heard {
  readonly identities: Map<string, IdentityReport>;
  readonly removed: string[];
  readonly observations: ObservationReport[];
  readonly latest: Map<string, ObservationReport>;
  readonly lost: MusterError[];
  readonly logged: string[];
  ownChanges: number;
}

/** An adapter's context whose reports can be looked at. `end` aborts it, as closing the account does. */
export interface Bench {
  readonly context: AdapterContext<XmppSettings>;
  readonly heard: Heard;
  readonly optedOut: Set<string>;
  end(): void;
}

function loggerInto(lines: string[]): Logger {
  const write = (message: string, fields?: object) => {
    lines.push(`${message} ${JSON.stringify(fields ?? {})}`);
  };
  return { debug: write, info: write, warn: write, error: write, with: () => loggerInto(lines) };
}

/** A context for one account, on the real clock unless told otherwise. */
export function bench(
  settings: XmppSettings,
  password: string,
  options: { clock?: Clock; accountId?: string } = {},
): Bench {
  const controller = new AbortController();
  const optedOut = new Set<string>();
  const heard: Heard = {
    identities: new Map(),
    removed: [],
    observations: [],
    latest: new Map(),
    lost: [],
    logged: [],
    ownChanges: 0,
  };
  const context: AdapterContext<XmppSettings> = {
    accountId: options.accountId ?? 'a_test',
    settings,
    secrets: { get: async (key) => (key === 'password' ? password : null) },
    tokens: pastedTokens({ get: async () => null }),
    memory: throwawayMemory(),
    webhookUrl: null,
    http: { fetch: () => Promise.reject(new Error('XMPP needs no HTTP')) },
    clock: options.clock ?? systemClock,
    random: systemRandom,
    logger: loggerInto(heard.logged),
    signal: controller.signal,
    report: {
      identities: (all) => {
        for (const one of all) heard.identities.set(one.userId, one);
      },
      removed: (userIds) => {
        for (const userId of userIds) {
          heard.removed.push(userId);
          heard.identities.delete(userId);
        }
      },
      observations: (all) => {
        for (const one of all) {
          heard.observations.push(one);
          heard.latest.set(one.userId, one);
        }
      },
      lost: (error) => {
        heard.lost.push(error);
      },
      ownChanged: () => {
        heard.ownChanges += 1;
      },
      channel: () => {},
    },
    budget: (name, limits) => new SlidingBudget(name, limits, options.clock ?? systemClock),
    isOptedOut: (userId) => optedOut.has(userId),
  };
  return { context, heard, optedOut, end: () => controller.abort() };
}

/** Signs in with the real adapter. */
export async function signIn(settings: XmppSettings, password: string, prepare: (bench: Bench) => void = () => {}) {
  const made = bench(settings, password);
  prepare(made);
  const connection: Connection = await xmppAdapter.connect(made.context);
  return { ...made, connection };
}

/** Waits until something holds, at most `withinMs`; then fails, saying what was waited for. */
export async function eventually<T>(
  what: string,
  probe: () => T | Promise<T>,
  withinMs = 8_000,
): Promise<Exclude<T, undefined | null | false>> {
  const startedAt = Date.now();
  for (;;) {
    const found = await probe();
    if (found) return found as Exclude<T, undefined | null | false>;
    if (Date.now() - startedAt > withinMs) throw new Error(`waited ${withinMs} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A colleague's client: the plain library, without anything of Muster's. */
export interface Colleague {
  readonly entity: XmppEntity;
  readonly messages: string[];
  /** What it saw of others, as raw stanzas. */
  readonly presences: XmlElement[];
  say(presence: {
    show?: string;
    status?: string;
    priority?: number;
    idleSince?: string;
    photo?: string;
  }): Promise<void>;
  sendRaw(stanza: XmlElement): Promise<void>;
  ask(type: 'get' | 'set', child: XmlElement, to?: string): Promise<XmlElement>;
  leave(): Promise<void>;
}

/** Signs a colleague in and says nothing yet. */
export async function colleague(options: {
  service: string;
  domain: string;
  username: string;
  password: string;
  resource: string;
}): Promise<Colleague> {
  const { username, password } = options;
  const entity = client({
    ...options,
    timeout: 5_000,
    credentials: async (authenticate) => {
      await authenticate({ username, password }, 'SCRAM-SHA-1');
    },
  });
  entity.reconnect.stop();
  entity.on('error', () => {});
  const messages: string[] = [];
  const presences: XmlElement[] = [];
  const answers = new Map<string, (stanza: XmlElement) => void>();
  entity.on('stanza', (stanza) => {
    const body = stanza.is('message') ? stanza.getChild('body')?.text() : undefined;
    if (body !== undefined) messages.push(body);
    if (stanza.is('presence')) presences.push(stanza);
    if (stanza.is('iq')) answers.get(stanza.attrs.id ?? '')?.(stanza);
  });
  const online = new Promise<void>((resolve, reject) => {
    entity.on('online', resolve);
    entity.on('error', reject);
  });
  online.catch(() => {});
  await entity.connect(options.service);
  await entity.open({ domain: options.domain, lang: 'en' });
  await online;
  await eventually('stream management', () => entity.streamManagement.enabled, 1_000).catch(() => false);
  let asked = 0;
  return {
    entity,
    messages,
    presences,
    say: ({ show, status, priority, idleSince, photo }) =>
      entity.send(
        xml(
          'presence',
          {},
          show === undefined ? undefined : xml('show', {}, show),
          status === undefined ? undefined : xml('status', {}, status),
          priority === undefined ? undefined : xml('priority', {}, String(priority)),
          idleSince === undefined ? undefined : xml('idle', { xmlns: 'urn:xmpp:idle:1', since: idleSince }),
          photo === undefined ? undefined : xml('x', { xmlns: 'vcard-temp:x:update' }, xml('photo', {}, photo)),
        ),
      ),
    sendRaw: (stanza) => entity.send(stanza),
    ask: (type, child, to) =>
      new Promise((resolve) => {
        asked += 1;
        const id = `ask-${asked}`;
        answers.set(id, resolve);
        void entity.send(xml('iq', { type, id, to }, child));
      }),
    leave: async () => {
      await entity.send(xml('presence', { type: 'unavailable' })).catch(() => {});
      await entity.stop().catch(() => null);
    },
  };
}
