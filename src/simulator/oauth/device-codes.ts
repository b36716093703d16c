/** One wait for a user to type a code (RFC 8628). */
export interface DeviceWait {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** In ms since the epoch. */
  readonly expiresAt: number;
  /** Seconds between two questions; grows by 5 with each one that came too early. */
  intervalSeconds: number;
  lastAskedAt: number | null;
  decision: 'pending' | 'denied' | { readonly userId: string; readonly scopes: readonly string[] };
}

/** What a question about a device code is answered. */
export type DeviceAnswer = 'authorization_pending' | 'slow_down' | 'expired_token' | 'access_denied' | 'invalid_grant';

/** The device codes that wait. */
export class DeviceCodes {
  readonly #now: () => number;
  readonly #waits = new Map<string, DeviceWait>();

  constructor(now: () => number) {
    this.#now = now;
  }

  add(wait: DeviceWait): void {
    this.#waits.set(wait.deviceCode, wait);
  }

  /** Throws for a code that nobody waits for. */
  decide(userCode: string, decision: DeviceWait['decision']): void {
    const wait = [...this.#waits.values()].find((candidate) => candidate.userCode === userCode);
    if (!wait) throw new Error('Nobody waits for this user code.');
    wait.decision = decision;
  }

  scopesOf(userCode: string): readonly string[] {
    return [...this.#waits.values()].find((candidate) => candidate.userCode === userCode)?.scopes ?? [];
  }

  /** One question of the app (RFC 8628, 3.4); a granted code is used up. */
  ask(deviceCode: string, clientId: string): DeviceAnswer | { userId: string; scopes: readonly string[] } {
    const wait = this.#waits.get(deviceCode);
    if (!wait || wait.clientId !== clientId) return 'invalid_grant';
    const now = this.#now();
    if (wait.expiresAt <= now) return 'expired_token';
    const early = wait.lastAskedAt !== null && now - wait.lastAskedAt < wait.intervalSeconds * 1000;
    wait.lastAskedAt = now;
    if (early) {
      wait.intervalSeconds += 5;
      return 'slow_down';
    }
    if (wait.decision === 'pending') return 'authorization_pending';
    this.#waits.delete(deviceCode);
    return wait.decision === 'denied' ? 'access_denied' : wait.decision;
  }
}
