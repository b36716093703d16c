import { z } from 'zod';
import { defineRoute } from '../route.ts';
import { alertSchema, watchFieldsSchema, watchSchema } from '../schemas/alert.ts';
import { idParams, listOf, pageQuery } from '../schemas/primitives.ts';

export const alertRoutes = {
  listWatches: defineRoute({
    id: 'listWatches',
    method: 'get',
    path: '/v1/watches',
    summary: 'What the user wants to be told',
    query: z.strictObject(pageQuery),
    answer: listOf(watchSchema),
  }),
  createWatch: defineRoute({
    id: 'createWatch',
    method: 'post',
    path: '/v1/watches',
    summary: 'Tell me when this person changes so',
    body: watchFieldsSchema,
    answer: watchSchema,
    status: 201,
  }),
  getWatch: defineRoute({
    id: 'getWatch',
    method: 'get',
    path: '/v1/watches/{id}',
    summary: 'One watch',
    params: idParams,
    answer: watchSchema,
    problems: ['not-found'],
  }),
  putWatch: defineRoute({
    id: 'putWatch',
    method: 'put',
    path: '/v1/watches/{id}',
    summary: 'Replaces a watch',
    params: idParams,
    body: watchFieldsSchema,
    answer: watchSchema,
    problems: ['not-found'],
  }),
  deleteWatch: defineRoute({
    id: 'deleteWatch',
    method: 'delete',
    path: '/v1/watches/{id}',
    summary: 'Removes a watch',
    params: idParams,
    problems: ['not-found'],
  }),
  listAlerts: defineRoute({
    id: 'listAlerts',
    method: 'get',
    path: '/v1/alerts',
    summary: 'Delivered and suppressed alerts, newest first, each with the reason',
    query: z.strictObject({
      ...pageQuery,
      outcome: z.enum(['delivered', 'suppressed']).optional(),
      contact: z.string().optional(),
    }),
    answer: listOf(alertSchema),
  }),
};
