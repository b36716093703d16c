import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '../../domain/time.ts';
import type { RawDelivery, WebhookContext, WebhookReceiver, WebhookVerdict } from '../webhook.ts';
import { eventIdOf, readEvent } from './events.ts';
import { apiUrlOf, type ZoomSettings } from './settings.ts';

/** A signature that is older was kept by somebody. */
const REPLAY_MS = 5 * MINUTE_MS;
/** Events are about 1 KB. */
const MAX_BYTES = 64 * 1_024;

const validationSchema = z.object({
  event: z.literal('endpoint.url_validation'),
  payload: z.object({ plainToken: z.string().min(1).max(256) }),
});

/**
 * Zoom's webhooks (developers.zoom.us/docs/api/webhooks): `x-zm-signature` is `v0=` and the HMAC-SHA256 of `v0:{timestamp}:{raw body}`
 * under the app's secret token; the URL validation is signed too, and answered with the HMAC of its token.
 */
export const zoomWebhook: WebhookReceiver<ZoomSettings> = { maxBytes: MAX_BYTES, sender: apiUrlOf, receive };

async function receive(delivery: RawDelivery, context: WebhookContext<ZoomSettings>): Promise<WebhookVerdict> {
  const secret = (await context.secrets.get('webhookSecret'))?.trim() ?? '';
  if (secret === '') return rejected('the secret token of the Zoom app is not set');
  if (delivery.method !== 'POST') return rejected('not a POST');
  const now = context.clock.now();
  const why = forged(delivery, secret, now);
  if (why !== null) return rejected(why);
  const body = parsedJson(delivery.body);
  const validation = validationSchema.safeParse(body).data;
  if (validation !== undefined) {
    const { plainToken } = validation.payload;
    const encryptedToken = hmac(secret, plainToken);
    const answer = JSON.stringify({ plainToken, encryptedToken });
    return { kind: 'handshake', status: 200, contentType: 'application/json', body: answer };
  }
  const event = readEvent(body, now);
  // Authentic, and nothing that Muster uses: Zoom would send it again if it were refused.
  if (event === null) return { kind: 'accepted', status: 200, events: [] };
  return { kind: 'accepted', status: 200, events: [{ id: eventIdOf(body), payload: { ...event } }] };
}

/** Why the delivery does not come from Zoom, or not now; null when it does. */
function forged({ headers, body }: RawDelivery, secret: string, now: EpochMs): string | null {
  const signature = headers.get('x-zm-signature') ?? '';
  const timestamp = headers.get('x-zm-request-timestamp') ?? '';
  if (!/^\d{10,13}$/.test(timestamp)) return 'no timestamp';
  const signed = Buffer.from(signature);
  const expected = Buffer.from(`v0=${hmac(secret, `v0:${timestamp}:`, body)}`);
  if (signed.length !== expected.length || !timingSafeEqual(signed, expected)) return 'the signature does not fit';
  // Seconds, as documented; 13 digits are milliseconds.
  const at = timestamp.length > 10 ? Number(timestamp) : Number(timestamp) * SECOND_MS;
  return Math.abs(now - at) > REPLAY_MS ? 'signed more than five minutes ago, or ahead' : null;
}

function hmac(secret: string, ...parts: readonly (string | Uint8Array)[]): string {
  const mac = createHmac('sha256', secret);
  for (const part of parts) mac.update(part);
  return mac.digest('hex');
}

function rejected(reason: string): WebhookVerdict {
  return { kind: 'rejected', reason };
}

/** Undefined for what is no JSON. */
function parsedJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
