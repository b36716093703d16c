/**
 * The tokens by which Graph signs deliveries (learn.microsoft.com/graph/change-notifications-with-resource-data, “How to validate”):
 * RS256 by Entra's keys, for our app, issued in the tenant that the items name, to Graph's own notification service.
 */
import { compactVerify, createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet } from 'jose';
import { z } from 'zod';
import { MusterError } from '../../domain/errors.ts';
import { addMs, type EpochMs, HOUR_MS, MINUTE_MS } from '../../domain/time.ts';
import type { WebhookContext } from '../webhook.ts';
import { type Cloud, cloudOf } from './clouds.ts';
import type { TeamsSettings } from './manifest.ts';

/** Graph's change notification service, in every tenant. */
const PUBLISHER = '0bf30f3b-4a52-48df-9a82-234910c4a086';
/** Entra changes its keys every day or so, and publishes new ones before. */
const KEYS_LIVE_MS = 12 * HOUR_MS;
/** A token of a key that is not known makes the keys be fetched anew, at most so often. */
const REFETCH_MS = 5 * MINUTE_MS;
/** How far Microsoft's clock and ours may be apart. */
const SKEW_SECONDS = 300;

const keysSchema = z.object({
  keys: z.array(
    z.looseObject({ kty: z.string(), kid: z.string(), n: z.string().optional(), e: z.string().optional() }),
  ),
});
const claimsSchema = z.object({
  aud: z.string(),
  iss: z.string(),
  tid: z.string(),
  exp: z.number(),
  nbf: z.number().optional(),
  appid: z.string().optional(),
  azp: z.string().optional(),
});

interface CachedKeys {
  readonly keys: JSONWebKeySet;
  readonly fetchedAt: EpochMs;
}
const cache = new Map<string, CachedKeys>();

type Context = Pick<WebhookContext<TeamsSettings>, 'clock' | 'http' | 'settings'>;

/** The tenant that a valid token speaks for; null for a token that is not valid. Rejects when the keys cannot be had. */
export async function tenantOfToken(token: string, context: Context): Promise<string | null> {
  const cloud = cloudOf(context.settings);
  const kid = kidOf(token);
  if (kid === null) return null;
  const keys = await keysFor(kid, cloud, context);
  const payload = await compactVerify(token, createLocalJWKSet(keys), { algorithms: ['RS256'] }).then(
    (verified) => verified.payload,
    () => null,
  );
  const claims = payload === null ? undefined : claimsSchema.safeParse(parsed(payload)).data;
  if (claims === undefined) return null;
  const seconds = context.clock.now() / 1_000;
  const issuers = [`${cloud.sts}/${claims.tid}/`, `${cloud.authority}${claims.tid}/v2.0`];
  const valid =
    claims.aud.toLowerCase() === context.settings.clientId.toLowerCase() &&
    issuers.includes(claims.iss) &&
    (claims.appid ?? claims.azp) === PUBLISHER &&
    claims.exp > seconds - SKEW_SECONDS &&
    (claims.nbf ?? 0) < seconds + SKEW_SECONDS;
  return valid ? claims.tid.toLowerCase() : null;
}

function kidOf(token: string): string | null {
  try {
    const { kid, alg } = decodeProtectedHeader(token);
    return alg === 'RS256' && kid !== undefined ? kid : null;
  } catch {
    return null;
  }
}

async function keysFor(kid: string, cloud: Cloud, { clock, http }: Context): Promise<JSONWebKeySet> {
  const cached = cache.get(cloud.authority);
  const age = cached === undefined ? Number.POSITIVE_INFINITY : Math.abs(clock.now() - cached.fetchedAt);
  const known = cached?.keys.keys.some((key) => key.kid === kid) ?? false;
  if (cached !== undefined && age < (known ? KEYS_LIVE_MS : REFETCH_MS)) return cached.keys;
  const response = await http.fetch(`${cloud.authority}common/discovery/v2.0/keys`, {
    redirect: 'error',
    timeoutMs: 4_000,
  });
  const found = response.ok ? keysSchema.safeParse(await response.json().catch(() => null)).data : undefined;
  if (found === undefined) {
    throw new MusterError(
      'platform-unavailable',
      'Microsoft’s signing keys could not be read. The delivery is asked for again.',
    );
  }
  cache.set(cloud.authority, { keys: found, fetchedAt: addMs(clock.now(), 0) });
  return found;
}

function parsed(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(payload));
  } catch {
    return null;
  }
}
