import { z } from 'zod';
import { AUDIT_EVENTS } from '../../domain/audit.ts';
import { idSchema, instantSchema } from './primitives.ts';

/** One entry of the audit trail: append-only, without any secret. */
export const auditEntrySchema = z
  .object({
    id: idSchema,
    at: instantSchema,
    event: z.enum(AUDIT_EVENTS),
    accountId: z.string().nullable(),
    platform: z.string().nullable(),
    /** The account's name at that time. */
    label: z.string().nullable(),
    /** One sentence: what happened. */
    detail: z.string(),
    /** Scopes that were granted, where the entry is about consent. */
    scopes: z.array(z.string()).nullable(),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntryView = z.infer<typeof auditEntrySchema>;
