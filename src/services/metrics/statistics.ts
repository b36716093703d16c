import type { StatisticsView } from '../../contract/schemas/statistics.ts';
import type { Status } from '../../domain/presence/status.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { People } from '../contacts/people.ts';
import type { AccountMeters } from '../health/account-meters.ts';
import { quantile } from '../health/quantiles.ts';
import { iso } from '../iso.ts';
import type { Aggregator } from '../presence/aggregator.ts';
import type { PresenceStore } from '../presence/presence-store.ts';

/** Where statistics come from. */
export interface StatisticsSources {
  readonly accounts: Accounts;
  readonly people: People;
  readonly aggregator: Aggregator;
  readonly store: PresenceStore;
  readonly meters: AccountMeters;
  readonly startedAt: EpochMs;
}

/** Counts what is known now, and what was done since the start. */
export class Statistics {
  readonly #sources: StatisticsSources;
  #hits = 0;
  #misses = 0;

  constructor(sources: StatisticsSources) {
    this.#sources = sources;
  }

  /** Somebody asked about these people through the API. */
  answered(people: Iterable<{ readonly status: Status; readonly stale: boolean }>): void {
    for (const { status, stale } of people) {
      if (stale || status === 'unknown') this.#misses += 1;
      else this.#hits += 1;
    }
  }

  view(): StatisticsView {
    const { accounts, meters, store, startedAt } = this.#sources;
    const ids = accounts.ids();
    const totals = ids.map((id) => meters.of(id).totals);
    const sum = (value: (of: (typeof totals)[number]) => number) => totals.reduce((all, of) => all + value(of), 0);
    const ages = ids.flatMap((id) => store.ages(id)).sort((a, b) => a - b);
    const seconds = (share: number) => Math.round(quantile(ages, share) / 1_000);
    return {
      startedAt: iso(startedAt),
      people: this.#people(),
      platforms: this.#platforms(),
      cache: { hits: this.#hits, misses: this.#misses },
      calls: { total: sum(({ calls }) => calls), failed: sum(({ failed }) => failed) },
      polls: { calls: sum(({ polls }) => polls), people: sum(({ polledPeople }) => polledPeople) },
      pushes: sum(({ pushes }) => pushes),
      webhooks: sum(({ webhooks }) => webhooks),
      stalenessSeconds:
        ages.length === 0 ? null : { p50: seconds(0.5), p90: seconds(0.9), p99: seconds(0.99), max: seconds(1) },
    };
  }

  #people(): StatisticsView['people'] {
    const { people, aggregator } = this.#sources;
    const byStatus = noneYet();
    let total = 0;
    for (const contact of people.book.contacts.values()) {
      if (contact.mergedInto !== null || !contact.monitored) continue;
      byStatus[aggregator.presenceOf(contact.id).status] += 1;
      total += 1;
    }
    return { total, byStatus };
  }

  #platforms(): StatisticsView['platforms'] {
    const { accounts, people, store } = this.#sources;
    const platforms = new Map<string, { accounts: number; identities: number; byStatus: Record<Status, number> }>();
    const platformOf = new Map<string, string>();
    for (const { id, platform } of accounts.list()) {
      const of = platforms.get(platform) ?? { accounts: 0, identities: 0, byStatus: noneYet() };
      of.accounts += 1;
      platforms.set(platform, of);
      platformOf.set(id, platform);
    }
    for (const identity of people.book.identities.values()) {
      const of = platforms.get(platformOf.get(identity.accountId) ?? '');
      if (!of || people.isOptedOut(identity)) continue;
      of.identities += 1;
      of.byStatus[store.get(identity)?.status ?? 'unknown'] += 1;
    }
    return [...platforms].map(([platform, counts]) => ({ platform, ...counts }));
  }
}

function noneYet(): Record<Status, number> {
  return { online: 0, idle: 0, busy: 0, away: 0, offline: 0, unknown: 0 };
}
