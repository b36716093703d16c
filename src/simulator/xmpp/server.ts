import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { availableResources, type LastActivityPolicy } from './accounts/account.ts';
import type { NewUser } from './accounts/directory.ts';
import { rosterElement } from './accounts/roster.ts';
import { type IqFault, XmppFaultPlan } from './fault-plan.ts';
import { Host } from './host.ts';
import { NS } from './namespaces.ts';
import { PretendedClient, type PretendedPresence, presenceStanza } from './pretended-client.ts';
import type { DeliveredMessage } from './routing/message-router.ts';
import { changeSubscription, pushRoster, type SubscriptionType } from './routing/subscriptions.ts';
import { ClientStream } from './stream/client-stream.ts';
import type { TlsIdentity } from './stream/connection.ts';
import type { SaslMechanism } from './stream/sasl.ts';
import { childText, element } from './xml/element.ts';

/** How to start the server; everything has a default. */
export interface XmppSimulatorOptions {
  /** Default `localhost`. */
  readonly domain?: string;
  /** Default 0: any free one. */
  readonly port?: number;
  /** Default SCRAM-SHA-1 alone; PLAIN only when named. */
  readonly mechanisms?: readonly SaslMechanism[];
  /** PBKDF2 rounds of SCRAM; default 4096 (RFC 5802). */
  readonly iterations?: number;
  /** Offers STARTTLS with this key and certificate; without it none is offered. */
  readonly tls?: TlsIdentity;
  /** Nothing but STARTTLS is offered before it. */
  readonly requireTls?: boolean;
  /** How long a cut session may be resumed; default 60 s. */
  readonly resumeWithinMs?: number;
  /** Epoch ms; default the machine's clock. */
  readonly now?: () => number;
}

/** A connected client as its server sees it. */
export interface SessionView {
  readonly resource: string;
  readonly available: boolean;
  readonly priority: number;
  readonly show: string | undefined;
  readonly status: string | undefined;
  /** False while it is cut off and may be resumed. */
  readonly connected: boolean;
}

/** Things that go wrong on demand. Each names whom it hits; without a name everybody. */
export interface XmppFaults {
  /** The next stanza to that user is bytes that are no XML. */
  malformedNext(username: string): void;
  /** The server ends its half of every connection without closing the stream, and still reads. */
  halfClose(username?: string): void;
  /** Connections end without a closing tag; `reset` sends a TCP reset. */
  dropWithoutClose(username?: string, how?: 'reset' | 'destroy'): void;
  /** Every write waits so long. */
  delay(ms: number): void;
  /** Neither reads nor writes, while connections stay open. */
  freeze(): void;
  /** The next logins are refused with `temporary-auth-failure`. */
  temporaryAuthFailures(count: number): void;
  /** Requests whose payload has this namespace get an error, or no answer. */
  iq(namespace: string, fault: IqFault): void;
  /** `to` receives a presence of type error from `from`. */
  presenceError(from: string, to: string, condition?: string): void;
  /** Writes text as it is into that user's streams. */
  raw(username: string, text: string): void;
  heal(): void;
}

/** A running XMPP server of one domain, for clients over TCP. */
export interface XmppSimulator {
  /** `xmpp://127.0.0.1:PORT`. */
  readonly service: string;
  readonly domain: string;
  readonly port: number;
  readonly faults: XmppFaults;
  addUser(username: string, user: NewUser): void;
  /** Both see each other. Connected clients get roster pushes. */
  befriend(left: string, right: string): void;
  /** Everybody named (default: all users) sees everybody. */
  befriendAll(usernames?: readonly string[]): void;
  /** One side of a subscription, as if that user's client had sent it. */
  subscription(from: string, type: SubscriptionType, to: string): void;
  /** Somebody else's client says this; it comes into being when it is new. */
  setPresence(username: string, resource: string, presence?: PretendedPresence): void;
  goOffline(username: string, resource: string, status?: string): void;
  /** Publishes the picture by XEP-0084 and returns its id, the SHA-1. */
  setAvatar(username: string, image: Uint8Array, type?: string): string;
  setNick(username: string, nick: string): void;
  setVCard(
    username: string,
    card: { readonly nickname?: string; readonly photo?: Uint8Array; readonly type?: string },
  ): void;
  setLastActivity(username: string, policy: LastActivityPolicy): void;
  /** When an offline user was last seen, epoch ms. */
  setLastSeen(username: string, at: number, status?: string): void;
  disableUser(username: string): void;
  changePassword(username: string, password: string): void;
  /** Ends that user's streams with a stream error. */
  kick(username: string, condition: string): void;
  /** Ends all streams with `system-shutdown`, forgets sessions, listens again on the same port after `downMs`. */
  restart(downMs?: number): Promise<void>;
  close(): Promise<void>;
  openSockets(): number;
  sessions(username: string): SessionView[];
  /** What that client was handed, oldest first. */
  messagesTo(username: string, resource: string): readonly DeliveredMessage[];
  /** Sends a chat message from a user to an address, bare or full. Returns false when the server refused it. */
  sendMessage(from: string, to: string, body: string, type?: string): boolean;
}

