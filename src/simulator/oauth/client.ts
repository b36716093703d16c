import { createHash, timingSafeEqual } from 'node:crypto';

/** An app that is registered with the platform. */
export interface OAuthClient {
  readonly clientId: string;
  /** Null: a public client, which has none. */
  readonly clientSecret: string | null;
  /** Whether the token endpoint wants it: `optional` accepts PKCE alone, but never a wrong one. */
  readonly secret: 'never' | 'optional' | 'required';
  /** As registered. */
  readonly redirectUris: readonly string[];
  /** `any`: a registered loopback address counts with any port (RFC 8252, 7.3); `registered`: only exactly as registered. */
  readonly loopbackPorts: 'any' | 'registered';
  /** What it may ask for; null: everything. */
  readonly scopes: readonly string[] | null;
}

const LOOPBACK_HOSTS = ['127.0.0.1', '[::1]', 'localhost'];

/** Whether the app may be answered at this address. A loopback address matches with any port where the platform allows it, path and host exactly. */
export function allowsRedirect(client: OAuthClient, wanted: string): boolean {
  if (client.redirectUris.includes(wanted)) return true;
  if (client.loopbackPorts === 'registered' || !URL.canParse(wanted)) return false;
  const url = new URL(wanted);
  if (url.protocol !== 'http:' || !LOOPBACK_HOSTS.includes(url.hostname) || url.username !== '' || url.hash !== '') {
    return false;
  }
  return client.redirectUris.some((registered) => {
    if (!URL.canParse(registered)) return false;
    const known = new URL(registered);
    return (
      known.protocol === 'http:' &&
      known.hostname === url.hostname &&
      known.pathname === url.pathname &&
      known.search === url.search
    );
  });
}

/** How a client shows who it is: by parameters of the body, or by the `Authorization` header (RFC 6749, 2.3.1). */
export interface ClientProof {
  readonly clientId: string | null;
  readonly clientSecret: string | null;
}

/** Reads the proof of a token request; undefined when it is given in both ways, or not readable. */
export function readClientProof(parameters: URLSearchParams, authorization: string | null): ClientProof | undefined {
  const body = { clientId: parameters.get('client_id'), clientSecret: parameters.get('client_secret') };
  if (authorization === null) return body;
  const basic = /^basic ([a-z0-9+/]+=*)$/i.exec(authorization)?.[1];
  if (basic === undefined || body.clientSecret !== null) return undefined;
  const text = Buffer.from(basic, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) return undefined;
  const clientId = formDecode(text.slice(0, colon));
  const clientSecret = formDecode(text.slice(colon + 1));
  if (clientId === undefined || clientSecret === undefined) return undefined;
  return body.clientId !== null && body.clientId !== clientId ? undefined : { clientId, clientSecret };
}

/** Whether the proof is enough for this client. */
export function provesClient(client: OAuthClient, proof: ClientProof): boolean {
  if (proof.clientSecret === null) return client.secret !== 'required';
  if (client.secret === 'never' || client.clientSecret === null) return false;
  return sameText(proof.clientSecret, client.clientSecret);
}

/** Whether the verifier belongs to the challenge of the authorization request (RFC 7636, 4.6; S256). */
export function provesPkce(verifier: string, challenge: string): boolean {
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) return false;
  return sameText(createHash('sha256').update(verifier).digest('base64url'), challenge);
}

function sameText(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function formDecode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
