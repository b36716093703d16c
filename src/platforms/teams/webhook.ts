import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { RawDelivery, WebhookContext, WebhookReceiver, WebhookVerdict } from '../webhook.ts';
import type { TeamsSettings } from './manifest.ts';
import { deliverySchema, type NotificationItem, payloadOf } from './notification.ts';
import { tenantOfToken } from './validation-token.ts';

const LONGEST_HANDSHAKE = 2_000;

/** What Graph gives back in each notification, made from the address' key: whoever subscribes and whoever receives both know it. */
export function clientStateOf(addressKey: string): string {
  return createHmac('sha256', addressKey).update('teams client state').digest('base64url');
}

/** Judges what arrives: the address' key first, then the handshake, then client state and signature of every item. */
export const teamsWebhook: WebhookReceiver<TeamsSettings> = {
  maxBytes: 1_000_000,
  async receive(delivery, context): Promise<WebhookVerdict> {
    // Without it nobody gets as far as the parser, or a word back.
    if (!sameText(delivery.query.get('key') ?? '', context.addressKey)) return rejected('the address has another key');
    const handshake = delivery.query.get('validationToken');
    if (handshake !== null) return answered(delivery, handshake);
    const parsed = deliverySchema.safeParse(jsonOf(delivery.body));
    if (!parsed.success) return rejected('the delivery is not one of Graph’s');
    const { value, validationTokens } = parsed.data;
    const state = clientStateOf(context.addressKey);
    if (!value.every((item) => sameText(item.clientState ?? '', state)))
      return rejected('the client state is another one');
    // Items with content are signed by tokens; those without only make Muster ask Graph itself.
    const signed = value.filter(({ encryptedContent }) => encryptedContent != null);
    const reason = signed.length === 0 ? null : await unsigned(signed, validationTokens ?? [], context);
    if (reason !== null) return rejected(reason);
    return {
      kind: 'accepted',
      status: 202,
      events: value.map((item) => ({ id: eventIdOf(item), payload: payloadOf(item) })),
    };
  },
};

/** `POST …?validationToken=…`: the decoded token as plain text (change-notifications-delivery-webhooks). */
function answered({ method }: RawDelivery, token: string): WebhookVerdict {
  if (method !== 'POST' || token.length > LONGEST_HANDSHAKE) return rejected('the handshake is not one of Graph’s');
  return { kind: 'handshake', status: 200, contentType: 'text/plain', body: token };
}

/** Why the tokens do not sign the items; null when they do. Every token has to be valid, and every item's tenant among theirs. */
async function unsigned(
  items: readonly NotificationItem[],
  tokens: readonly string[],
  context: WebhookContext<TeamsSettings>,
): Promise<string | null> {
  if (tokens.length === 0) return 'there is no validation token';
  const tenants = new Set<string>();
  for (const token of tokens) {
    const tenant = await tenantOfToken(token, context);
    if (tenant === null) return 'a validation token is not valid';
    tenants.add(tenant);
  }
  const own = items.every(({ tenantId }) => tenantId != null && tenants.has(tenantId.toLowerCase()));
  return own ? null : 'a validation token is of another tenant';
}

/** The same content is the same event: Graph encrypts each notification with a key of its own, and repeats a delivery to the letter. */
function eventIdOf(item: NotificationItem): string {
  return createHash('sha256').update(JSON.stringify(item)).digest('base64url');
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}

function sameText(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function rejected(reason: string): WebhookVerdict {
  return { kind: 'rejected', reason };
}
