import type { OpenAPIHono } from '@hono/zod-openapi';
import { routes } from '../contract/index.ts';
import type { Muster } from '../services/create-muster.ts';
import { bindRoute } from './bind-route.ts';

/** How well Muster and its accounts work: for people, for programs, for Prometheus. */
export function bindHealth(app: OpenAPIHono, muster: Muster): void {
  bindRoute(app, routes.getHealth, () => muster.health());
  bindRoute(app, routes.getDoctor, () => muster.doctor());
  bindRoute(app, routes.getAccountHealth, ({ params }) => muster.healths.of(params.id));
  bindRoute(app, routes.getStatistics, () => muster.statistics.view());
  bindRoute(app, routes.getMetrics, async (_input, c) => {
    const { body, contentType } = await muster.metrics.text();
    return c.body(body, 200, { 'content-type': contentType, 'cache-control': 'no-store' });
  });
}
