/**
 * What Muster reads of Zoom's payloads. Lenient where Zoom may add values (unknown keys and enum values pass), strict about types: a
 * wrong type is an unreadable answer, never a guess. Shapes: developers.zoom.us; recorded in Jericho/ZoomNet `SampleData`.
 */
import { z } from 'zod';

/** A part that Zoom may leave out, null or fill oddly without the rest being wrong. */
const oddText = z.string().optional().catch(undefined);

/** `GET /users/me`. */
export const meSchema = z.object({
  id: z.string().min(1),
  email: oddText,
  first_name: oddText,
  last_name: oddText,
  display_name: oddText,
  company: oddText,
});

/** One of `GET /chat/users/me/contacts`. External contacts may lack one id or the other. */
export const contactSchema = z.object({
  id: oddText,
  member_id: oddText,
  email: oddText,
  first_name: oddText,
  last_name: oddText,
});
export type ZoomContact = z.infer<typeof contactSchema>;

/** A page of contacts; an empty or absent token ends it. */
export const contactsSchema = z.object({
  contacts: z.array(contactSchema),
  next_page_token: z.string().nullish(),
});

/** `GET /chat/users/me/contacts/{id}?query_presence_status=true`. Without presence the person has never used Zoom's chat. */
export const contactPresenceSchema = z.object({ presence_status: z.string().nullish() });

/** `GET /users/{id}/presence_status`. The times come with do-not-disturb, and of oneself, only. */
export const presenceStatusSchema = z.object({
  status: z.string(),
  end_time: oddText,
  remaining_time: z.number().optional().catch(undefined),
});
export type ZoomPresenceStatus = z.infer<typeof presenceStatusSchema>;

/** What Zoom refuses with: `code` is a number, and an HTTP status of its own where there is no other. */
export const refusalSchema = z.object({
  code: z
    .union([z.number(), z.string().regex(/^\d+$/).transform(Number)])
    .optional()
    .catch(undefined),
  message: oddText,
});
