import type { OpenAPIHono } from '@hono/zod-openapi';
import { routes } from '../contract/index.ts';
import type { Muster } from '../services/create-muster.ts';
import { bindRoute, done } from './bind-route.ts';
import { listAnswer } from './list-answer.ts';

/** My own status, do-not-disturb, presets and schedules. */
export function bindMe(app: OpenAPIHono, muster: Muster): void {
  const { ownStatus, presets, schedules } = muster;
  bindRoute(app, routes.getOwnStatus, () => ownStatus.view());
  bindRoute(app, routes.putOwnStatus, ({ body }) => ownStatus.set(body));
  bindRoute(app, routes.deleteOwnStatus, () => ownStatus.clear());
  bindRoute(app, routes.putDoNotDisturb, ({ body }) => ownStatus.setDoNotDisturb(body));
  bindRoute(app, routes.deleteDoNotDisturb, () => ownStatus.clearDoNotDisturb());
  bindRoute(app, routes.listPresets, ({ query }) => listAnswer(muster, presets.list(), query));
  bindRoute(app, routes.createPreset, ({ body }) => presets.create(body));
  bindRoute(app, routes.getPreset, ({ params }) => presets.get(params.id));
  bindRoute(app, routes.putPreset, ({ params, body }) => presets.replace(params.id, body));
  bindRoute(app, routes.deletePreset, ({ params }) => done(presets.delete(params.id)));
  bindRoute(app, routes.listSchedules, ({ query }) => listAnswer(muster, schedules.list(), query));
  bindRoute(app, routes.createSchedule, ({ body }) => schedules.create(body));
  bindRoute(app, routes.getSchedule, ({ params }) => schedules.get(params.id));
  bindRoute(app, routes.putSchedule, ({ params, body }) => schedules.replace(params.id, body));
  bindRoute(app, routes.deleteSchedule, ({ params }) => done(schedules.delete(params.id)));
}
