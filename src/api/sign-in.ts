import type { OpenAPIHono } from '@hono/zod-openapi';
import { routes } from '../contract/index.ts';
import type { Muster } from '../services/create-muster.ts';
import { bindRoute, done } from './bind-route.ts';

/** Sign-ins by OAuth, and the audit trail. */
export function bindSignIn(app: OpenAPIHono, muster: Muster): void {
  const { signIns, audit, cursors, events } = muster;
  bindRoute(app, routes.startOAuth, ({ body }) => signIns.begin(body));
  bindRoute(app, routes.getOAuthFlow, ({ params }) => signIns.status(params.flowId));
  bindRoute(app, routes.cancelOAuthFlow, ({ params }) => done(signIns.cancel(params.flowId)));
  bindRoute(app, routes.listAudit, ({ query }) => {
    const page = cursors.page(
      () => audit.ids(query.account ?? null),
      query.cursor,
      query.limit,
      (id) => audit.find(id),
    );
    return { ...page, items: [...page.items], sequence: events.sequence };
  });
}
