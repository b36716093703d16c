import type { Clock } from '../ports/clock.ts';
import type { HttpClient } from '../ports/http-client.ts';
import type { SecretReader } from '../ports/secret-store.ts';
import type { JsonValue } from './json.ts';

/** A delivery as it came, before anything of it is parsed. */
export interface RawDelivery {
  readonly method: 'GET' | 'POST';
  /** Of the address it was sent to. */
  readonly query: URLSearchParams;
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

/** What a receiver may use. */
export interface WebhookContext<Settings = unknown> {
  readonly accountId: string;
  readonly settings: Settings;
  readonly secrets: SecretReader;
  readonly clock: Clock;
  readonly http: HttpClient;
  /** The key that is part of the account's webhook address; what a platform without signatures proves itself by. Not empty. */
  readonly addressKey: string;
}

/** One thing that a delivery tells. */
export interface WebhookEvent {
  /** The platform's own id of it, or one made from its content: the same event twice has the same id. */
  readonly id: string;
  /** Parsed and cut down to what the adapter needs. */
  readonly payload: JsonValue;
}

/** What becomes of a delivery. */
export type WebhookVerdict =
  /** Not authentic, or replayed: 401. `reason` is for the log and the audit trail; the caller learns nothing. */
  | { readonly kind: 'rejected'; readonly reason: string }
  /** The platform's handshake, answered as it wants it. */
  | { readonly kind: 'handshake'; readonly status: 200 | 403; readonly contentType: string; readonly body: string }
  /** Authentic: kept durably, then answered with `status`. No events: nothing that Muster uses. */
  | { readonly kind: 'accepted'; readonly status: 200 | 202; readonly events: readonly WebhookEvent[] };

/** How one platform's deliveries are received. */
export interface WebhookReceiver<Settings = unknown> {
  /** Larger deliveries are refused unread. At most 1 MB. */
  readonly maxBytes: number;
  /**
   * Where the platform is by these settings, if it delivers to any address that it is told: one on this machine (a test server, the
   * demo) then needs no public one. Absent where it takes public addresses alone.
   */
  sender?(settings: Settings): URL;
  /** Judges a delivery; authenticity first, on the raw bytes. Must answer within a second, without calls but for keys that are not cached. */
  receive(delivery: RawDelivery, context: WebhookContext<Settings>): Promise<WebhookVerdict>;
}
