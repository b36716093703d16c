/**
 * What Muster reads of Graph's payloads (v1.0). Lenient where Graph may add values (unknown keys and enum values pass), strict about
 * the types that a status comes from: a wrong type is an unreadable answer, never a guess.
 */
import { z } from 'zod';

/** A part that may be absent, null or odd without the rest being wrong. */
const oddText = z.string().nullish().catch(undefined);

/** A user, as `User.ReadBasic.All` shows them. */
export const userSchema = z.object({
  id: z.string().min(1),
  displayName: oddText,
  mail: oddText,
  userPrincipalName: oddText,
});
export type GraphUser = z.infer<typeof userSchema>;

/** A page of users; without a next link it is the last. */
export const usersSchema = z.object({ value: z.array(userSchema), '@odata.nextLink': z.string().optional() });

/** `/users/$count` is plain text, which reads as a JSON number. */
export const countSchema = z.number().int().nonnegative();

/** A `dateTimeTimeZone`: local time and the name of a Windows or IANA zone. */
const zonedSchema = z.object({ dateTime: z.string(), timeZone: z.string() });

const statusMessageSchema = z.object({
  message: z.object({ content: oddText, contentType: oddText }).nullish(),
  /** Of oneself only. */
  expiryDateTime: zonedSchema.nullish().catch(undefined),
});

/** A presence. Others' messages come without their end; pushed ones without message, out of office and place. */
export const presenceSchema = z.object({
  id: z.string().min(1),
  availability: z.string().nullish(),
  activity: z.string().nullish(),
  statusMessage: statusMessageSchema.nullish().catch(undefined),
  outOfOfficeSettings: z.object({ message: oddText, isOutOfOffice: z.boolean().nullish() }).nullish().catch(undefined),
  sequenceNumber: oddText,
  workLocation: z.object({ workLocationType: oddText }).nullish().catch(undefined),
});
export type GraphPresence = z.infer<typeof presenceSchema>;

/** `getPresencesByUserId`: whoever is unknown may be missing. */
export const presencesSchema = z.object({ value: z.array(presenceSchema) });

/** A subscription that was made or renewed. */
export const subscriptionSchema = z.object({
  id: z.string().min(1),
  expirationDateTime: z.iso.datetime({ offset: true }),
});

/** Calls whose answer has nothing that Muster needs. */
export const doneSchema = z.unknown();
