import { createHmac, randomUUID } from 'node:crypto';
import type { BusinessNumber, WhatsappBusiness, WhatsappUser } from './business.ts';

/** Meta tries again for seven days, less and less often. */
const GIVES_UP_AFTER_MS = 7 * 86_400_000;

/** One try to deliver. */
export interface DeliveryAttempt {
  readonly at: number;
  /** The HTTP status; null when nobody answered. */
  readonly status: number | null;
  readonly body: string;
}

/** Sends signed deliveries to the app's webhook, one after the other, each again until it is taken. */
export class WebhookSender {
  /** Every try. */
  readonly attempts: DeliveryAttempt[] = [];
  /** How long until the first further try, in real ms; doubled each time. */
  readonly #firstPauseMs: number;
  readonly #business: WhatsappBusiness;
  readonly #now: () => number;
  readonly #pauses = new Set<{ timer: NodeJS.Timeout; wake: () => void }>();
  #url: string | null = null;
  #queue: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(business: WhatsappBusiness, now: () => number, firstPauseMs: number) {
    this.#business = business;
    this.#now = now;
    this.#firstPauseMs = firstPauseMs;
  }

  /** The verified address; null before. */
  get url(): string | null {
    return this.#url;
  }

  /** What “Verify and save” does in the dashboard. Rejects, and keeps the old address, unless the challenge comes back. */
  async subscribe(url: string, verifyToken: string): Promise<void> {
    const challenge = String(Math.floor(Math.random() * 2 ** 31));
    const check = new URL(url);
    check.searchParams.set('hub.mode', 'subscribe');
    check.searchParams.set('hub.challenge', challenge);
    check.searchParams.set('hub.verify_token', verifyToken);
    const response = await fetch(check);
    const answer = await response.text();
    if (response.status !== 200 || answer !== challenge) {
      throw new Error("The callback URL or verify token couldn't be validated.");
    }
    this.#url = url;
  }

  /** Takes the address as verified, for a server that is not up yet. */
  assume(url: string | null): void {
    this.#url = url;
  }

  /** Somebody wrote to the number. `at`: ms since the epoch. Answers the message's id. */
  message(
    number: BusinessNumber,
    user: WhatsappUser,
    options: { type?: string; at?: number; id?: string } = {},
  ): string {
    const { type = 'text', at = this.#now(), id = `wamid.${randomUUID()}` } = options;
    this.#send(number, {
      contacts: [contactOf(user)],
      messages: [
        {
          ...(user.username === null ? { from: user.waId } : {}),
          ...(user.userId === null ? {} : { from_user_id: user.userId }),
          id,
          timestamp: seconds(at),
          type,
          ...(type === 'text' ? { text: { body: 'Are you there?' } } : {}),
        },
      ],
    });
    return id;
  }

  /** What became of a message to somebody. */
  status(number: BusinessNumber, user: WhatsappUser, status: string, options: { at?: number; id?: string } = {}): void {
    const { at = this.#now(), id = `wamid.${randomUUID()}` } = options;
    this.#send(number, {
      ...(status === 'failed' ? {} : { contacts: [contactOf(user)] }),
      statuses: [
        {
          id,
          status,
          timestamp: seconds(at),
          ...(user.username === null ? { recipient_id: user.waId } : {}),
          ...(user.userId === null ? {} : { recipient_user_id: user.userId }),
          ...(status === 'failed'
            ? { errors: [{ code: 131_026, title: 'Message undeliverable', message: 'Message undeliverable' }] }
            : {
                conversation: { id: randomUUID().replaceAll('-', ''), origin: { type: 'service' } },
                pricing: { billable: false, pricing_model: 'PMP', type: 'free_customer_service', category: 'service' },
              }),
        },
      ],
    });
  }

  /** Somebody moved to another number, which gives them another business-scoped id too. Who hides their number moves by that alone. */
  numberChanged(number: BusinessNumber, from: WhatsappUser, to: WhatsappUser): void {
    const hidden = to.username !== null;
    const [before, after] = hidden ? [from.userId, to.userId] : [from.waId, to.waId];
    this.#send(number, {
      messages: [
        {
          ...(hidden ? {} : { from: from.waId }),
          id: `wamid.${randomUUID()}`,
          timestamp: seconds(this.#now()),
          type: 'system',
          system: {
            body: `User ${from.name} changed from ${before} to ${after}`,
            ...(hidden ? {} : { wa_id: to.waId }),
            ...(to.userId === null ? {} : { user_id: to.userId }),
            ...(from.userId === null ? {} : { previous_user_id: from.userId }),
            type: hidden ? 'user_changed_user_id' : 'user_changed_number',
          },
        },
      ],
    });
  }

  /** Sends the last delivery once more, as Meta does when an answer was lost. */
  repeatLast(): void {
    const last = this.attempts.at(-1);
    if (last !== undefined) this.#enqueue(last.body);
  }

  /** When everything was delivered. */
  settled(): Promise<void> {
    return this.#queue;
  }

  /** Drops what was not delivered. */
  close(): void {
    this.#closed = true;
    for (const { timer, wake } of this.#pauses) {
      clearTimeout(timer);
      wake();
    }
  }

  #send(number: BusinessNumber, part: Record<string, unknown>): void {
    const value = {
      messaging_product: 'whatsapp',
      metadata: {
        display_phone_number: number.displayPhoneNumber.replaceAll(/\D/g, ''),
        phone_number_id: number.id,
      },
      ...part,
    };
    const entry = [{ id: this.#business.accountId, changes: [{ value, field: 'messages' }] }];
    this.#enqueue(JSON.stringify({ object: 'whatsapp_business_account', entry }));
  }

  #enqueue(body: string): void {
    this.#queue = this.#queue.then(() => this.#deliver(body));
  }

  async #deliver(body: string): Promise<void> {
    const started = this.#now();
    for (let pauseMs = this.#firstPauseMs; !this.#closed; pauseMs *= 2) {
      const status = this.#url === null ? null : await this.#post(this.#url, body);
      this.attempts.push({ at: this.#now(), status, body });
      if (status === 200 || this.#url === null || this.#now() - started > GIVES_UP_AFTER_MS) return;
      await this.#pause(pauseMs);
    }
  }

  async #post(url: string, body: string): Promise<number | null> {
    const signature = createHmac('sha256', this.#business.appSecret).update(body).digest('hex');
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'facebookexternalua',
          'x-hub-signature-256': `sha256=${signature}`,
        },
        body,
      });
      await response.arrayBuffer();
      return response.status;
    } catch {
      return null;
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#pauses.delete(entry);
        resolve();
      };
      const entry = { timer: setTimeout(wake, ms), wake };
      this.#pauses.add(entry);
    });
  }
}

function contactOf(user: WhatsappUser): Record<string, unknown> {
  return {
    profile: { name: user.name, ...(user.username === null ? {} : { username: user.username }) },
    ...(user.username === null ? { wa_id: user.waId } : {}),
    ...(user.userId === null ? {} : { user_id: user.userId }),
  };
}

function seconds(ms: number): string {
  return String(Math.floor(ms / 1000));
}
