import { z } from 'zod';
import { STATUSES } from '../../domain/presence/status.ts';
import { defineRoute } from '../route.ts';
import {
  availabilityAnswerSchema,
  availabilityRequestSchema,
  contactPatchSchema,
  contactSchema,
  linkRequestSchema,
  suggestionSchema,
  unlinkRequestSchema,
} from '../schemas/contact.ts';
import { booleanQuery, idParams, idSchema, listOf, pageQuery } from '../schemas/primitives.ts';
import { attentionSchema } from '../schemas/system.ts';

const statusList = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .pipe(z.array(z.enum(STATUSES)).min(1));

export const contactRoutes = {
  listContacts: defineRoute({
    id: 'listContacts',
    method: 'get',
    path: '/v1/contacts',
    summary: 'People, sorted by favourite, then status, then name',
    query: z.strictObject({
      ...pageQuery,
      query: z.string().max(200).optional(),
      status: statusList.optional(),
      platform: z.string().optional(),
      group: z.string().optional(),
      favourite: booleanQuery.optional(),
    }),
    answer: listOf(contactSchema),
  }),
  getContact: defineRoute({
    id: 'getContact',
    method: 'get',
    path: '/v1/contacts/{id}',
    summary: 'One person',
    params: idParams,
    answer: contactSchema,
    problems: ['not-found', 'merged'],
  }),
  patchContact: defineRoute({
    id: 'patchContact',
    method: 'patch',
    path: '/v1/contacts/{id}',
    summary: 'Changes what the user says about a person; monitored false opts them out',
    params: idParams,
    body: contactPatchSchema,
    answer: contactSchema,
    problems: ['not-found', 'merged'],
  }),
  linkContacts: defineRoute({
    id: 'linkContacts',
    method: 'post',
    path: '/v1/contacts/link',
    summary: 'Makes one person of several; the first id survives',
    body: linkRequestSchema,
    answer: contactSchema,
    problems: ['not-found', 'merged'],
  }),
  unlinkContact: defineRoute({
    id: 'unlinkContact',
    method: 'post',
    path: '/v1/contacts/{id}/unlink',
    summary: 'Makes a person of their own of some identities; answers that person',
    params: idParams,
    body: unlinkRequestSchema,
    answer: contactSchema,
    problems: ['not-found', 'merged', 'conflict'],
  }),
  listSuggestions: defineRoute({
    id: 'listSuggestions',
    method: 'get',
    path: '/v1/suggestions',
    summary: 'People who may be the same, for the user to decide',
    query: z.strictObject(pageQuery),
    answer: listOf(suggestionSchema),
  }),
  dismissSuggestion: defineRoute({
    id: 'dismissSuggestion',
    method: 'delete',
    path: '/v1/suggestions/{id}',
    summary: 'Refuses a suggestion; it is not made again',
    params: z.strictObject({ id: idSchema }),
    problems: ['not-found'],
  }),
  restoreSuggestion: defineRoute({
    id: 'restoreSuggestion',
    method: 'post',
    path: '/v1/suggestions/{id}/restore',
    summary: 'Undoes a refusal',
    params: z.strictObject({ id: idSchema }),
    problems: ['not-found'],
  }),
  checkAvailability: defineRoute({
    id: 'checkAvailability',
    method: 'post',
    path: '/v1/availability',
    summary: 'Who of these is available now; answers in the order asked',
    body: availabilityRequestSchema,
    answer: availabilityAnswerSchema,
  }),
  putAttention: defineRoute({
    id: 'putAttention',
    method: 'put',
    path: '/v1/attention',
    summary: 'Who is on screen now: they are looked at first; forgotten after a minute',
    body: attentionSchema,
  }),
};
