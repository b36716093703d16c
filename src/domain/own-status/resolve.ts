/**
 * Which wish about my own status is in force, and why. Status and do-not-disturb are resolved separately: setting "online" by
 * hand does not end a do-not-disturb schedule.
 */
import type { EpochMs } from '../time.ts';
import { type DoNotDisturbIntent, INTENT_LAYERS, type Intent, type IntentLayer } from './intent.ts';

/** What else the answer depends on. */
export interface ResolveContext {
  readonly now: EpochMs;
  /** Strongest first, as the user ordered them. `manual` is first whatever it says; layers that it leaves out come last. */
  readonly layerOrder: readonly IntentLayer[];
  /** Resolve for this account: only wishes meant for it count. Left out: all count. */
  readonly accountId?: string;
}

/** One wish, or a layer without any, and what became of it. */
export interface LayerState {
  readonly layer: IntentLayer;
  readonly intent: Intent | null;
  readonly expiresAt: EpochMs | null;
  readonly won: boolean;
  readonly reason: 'won' | 'outranked' | 'expired' | 'no-wish';
}

/** Whether I am not to be disturbed, and by whose wish. */
export interface DoNotDisturbState {
  readonly active: boolean;
  /** The wish that decided, also when it is one for "off"; null when there is none. */
  readonly winner: DoNotDisturbIntent | null;
  /** Until when the winner holds; null = until it is cleared, or no winner. */
  readonly until: EpochMs | null;
  /** Every wish that has not expired, strongest first, and whether it decided. */
  readonly wishes: readonly { readonly intent: DoNotDisturbIntent; readonly won: boolean }[];
}

/** What is in force now, with every layer to justify it. */
export interface Resolution {
  /** Null: nobody wishes anything; the accounts keep their own status. */
  readonly winner: Intent | null;
  /** Strongest first; a layer with several wishes has several entries. */
  readonly layers: readonly LayerState[];
  readonly doNotDisturb: DoNotDisturbState;
  /** When the first of the wishes in force expires: for one timer. Null = none does. */
  readonly nextExpiry: EpochMs | null;
}

/**
 * Resolves the wishes. A wish counts until its `expiresAt`, exclusive. Within one layer the newest counts. A layer in which
 * nobody wishes anything is passed over; below all, `default` leaves the accounts as they are unless it has a wish itself.
 *
 * A schedule's wish must carry the start of its present interval as `createdAt`, so that it is the same after a restart.
 */
export function resolve(
  intents: readonly Intent[],
  dndIntents: readonly DoNotDisturbIntent[],
  context: ResolveContext,
): Resolution {
  const { now, accountId } = context;
  const meant = intents.filter(
    ({ accountIds }) => accountId === undefined || accountIds === null || accountIds.includes(accountId),
  );
  let winner: Intent | null = null;
  const layers: LayerState[] = [];
  for (const layer of layersInOrder(context.layerOrder)) {
    const wishes = meant.filter((intent) => intent.layer === layer).sort(byNewest);
    if (wishes.length === 0) layers.push({ layer, intent: null, expiresAt: null, won: false, reason: 'no-wish' });
    for (const intent of wishes) {
      const counts = inForce(intent, now);
      const won = counts && winner === null;
      if (won) winner = intent;
      const reason = won ? 'won' : counts ? 'outranked' : 'expired';
      layers.push({ layer, intent, expiresAt: intent.expiresAt, won, reason });
    }
  }
  return {
    winner,
    layers,
    doNotDisturb: resolveDoNotDisturb(meantDoNotDisturb(dndIntents, intents, accountId), now),
    nextExpiry: earliest([...meant, ...dndIntents].filter((intent) => inForce(intent, now))),
  };
}

/**
 * Do-not-disturb that came with a status holds where that does. Over all accounts, "on" for some of them counts, "off" for some does not.
 */
function meantDoNotDisturb(
  wishes: readonly DoNotDisturbIntent[],
  intents: readonly Intent[],
  accountId: string | undefined,
): readonly DoNotDisturbIntent[] {
  return wishes.filter(({ active, origin }) => {
    const accountIds = intents.find(({ id }) => id === origin.id)?.accountIds ?? null;
    return accountIds === null || (accountId === undefined ? active : accountIds.includes(accountId));
  });
}

/** The user's order made whole: `manual` first, nothing twice, nothing left out. */
export function layersInOrder(layerOrder: readonly IntentLayer[]): readonly IntentLayer[] {
  return [...new Set<IntentLayer>(['manual', ...layerOrder, ...INTENT_LAYERS])];
}

/**
 * By hand beats a schedule. "On" holds until it expires or is cleared. "Off" without an expiry is meant against what was on
 * when it was said: a schedule whose interval began later counts again.
 */
function resolveDoNotDisturb(intents: readonly DoNotDisturbIntent[], now: EpochMs): DoNotDisturbState {
  const counting = intents.filter((intent) => inForce(intent, now));
  const manual = counting.filter((intent) => intent.layer === 'manual').sort(byNewest);
  const scheduled = counting.filter((intent) => intent.layer === 'schedule' && intent.active).sort(byLongest);
  const hand = manual[0] ?? null;
  const later = hand === null ? scheduled : scheduled.filter((intent) => intent.createdAt > hand.createdAt);
  const yields = hand !== null && !hand.active && hand.expiresAt === null && later.length > 0;
  const winner = (yields ? later[0] : (hand ?? scheduled[0])) ?? null;
  return {
    active: winner?.active ?? false,
    winner,
    until: winner?.expiresAt ?? null,
    wishes: [...manual, ...scheduled].map((intent) => ({ intent, won: intent === winner })),
  };
}

interface Expiring {
  readonly id: string;
  readonly createdAt: EpochMs;
  readonly expiresAt: EpochMs | null;
}

function inForce(intent: Expiring, now: EpochMs): boolean {
  return intent.expiresAt === null || now < intent.expiresAt;
}

function byNewest(a: Expiring, b: Expiring): number {
  return b.createdAt - a.createdAt || byId(a, b);
}

/** Of several schedules the one that lasts longest says until when. */
function byLongest(a: Expiring, b: Expiring): number {
  const endOfA = a.expiresAt ?? Number.MAX_SAFE_INTEGER;
  const endOfB = b.expiresAt ?? Number.MAX_SAFE_INTEGER;
  return endOfB - endOfA || byId(a, b);
}

function byId(a: Expiring, b: Expiring): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

function earliest(intents: readonly Expiring[]): EpochMs | null {
  return intents.reduce<EpochMs | null>(
    (first, { expiresAt }) => (expiresAt !== null && (first === null || expiresAt < first) ? expiresAt : first),
    null,
  );
}
