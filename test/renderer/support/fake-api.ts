import { type EventName, type RouteId, routes } from '../../../src/contract/index.ts';
import { account, member, meOf, platforms, preferences, presets, quietHealth, suggestion, watchOn } from './team.ts';

/** What a fake core is told to be. */
export type FakeOptions = {
  readonly people: number;
  readonly now?: number;
  /** Answers 401 to everything until a code was exchanged. */
  readonly signedOut?: boolean;
  readonly accounts?: 'well' | 'trouble' | 'none';
  /** Answers of a test's own, asked first; undefined leaves the call to the fake. */
  readonly answers?: FakeAnswers;
};

/** What a test answers to a call by its route; a `Response` is passed on as it is. */
export type FakeAnswers = (
  id: RouteId,
  given: { readonly params: Record<string, string>; readonly query: URLSearchParams; readonly body: object },
) => unknown;

/** A core of the contract that lives in memory: enough of it for the interface, every answer valid by its schema. */
export type FakeApi = {
  readonly handle: (request: Request) => Promise<Response>;
  /** Sends an event to every stream. */
  readonly send: (event: EventName, data: unknown) => void;
  /** Breaks every stream, as a restart does. */
  readonly breakStreams: () => void;
  /** The calls so far, as `METHOD /path`. */
  readonly calls: string[];
  /** The bodies of the last call of each route. */
  readonly bodies: Map<string, unknown>;
};

const problem = (status: number, code: string): Response =>
  new Response(JSON.stringify({ type: 'about:blank', title: code, status, code, detail: `${code} in the fake.` }), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  });

