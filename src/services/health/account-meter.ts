import { type ErrorCode, MusterError, toMusterError } from '../../domain/errors.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { ObservationReport, OwnStatusBundle } from '../../platforms/platform.ts';
import type { Clock } from '../../ports/clock.ts';
import type { HttpClient } from '../../ports/http-client.ts';
import { type CallSummary, CallWindow } from './call-window.ts';

/** The last call that failed. */
interface LastFailure {
  readonly at: EpochMs;
  readonly code: ErrorCode;
  readonly message: string;
}

/** Told of each call that ended: how long it took, in milliseconds. */
type CallObserver = (ms: number) => void;

/** What was counted since the core started. */
export interface MeterTotals {
  readonly calls: number;
  readonly failed: number;
  /** By code. */
  readonly failures: ReadonlyMap<ErrorCode, number>;
  /** Looks, and how many people they were at. */
  readonly polls: number;
  readonly polledPeople: number;
  /** Observations that came by themselves. */
  readonly pushes: number;
  readonly webhooks: number;
}

/** What says that the other side answered, only not as wished. */
const ANSWERS: ReadonlySet<ErrorCode> = new Set(['not-found', 'not-permitted', 'unsupported', 'conflict']);

/**
 * Measures one account's calls: every HTTP exchange, and those operations (connecting, looking, checking, setting the status) that
 * went another way. Survives reconnects; forgotten when Muster stops.
 */
export class AccountMeter {
  readonly #clock: Clock;
  readonly #observe: CallObserver;
  readonly #window = new CallWindow();
  readonly #bundles = new WeakMap<OwnStatusBundle, OwnStatusBundle>();
  readonly #failures = new Map<ErrorCode, number>();
  readonly #totals = {
    calls: 0,
    failed: 0,
    failures: this.#failures,
    polls: 0,
    polledPeople: 0,
    pushes: 0,
    webhooks: 0,
  };
  #exchanges = 0;
  #failedExchanges = 0;
  #lastSuccess: { readonly at: EpochMs; readonly awake: number } | null = null;
  #lastFailure: LastFailure | null = null;

  constructor(clock: Clock, observe: CallObserver = () => undefined) {
    this.#clock = clock;
    this.#observe = observe;
  }

  /** Of the last hour; null before the first call. */
  get calls(): CallSummary | null {
    return this.#window.summary(this.#clock.monotonicMs());
  }

  get lastSuccessAt(): EpochMs | null {
    return this.#lastSuccess?.at ?? null;
  }

  get lastFailure(): LastFailure | null {
    return this.#lastFailure;
  }

  get totals(): MeterTotals {
    return this.#totals;
  }

  /** Milliseconds, awake, since the platform last answered; infinite before it ever did. */
  silentMs(): number {
    return this.#lastSuccess === null ? Number.POSITIVE_INFINITY : this.#clock.monotonicMs() - this.#lastSuccess.awake;
  }

  /** People were looked at by one call. */
  polled(people: number): void {
    this.#totals.polls += 1;
    this.#totals.polledPeople += people;
  }

  /** Something was reported; what came by itself is a sign of life. */
  told(observations: readonly Pick<ObservationReport, 'source'>[]): void {
    for (const { source } of observations) {
      if (source === 'push') this.#totals.pushes += 1;
      else if (source === 'webhook') this.#totals.webhooks += 1;
      else continue;
      this.#answered();
    }
  }

  /** The same client, measured. */
  http(client: HttpClient): HttpClient {
    return {
      fetch: async (input, init) => {
        const from = this.#clock.monotonicMs();
        this.#exchanges += 1;
        try {
          const response = await client.fetch(input, init);
          this.#ended(from, refusalOf(response.status));
          return response;
        } catch (thrown) {
          const error = toMusterError(thrown);
          if (error.code !== 'cancelled') this.#ended(from, error);
          throw thrown;
        }
      },
    };
  }

  /** Does `work` and counts it as a call, unless it made HTTP exchanges, which were counted already. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const from = this.#clock.monotonicMs();
    const [exchanges, failed] = [this.#exchanges, this.#failedExchanges];
    try {
      const result = await work();
      if (this.#exchanges === exchanges) this.#ended(from, null);
      return result;
    } catch (thrown) {
      const error = toMusterError(thrown);
      if (error.code === 'cancelled') throw thrown;
      // An answer by HTTP can be a refusal all the same (Slack's `ok: false`); which of the exchanges it was does not matter.
      if (ANSWERS.has(error.code)) this.#answered();
      else if (this.#failedExchanges === failed) this.#ended(from, error);
      else this.#failed(error);
      throw thrown;
    }
  }

  /** The same bundle, measured. */
  ownStatus(bundle: OwnStatusBundle): OwnStatusBundle {
    const known = this.#bundles.get(bundle);
    if (known) return known;
    const measured: OwnStatusBundle = {
      busyImpliesDoNotDisturb: bundle.busyImpliesDoNotDisturb,
      ...(bundle.watchSeconds === undefined ? {} : { watchSeconds: bundle.watchSeconds }),
      read: (signal) => this.run(() => bundle.read(signal)),
      apply: (target, signal) => this.run(() => bundle.apply(target, signal)),
      compare: (part, written, read, now) => bundle.compare(part, written, read, now),
    };
    this.#bundles.set(bundle, measured);
    return measured;
  }

  #ended(from: number, failure: MusterError | null): void {
    const now = this.#clock.monotonicMs();
    this.#window.add(now, now - from, failure === null);
    this.#totals.calls += 1;
    if (failure) {
      this.#totals.failed += 1;
      this.#failures.set(failure.code, (this.#failures.get(failure.code) ?? 0) + 1);
      this.#failedExchanges += 1;
      this.#failed(failure);
    } else this.#answered();
    this.#observe(now - from);
  }

  #answered(): void {
    this.#lastSuccess = { at: this.#clock.now(), awake: this.#clock.monotonicMs() };
  }

  #failed({ code, message }: MusterError): void {
    this.#lastFailure = { at: this.#clock.now(), code, message };
  }
}

/** What an HTTP status says went wrong with the call itself; null for answers, which include “there is no such thing”. */
function refusalOf(status: number): MusterError | null {
  if (status === 401) return new MusterError('credentials-refused', 'The platform refused the sign-in.');
  if (status === 429) return new MusterError('rate-limited', 'The platform asked to slow down.');
  if (status >= 500) return new MusterError('platform-unavailable', `The platform answered with an error (${status}).`);
  return null;
}
