import { z } from 'zod';
import { DAY_MS, type EpochMs, epochMs } from '../../domain/time.ts';
import type { OAuthProvider } from '../../platforms/oauth.ts';
import type { OAuthTokens } from '../../ports/oauth-client.ts';

/** An account's tokens with what is known of them: one secret, so that they can never be stored in part. */
export interface TokenRecord {
  /** Grows with every change; 0: as they were pasted. */
  readonly generation: number;
  /** Empty: there is none yet, only a refresh token. */
  readonly accessToken: string;
  readonly refreshToken: string | null;
  readonly obtainedAt: EpochMs;
  /** Null: not known, or never. */
  readonly accessExpiresAt: EpochMs | null;
  readonly refreshExpiresAt: EpochMs | null;
  /** What was granted; null: not known. */
  readonly scopes: readonly string[] | null;
}

const instant = z.number().transform((value): EpochMs => epochMs(value));
const recordSchema = z.object({
  version: z.literal(1),
  generation: z.number().int().min(1),
  accessToken: z.string().min(1),
  refreshToken: z.string().min(1).nullable(),
  obtainedAt: instant,
  accessExpiresAt: instant.nullable(),
  refreshExpiresAt: instant.nullable(),
  scopes: z.array(z.string()).nullable(),
});

/** The record as the secret store keeps it. */
export function sealRecord(record: TokenRecord): string {
  return JSON.stringify({ version: 1, ...record });
}

/** The record of a secret; null when it is none (of a newer version, or damaged). */
export function readRecord(text: string): TokenRecord | null {
  try {
    const { version: _version, ...record } = recordSchema.parse(JSON.parse(text));
    return record;
  } catch {
    return null;
  }
}

/** Tokens as a user pasted them: nothing is known of their ends. Null when there is neither. */
export function pastedRecord(
  accessToken: string | null,
  refreshToken: string | null,
  now: EpochMs,
): TokenRecord | null {
  const [access, refresh] = [accessToken?.trim() ?? '', refreshToken?.trim() ?? ''];
  if (access === '' && refresh === '') return null;
  return {
    generation: 0,
    accessToken: access,
    refreshToken: refresh === '' ? null : refresh,
    obtainedAt: now,
    accessExpiresAt: null,
    refreshExpiresAt: null,
    scopes: null,
  };
}

/** What follows on a record (null: a sign-in) when the platform gave new tokens at `now`. `asked`: the scopes that were asked for. */
export function nextRecord(
  before: TokenRecord | null,
  tokens: OAuthTokens,
  provider: Pick<OAuthProvider, 'lifetimes'>,
  now: EpochMs,
  asked: readonly string[],
): TokenRecord {
  const { accessSeconds, refreshDays, refreshSlides } = provider.lifetimes;
  const refreshToken = tokens.refreshToken ?? before?.refreshToken ?? null;
  // A platform that neither says when the token ends nor how to get another means one that does not end.
  const seconds = tokens.expiresInSeconds ?? (refreshToken === null ? null : accessSeconds);
  const anew = before === null || before.generation === 0 || refreshSlides;
  const refreshEnd = refreshDays === null ? null : epochMs(now + refreshDays * DAY_MS);
  return {
    // Never one that an earlier sign-in of the account had.
    generation: Math.max((before?.generation ?? 0) + 1, now),
    accessToken: tokens.accessToken,
    refreshToken,
    obtainedAt: now,
    accessExpiresAt: seconds === null ? null : epochMs(now + seconds * 1_000),
    refreshExpiresAt: refreshToken === null ? null : anew ? refreshEnd : before.refreshExpiresAt,
    scopes: tokens.scopes ?? before?.scopes ?? (before === null ? asked : null),
  };
}

/** When signing in again will be needed at the latest; null: not known, or never. */
export function signInEnd(record: TokenRecord): EpochMs | null {
  return record.refreshToken === null ? record.accessExpiresAt : record.refreshExpiresAt;
}
