/** The counters behind `GET /metrics`, as Prometheus reads them. Labels name accounts by id and platform: never people, never names. */
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { ACCOUNT_STATES } from '../../contract/schemas/account.ts';
import type { AccountHealthView } from '../../contract/schemas/account-health.ts';
import type { StatisticsView } from '../../contract/schemas/statistics.ts';
import type { MeterTotals } from '../health/account-meter.ts';
import { fromIso } from '../iso.ts';

/** One account at the moment of reading. */
export interface MeteredAccount {
  readonly platform: string;
  readonly health: AccountHealthView;
  readonly totals: MeterTotals;
}

/** What is read when somebody asks. */
export interface MetricsSources {
  readonly uptimeSeconds: () => number;
  readonly accounts: () => readonly MeteredAccount[];
  readonly statistics: () => StatisticsView;
}

const ACCOUNT = ['account', 'platform'] as const;
type AccountLabel = (typeof ACCOUNT)[number];

/** Collects and writes metrics, in a registry of its own: nothing about the process, nothing that a library adds. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #durations: Histogram<AccountLabel>;
  readonly #sources: MetricsSources;
  /** Of accounts whose calls were measured. */
  readonly #platforms = new Map<string, string>();

  constructor(sources: MetricsSources) {
    this.#sources = sources;
    this.#durations = new Histogram({
      name: 'muster_call_duration_seconds',
      help: 'How long calls to the platforms took.',
      labelNames: ACCOUNT,
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers: [this.#registry],
    });
    this.#aboutCore();
    this.#aboutAccounts();
    this.#aboutCalls();
  }

  /** A call ended. `platform` is null for an account that is gone. */
  called(accountId: string, platform: string | null, ms: number): void {
    if (platform === null) return;
    this.#platforms.set(accountId, platform);
    this.#durations.observe({ account: accountId, platform }, ms / 1_000);
  }

  /** The account is gone. */
  forget(accountId: string): void {
    const platform = this.#platforms.get(accountId);
    if (platform !== undefined) this.#durations.remove({ account: accountId, platform });
    this.#platforms.delete(accountId);
  }

  /** The text and its media type. */
  async text(): Promise<{ readonly body: string; readonly contentType: string }> {
    return { body: await this.#registry.metrics(), contentType: this.#registry.contentType };
  }

  /** A value that is read anew each time; `read` gives it by its labels. */
  #gauge(
    name: string,
    help: string,
    labels: readonly string[],
    read: () => Iterable<[Record<string, string>, number]>,
  ) {
    const gauge: Gauge = new Gauge({
      name,
      help,
      labelNames: labels,
      registers: [this.#registry],
      collect: () => {
        gauge.reset();
        for (const [of, value] of read()) gauge.set(of, value);
      },
    });
  }

  /** A count that only grows, kept elsewhere. */
  #counter(
    name: string,
    help: string,
    labels: readonly string[],
    read: () => Iterable<[Record<string, string>, number]>,
  ) {
    const counter: Counter = new Counter({
      name,
      help,
      labelNames: labels,
      registers: [this.#registry],
      collect: () => {
        counter.reset();
        for (const [of, value] of read()) counter.inc(of, value);
      },
    });
  }

  #aboutCore(): void {
    const { uptimeSeconds, statistics } = this.#sources;
    this.#gauge('muster_uptime_seconds', 'Since Muster started.', [], () => [[{}, uptimeSeconds()]]);
    this.#gauge('muster_people', 'People by their unified status.', ['status'], () =>
      Object.entries(statistics().people.byStatus).map(([status, count]) => [{ status }, count]),
    );
    this.#counter(
      'muster_answers_total',
      'People asked about, by whether what is known of them was fresh.',
      ['fresh'],
      () => {
        const { hits, misses } = statistics().cache;
        return [
          [{ fresh: 'yes' }, hits],
          [{ fresh: 'no' }, misses],
        ];
      },
    );
  }

  *#each<Row>(
    rows: (account: MeteredAccount) => Iterable<Row>,
  ): Iterable<[{ account: string; platform: string }, Row]> {
    for (const account of this.#sources.accounts()) {
      const labels = { account: account.health.accountId, platform: account.platform };
      for (const row of rows(account)) yield [labels, row];
    }
  }

  /** One value of each account, or none. */
  #ofAccounts(value: (account: MeteredAccount) => number | null) {
    return () =>
      [...this.#each((account) => [value(account)])].flatMap(([labels, number]): [Record<string, string>, number][] =>
        number === null ? [] : [[labels, number]],
      );
  }

  #aboutAccounts(): void {
    this.#gauge('muster_account_state', 'The state in which the account is has 1.', [...ACCOUNT, 'state'], () =>
      [...this.#each(({ health }) => ACCOUNT_STATES.map((state) => ({ state, now: health.state === state })))].map(
        ([labels, { state, now }]) => [{ ...labels, state }, now ? 1 : 0],
      ),
    );
    this.#gauge('muster_account_push_up', '1 while the push channel is up and tells.', ACCOUNT, () =>
      this.#ofAccounts(({ health }) => (health.push.state === 'none' ? null : Number(health.push.state === 'up')))(),
    );
    this.#gauge('muster_account_last_success_timestamp_seconds', 'When the platform last answered.', ACCOUNT, () =>
      this.#ofAccounts(({ health }) =>
        health.lastSuccessAt === null ? null : fromIso(health.lastSuccessAt) / 1_000,
      )(),
    );
    this.#gauge(
      'muster_account_data_age_seconds',
      'How old what is known of people is.',
      [...ACCOUNT, 'quantile'],
      () =>
        [
          ...this.#each(({ health: { dataAgeSeconds: age } }) =>
            age === null ? [] : Object.entries({ '0.5': age.p50, '0.9': age.p90, '1': age.max }),
          ),
        ].map(([labels, [quantile, seconds]]) => [{ ...labels, quantile }, seconds]),
    );
    this.#gauge(
      'muster_account_budget_used_ratio',
      'Calls that count in a window of a budget, of those that it allows.',
      [...ACCOUNT, 'budget', 'seconds'],
      () =>
        [
          ...this.#each(({ health }) =>
            health.budgets.flatMap(({ name, windows }) => windows.map((window) => ({ name, ...window }))),
          ),
        ].map(([labels, { name, calls, seconds, used }]) => [
          { ...labels, budget: name, seconds: String(seconds) },
          used / calls,
        ]),
    );
  }

  #aboutCalls(): void {
    const total = (value: (totals: MeterTotals) => number) => this.#ofAccounts(({ totals }) => value(totals));
    this.#counter(
      'muster_calls_total',
      'Calls to the platforms.',
      ACCOUNT,
      total(({ calls }) => calls),
    );
    this.#counter(
      'muster_polls_total',
      'Looks at people.',
      ACCOUNT,
      total(({ polls }) => polls),
    );
    this.#counter(
      'muster_pushes_total',
      'Observations that were pushed.',
      ACCOUNT,
      total(({ pushes }) => pushes),
    );
    this.#counter(
      'muster_webhook_observations_total',
      'Observations by webhook.',
      ACCOUNT,
      total(({ webhooks }) => webhooks),
    );
    this.#counter(
      'muster_call_failures_total',
      'Calls that failed, by the kind of failure.',
      [...ACCOUNT, 'code'],
      () =>
        [...this.#each(({ totals }) => totals.failures)].map(([labels, [code, count]]) => [{ ...labels, code }, count]),
    );
  }
}
