import { avatarPng } from '../../slack/avatar.ts';
import { badRequest, GraphRefusal } from '../graph-refusal.ts';
import type { Person } from '../person.ts';
import type { Endpoint, GraphRequest } from './endpoint.ts';

/** What `User.ReadBasic.All` shows of somebody, and `$select` picks from. */
function userBody(person: Person, select: readonly string[] | null): Record<string, unknown> {
  const [givenName = '', ...rest] = person.displayName.split(' ');
  const all: Record<string, unknown> = {
    businessPhones: [],
    displayName: person.displayName,
    givenName,
    jobTitle: null,
    mail: person.mail,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: null,
    surname: rest.join(' '),
    userPrincipalName: person.userPrincipalName,
    id: person.id,
  };
  if (select === null) return all;
  return Object.fromEntries(select.filter((name) => name in all).map((name) => [name, all[name]]));
}

function selectOf(query: URLSearchParams): string[] | null {
  return query.get('$select')?.split(',') ?? null;
}

function subjectOf({ organisation, parts }: GraphRequest): Person {
  const key = decodeURIComponent(parts[0] ?? '');
  const person = organisation.find(key);
  if (person === undefined) {
    throw new GraphRefusal(
      404,
      'Request_ResourceNotFound',
      `Resource '${key}' does not exist or one of its queried reference-property objects are not present.`,
    );
  }
  return person;
}

/** People whom `$search` finds: words of `"displayName:…"` or `"mail:…"`, joined by OR. */
function searched(people: readonly Person[], search: string): readonly Person[] {
  const clauses = [...search.matchAll(/"(displayName|mail|userPrincipalName):([^"]*)"/g)];
  if (clauses.length === 0) throw badRequest('Syntax error: the search clause is not valid.');
  return people.filter((person) =>
    clauses.some(([, property, text]) => {
      const value = (property === 'displayName' ? person.displayName : (person.mail ?? '')).toLowerCase();
      const words = tokensOf(text ?? '');
      return words.length > 0 && words.every((word) => tokensOf(value).some((part) => part.startsWith(word)));
    }),
  );
}

/** Graph's search compares words, of what is searched for too. */
function tokensOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[\s.@-]+/)
    .filter(Boolean);
}

function isEventual(request: GraphRequest): boolean {
  return request.headers.get('consistencylevel')?.toLowerCase() === 'eventual';
}

function listUsers(request: GraphRequest): Record<string, unknown> {
  const { organisation, query, base } = request;
  const top = Number(query.get('$top') ?? 100);
  if (!Number.isInteger(top) || top < 1 || top > 999) {
    throw new GraphRefusal(400, 'Request_UnsupportedQuery', 'Invalid page size specified. Must be between 1 and 999.');
  }
  const search = query.get('$search');
  if (search !== null && !isEventual(request)) {
    throw new GraphRefusal(
      400,
      'Request_UnsupportedQuery',
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
    );
  }
  const people = search === null ? organisation.people() : searched(organisation.people(), search);
  const token = query.get('$skiptoken');
  const place = token === null ? '0' : Buffer.from(token, 'base64url').toString('utf8');
  if (!/^\d{1,9}$/.test(place))
    throw new GraphRefusal(400, 'Directory_ExpiredPageToken', 'The page token is not valid.');
  const start = Number(place);
  const select = selectOf(query);
  const next = new URLSearchParams(query);
  next.set('$skiptoken', Buffer.from(String(start + top)).toString('base64url'));
  return {
    '@odata.context': `${base}/v1.0/$metadata#users${select === null ? '' : `(${select.join(',')})`}`,
    ...(start + top < people.length ? { '@odata.nextLink': `${base}/v1.0/users?${next}` } : {}),
    value: people.slice(start, start + top).map((person) => userBody(person, select)),
  };
}

const directory = {
  verb: 'GET',
  scopes: ['User.ReadBasic.All', 'User.Read.All', 'Directory.Read.All'],
  group: 'directory',
  forbidden: 'Authorization_RequestDenied',
} as const;

/** The directory: who is there, one by one, by search, and what they look like. */
export const DIRECTORY_ENDPOINTS: readonly Endpoint[] = [
  {
    ...directory,
    name: 'me',
    path: /^\/me$/,
    scopes: ['User.Read', ...directory.scopes],
    run: ({ caller, query, base }) => ({
      status: 200,
      body: { '@odata.context': `${base}/v1.0/$metadata#users/$entity`, ...userBody(caller, selectOf(query)) },
    }),
  },
  { ...directory, name: 'users', path: /^\/users$/, run: (request) => ({ status: 200, body: listUsers(request) }) },
  {
    ...directory,
    name: 'users/$count',
    path: /^\/users\/\$count$/,
    run: (request) => {
      if (isEventual(request)) return { status: 200, text: String(request.organisation.people().length) };
      throw new GraphRefusal(400, 'Request_BadRequest', '$count is not currently supported.');
    },
  },
  {
    ...directory,
    name: 'users/{id}',
    path: /^\/users\/([^/]+)$/,
    run: (request) => ({
      status: 200,
      body: {
        '@odata.context': `${request.base}/v1.0/$metadata#users/$entity`,
        ...userBody(subjectOf(request), selectOf(request.query)),
      },
    }),
  },
  {
    ...directory,
    name: 'users/{id}/photo',
    path: /^\/users\/([^/]+)\/photos\/(\d+)x\d+\/\$value$/,
    run: (request) => ({ status: 200, picture: avatarPng(subjectOf(request).id, Number(request.parts[1] ?? 96)) }),
  },
];