const pathPattern = (path: string): RegExp => new RegExp(`^${path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);

/** The route that answers a request, with the values of its path. */
const routeOf = (method: string, path: string): { id: RouteId; params: Record<string, string> } | null => {
  // Fixed paths before those with parameters: `/v1/contacts/link` is no id.
  const sorted = Object.values(routes).sort((a, b) => Number(a.path.includes('{')) - Number(b.path.includes('{')));
  for (const route of sorted) {
    const match = pathPattern(route.path).exec(path);
    if (route.method.toUpperCase() === method && match !== null) {
      const entry = Object.entries(routes).find(([, candidate]) => candidate === route);
      const params = Object.fromEntries(Object.entries(match.groups ?? {}).map(([k, v]) => [k, decodeURIComponent(v)]));
      return entry === undefined ? null : { id: entry[0] as RouteId, params };
    }
  }
  return null;
};

/** Starts the fake. */
export const createFakeApi = ({
  people,
  now = Date.now(),
  signedOut = false,
  accounts = 'well',
  answers = () => undefined,
}: FakeOptions): FakeApi => {
  let sequence = 1;
  let me = meOf(now);
  let settings = preferences;
  let session = !signedOut;
  const contacts = new Map(Array.from({ length: people }, (_, index) => [`c_${index}`, member(index, now)]));
  const watches = new Map(people > 0 ? [['w_1', watchOn('c_0', now)]] : []);
  const streams = new Set<ReadableStreamDefaultController<Uint8Array>>();
  const calls: string[] = [];
  const bodies = new Map<string, unknown>();
  const text = new TextEncoder();
  const signedIn = {
    well: [account(), account({ id: 'a_xmpp', platform: 'xmpp', label: 'Work XMPP' })],
    trouble: [account(), account({ id: 'a_xmpp', platform: 'xmpp', label: 'Work XMPP', state: 'needs-sign-in' })],
    none: [],
  }[accounts];

  const send: FakeApi['send'] = (event, data) => {
    sequence += 1;
    const chunk = text.encode(`id: ${sequence}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    for (const stream of streams) stream.enqueue(chunk);
  };

  const list = (items: readonly unknown[], query: URLSearchParams): unknown => {
    const limit = Number(query.get('limit') ?? 100);
    const start = Number(query.get('cursor') ?? 0);
    const end = start + limit;
    return {
      items: items.slice(start, end),
      nextCursor: end < items.length ? String(end) : null,
      total: items.length,
      sequence,
    };
  };

  const openStream = (): Response => {
    let own: ReadableStreamDefaultController<Uint8Array> | undefined;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        own = controller;
        streams.add(controller);
        controller.enqueue(text.encode(': hello\n\n'));
      },
      cancel: () => {
        if (own !== undefined) streams.delete(own);
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  };

  const patchContact = (id: string, body: object): unknown => {
    const before = contacts.get(id);
    if (before === undefined) return problem(404, 'not-found');
    const after = { ...before, ...body };
    if ('name' in body && body.name === null) after.name = before.identities[0]?.displayName ?? id;
    contacts.set(id, after);
    send('contact', after);
    return after;
  };

  const answer = (id: RouteId, params: Record<string, string>, query: URLSearchParams, body: object): unknown => {
    switch (id) {
      case 'listContacts':
        return list([...contacts.values()], query);
      case 'getContact':
        return contacts.get(params.id ?? '') ?? problem(404, 'not-found');
      case 'linkContacts':
        return contacts.get('c_0') ?? problem(404, 'not-found');
      case 'patchContact':
        return patchContact(params.id ?? '', body);
      case 'listAccounts':
        return list(signedIn, query);
      case 'listPlatforms':
        return list(platforms, query);
      case 'listPresets':
        return list(presets, query);
      case 'listWatches':
        return list([...watches.values()], query);
      case 'createWatch': {
        const watch = { ...watchOn('c_0', now), from: null, note: null, ...body, id: `w_${watches.size + 1}` };
        watches.set(watch.id, watch);
        return watch;
      }
      case 'deleteWatch':
        watches.delete(params.id ?? '');
        return null;
      case 'listSuggestions':
        return list(people > 5 ? [suggestion] : [], query);
      case 'getAccountHealth':
        return quietHealth(params.id ?? '', now);
      case 'listSchedules':
      case 'listAudit':
      case 'listAlerts':
        return list([], query);
      case 'getOwnStatus':
        return me;
      case 'putOwnStatus': {
        const wish = { message: null, emoji: null, ...body };
        me = { ...me, intent: me.intent === null ? null : { ...me.intent, ...wish, until: null } };
        if ('status' in body && body.status === 'online') me = { ...me, status: 'online' };
        send('me', me);
        return { intent: me.intent, results: me.results };
      }
      case 'deleteOwnStatus':
        me = { ...me, intent: null, status: 'online', layers: me.layers.slice(1) };
        send('me', me);
        return { intent: null, results: me.results };
      case 'putDoNotDisturb':
        me = { ...me, doNotDisturb: { ...me.doNotDisturb, active: true } };
        return me;
      case 'deleteDoNotDisturb':
        me = { ...me, doNotDisturb: { ...me.doNotDisturb, active: false } };
        return me;
      case 'getSettings':
        return settings;
      case 'patchSettings':
        settings = { ...settings, ...body };
        return settings;
      case 'createSession':
        session = 'code' in body && body.code === 'good-code-123';
        return session ? null : problem(401, 'unauthorized');
      default:
        return null;
    }
  };

  const handle = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    const found = routeOf(request.method, url.pathname);
    calls.push(`${request.method} ${url.pathname}`);
    if (found === null) return problem(404, 'not-found');
    if (!session && routes[found.id].auth === 'required') return problem(401, 'unauthorized');
    if (found.id === 'streamEvents') return openStream();
    const raw = request.body === null ? '' : await request.text();
    const body: unknown = raw === '' ? {} : JSON.parse(raw);
    bodies.set(found.id, body);
    const object = typeof body === 'object' && body !== null ? body : {};
    const own = answers(found.id, { params: found.params, query: url.searchParams, body: object });
    const value = own === undefined ? answer(found.id, found.params, url.searchParams, object) : own;
    if (value instanceof Response) return value;
    const schema = routes[found.id].answer;
    if (schema === null) return new Response(null, { status: 204 });
    // A fake that strays from the contract would prove nothing.
    return Response.json(schema.parse(value), { status: routes[found.id].status });
  };
  return {
    handle,
    send,
    calls,
    bodies,
    breakStreams: () => {
      for (const stream of streams) stream.close();
      streams.clear();
    },
  };
};
