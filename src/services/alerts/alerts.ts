/** Presence changes → what the person really did → each watch's decision → alert, kept with its reason → event and notification. */
import type { AlertView } from '../../contract/schemas/alert.ts';
import {
  type StatusChange,
  type StatusTrack,
  type PresenceCause as TrackCause,
  trackStatus,
} from '../../domain/alerts/status-track.ts';
import type { Alert, Watch } from '../../domain/alerts/watch.ts';
import { decide, decideHeld, type WatchContext, type WatchDecision } from '../../domain/alerts/watch-policy.ts';
import { describe } from '../../domain/contacts/describe.ts';
import { addMs, SECOND_MS } from '../../domain/time.ts';
import type { Clock, Dispose } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Notifier } from '../../ports/notifier.ts';
import type { Random } from '../../ports/random.ts';
import type { AlertRepository } from '../../ports/repositories.ts';
import type { People } from '../contacts/people.ts';
import type { EventLog } from '../events/event-log.ts';
import { iso } from '../iso.ts';
import type { Aggregator, PresenceCause, PresenceChange } from '../presence/aggregator.ts';
import type { Watches } from './watches.ts';

/** How many alerts are kept; older ones are forgotten. */
const KEPT = 1_000;

/**
 * A server that shuts down says of everybody that they are gone, moments before it closes our stream as well. News of leaving waits
 * so long; when the connection breaks meanwhile, it was not the person's doing.
 */
const LEAVING_MS = SECOND_MS;

const TRACK_CAUSE: Readonly<Record<PresenceCause, TrackCause>> = {
  observed: 'observed',
  'first-snapshot': 'first-snapshot',
  reconnected: 'reconnected',
  replayed: 'replayed',
  linked: 'linked',
  'went-stale': 'aged',
  edited: 'aged',
};

/** What alerts need. */
export interface AlertsOptions {
  readonly repository: AlertRepository;
  readonly watches: Watches;
  readonly aggregator: Aggregator;
  readonly people: People;
  readonly events: EventLog;
  readonly notifier: Notifier;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** The preferences and states that decide whether an alert may be heard. */
  readonly policy: () => { readonly notifications: boolean; readonly dwellSeconds: number; readonly asleep: boolean };
  readonly quiet: () => { readonly active: boolean; readonly favouritesPass: boolean };
  /** The notification's words, in the user's language. */
  readonly words: (
    alert: Alert,
    name: string,
    note: string | null,
  ) => { readonly title: string; readonly body: string };
}

/** Raises alerts and keeps them. */
export class Alerts {
  readonly #options: AlertsOptions;
  readonly #tracks = new Map<string, StatusTrack>();
  readonly #rechecks = new Map<string, Dispose>();
  /** Changes to offline that wait for a moment, by contact. */
  readonly #leaving = new Map<string, { readonly change: StatusChange; readonly dispose: Dispose }>();
  readonly #disposes: Dispose[];

  constructor(options: AlertsOptions) {
    this.#options = options;
    this.#disposes = [
      options.aggregator.onChange((change) => this.#onPresence(change)),
      options.people.onChange((ids) => {
        for (const id of ids) if (!options.people.book.contacts.get(id)?.monitored) this.#forget(id);
      }),
    ];
  }

  /** Newest first. */
  list(): AlertView[] {
    return this.#options.repository.newestFirst(KEPT).map(view);
  }

