import type { Organisation } from '../organisation.ts';
import type { Person } from '../person.ts';
import type { Subscriptions } from '../subscriptions.ts';
import type { LimitGroup } from '../throttle.ts';

/** One authorised call. */
export interface GraphRequest {
  readonly organisation: Organisation;
  readonly subscriptions: Subscriptions;
  /** Whom the token speaks for. */
  readonly caller: Person;
  /** The app that the token was given to. */
  readonly appId: string;
  /** What stands where the pattern has groups. */
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
  readonly headers: ReadonlyMap<string, string>;
  /** Parsed; undefined without a body. */
  readonly body: unknown;
  /** Where Graph is, without a slash at its end; next links begin with it. */
  readonly base: string;
  /** In ms since the epoch. */
  readonly now: number;
}

/** What an endpoint answers: JSON, plain text, a picture's bytes, or nothing. */
export interface GraphResult {
  readonly status: 200 | 201 | 202 | 204;
  readonly body?: unknown;
  readonly text?: string;
  readonly picture?: Uint8Array;
}

/** One endpoint of Graph. */
export interface Endpoint {
  /** For the log and for faults. */
  readonly name: string;
  readonly verb: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** The path behind `/v1.0`. */
  readonly path: RegExp;
  /** Any one of these delegated permissions is enough. */
  readonly scopes: readonly string[];
  readonly group: LimitGroup;
  /** What Graph's code for a missing permission is here. */
  readonly forbidden: 'Authorization_RequestDenied' | 'Forbidden';
  readonly run: (request: GraphRequest) => GraphResult | Promise<GraphResult>;
}
