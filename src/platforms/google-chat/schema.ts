/**
 * What Muster reads of Google's payloads (developers.google.com/workspace/chat/api/reference/rest/v1/users.availability and the types of
 * npm `@googleapis/chat` 51). Lenient about states that may come; times are RFC 3339.
 */
import { z } from 'zod';

const oddText = z.string().optional().catch(undefined);

/** `users.availability`. */
export const availabilitySchema = z.object({
  name: oddText,
  state: z.string().optional(),
  customStatus: z
    .object({
      text: z.string().optional(),
      emoji: z.object({ unicode: oddText }).optional().catch(undefined),
      expireTime: z.string().optional(),
    })
    .optional(),
  doNotDisturbMetadata: z.object({ expirationTime: z.string().optional() }).optional(),
});
export type Availability = z.infer<typeof availabilitySchema>;

/** OpenID Connect's userinfo. */
export const userinfoSchema = z.object({ sub: z.string().min(1), name: oddText, email: oddText });

/** Google's refusals (google.rpc.Status): `status` and, in the details, `reason` of google.api.ErrorReason. */
export const refusalSchema = z.object({
  error: z.object({
    status: oddText,
    details: z
      .array(z.object({ reason: oddText, retryDelay: oddText }).catch({ reason: undefined, retryDelay: undefined }))
      .optional()
      .catch(undefined),
  }),
});
