/// <reference path="../../src/platforms/xmpp/xmpp-client.d.ts" />
import { client, type XmlElement, type XmppEntity, xml } from '@xmpp/client';

/** A real `@xmpp/client` session of one person, and everything it received. */
export interface XmppSession {
  readonly entity: XmppEntity;
  /** Stanzas as text, oldest first. */
  readonly received: readonly XmlElement[];
  send(element: XmlElement): Promise<void>;
  /** Sends a request and resolves with its answer, result or error. */
  request(type: 'get' | 'set', payload: XmlElement, to?: string): Promise<XmlElement>;
  /** Presence of this resource. */
  presence(says: { show?: string; status?: string; priority?: number }): Promise<void>;
  /** The first received stanza, past or coming, that satisfies the question. */
  next(matches: (stanza: XmlElement) => boolean, withinMs?: number): Promise<XmlElement>;
  stop(): Promise<void>;
}

/** How to sign in; the password defaults to `secret-<username>`. */
export interface XmppLogin {
  readonly service: string;
  readonly username: string;
  readonly domain?: string;
  readonly resource?: string;
  readonly password?: string;
}

let requests = 0;

/** Signs in and waits for stream management; rejects with what the server said. No presence is sent. */
export async function startXmppSession(login: XmppLogin): Promise<XmppSession> {
  const { service, username, domain = 'localhost' } = login;
  const password = login.password ?? `secret-${username}`;
  const entity = client({
    service,
    domain,
    username,
    resource: login.resource ?? 'test',
    timeout: 5_000,
    credentials: async (authenticate, mechanisms) => {
      const mechanism = mechanisms[0];
      if (mechanism === undefined) throw new Error('no mechanism offered');
      await authenticate({ username, password }, mechanism);
    },
  });
  const received: XmlElement[] = [];
  const listeners = new Set<() => void>();
  entity.on('stanza', (stanza) => {
    received.push(stanza);
    for (const listener of listeners) listener();
  });
  let failed: (error: unknown) => void = () => undefined;
  // Later errors (a dropped connection) are what tests make on purpose.
  entity.on('error', (error) => failed(error));
  // After bytes that are no XML the library has no parser, and throws out of the socket's event when more arrive.
  const feed = entity._onData.bind(entity);
  entity._onData = (data) => {
    try {
      feed(data);
    } catch (error) {
      failed(error);
    }
  };
  const next: XmppSession['next'] = (matches, withinMs = 5_000) =>
    new Promise((resolve, reject) => {
      const finish = () => {
        clearTimeout(timer);
        listeners.delete(look);
      };
      const look = () => {
        const found = received.find(matches);
        if (!found) return;
        finish();
        resolve(found);
      };
      const timer = setTimeout(() => {
        finish();
        reject(new Error(`${username} never got it; it got:\n${received.map(String).join('\n')}`));
      }, withinMs);
      listeners.add(look);
      look();
    });
  try {
    await new Promise<void>((resolve, reject) => {
      failed = reject;
      entity.on('online', resolve);
      entity
        .connect(service)
        .then(() => entity.open({ domain, lang: 'en' }))
        .catch(reject);
    });
  } catch (error) {
    entity.reconnect.stop();
    await entity.stop().catch(() => undefined);
    throw error;
  }
  failed = () => undefined;
  for (let waited = 0; !entity.streamManagement.enabled && waited < 1_000; waited += 5) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return {
    entity,
    received,
    send: (element) => entity.send(element),
    request: async (type, payload, to) => {
      requests += 1;
      const id = `test-${requests}`;
      await entity.send(xml('iq', { type, id, to }, payload));
      return next((stanza) => stanza.name === 'iq' && stanza.attrs.id === id && stanza.attrs.type !== type);
    },
    presence: ({ show, status, priority }) =>
      entity.send(
        xml(
          'presence',
          {},
          show === undefined ? undefined : xml('show', {}, show),
          status === undefined ? undefined : xml('status', {}, status),
          priority === undefined ? undefined : xml('priority', {}, String(priority)),
        ),
      ),
    next,
    stop: async () => {
      entity.reconnect.stop();
      await entity.stop().catch(() => undefined);
    },
  };
}
