import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { routes } from '../contract/index.ts';
import type { Clock } from '../ports/clock.ts';
import type { StoredPicture } from '../ports/repositories.ts';
import type { Muster } from '../services/create-muster.ts';
import { bindRoute } from './bind-route.ts';
import { eventStream } from './event-stream.ts';
import { problem } from './problem.ts';

/** What a browser may be given as a picture; anything that could run is not among them. */
const PICTURE_TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

/** Events, preferences, secrets' whereabouts, export, erase, pictures. */
export function bindSystem(app: OpenAPIHono, muster: Muster, clock: Clock): void {
  const { attention, events, pictures, preferences, privacy, secrets } = muster;
  bindRoute(app, routes.streamEvents, (_input, c) =>
    eventStream({
      events,
      clock,
      lastEventId: c.req.header('last-event-id'),
      opened: () => attention.noteReader(),
      headOnly: c.req.method === 'HEAD',
    }),
  );
  bindRoute(app, routes.getSettings, () => preferences.get());
  bindRoute(app, routes.patchSettings, ({ body }) => preferences.patch(body));
  bindRoute(app, routes.getSecretStore, () => secrets.view());
  bindRoute(app, routes.moveSecrets, ({ body }) => secrets.move(body.kind));
  bindRoute(app, routes.exportAll, () => privacy.export());
  bindRoute(app, routes.eraseAll, async () => {
    await privacy.erase();
    return null;
  });
  bindRoute(app, routes.getAvatar, async ({ params }, c) => picture(c, await pictures.avatar(params.hash)));
  bindRoute(app, routes.getEmoji, async ({ params }, c) =>
    picture(c, await pictures.emoji(params.accountId, params.name)),
  );
}

function picture(c: Context, found: StoredPicture | null): Response {
  if (!found || !PICTURE_TYPES.includes(found.mediaType)) return problem(c, 'not-found', 'There is no such picture.');
  return c.body(Uint8Array.from(found.bytes), 200, {
    'content-type': found.mediaType,
    'cache-control': 'private, max-age=86400',
    'x-content-type-options': 'nosniff',
  });
}
