/** The whole public contract: every route and event with its schemas. The interface, the API and the command line know nothing else. */
import { accountRoutes } from './routes/accounts.ts';
import { alertRoutes } from './routes/alerts.ts';
import { contactRoutes } from './routes/contacts.ts';
import { meRoutes } from './routes/me.ts';
import { signInRoutes } from './routes/sign-in.ts';
import { systemRoutes } from './routes/system.ts';

export type { OwnStatus } from '../domain/own-status/intent.ts';
export { OWN_STATUSES } from '../domain/own-status/intent.ts';
export type { Activity, Status } from '../domain/presence/status.ts';
export { STATUS_RANK, STATUSES } from '../domain/presence/status.ts';
export { WEEKDAYS } from '../domain/schedule/schedule.ts';
export * from './host-bridge.ts';
export * from './route.ts';
export * from './schemas/account.ts';
export * from './schemas/account-health.ts';
export * from './schemas/alert.ts';
export * from './schemas/audit.ts';
export * from './schemas/contact.ts';
export * from './schemas/event.ts';
export * from './schemas/me.ts';
export * from './schemas/oauth.ts';
export * from './schemas/primitives.ts';
export * from './schemas/problem.ts';
export * from './schemas/schedule.ts';
export * from './schemas/statistics.ts';
export * from './schemas/system.ts';

/** Every route that is served, by its id. */
export const routes = {
  ...systemRoutes,
  ...contactRoutes,
  ...accountRoutes,
  ...signInRoutes,
  ...meRoutes,
  ...alertRoutes,
};
export type RouteId = keyof typeof routes;
