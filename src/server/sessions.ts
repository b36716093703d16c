/** Browsers' sign-in: a link that works once becomes a cookie. */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { SessionGate } from '../api/session.ts';
import { DAY_MS, type EpochMs, MINUTE_MS } from '../domain/time.ts';
import type { SessionFile } from '../infra/home/session-file.ts';
import type { Clock } from '../ports/clock.ts';

/** How long a link can be opened. */
const LINK_MS = 15 * MINUTE_MS;
/** Wrong codes within a minute, after which nobody is let in for the rest of it. */
const WRONG_CODES = 10;
/** A browser that was not here for so long is signed out. */
const IDLE_MS = 30 * DAY_MS;
/** More browsers than anybody has; the oldest is signed out. */
const MOST_SESSIONS = 100;

/**
 * A new one-time code. It is sealed with the server's token instead of being remembered, so that the command line, which can read
 * the token, makes a link for a server that runs already.
 */
export function newCode(token: string, now: EpochMs): string {
  const head = `${(now + LINK_MS).toString(36)}.${randomBytes(12).toString('base64url')}`;
  return `${head}.${seal(token, head)}`;
}

/** The link that signs a browser in. The code is behind `#`, which browsers send to nobody. */
export function signInLink(url: string, token: string, now: EpochMs): string {
  return `${url}/#${newCode(token, now)}`;
}

/** What the audit trail is told; of wrong codes the first within a minute. */
type SessionEvent = 'signed-in' | 'signed-out' | 'refused';

/** The sessions of one home. With a file to keep them they outlive a restart, so that an open tab goes on by itself. */
export class Sessions implements SessionGate {
  readonly #token: string;
  readonly #clock: Clock;
  readonly #file: SessionFile | null;
  readonly #told: (event: SessionEvent) => void;
  /** By the digest of its cookie, when each was last here; oldest sign-in first. */
  readonly #cookies: Map<string, EpochMs>;
  /** Codes that were used, with when they would have ended. */
  readonly #used = new Map<string, number>();
  #wrong = 0;
  #wrongSince = Number.NEGATIVE_INFINITY;

  constructor(options: { token: string; clock: Clock; file?: SessionFile; told?: (event: SessionEvent) => void }) {
    this.#token = options.token;
    this.#clock = options.clock;
    this.#file = options.file ?? null;
    this.#told = options.told ?? (() => undefined);
    this.#cookies = new Map(this.#file?.read().map(({ digest, usedAt }) => [digest, usedAt]));
  }

  redeem(code: string): string | 'refused' | 'too-many' {
    const passed = this.#clock.monotonicMs();
    if (passed - this.#wrongSince >= MINUTE_MS) this.#wrong = 0;
    if (this.#wrong >= WRONG_CODES) return 'too-many';
    const now = this.#clock.now();
    for (const [used, end] of this.#used) if (end < now) this.#used.delete(used);
    const end = this.#endOf(code);
    if (end === null || end < now || this.#used.has(code)) {
      if (this.#wrong === 0) {
        this.#wrongSince = passed;
        this.#told('refused');
      }
      this.#wrong += 1;
      return 'refused';
    }
    this.#used.set(code, end);
    const cookie = randomBytes(32).toString('base64url');
    this.#cookies.set(digest(cookie), now);
    for (const oldest of this.#cookies.keys()) {
      if (this.#cookies.size <= MOST_SESSIONS) break;
      this.#cookies.delete(oldest);
    }
    this.#keep();
    this.#told('signed-in');
    return cookie;
  }

  end(cookie: string): void {
    if (!this.#cookies.delete(digest(cookie))) return;
    this.#keep();
    this.#told('signed-out');
  }

  /** Whether the cookie is one that was given out and has not ended. */
  has(cookie: string): boolean {
    const key = digest(cookie);
    const usedAt = this.#cookies.get(key);
    if (usedAt === undefined) return false;
    const since = this.#clock.now() - usedAt;
    if (since < DAY_MS) return true;
    if (since > IDLE_MS) this.#cookies.delete(key);
    else this.#cookies.set(key, this.#clock.now());
    this.#keep();
    return since <= IDLE_MS;
  }

  #keep(): void {
    const sessions = [...this.#cookies].map(([key, usedAt]) => ({ digest: key, usedAt }));
    try {
      this.#file?.write(sessions);
    } catch {
      // A disk that is full: at worst a browser signs in anew after the next start.
    }
  }

  /** Until when the code can be used; null for one that this server's token did not seal. */
  #endOf(code: string): number | null {
    const [end, nonce, mac] = code.split('.');
    if (end === undefined || nonce === undefined || mac === undefined || !/^[0-9a-z]{1,10}$/.test(end)) return null;
    const expected = Buffer.from(seal(this.#token, `${end}.${nonce}`));
    const given = Buffer.from(mac);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
    return code === `${end}.${nonce}.${mac}` ? Number.parseInt(end, 36) : null;
  }
}

const seal = (token: string, head: string) =>
  createHmac('sha256', token).update(`muster one-time link ${head}`).digest('base64url');

const digest = (text: string) => createHash('sha256').update(text).digest('base64url');