  stop(): void {
    for (const dispose of [...this.#disposes, ...this.#rechecks.values()]) dispose();
    for (const { dispose } of this.#leaving.values()) dispose();
  }

  #forget(contactId: string): void {
    this.#tracks.delete(contactId);
    this.#leaving.get(contactId)?.dispose();
    this.#leaving.delete(contactId);
    this.#options.repository.deleteAbout(contactId);
  }

  #onPresence({ contactId, after, cause, at }: PresenceChange): void {
    const { track, change } = trackStatus(
      this.#tracks.get(contactId) ?? null,
      contactId,
      after,
      TRACK_CAUSE[cause],
      at,
    );
    if (track) this.#tracks.set(contactId, track);
    if (change || cause === 'went-stale') this.#settleLeaving(contactId, cause === 'went-stale');
    if (!change) return;
    if (change.to === 'offline' && change.cause === 'observed') this.#waitForLeaving(change);
    else this.#tell(change);
  }

  #tell(change: StatusChange): void {
    for (const watch of this.#options.watches.about(change.contactId)) {
      const decision = decide(watch, change, this.#context(watch));
      if (decision) this.#carryOut(watch, change, decision);
    }
  }

  #waitForLeaving(change: StatusChange): void {
    const dispose = this.#options.clock.after(LEAVING_MS, () => this.#settleLeaving(change.contactId, false));
    this.#leaving.set(change.contactId, { change, dispose });
  }

  /** The wait is over: somebody left, or only the connection to them. */
  #settleLeaving(contactId: string, connectionBroke: boolean): void {
    const waiting = this.#leaving.get(contactId);
    if (!waiting) return;
    waiting.dispose();
    this.#leaving.delete(contactId);
    this.#tell(connectionBroke ? { ...waiting.change, cause: 'reconnected' } : waiting.change);
  }

  #context(watch: Watch): WatchContext {
    const { repository, policy, quiet, people, clock } = this.#options;
    const { notifications, dwellSeconds, asleep } = policy();
    const { active, favouritesPass } = quiet();
    return {
      recent: repository.recentOf(watch.id, addMs(clock.now(), -dwellSeconds * SECOND_MS)),
      dwellMs: dwellSeconds * SECOND_MS,
      doNotDisturb: { active, allowFavourites: favouritesPass },
      favourite: people.book.contacts.get(watch.contactId)?.favourite ?? false,
      notificationsOn: notifications,
      asleep,
    };
  }

  #carryOut(watch: Watch, change: StatusChange, decision: WatchDecision): void {
    const { repository, random, events, watches, clock } = this.#options;
    const alert: Alert = {
      id: random.id('l'),
      watchId: watch.id,
      contactId: watch.contactId,
      from: change.from,
      to: change.to,
      at: clock.now(),
      outcome: decision.outcome,
      reason: decision.reason,
    };
    repository.add(alert);
    repository.prune(KEPT);
    if (decision.disableWatch) watches.disable(watch.id);
    events.publish('alert', view(alert));
    if (decision.outcome === 'delivered') void this.#notify(alert, watch);
    if (decision.recheckAt !== null) this.#recheckLater(watch.id, change, decision.recheckAt);
  }

  async #notify(alert: Alert, watch: Watch): Promise<void> {
    const { notifier, people, words, logger } = this.#options;
    const { name } = describe(people.book, alert.contactId);
    const { title, body } = words(alert, name, watch.note);
    const shown = await notifier.notify({ id: alert.id, title, body, contactId: alert.contactId });
    if (!shown) logger.debug('the system showed no notification', { alert: alert.id });
  }

  /** What was held back as flapping is told after all if it turns out to hold. */
  #recheckLater(watchId: string, change: StatusChange, at: StatusChange['at']): void {
    this.#rechecks.get(watchId)?.();
    const dispose = this.#options.clock.at(at, () => {
      this.#rechecks.delete(watchId);
      const watch = this.#options.watches.about(change.contactId).find((other) => other.id === watchId);
      const statusNow = this.#tracks.get(change.contactId)?.status;
      if (!watch || !statusNow) return;
      const decision = decideHeld(watch, change, statusNow, this.#context(watch));
      if (decision) this.#carryOut(watch, change, decision);
    });
    this.#rechecks.set(watchId, dispose);
  }
}

function view(alert: Alert): AlertView {
  return { ...alert, at: iso(alert.at) };
}
