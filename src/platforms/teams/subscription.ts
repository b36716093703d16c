/**
 * The subscription by which Graph tells changes to a public address (learn.microsoft.com/graph/changenotifications-for-presence): at
 * most 650 people, an hour at a time, one per user and app, and of others only (note of cloudcommunications-getpresencesbyuserid).
 * Polling goes on beside it and puts right whatever it misses.
 */
import { type MusterError, toMusterError } from '../../domain/errors.ts';
import { addMs, type EpochMs, MINUTE_MS, SECOND_MS } from '../../domain/time.ts';
import type { Dispose } from '../../ports/clock.ts';
import type { AdapterContext, JsonValue } from '../platform.ts';
import { type Graph, MOST_IDS } from './graph.ts';
import { decrypted, parsePayload } from './notification.ts';
import { makeNotificationKey, type NotificationKey } from './notification-key.ts';
import type { People } from './people.ts';
import { PushedLooks } from './pushed-looks.ts';
import { fromGraphInstant, graphInstant } from './times.ts';
import { clientStateOf } from './webhook.ts';

/** Of the hour that Graph allows; its clock may be behind ours. */
const LIFE_MS = 55 * MINUTE_MS;
const RENEW_BEFORE_MS = 10 * MINUTE_MS;
const AGAIN_MS = MINUTE_MS;
const LONGEST_AGAIN_MS = 30 * MINUTE_MS;
/** How long closing may take for saying good-bye. */
const GOODBYE_MS = 2 * SECOND_MS;
const KEPT = 'subscription';

interface Current {
  readonly id: string;
  readonly ids: readonly string[];
  expiresAt: EpochMs;
}

/** What a subscription needs. */
export interface SubscriptionParts {
  readonly context: Pick<AdapterContext, 'clock' | 'logger' | 'memory' | 'report' | 'signal' | 'isOptedOut'>;
  readonly graph: Graph;
  readonly people: People;
  /** The account's own webhook address, its key included. */
  readonly url: string;
}

/** Keeps one subscription alive and works on what it brings. */
export class PresenceSubscription {
  readonly #parts: SubscriptionParts;
  readonly #looks: PushedLooks;
  /** This one and the one before it, whose notifications may still be on their way. */
  #keys: readonly NotificationKey[] = [];
  #wanted: readonly string[] = [];
  #current: Current | null = null;
  #told: 'up' | 'down' | null = null;
  #failures = 0;
  #timer: Dispose | null = null;
  #closed = false;
  /** One change at a time. */
  #work: Promise<void> = Promise.resolve();

  constructor(parts: SubscriptionParts) {
    this.#parts = parts;
    this.#looks = new PushedLooks(parts);
  }