/** Starts the server on 127.0.0.1. */
export async function startXmppSimulator(options: XmppSimulatorOptions = {}): Promise<XmppSimulator> {
  const plan = new XmppFaultPlan();
  const host = new Host(
    {
      domain: options.domain ?? 'localhost',
      mechanisms: options.mechanisms ?? ['SCRAM-SHA-1'],
      iterations: options.iterations ?? 4096,
      resumeWithinMs: options.resumeWithinMs ?? 60_000,
      tls: options.tls,
      requireTls: options.requireTls ?? false,
      now: options.now ?? Date.now,
    },
    plan,
  );
  const { directory } = host;
  let listening = await listen(host, options.port ?? 0);
  const { port } = listening;
  const streamsOf = (username?: string) =>
    [...host.streams].filter((one) => username === undefined || one.account?.username === username.toLowerCase());

  const shutDown = async (condition: string) => {
    const closed = once(listening.server, 'close');
    listening.server.close();
    for (const stream of host.streams) stream.fail(condition);
    for (const { account, session } of host.resumable.values()) if (account) host.removeResource(account, session);
    for (const stream of host.streams) setTimeout(() => stream.connection.drop('destroy'), 200);
    await closed;
  };

  return {
    service: `xmpp://127.0.0.1:${port}`,
    domain: directory.domain,
    port,
    faults: {
      malformedNext: (username) => void plan.malformedFor.add(username),
      halfClose: (username) => streamsOf(username).forEach((one) => void one.connection.halfClose()),
      dropWithoutClose: (username, how = 'destroy') =>
        streamsOf(username).forEach((one) => void one.connection.drop(how)),
      delay: (ms) => {
        plan.delayMs = ms;
      },
      freeze: () => {
        plan.frozen = true;
      },
      temporaryAuthFailures: (count) => {
        plan.temporaryAuthFailures = count;
      },
      iq: (namespace, fault) => void plan.iq.set(namespace, fault),
      presenceError: (from, to, condition = 'remote-server-not-found') => {
        const error = element(NS.client, 'error', { type: 'cancel' }, element(NS.stanzaErrors, condition));
        const attrs = { type: 'error', from: directory.get(from).bare };
        host.presence.toAddress(element(NS.client, 'presence', attrs, error), directory.get(to).bare);
      },
      raw: (username, text) => streamsOf(username).forEach((one) => void one.connection.write(text)),
      heal: () => plan.heal(),
    },
    addUser: (username, user) => void directory.add(username, user),
    befriend: (left, right) => befriend(host, left, right),
    befriendAll: (usernames) => {
      const everyone = usernames ?? directory.all().map((one) => one.username);
      everyone.forEach((left, index) => {
        for (const right of everyone.slice(index + 1)) befriend(host, left, right);
      });
    },
    subscription: (from, type, to) => {
      const account = directory.get(from);
      const stanza = element(NS.client, 'presence', { type });
      changeSubscription(directory, host.presence, account, type, stanza, directory.get(to).bare);
    },
    setPresence: (username, resource, presence = {}) => {
      const account = directory.get(username);
      const known = account.resources.get(resource) ?? new PretendedClient(resource, account, host);
      if (!(known instanceof PretendedClient)) throw new Error(`${username}/${resource} is a real client.`);
      account.resources.set(resource, known);
      host.presence.available(account, known, presenceStanza(presence, directory.domain));
      known.presenceAt = presence.delayStamp ?? known.presenceAt;
    },
    goOffline: (username, resource, status) => {
      const account = directory.get(username);
      const known = account.resources.get(resource);
      if (known === undefined) throw new Error(`${username}/${resource} is not connected.`);
      const said = status === undefined ? undefined : element(NS.client, 'status', {}, status);
      host.presence.unavailable(account, known, element(NS.client, 'presence', { type: 'unavailable' }, said));
      host.removeResource(account, known);
    },
    setAvatar: (username, image, type = 'image/png') => {
      const account = directory.get(username);
      const id = createHash('sha1').update(image).digest('hex');
      const data = element(NS.avatarData, 'data', {}, Buffer.from(image).toString('base64'));
      const info = element(NS.avatarMetadata, 'info', { bytes: String(image.byteLength), id, type });
      host.pep.publish(account, NS.avatarData, { id, payload: data });
      host.pep.publish(account, NS.avatarMetadata, { id, payload: element(NS.avatarMetadata, 'metadata', {}, info) });
      return id;
    },
    setNick: (username, nick) => {
      const payload = element(NS.nick, 'nick', {}, nick);
      host.pep.publish(directory.get(username), NS.nick, { id: 'current', payload });
    },
    setVCard: (username, { nickname, photo, type = 'image/png' }) => {
      const field = (name: string, value: string) => element(NS.vcard, name, {}, value);
      const binary = photo && field('BINVAL', Buffer.from(photo).toString('base64'));
      directory.get(username).vcard = element(
        NS.vcard,
        'vCard',
        {},
        nickname === undefined ? undefined : field('NICKNAME', nickname),
        binary && element(NS.vcard, 'PHOTO', {}, field('TYPE', type), binary),
      );
    },
    setLastActivity: (username, policy) => {
      directory.get(username).lastActivity = policy;
    },
    setLastSeen: (username, at, status = '') => {
      directory.get(username).lastSeen = { at, status };
    },
    disableUser: (username) => {
      directory.get(username).disabled = true;
      for (const stream of streamsOf(username)) stream.fail('not-authorized');
    },
    changePassword: (username, password) => directory.setPassword(username, password),
    kick: (username, condition) => {
      for (const stream of streamsOf(username)) stream.fail(condition);
    },
    restart: async (downMs = 0) => {
      await shutDown('system-shutdown');
      if (downMs > 0) await new Promise((resolve) => setTimeout(resolve, downMs));
      listening = await listen(host, port);
    },
    close: () => shutDown('system-shutdown'),
    openSockets: () => host.streams.size,
    sessions: (username) => {
      const account = directory.get(username);
      const available = new Set(availableResources(account));
      return [...account.resources.values()].map((resource) => ({
        resource: resource.name,
        available: available.has(resource),
        priority: resource.priority,
        show: resource.presence && childText(resource.presence, 'show'),
        status: resource.presence && childText(resource.presence, 'status'),
        connected: !('sink' in resource) || resource.sink !== undefined,
      }));
    },
    messagesTo: (username, resource) => host.messages.to(directory.get(username), resource),
    sendMessage: (from, to, body, type = 'chat') => {
      const attrs = { from: directory.get(from).bare, to, type, id: crypto.randomUUID() };
      const message = element(NS.client, 'message', attrs, element(NS.client, 'body', {}, body));
      return host.messages.route(message) === undefined;
    },
  };
}

function befriend(host: Host, left: string, right: string): void {
  const one = host.directory.get(left);
  const other = host.directory.get(right);
  host.directory.befriend(one, other);
  for (const [owner, friend] of [
    [one, other],
    [other, one],
  ] as const) {
    pushRoster(owner, rosterElement(host.directory.item(owner, friend.bare)));
    for (const resource of availableResources(friend)) {
      if (resource.presence) host.presence.toAddress(resource.presence, owner.bare);
    }
  }
}

async function listen(host: Host, port: number): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    host.streams.add(new ClientStream(socket, host));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('The simulator has no port.');
  return { server, port: address.port };
}
