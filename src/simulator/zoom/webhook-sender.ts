import { createHmac } from 'node:crypto';
import type { ZoomEventBody } from './account.ts';

/** Zoom waits so long for an answer. */
const ANSWER_MS = 3_000;

/** Where an app's events go, and what they are signed with. */
export interface WebhookSubscription {
  readonly url: string;
  readonly secret: string;
}

/** How a delivery may differ from an honest one. */
export interface DeliveryFlaws {
  /** Signed so long ago, in ms. */
  readonly ageMs?: number;
  readonly secret?: string;
  /** Headers that replace the true ones; undefined leaves one out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

/** Sends signed events to a subscription (developers.zoom.us/docs/api/webhooks), and remembers what was answered. */
export class WebhookSender {
  subscription: WebhookSubscription | null;
  /** HTTP statuses in order of answer; 0: none came in time. */
  readonly answers: number[] = [];
  readonly #now: () => number;
  readonly #underWay = new Set<Promise<unknown>>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(subscription: WebhookSubscription | null, now: () => number) {
    this.subscription = subscription;
    this.#now = now;
  }

  /** Sends after what was sent before it, so that nothing overtakes. */
  send(event: ZoomEventBody): void {
    if (this.subscription === null) return;
    const sending = this.#last.then(() => this.deliver(JSON.stringify(event)));
    this.#last = sending;
    this.#underWay.add(sending);
    void sending.finally(() => this.#underWay.delete(sending));
  }

  /** When everything that was sent is answered. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  /** One delivery; tells the status, 0 when none came. */
  async deliver(body: string, flaws: DeliveryFlaws = {}): Promise<number> {
    const { status } = await this.#post(body, flaws);
    this.answers.push(status);
    return status;
  }

  /** What “Validate” in the portal does; true when the address proves that it knows the secret. */
  async validate(plainToken = 'qgg8vlvZRS6UYooatFL8Aw', flaws: DeliveryFlaws = {}): Promise<boolean> {
    const event = { payload: { plainToken }, event_ts: Math.trunc(this.#now()), event: 'endpoint.url_validation' };
    const { status, text } = await this.#post(JSON.stringify(event), flaws);
    if (status !== 200 || this.subscription === null) return false;
    const encryptedToken = createHmac('sha256', this.subscription.secret).update(plainToken).digest('hex');
    return text === JSON.stringify({ plainToken, encryptedToken });
  }

  async #post(body: string, flaws: DeliveryFlaws): Promise<{ status: number; text: string }> {
    const { subscription } = this;
    if (subscription === null) throw new Error('The app has no event subscription.');
    const timestamp = String(Math.floor((this.#now() - (flaws.ageMs ?? 0)) / 1_000));
    const mac = createHmac('sha256', flaws.secret ?? subscription.secret).update(`v0:${timestamp}:${body}`);
    const headers: Record<string, string | undefined> = {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Zoom Marketplace/1.0a',
      'x-zm-request-timestamp': timestamp,
      'x-zm-signature': `v0=${mac.digest('hex')}`,
      ...flaws.headers,
    };
    const sent = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
    try {
      const signal = AbortSignal.timeout(ANSWER_MS);
      const response = await fetch(subscription.url, { method: 'POST', headers: sent, body, signal });
      return { status: response.status, text: await response.text() };
    } catch {
      return { status: 0, text: '' };
    }
  }
}
