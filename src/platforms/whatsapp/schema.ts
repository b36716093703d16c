/**
 * What Muster reads of WhatsApp's payloads (developers.facebook.com/documentation/business-messaging/whatsapp: webhooks/reference/messages,
 * business-scoped-user-ids, business-phone-numbers). Lenient where WhatsApp may add values; what is merely odd is left out.
 */
import { z } from 'zod';

const oddText = z.string().min(1).optional().catch(undefined);

/** The business phone number, asked for with `fields`. `webhook_configuration` holds the address that is in force on each level. */
export const phoneNumberSchema = z.object({
  id: z.string().min(1),
  display_phone_number: z.string().optional(),
  verified_name: z.string().optional(),
  webhook_configuration: z
    .object({ phone_number: oddText, whatsapp_business_account: oddText, application: oddText })
    .optional()
    .catch(undefined),
});
export type PhoneNumber = z.infer<typeof phoneNumberSchema>;

/** `GET …/whatsapp_business_profile?fields=about`; no `about` when there is none. */
export const profileSchema = z.object({ data: z.array(z.object({ about: z.string().optional() })).min(1) });

/** Answers of writes. */
export const successSchema = z.object({ success: z.boolean() });

/** A refusal of the Graph API. Told apart by `code` and `error_subcode` alone. */
export const refusalSchema = z.object({
  error: z.object({ code: z.number(), error_subcode: z.number().optional().catch(undefined) }),
});

/** The header `X-Business-Use-Case-Usage`: per business account, in how many minutes calls are taken again (0: now). */
export const usageSchema = z.record(
  z.string(),
  z.array(z.object({ estimated_time_to_regain_access: z.number().optional().catch(undefined) })),
);

/** Unix seconds, which WhatsApp writes as a string. */
const secondsSchema = z
  .union([z.string().regex(/^\d{1,12}$/), z.number().int().nonnegative()])
  .transform((value) => Number(value));

/** Who took part. `wa_id` is missing for people with a user name, `user_id` before business-scoped ids came (2026). */
const contactSchema = z.object({
  profile: z.object({ name: oddText, username: oddText }).optional().catch(undefined),
  wa_id: oddText,
  user_id: oddText,
});
export type WebhookContact = z.infer<typeof contactSchema>;

const messageSchema = z.object({
  id: z.string().min(1),
  timestamp: secondsSchema,
  type: z.string().optional().catch(undefined),
  from: oddText,
  from_user_id: oddText,
  system: z
    .object({ type: oddText, wa_id: oddText, user_id: oddText, previous_user_id: oddText })
    .optional()
    .catch(undefined),
});
export type WebhookMessage = z.infer<typeof messageSchema>;

const statusSchema = z.object({
  id: z.string().min(1),
  status: z.string(),
  timestamp: secondsSchema,
  recipient_id: oddText,
  recipient_user_id: oddText,
  recipient_type: oddText,
  recipient_participant_id: oddText,
});
export type WebhookStatus = z.infer<typeof statusSchema>;

/** A list of which elements that cannot be read are left out. */
function readable<T>(schema: z.ZodType<T>): z.ZodType<T[]> {
  return z
    .array(z.unknown())
    .optional()
    .catch(undefined)
    .transform((list) => (list ?? []).flatMap((element) => schema.safeParse(element).data ?? []));
}

const changeSchema = z.object({
  field: z.string(),
  value: z.object({
    metadata: z.object({ phone_number_id: oddText }).optional().catch(undefined),
    contacts: readable(contactSchema),
    messages: readable(messageSchema),
    statuses: readable(statusSchema),
  }),
});

/** A webhook delivery, signature checked. Changes of other kinds have no `messages` and no `statuses`; Meta may put many into one. */
export const deliverySchema = z.object({
  object: z.string(),
  entry: readable(z.object({ changes: readable(changeSchema) })),
});
export type Delivery = z.infer<typeof deliverySchema>;
