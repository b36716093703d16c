/** What is wished by hand, before and after somebody wishes something else. Pure. */
import type { OwnStatusRequest } from '../../contract/schemas/me.ts';
import { MusterError } from '../../domain/errors.ts';
import type { DoNotDisturbIntent, Intent } from '../../domain/own-status/intent.ts';
import { addMs, type EpochMs, SECOND_MS } from '../../domain/time.ts';
import type { ActiveSchedule } from '../automation/schedules.ts';
import { fromIso } from '../iso.ts';

/** Everything that is wished by hand. */
export interface Wishes {
  readonly intents: readonly Intent[];
  readonly doNotDisturb: readonly DoNotDisturbIntent[];
}

/** When a request's wish ends; null: when it is cleared. Throws `invalid-request` for an end that has passed. */
export function endOf(
  request: { readonly until?: string | undefined; readonly forSeconds?: number | undefined },
  now: EpochMs,
): EpochMs | null {
  if (request.until === undefined)
    return request.forSeconds === undefined ? null : addMs(now, request.forSeconds * SECOND_MS);
  const end = fromIso(request.until);
  if (end > now) return end;
  throw new MusterError('invalid-request', 'The end has passed already, so that nothing was changed.', {
    issues: [{ path: 'until', message: 'This has passed already.' }],
  });
}

/** Do-not-disturb by hand; `companionOf`: the status that it came with. */
export function manualDoNotDisturb(
  wish: Pick<DoNotDisturbIntent, 'id' | 'active' | 'createdAt' | 'expiresAt'>,
  companionOf: string | null,
): DoNotDisturbIntent {
  return { ...wish, layer: 'manual', origin: { kind: 'hand', id: companionOf, name: null } };
}

/** The wishes once a status was set: it takes the place of those that it covers, with the do-not-disturb that came with them. */
export function withStatus(
  before: Wishes,
  request: OwnStatusRequest,
  made: {
    readonly id: string;
    readonly doNotDisturbId: string;
    readonly now: EpochMs;
    readonly expiresAt: EpochMs | null;
  },
): Wishes & { readonly intent: Intent } {
  const { id, expiresAt } = made;
  const { accounts } = request;
  const intent: Intent = {
    id,
    layer: 'manual',
    status: request.status,
    message: request.message || null,
    emoji: request.emoji ?? null,
    // What is said last counts, also within one millisecond or when the clock was set back.
    createdAt: [...before.intents, ...before.doNotDisturb].reduce(
      (at, { createdAt }) => (createdAt >= at ? addMs(createdAt, 1) : at),
      made.now,
    ),
    expiresAt,
    origin: { kind: 'hand', id, name: null },
    accountIds: accounts ?? null,
  };
  const covered = before.intents.filter(
    ({ accountIds }) => accounts === undefined || (accountIds?.every((account) => accounts.includes(account)) ?? false),
  );
  const intents = [...before.intents.filter((other) => !covered.includes(other)), intent];
  const uncovered = withoutCompanions(before.doNotDisturb, covered);
  if (request.doNotDisturb === undefined) return { intent, intents, doNotDisturb: uncovered };
  const { createdAt } = intent;
  const companion = manualDoNotDisturb(
    { id: made.doNotDisturbId, active: request.doNotDisturb, createdAt, expiresAt },
    id,
  );
  // On some accounts alone it leaves the others as they were.
  return { intent, intents, doNotDisturb: [...(accounts === undefined ? [] : uncovered), companion] };
}

/** Do-not-disturb that was set together with a status goes with it. */
export function withoutCompanions(
  doNotDisturb: readonly DoNotDisturbIntent[],
  gone: readonly Intent[],
): readonly DoNotDisturbIntent[] {
  return doNotDisturb.filter((wish) => !gone.some((intent) => intent.id === wish.origin.id));
}

/** The wishes that still count; the same object when all do. `exists`: whether there is such an account. */
export function stillCounting(
  wishes: Wishes,
  now: EpochMs,
  schedules: readonly ActiveSchedule[],
  exists: (accountId: string) => boolean,
): Wishes {
  const lives = (wish: { readonly expiresAt: EpochMs | null }) => wish.expiresAt === null || wish.expiresAt > now;
  const quiet = schedules.filter((active) => active.schedule.doNotDisturb);
  const orphans = wishes.intents.filter(({ accountIds }) => accountIds !== null && !accountIds.some(exists));
  const kept = withoutCompanions(wishes.doNotDisturb, orphans).filter(lives);
  const intents = wishes.intents.filter((intent) => lives(intent) && !orphans.includes(intent));
  // "Off" without an end goes with the status that it came with, or with the last of what it was meant against: a schedule, what holds
  // for other accounts.
  const against = (wish: DoNotDisturbIntent) =>
    intents.some(({ id }) => id === wish.origin.id) ||
    quiet.some((active) => active.since <= wish.createdAt) ||
    kept.some((other) => other.active && other.createdAt < wish.createdAt);
  const doNotDisturb = kept.filter((wish) => wish.active || wish.expiresAt !== null || against(wish));
  const all = intents.length === wishes.intents.length && doNotDisturb.length === wishes.doNotDisturb.length;
  return all ? wishes : { intents, doNotDisturb };
}
