import type { AccountHealthView } from '../../contract/schemas/account-health.ts';
import type { PlatformManifest } from '../../platforms/manifest.ts';
import type { Clock } from '../../ports/clock.ts';
import type { StoredAccount } from '../../ports/repositories.ts';
import { windowsOf } from '../accounts/account-view.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { isoOrNull } from '../iso.ts';
import type { CallBudgets } from '../polling/call-budgets.ts';
import type { PresenceStore } from '../presence/presence-store.ts';
import type { MeterTotals } from './account-meter.ts';
import type { AccountMeters } from './account-meters.ts';
import { quantile } from './quantiles.ts';
import { recommendationsFor } from './recommendations.ts';

/** Where an account's health is read from. */
export interface HealthSources {
  readonly accounts: Accounts;
  readonly meters: AccountMeters;
  readonly budgets: CallBudgets;
  readonly store: PresenceStore;
  readonly clock: Clock;
  readonly manifestOf: (platform: string) => PlatformManifest | null;
  /** How the sign-in stands; null where signing in is not by OAuth. */
  readonly signIn: (accountId: string) => AccountHealthView['signIn'];
  /** Null where the platform could reach none, or where no webhook helps. */
  readonly webhookUrlOf: (account: StoredAccount) => string | null;
}

/** The one source of what is said about an account's health: the account page, `muster doctor`, `/v1/health` and the metrics. */
export class AccountHealths {
  readonly #sources: HealthSources;

  constructor(sources: HealthSources) {
    this.#sources = sources;
  }

  /** Of every account, in their order, with what was counted. */
  metered(): { readonly platform: string; readonly health: AccountHealthView; readonly totals: MeterTotals }[] {
    const { accounts, meters } = this.#sources;
    return accounts.list().map(({ id, platform }) => ({ platform, health: this.of(id), totals: meters.of(id).totals }));
  }

  /** Throws `not-found`. */
  of(accountId: string): AccountHealthView {
    const { accounts, meters, budgets, store, clock } = this.#sources;
    const { platform, state, stateReason, since, retryAt } = accounts.get(accountId);
    const session = accounts.session(accountId);
    const record = accounts.record(accountId);
    const meter = meters.of(accountId);
    const { calls, lastFailure } = meter;
    const ages = store.ages(accountId).sort((a, b) => a - b);
    const seconds = (share: number) => Math.round(quantile(ages, share) / 1_000);
    const manifest = this.#sources.manifestOf(platform);
    const measured = {
      accountId,
      state,
      reason: stateReason,
      since,
      nextRetryAt: retryAt,
      calls: calls && { ...calls, successRate: (calls.count - calls.failed) / calls.count },
      lastSuccessAt: isoOrNull(meter.lastSuccessAt),
      lastFailure: lastFailure && { ...lastFailure, at: isoOrNull(lastFailure.at) ?? since },
      budgets: budgets
        .of(accountId)
        .all()
        .map((budget) => ({ name: budget.name, windows: windowsOf(budget) })),
      dataAgeSeconds: ages.length === 0 ? null : { p50: seconds(0.5), p90: seconds(0.9), max: seconds(1) },
      push: {
        state: session?.push.state ?? ('none' as const),
        lastEventAt: isoOrNull(session?.push.lastEventAt ?? null),
      },
      signIn: this.#sources.signIn(accountId),
      webhookUrl: record && this.#sources.webhookUrlOf(record),
    };
    const recommendations = recommendationsFor({
      ...measured,
      now: clock.now(),
      platform: manifest?.name ?? platform,
      plannedIntervalMs: session?.connection ? session.plannedIntervalMs() : 0,
      asked: manifest !== null && manifest.delivery !== 'push' && manifest.capabilities.readOthers.level !== 'none',
      pushPossible: (manifest?.inbound ?? null) !== null && measured.push.state === 'none',
    });
    return { ...measured, recommendations };
  }
}
