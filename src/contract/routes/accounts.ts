import { z } from 'zod';
import { defineRoute } from '../route.ts';
import {
  accountPatchSchema,
  accountSchema,
  directoryPersonSchema,
  directoryQuerySchema,
  newAccountSchema,
  platformSchema,
} from '../schemas/account.ts';
import { idParams, listOf, pageQuery } from '../schemas/primitives.ts';

const signInProblems = [
  'credentials-refused',
  'missing-scope',
  'platform-unreachable',
  'insecure-connection',
  'rate-limited',
  'secret-store-unavailable',
] as const;

export const accountRoutes = {
  listPlatforms: defineRoute({
    id: 'listPlatforms',
    method: 'get',
    path: '/v1/platforms',
    summary: 'What each platform can do, and what its sign-in asks for',
    query: z.strictObject(pageQuery),
    answer: listOf(platformSchema),
  }),
  listAccounts: defineRoute({
    id: 'listAccounts',
    method: 'get',
    path: '/v1/accounts',
    summary: 'The signed-in accounts',
    query: z.strictObject(pageQuery),
    answer: listOf(accountSchema),
  }),
  createAccount: defineRoute({
    id: 'createAccount',
    method: 'post',
    path: '/v1/accounts',
    summary: 'Signs in: the credentials are checked against the platform first',
    body: newAccountSchema,
    answer: accountSchema,
    status: 201,
    problems: ['conflict', ...signInProblems],
  }),
  getAccount: defineRoute({
    id: 'getAccount',
    method: 'get',
    path: '/v1/accounts/{id}',
    summary: 'One account',
    params: idParams,
    answer: accountSchema,
    problems: ['not-found'],
  }),
  patchAccount: defineRoute({
    id: 'patchAccount',
    method: 'patch',
    path: '/v1/accounts/{id}',
    summary: 'Renames, disables or signs in again (new secrets are checked first)',
    params: idParams,
    body: accountPatchSchema,
    answer: accountSchema,
    problems: ['not-found', ...signInProblems],
  }),
  deleteAccount: defineRoute({
    id: 'deleteAccount',
    method: 'delete',
    path: '/v1/accounts/{id}',
    summary: 'Signs out and deletes its secrets and everything read through it',
    params: idParams,
    problems: ['not-found'],
  }),
  searchDirectory: defineRoute({
    id: 'searchDirectory',
    method: 'get',
    path: '/v1/accounts/{id}/directory',
    summary: 'People of the account’s directory whose name or address has words that begin so, to add them; 25 at most',
    params: idParams,
    query: directoryQuerySchema,
    answer: z.object({ items: z.array(directoryPersonSchema) }),
    problems: [
      'not-found',
      'conflict',
      'credentials-refused',
      'missing-scope',
      'platform-unreachable',
      'insecure-connection',
      'rate-limited',
    ],
  }),
  reconnectAccount: defineRoute({
    id: 'reconnectAccount',
    method: 'post',
    path: '/v1/accounts/{id}/reconnect',
    summary: 'Tries to connect now',
    params: idParams,
    answer: accountSchema,
    problems: ['not-found'],
  }),
};
