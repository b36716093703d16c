import type { OpenAPIHono } from '@hono/zod-openapi';
import { routes } from '../contract/index.ts';
import type { Muster } from '../services/create-muster.ts';
import { bindRoute, done } from './bind-route.ts';
import { listAnswer } from './list-answer.ts';

/** Watches and the alerts they raised. */
export function bindAlerts(app: OpenAPIHono, muster: Muster): void {
  const { watches, alerts } = muster;
  bindRoute(app, routes.listWatches, ({ query }) => listAnswer(muster, watches.list(), query));
  bindRoute(app, routes.createWatch, ({ body }) => watches.create(body));
  bindRoute(app, routes.getWatch, ({ params }) => watches.get(params.id));
  bindRoute(app, routes.putWatch, ({ params, body }) => watches.replace(params.id, body));
  bindRoute(app, routes.deleteWatch, ({ params }) => done(watches.delete(params.id)));
  bindRoute(app, routes.listAlerts, ({ query }) => {
    const asked = alerts
      .list()
      .filter((alert) => query.outcome === undefined || alert.outcome === query.outcome)
      .filter((alert) => query.contact === undefined || alert.contactId === query.contact);
    return listAnswer(muster, asked, query);
  });
}