  /**
   * Follows these people, as many as fit: by a new subscription, since Graph changes only the end of one. What they did between the
   * two is looked up. Failures are dealt with here: polling goes on.
   */
  follow(userIds: readonly string[], signal: AbortSignal): Promise<void> {
    this.#wanted = userIds.filter((userId) => !this.#parts.context.isOptedOut(userId)).slice(0, MOST_IDS);
    return this.#renewed(async () => {
      if (this.#isAlive() && this.#followsWanted()) return;
      const first = this.#current === null;
      await this.#create(signal);
      if (!first) await this.#resync(signal);
    });
  }

  /** Sets it up anew and looks at everybody once. Rejects when it cannot be had. */
  async resubscribe(signal: AbortSignal): Promise<void> {
    await this.#renewed(() => this.#create(signal), true);
    await this.#resync(signal);
  }

  /** Works on one item of a delivery. */
  async deliver(payload: JsonValue): Promise<void> {
    if (this.#closed) return;
    const { subscriptionId, lifecycleEvent, userId, encrypted } = parsePayload(payload);
    const { context, people } = this.#parts;
    if (lifecycleEvent !== null) {
      if (subscriptionId === this.#current?.id) await this.#lifecycle(lifecycleEvent);
      return;
    }
    const key = this.#keys.find(({ id }) => id === encrypted?.encryptionCertificateId);
    if (encrypted === null || key === undefined) {
      // Of an earlier run, whose key is gone with it; the next look says the same.
      context.logger.info('a notification of an earlier subscription was left to the next look');
      return;
    }
    const presence = decrypted(encrypted, key.privateKey);
    const id = this.#wanted.find((known) => known.toLowerCase() === presence.id.toLowerCase());
    if (id === undefined || id.toLowerCase() !== (userId ?? presence.id).toLowerCase()) return;
    // Only a version tells whether something newer is known.
    if (presence.sequenceNumber == null) this.#looks.at(id, presence);
    else people.pushed(id, presence);
  }

  /** Ends it, with a word to Graph if there is time. Never rejects. */
  async close(): Promise<void> {
    const current = this.#current;
    this.stop();
    if (current === null) return;
    const { context, graph } = this.#parts;
    const late = new AbortController();
    const dispose = context.clock.after(GOODBYE_MS, () => late.abort());
    await graph.unsubscribe(current.id, { signal: late.signal }).then(
      () => context.memory.delete(KEPT),
      () => undefined,
    );
    dispose();
  }

  /** Ends the timer; nothing is asked of Graph any more. */
  stop(): void {
    this.#closed = true;
    this.#looks.stop();
    this.#timer?.();
    this.#timer = null;
    this.#current = null;
  }

  #followsWanted(): boolean {
    const present = new Set(this.#current?.ids);
    return present.size === this.#wanted.length && this.#wanted.every((id) => present.has(id));
  }

  #isAlive(): boolean {
    return this.#current !== null && this.#current.expiresAt > this.#parts.context.clock.now();
  }

  /** Runs a change after the one before it; what it rejects with is told, and tried again later. */
  #renewed(change: () => Promise<void>, strict = false): Promise<void> {
    const run = this.#work.then(async () => {
      if (this.#closed) return;
      try {
        await change();
        this.#failures = 0;
        this.#tell('up');
        this.#arm(this.#untilRenewal());
      } catch (thrown) {
        this.#failed(toMusterError(thrown));
        if (strict) throw thrown;
      }
    });
    this.#work = run.catch(() => undefined);
    return run;
  }

  #failed(error: MusterError): void {
    const { context } = this.#parts;
    if (this.#closed || context.signal.aborted) return;
    this.#failures += 1;
    context.logger.warn('the presence subscription could not be set up or renewed', {
      code: error.code,
      error: error.params.error ?? null,
    });
    if (!this.#isAlive()) this.#tell('down');
    this.#arm(Math.max(error.retryAfterMs ?? 0, Math.min(LONGEST_AGAIN_MS, AGAIN_MS * 2 ** (this.#failures - 1))));
  }

  #tell(state: 'up' | 'down'): void {
    if (this.#closed || this.#told === state) return;
    this.#told = state;
    this.#parts.context.report.channel(state);
  }

  #untilRenewal(): number {
    const { clock } = this.#parts.context;
    return Math.max(MINUTE_MS, (this.#current?.expiresAt ?? clock.now()) - RENEW_BEFORE_MS - clock.now());
  }

  #arm(delayMs: number): void {
    this.#timer?.();
    if (this.#closed) return;
    const { context } = this.#parts;
    // By the wall clock: it runs out while the machine sleeps.
    this.#timer = context.clock.at(addMs(context.clock.now(), delayMs), () => {
      this.#timer = null;
      void this.#renewed(() => this.#keepAlive(context.signal));
    });
  }

  /** Moves its end; makes another one when it is gone (slept through, dropped by Graph), and catches up then. */
  async #keepAlive(signal: AbortSignal): Promise<void> {
    const { context, graph } = this.#parts;
    const current = this.#current;
    if (current !== null && this.#isAlive()) {
      const until = addMs(context.clock.now(), LIFE_MS);
      try {
        await graph.renew(current.id, graphInstant(until), { signal });
        current.expiresAt = until;
        return;
      } catch (thrown) {
        if (toMusterError(thrown).code !== 'not-found') throw thrown;
      }
    }
    this.#tell('down');
    await this.#create(signal);
    await this.#resync(signal);
  }

  async #create(signal: AbortSignal): Promise<void> {
    const { context, graph, url } = this.#parts;
    const { clock, memory } = context;
    const earlier = this.#current?.id ?? memory.get(KEPT);
    this.#current = null;
    if (typeof earlier === 'string') {
      // One per user and app: the earlier one goes first. That it is gone already, or cannot be reached, shows when the new one is made.
      await graph.unsubscribe(earlier, { signal }).catch(() => undefined);
      memory.delete(KEPT);
    }
    const ids = this.#wanted;
    if (ids.length === 0) return;
    const key = await makeNotificationKey(clock.now());
    this.#keys = [key, ...this.#keys].slice(0, 2);
    const made = await graph.subscribe(
      {
        changeType: 'updated',
        resource: `/communications/presences?$filter=id in (${ids.map((id) => `'${id}'`).join(',')})`,
        notificationUrl: url,
        lifecycleNotificationUrl: url,
        expirationDateTime: graphInstant(addMs(clock.now(), LIFE_MS)),
        clientState: clientStateOf(new URL(url).searchParams.get('key') ?? ''),
        includeResourceData: true,
        encryptionCertificate: key.certificate,
        encryptionCertificateId: key.id,
      },
      { signal },
    );
    memory.set(KEPT, made.id);
    this.#current = { id: made.id, ids, expiresAt: fromGraphInstant(made.expirationDateTime) };
  }

  async #lifecycle(event: string): Promise<void> {
    const { signal } = this.#parts.context;
    if (event === 'missed') return this.#resync(signal);
    if (event === 'subscriptionRemoved') {
      this.#current = null;
      return this.#renewed(() => this.#keepAlive(signal));
    }
    // `reauthorizationRequired`: renewing authorises it too.
    return this.#renewed(() => this.#keepAlive(signal));
  }

  /** Looks at everybody whom it follows: what happened while nothing came is caught up. */
  async #resync(signal: AbortSignal): Promise<void> {
    const { graph, people, context } = this.#parts;
    const ids = this.#wanted.filter((id) => !context.isOptedOut(id));
    if (ids.length > 0) people.looked(ids, await graph.presences(ids, { signal }));
  }
}
