import { z } from 'zod';

/** The body that asks for a subscription (subscription-post-subscriptions). */
export const subscriptionRequestSchema = z.object({
  changeType: z.string(),
  resource: z.string(),
  notificationUrl: z.url(),
  lifecycleNotificationUrl: z.url().optional(),
  expirationDateTime: z.iso.datetime({ offset: true }),
  clientState: z.string().max(128).optional(),
  includeResourceData: z.boolean().optional(),
  encryptionCertificate: z.string().optional(),
  encryptionCertificateId: z.string().max(128).optional(),
});
/** What a subscription is asked for with. */
export type SubscriptionRequest = z.infer<typeof subscriptionRequestSchema>;
