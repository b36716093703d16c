/** What to do about an account, in sentences, from what was measured. Pure. */
import type { AccountHealthView } from '../../contract/schemas/account-health.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../domain/time.ts';
import { isAway } from '../accounts/trouble.ts';
import { fromIso } from '../iso.ts';

/** What there is to judge by; `null` as in the contract. */
export interface HealthFacts
  extends Pick<
    AccountHealthView,
    'state' | 'reason' | 'nextRetryAt' | 'calls' | 'lastSuccessAt' | 'budgets' | 'dataAgeSeconds' | 'push' | 'signIn'
  > {
  /** Of the reason, where it is an error. */
  readonly now: number;
  /** The platform's name. */
  readonly platform: string;
  /** How often people are looked at in the long run, in milliseconds; 0 where presence is pushed. */
  readonly plannedIntervalMs: number;
  /** Whether the platform can be asked how somebody is; else there is only what it tells by itself, or one log for all. */
  readonly asked: boolean;
  /** Whether the platform could push to this account if it were set up. */
  readonly pushPossible: boolean;
}

/** Calls of an hour below this many say nothing about quality. */
const ENOUGH_CALLS = 20;
/** An outage this long is no hiccup. */
const LONG_OUTAGE_MS = 10 * MINUTE_MS;
/** A look at everybody that takes longer is worth a word. */
const SLOW_SWEEP_MS = 15 * MINUTE_MS;

/** Most important first; empty when all is well. */
export function recommendationsFor(facts: HealthFacts): string[] {
  const said = [
    needsPerson(facts),
    outage(facts),
    endingSignIn(facts),
    ...missingScopes(facts),
    silentChannel(facts),
    slowSweep(facts),
    usedUp(facts),
    flaky(facts),
    slowAnswers(facts),
  ];
  return said.filter((sentence) => sentence !== null);
}

function needsPerson({ state, nextRetryAt, platform }: HealthFacts): string | null {
  if (state === 'needs-sign-in')
    return `Sign in to ${platform} again. People and settings of the account are kept, and everything goes on from there.`;
  if (state === 'offline' && nextRetryAt === null)
    return 'Muster does not try again by itself, since it would end the same way. Check the account’s settings, then choose “Reconnect”.';
  return null;
}

function outage({ state, reason, nextRetryAt, lastSuccessAt, now, platform }: HealthFacts): string | null {
  if (state !== 'degraded' && !isAway(state, reason)) return null;
  if (state === 'offline' && nextRetryAt === null) return null;
  const since = lastSuccessAt === null ? null : now - fromIso(lastSuccessAt);
  if (since !== null && since < LONG_OUTAGE_MS)
    return 'There is nothing to do: Muster tries again by itself. “Reconnect” tries now.';
  const answered =
    since === null ? `${platform} has not answered yet` : `${platform} has not answered for ${lasting(since)}`;
  return `${answered}. Check this machine’s network, and whether ${platform} works for others; Muster goes on trying.`;
}

function endingSignIn({ state, signIn, now, platform }: HealthFacts): string | null {
  if (state === 'needs-sign-in' || !signIn?.endsAt) return null;
  const left = fromIso(signIn.endsAt) - now;
  if (left > 7 * DAY_MS) return null;
  if (left <= 0) return `The sign-in to ${platform} has run out. Sign in again.`;
  return `The sign-in to ${platform} ends in ${lasting(left)}. Sign in again before then, and nothing is interrupted.`;
}

function missingScopes({ signIn }: HealthFacts): string[] {
  return (signIn?.missing ?? [])
    .toSorted((a, b) => Number(b.required) - Number(a.required))
    .map(
      ({ scope, purpose }) =>
        `The permission ${scope} is missing (${withoutDot(purpose)}). Add it to your app and sign in again.`,
    );
}

function silentChannel({ push, asked, platform }: HealthFacts): string | null {
  if (push.state === 'silent')
    return `${platform} has stopped telling about changes although its subscription is valid. Muster looks for itself meanwhile and sets the subscription up anew.`;
  if (push.state === 'down' && !asked)
    return `${platform} tells nothing at the moment, and it cannot be asked. What was last told stays, with its age.`;
  if (push.state === 'down')
    return `Changes do not arrive from ${platform} by themselves now. Muster looks for itself meanwhile.`;
  return null;
}

function slowSweep({ plannedIntervalMs, asked, pushPossible, push, platform }: HealthFacts): string | null {
  if (!asked || plannedIntervalMs < SLOW_SWEEP_MS || push.state === 'up') return null;
  const words = `${platform}’s limits allow a look at everybody once in ${lasting(plannedIntervalMs)} only.`;
  const remedy = pushPossible
    ? ' Events sent by the platform would be quicker: the account page says how to set them up.'
    : '';
  return `${words} Mark those who matter as favourites, or watch them: they are looked at first.${remedy}`;
}

function usedUp({ budgets, platform }: HealthFacts): string | null {
  const full = budgets.find(({ windows }) =>
    windows.some(({ calls, seconds, used }) => seconds > 3_600 && used >= 0.95 * calls),
  );
  if (!full) return null;
  return `${platform}’s quota for “${full.name}” is nearly used up. If another program uses the same app, give Muster one of its own.`;
}

function flaky({ state, calls }: HealthFacts): string | null {
  if (state !== 'connected' || !calls || calls.count < ENOUGH_CALLS || calls.successRate >= 0.9) return null;
  return `${Math.round((1 - calls.successRate) * 100)} % of the calls of the last hour failed; Muster repeated them. If that goes on, look at the last failure above.`;
}

function slowAnswers({ calls, platform }: HealthFacts): string | null {
  if (!calls || calls.count < ENOUGH_CALLS || calls.latencyMs.p90 < 5_000) return null;
  return `${platform} answers slowly (one call in ten takes ${Math.round(calls.latencyMs.p90 / 1_000)} s or more). A VPN or a proxy is a common cause.`;
}

/** A length of time in words: `3 days`, `50 minutes`. */
function lasting(ms: number): string {
  const [size, unit] =
    ms >= 2 * DAY_MS ? [DAY_MS, 'day'] : ms >= 2 * HOUR_MS ? [HOUR_MS, 'hour'] : [MINUTE_MS, 'minute'];
  const count = Math.max(1, Math.round(ms / size));
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

function withoutDot(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
