/** The contract's routes bound to the core: one web-standard application that both hosts mount behind their own guards. */
import { OpenAPIHono } from '@hono/zod-openapi';
import { routes } from '../contract/index.ts';
import { toMusterError } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { Muster } from '../services/create-muster.ts';
import { bindAccounts } from './accounts.ts';
import { bindAlerts } from './alerts.ts';
import { honoPath } from './bind-route.ts';
import { bindContacts } from './contacts.ts';
import { bindHealth } from './health.ts';
import { bindHooks } from './hooks.ts';
import { bindMe } from './me.ts';
import { problem, problemOf } from './problem.ts';
import { bindSession, type SessionGate } from './session.ts';
import { bindSignIn } from './sign-in.ts';
import { bindSystem } from './system.ts';

/** What the host adds to the core. */
export interface ApiOptions {
  readonly muster: Muster;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Browser sign-in; absent in hosts whose windows need none. */
  readonly sessions?: SessionGate;
}

/** Makes the application. It does not check who calls: hosts do, before it. */
export function createApi(options: ApiOptions): OpenAPIHono {
  const { muster, clock, logger, sessions } = options;
  const app = new OpenAPIHono();
  app.onError((thrown, c) => {
    const error = toMusterError(thrown);
    const known = problemOf(c, error);
    if (known) return known;
    logger.error('a request failed', { path: c.req.routePath, code: error.code, cause: error.cause ?? error });
    return problem(c, 'internal', error.message);
  });
  app.notFound((c) => problem(c, 'not-found', 'There is nothing under this address.'));

  bindSystem(app, muster, clock);
  bindHealth(app, muster);
  bindContacts(app, muster);
  bindAccounts(app, muster);
  bindSignIn(app, muster);
  bindMe(app, muster);
  bindAlerts(app, muster);
  bindHooks(app, muster, clock);
  if (sessions) bindSession(app, sessions);
  app.openAPIRegistry.registerPath({
    operationId: 'getOpenApi',
    method: 'get',
    path: '/openapi.json',
    summary: 'This description',
    security: [],
    responses: { 200: { description: 'An OpenAPI 3.1 document', content: { 'application/json': { schema: {} } } } },
  });
  app.get('/openapi.json', (c) => c.json(openApiDocument(app, muster.version)));
  refuseOtherMethods(app);
  return app;
}

function openApiDocument(app: OpenAPIHono, version: string) {
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Muster', version, description: 'Who is around, and am I reachable.' },
    security: [{ bearer: [] }],
  });
}

/** A path that exists answers 405 to methods that it does not have. */
function refuseOtherMethods(app: OpenAPIHono): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' });
  const methods = new Map<string, Set<string>>([['/openapi.json', new Set(['GET'])]]);
  for (const route of Object.values(routes)) {
    methods.set(route.path, (methods.get(route.path) ?? new Set()).add(route.method.toUpperCase()));
  }
  for (const [path, allowed] of methods) {
    app.all(honoPath(path), (c) =>
      problem(c, 'method-not-allowed', `Use ${[...allowed].join(' or ')} here.`, {
        headers: { allow: [...allowed].join(', ') },
      }),
    );
  }
}
