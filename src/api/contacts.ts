import type { OpenAPIHono } from '@hono/zod-openapi';
import { routes } from '../contract/index.ts';
import type { Muster } from '../services/create-muster.ts';
import { bindRoute, done } from './bind-route.ts';
import { listAnswer } from './list-answer.ts';

/** People: lists, changes, links, suggestions, availability, attention. */
export function bindContacts(app: OpenAPIHono, muster: Muster): void {
  const { contacts, suggestions, availability, attention, statistics } = muster;
  bindRoute(app, routes.linkContacts, ({ body }) => contacts.link(body.contactIds));
  bindRoute(app, routes.listContacts, ({ query }) => {
    attention.noteCaller();
    const page = contacts.list(query, query.limit, query.cursor);
    statistics.answered(page.items);
    return { ...page, items: [...page.items] };
  });
  bindRoute(app, routes.getContact, ({ params }) => {
    attention.noteCaller();
    const contact = contacts.get(params.id);
    statistics.answered([contact]);
    return contact;
  });
  bindRoute(app, routes.patchContact, ({ params, body }) => contacts.patch(params.id, body));
  bindRoute(app, routes.unlinkContact, ({ params, body }) => contacts.unlink(params.id, body.identities));
  bindRoute(app, routes.listSuggestions, ({ query }) => listAnswer(muster, suggestions.list(), query));
  bindRoute(app, routes.restoreSuggestion, ({ params }) => done(suggestions.restore(params.id)));
  bindRoute(app, routes.dismissSuggestion, ({ params }) => done(suggestions.dismiss(params.id)));
  bindRoute(app, routes.checkAvailability, ({ body }) => {
    attention.noteCaller();
    const results = availability.check(body.users);
    statistics.answered(results);
    return { results };
  });
  bindRoute(app, routes.putAttention, ({ body }) => done(attention.look(body.contactIds)));
}
