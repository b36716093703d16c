import { z } from 'zod';
import { defineRoute } from '../route.ts';
import { accountHealthSchema } from '../schemas/account-health.ts';
import { auditEntrySchema } from '../schemas/audit.ts';
import { oauthFlowSchema, oauthRequestSchema, oauthStartSchema } from '../schemas/oauth.ts';
import { idParams, idSchema, listOf, pageQuery } from '../schemas/primitives.ts';

const flowParams = z.strictObject({ flowId: idSchema });

export const signInRoutes = {
  startOAuth: defineRoute({
    id: 'startOAuth',
    method: 'post',
    path: '/v1/accounts/oauth',
    summary: 'Begins a sign-in by OAuth; open authorizationUrl in a browser on this machine',
    body: oauthRequestSchema,
    answer: oauthStartSchema,
    problems: ['not-found', 'conflict', 'platform-unreachable', 'insecure-connection', 'rate-limited'],
  }),
  getOAuthFlow: defineRoute({
    id: 'getOAuthFlow',
    method: 'get',
    path: '/v1/accounts/oauth/{flowId}',
    summary: 'Whether the sign-in is done, and with which account',
    params: flowParams,
    answer: oauthFlowSchema,
    problems: ['not-found'],
  }),
  cancelOAuthFlow: defineRoute({
    id: 'cancelOAuthFlow',
    method: 'delete',
    path: '/v1/accounts/oauth/{flowId}',
    summary: 'Gives the sign-in up',
    params: flowParams,
    problems: ['not-found'],
  }),
  getAccountHealth: defineRoute({
    id: 'getAccountHealth',
    method: 'get',
    path: '/v1/accounts/{id}/health',
    summary: 'How well an account works: latency, calls against budgets, age of what is known, consent, what to do',
    params: idParams,
    answer: accountHealthSchema,
    problems: ['not-found'],
  }),
  listAudit: defineRoute({
    id: 'listAudit',
    method: 'get',
    path: '/v1/audit',
    summary: 'The audit trail of sign-ins and consent, newest first',
    query: z.strictObject({ ...pageQuery, account: idSchema.optional() }),
    answer: listOf(auditEntrySchema),
  }),
};
