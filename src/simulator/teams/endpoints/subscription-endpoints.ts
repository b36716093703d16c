import { z } from 'zod';
import { badRequest } from '../graph-refusal.ts';
import { subscriptionRequestSchema } from '../subscription-request.ts';
import type { Endpoint } from './endpoint.ts';

const renewSchema = z.object({ expirationDateTime: z.iso.datetime({ offset: true }) });

const shared = { scopes: ['Presence.Read.All'], group: 'teams', forbidden: 'Forbidden' } as const;

/** Change notifications about presence. */
export const SUBSCRIPTION_ENDPOINTS: readonly Endpoint[] = [
  {
    ...shared,
    name: 'subscriptions',
    verb: 'POST',
    path: /^\/subscriptions$/,
    run: async ({ subscriptions, body, caller, appId }) => {
      const parsed = subscriptionRequestSchema.safeParse(body);
      if (!parsed.success) throw badRequest('Invalid subscription.');
      return { status: 201, body: await subscriptions.create(parsed.data, caller.id, appId) };
    },
  },
  {
    ...shared,
    name: 'subscriptions/{id}',
    verb: 'PATCH',
    path: /^\/subscriptions\/([^/]+)$/,
    run: ({ subscriptions, body, parts, caller }) => {
      const parsed = renewSchema.safeParse(body);
      if (!parsed.success) throw badRequest('Invalid subscription.');
      return { status: 200, body: subscriptions.renew(parts[0] ?? '', caller.id, parsed.data.expirationDateTime) };
    },
  },
  {
    ...shared,
    name: 'subscriptions/{id}',
    verb: 'DELETE',
    path: /^\/subscriptions\/([^/]+)$/,
    run: ({ subscriptions, parts, caller }) => {
      subscriptions.delete(parts[0] ?? '', caller.id);
      return { status: 204 };
    },
  },
];
