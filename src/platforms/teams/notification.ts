/** What Graph delivers, and how its encrypted part is opened (learn.microsoft.com/graph/change-notifications-with-resource-data). */
import { constants, createDecipheriv, createHmac, type KeyObject, privateDecrypt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { MusterError } from '../../domain/errors.ts';
import type { JsonValue } from '../platform.ts';
import { type GraphPresence, presenceSchema } from './schema.ts';

const base64 = z
  .string()
  .max(200_000)
  .regex(/^[A-Za-z0-9+/]+={0,2}$/);
const encryptedSchema = z.object({
  data: base64,
  dataSignature: base64,
  dataKey: base64,
  encryptionCertificateId: z.string().max(128),
});

/** One item of a delivery. Those about the subscription itself have a `lifecycleEvent` and no `changeType`. */
export const itemSchema = z.object({
  subscriptionId: z.string().min(1).max(128),
  clientState: z.string().nullish(),
  tenantId: z.string().nullish(),
  lifecycleEvent: z.string().max(64).nullish(),
  changeType: z.string().max(64).nullish(),
  subscriptionExpirationDateTime: z.string().max(64).nullish(),
  resourceData: z.object({ id: z.string().max(128).nullish() }).nullish(),
  encryptedContent: encryptedSchema.nullish(),
});
export type NotificationItem = z.infer<typeof itemSchema>;

/** The delivery. */
export const deliverySchema = z.object({
  value: z.array(itemSchema).min(1).max(1_000),
  validationTokens: z.array(z.string().max(16_000)).max(50).nullish(),
});

/** What is kept of an item until it is worked on; the encrypted part stays encrypted. */
const payloadSchema = z.object({
  subscriptionId: z.string(),
  lifecycleEvent: z.string().nullable(),
  userId: z.string().nullable(),
  encrypted: encryptedSchema.nullable(),
});
export type NotificationPayload = z.infer<typeof payloadSchema>;

/** An item cut down to what is worked on. */
export function payloadOf(item: NotificationItem): NotificationPayload {
  return {
    subscriptionId: item.subscriptionId,
    lifecycleEvent: item.lifecycleEvent ?? null,
    userId: item.resourceData?.id ?? null,
    encrypted: item.encryptedContent ?? null,
  };
}

/** A payload that was kept; throws for anything else. */
export function parsePayload(value: JsonValue): NotificationPayload {
  const parsed = payloadSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new MusterError('protocol-error', 'A kept Teams notification could not be read.', { retry: 'never' });
}

/** Opens the encrypted part: the key by RSA-OAEP (SHA-1), the signature by HMAC-SHA256 before anything else, the content by AES-256-CBC. */
export function decrypted(content: z.infer<typeof encryptedSchema>, privateKey: KeyObject): GraphPresence {
  try {
    const key = privateDecrypt(
      { key: privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
      Buffer.from(content.dataKey, 'base64'),
    );
    const data = Buffer.from(content.data, 'base64');
    const signature = createHmac('sha256', key).update(data).digest();
    const claimed = Buffer.from(content.dataSignature, 'base64');
    if (signature.length !== claimed.length || !timingSafeEqual(signature, claimed)) throw new Error('signature');
    const cipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16));
    const text = Buffer.concat([cipher.update(data), cipher.final()]).toString('utf8');
    return presenceSchema.parse(JSON.parse(text));
  } catch {
    // Without its cause, which may quote what was inside.
    throw new MusterError('protocol-error', 'A Teams notification could not be decrypted, or was changed on its way.', {
      retry: 'never',
    });
  }
}
