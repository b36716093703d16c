import type { OpenAPIHono } from '@hono/zod-openapi';
import { routes } from '../contract/index.ts';
import { searchDirectory } from '../services/accounts/directory-search.ts';
import type { Muster } from '../services/create-muster.ts';
import { bindRoute } from './bind-route.ts';
import { listAnswer } from './list-answer.ts';

/** Platforms and accounts. */
export function bindAccounts(app: OpenAPIHono, muster: Muster): void {
  const { accounts } = muster;
  bindRoute(app, routes.listPlatforms, ({ query }) => listAnswer(muster, accounts.platforms(), query));
  bindRoute(app, routes.listAccounts, ({ query }) => listAnswer(muster, accounts.list(), query));
  bindRoute(app, routes.createAccount, ({ body }) => accounts.create(body));
  bindRoute(app, routes.getAccount, ({ params }) => accounts.get(params.id));
  bindRoute(app, routes.patchAccount, ({ params, body }) => accounts.patch(params.id, body));
  bindRoute(app, routes.deleteAccount, async ({ params }) => {
    await accounts.delete(params.id);
    return null;
  });
  bindRoute(app, routes.searchDirectory, async ({ params, query }, c) => ({
    items: await searchDirectory(accounts, params.id, query.query, c.req.raw.signal),
  }));
  bindRoute(app, routes.reconnectAccount, ({ params }) => accounts.reconnect(params.id));
}
