import { DIRECTORY_ENDPOINTS } from './endpoints/directory-endpoints.ts';
import type { Endpoint, GraphResult } from './endpoints/endpoint.ts';
import { PRESENCE_ENDPOINTS } from './endpoints/presence-endpoints.ts';
import { SUBSCRIPTION_ENDPOINTS } from './endpoints/subscription-endpoints.ts';
import { badRequest, GraphRefusal } from './graph-refusal.ts';
import type { Organisation } from './organisation.ts';
import { CLIENT_ID, type SignIn } from './sign-in.ts';
import type { Subscriptions } from './subscriptions.ts';
import type { Throttle } from './throttle.ts';

const ENDPOINTS: readonly Endpoint[] = [...DIRECTORY_ENDPOINTS, ...PRESENCE_ENDPOINTS, ...SUBSCRIPTION_ENDPOINTS];
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What all calls of one simulator share. */
export interface GraphState {
  readonly organisation: Organisation;
  readonly signIn: SignIn;
  readonly subscriptions: Subscriptions;
  readonly throttle: Throttle;
  /** The Chinese cloud has no calls about presence (national cloud tables of presence-get, presence-set*, getPresencesByUserId). */
  readonly hasPresence: boolean;
  /** True: tokens are refused until the user signs in again, by a claims challenge (continuous access evaluation). */
  challenged(token: string): boolean;
  base(): string;
}

/** A call as it came. */
export interface RawCall {
  readonly verb: string;
  readonly url: URL;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** The endpoint of a path behind `/v1.0`, and what stands in its places. */
export function endpointOf(verb: string, path: string): { endpoint: Endpoint; parts: string[] } | undefined {
  for (const endpoint of ENDPOINTS) {
    const match = endpoint.verb === verb ? endpoint.path.exec(path) : null;
    if (match !== null) return { endpoint, parts: match.slice(1) };
  }
  return undefined;
}

/** Checks a call as Graph does (token, permission, rate, body) and runs it. Throws GraphRefusals. */
export async function answerGraph(state: GraphState, { verb, url, headers, body }: RawCall): Promise<GraphResult> {
  const { organisation, signIn } = state;
  const now = organisation.now();
  const token = /^Bearer (\S+)$/i.exec(headers.get('authorization') ?? '')?.[1];
  if (token === undefined) throw unauthorised('Access token is empty.');
  const standing = signIn.oauth.standing(token);
  if (state.challenged(token) || standing === 'revoked') throw claimsChallenge();
  if (standing === 'expired') throw unauthorised('Lifetime validation failed, the token is expired.');
  if (standing === 'unknown') throw unauthorised('CompactToken parsing failed with error code: 80049217');
  const found = endpointOf(verb, url.pathname.slice('/v1.0'.length));
  if (found === undefined) throw new GraphRefusal(404, 'ResourceNotFound', 'Invalid version or resource.');
  const { endpoint, parts } = found;
  const caller = organisation.person(signIn.oauth.userOf(token) ?? '');
  const scopes = signIn.oauth.scopesOf(token);
  const personal = !GUID.test(caller.id);
  if (!endpoint.scopes.some((scope) => scopes.includes(scope)) || (personal && endpoint.name !== 'me')) {
    const words =
      endpoint.forbidden === 'Forbidden'
        ? 'Missing scope permissions on the request.'
        : 'Insufficient privileges to complete the operation.';
    throw new GraphRefusal(403, endpoint.forbidden, words);
  }
  // How it says so is not documented.
  if (!state.hasPresence && endpoint.group !== 'directory') throw new GraphRefusal(404, 'UnknownError', '');
  const wait = state.throttle.retryAfterSeconds(endpoint.group, now);
  if (wait > 0) throw new GraphRefusal(429, 'TooManyRequests', 'Too many requests.', { 'Retry-After': String(wait) });
  return endpoint.run({
    organisation,
    subscriptions: state.subscriptions,
    caller,
    appId: CLIENT_ID,
    parts,
    query: url.searchParams,
    headers,
    body: parsedBody(verb, headers, body),
    base: state.base(),
    now,
  });
}

function parsedBody(verb: string, headers: ReadonlyMap<string, string>, body: string): unknown {
  if (verb === 'GET' || verb === 'DELETE') return undefined;
  if (!/^application\/json\b/i.test(headers.get('content-type') ?? '')) {
    throw new GraphRefusal(415, 'RequestBodyRead', 'The content type of the request is not supported.');
  }
  try {
    return JSON.parse(body);
  } catch {
    throw badRequest('Unable to read JSON request payload.');
  }
}

function unauthorised(message: string): GraphRefusal {
  const challenge =
    'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"';
  return new GraphRefusal(401, 'InvalidAuthenticationToken', message, { 'WWW-Authenticate': challenge });
}

/** Continuous access evaluation: the session was revoked, or a policy changed (learn.microsoft.com/entra/identity-platform/claims-challenge). */
function claimsChallenge(): GraphRefusal {
  const claims = Buffer.from('{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}').toString('base64');
  return new GraphRefusal(
    401,
    'InvalidAuthenticationToken',
    'Continuous access evaluation resulted in challenge with result: InteractionRequired.',
    {
      'WWW-Authenticate': `Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="insufficient_claims", claims="${claims}"`,
    },
  );
}
