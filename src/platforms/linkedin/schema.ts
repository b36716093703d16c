/**
 * What Muster reads of LinkedIn's payloads (learn.microsoft.com/linkedin: dma/member-data-portability/shared/member-changelog-api,
 * member-authorization-management-api, compliance/integrations/compliance-events). Times are epoch milliseconds.
 */
import { z } from 'zod';

const oddText = z.string().min(1).optional().catch(undefined);

/** `/v2/userinfo` (OpenID Connect). */
export const userinfoSchema = z.object({ sub: z.string().min(1), name: oddText, email: oddText });

/** One event of the change log. Who did it is `actor`; in whose account it shows, `owner`. */
const eventSchema = z.object({
  id: z.union([z.number(), z.string()]),
  capturedAt: z.number().int().nonnegative(),
  processedAt: z.number().int().nonnegative(),
  owner: z.string(),
  actor: oddText,
  resourceName: z.string(),
  method: z.string(),
  activityStatus: oddText,
  processedActivity: z.record(z.string(), z.unknown()).optional().catch(undefined),
});
export type ChangeLogEvent = z.infer<typeof eventSchema>;

/** Where the next page is; absent or empty on the last one. */
const pagingSchema = z
  .object({ links: z.array(z.object({ rel: z.string(), href: z.string() }).nullable().catch(null)) })
  .optional()
  .catch(undefined)
  .transform((paging) => paging?.links.find((link) => link?.rel === 'next')?.href ?? null);

/** A page of the change log. An event that cannot be read is left out; `total` counts those too. */
export const changeLogSchema = z.object({
  paging: pagingSchema,
  elements: z.array(z.unknown()).transform((list) => ({
    total: list.length,
    events: list.flatMap((one) => eventSchema.safeParse(one).data ?? []),
  })),
});

/** `/rest/memberAuthorizations`: for which apps the member's events are recorded. */
export const authorizationsSchema = z.object({
  elements: z.array(
    z.object({
      memberComplianceAuthorizationKey: z.object({ member: oddText }).optional().catch(undefined),
      regulatedAt: z.number().optional().catch(undefined),
    }),
  ),
});

/** Answers that nothing is needed of; LinkedIn's are empty. */
export const anythingSchema = z.unknown();

/** A name as people are decorated with: plain, or by language. */
const nameSchema = z.union([
  z.string(),
  z
    .object({ localized: z.record(z.string(), z.string()) })
    .transform(({ localized }) => Object.values(localized)[0] ?? ''),
]);
export const decoratedPersonSchema = z.object({
  localizedFirstName: oddText,
  localizedLastName: oddText,
  firstName: nameSchema.optional().catch(undefined),
  lastName: nameSchema.optional().catch(undefined),
});

/** LinkedIn's refusals. */
export const refusalSchema = z.object({ serviceErrorCode: z.number().optional().catch(undefined), code: oddText });
