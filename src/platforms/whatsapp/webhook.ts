import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { RawDelivery, WebhookContext, WebhookReceiver, WebhookVerdict } from '../webhook.ts';
import { apiUrlOf, type WhatsappSettings } from './manifest.ts';
import { eventsOf } from './mapping.ts';
import { deliverySchema } from './schema.ts';

/**
 * Meta's deliveries (webhooks/create-webhook-endpoint): the handshake by GET, events by POST with an HMAC-SHA256 of the raw body.
 * There is no time in the signature, so that a replay is told only by the events' ids; it cannot move anybody's last-seen forward,
 * since that time is inside the signed body.
 */
export const whatsappWebhook: WebhookReceiver<WhatsappSettings> = {
  maxBytes: 1_000_000,
  sender: apiUrlOf,
  receive: (delivery, context) =>
    delivery.method === 'GET' ? handshake(delivery, context) : accept(delivery, context),
};

async function handshake(
  { query }: RawDelivery,
  { secrets }: WebhookContext<WhatsappSettings>,
): Promise<WebhookVerdict> {
  const expected = (await secrets.get('verifyToken'))?.trim() ?? '';
  const challenge = query.get('hub.challenge') ?? '';
  const given = query.get('hub.verify_token') ?? '';
  const right = query.get('hub.mode') === 'subscribe' && expected !== '' && challenge !== '' && same(given, expected);
  return {
    kind: 'handshake',
    status: right ? 200 : 403,
    contentType: 'text/plain; charset=utf-8',
    body: right ? challenge : '',
  };
}

async function accept(delivery: RawDelivery, context: WebhookContext<WhatsappSettings>): Promise<WebhookVerdict> {
  const appSecret = (await context.secrets.get('appSecret'))?.trim() ?? '';
  if (appSecret === '') return { kind: 'rejected', reason: 'the account has no app secret' };
  const signature = delivery.headers.get('x-hub-signature-256');
  if (signature === undefined) return { kind: 'rejected', reason: 'no signature' };
  const expected = `sha256=${createHmac('sha256', appSecret).update(delivery.body).digest('hex')}`;
  if (!same(signature, expected)) return { kind: 'rejected', reason: 'wrong signature' };
  // Authentic from here on: what cannot be read is taken all the same, or Meta would send it for seven days.
  const parsed = deliverySchema.safeParse(parsedJson(delivery.body));
  const events = parsed.success ? eventsOf(parsed.data, context.settings.phoneNumberId) : [];
  return { kind: 'accepted', status: 200, events };
}

/** Compares without telling by time how much was right, nor how long it should be. */
function same(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

function parsedJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}
