import type { z } from 'zod';
import { type AccountView, type AlertView, type ContactView, routes } from '../../../../src/contract/index.ts';
import type { ApiClient } from './api-client.ts';

/** Everybody, page by page. */
export async function allContacts(api: ApiClient, query: { platform?: string; query?: string } = {}) {
  const people: ContactView[] = [];
  let cursor: string | null = null;
  do {
    const page: z.output<typeof routes.listContacts.answer> = await api.call(routes.listContacts, {
      query: { ...query, limit: 100, ...(cursor === null ? {} : { cursor }) },
    });
    people.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return people;
}

/** The person with this platform user id. Throws when there is none, or more than one. */
export async function contactOf(api: ApiClient, userId: string): Promise<ContactView> {
  const people = await allContacts(api);
  const found = people.filter((person) => person.identities.some((identity) => identity.userId === userId));
  const [contact] = found;
  if (!contact || found.length > 1) throw new Error(`${found.length} of ${people.length} people are ${userId}`);
  return contact;
}

/** The accounts. */
export async function accountsOf(api: ApiClient): Promise<AccountView[]> {
  return (await api.call(routes.listAccounts)).items;
}

/** The alerts, newest first. */
export async function alertsOf(api: ApiClient): Promise<AlertView[]> {
  return (await api.call(routes.listAlerts, { query: { limit: 500 } })).items;
}

/** What signing in to a simulated Slack takes. */
export function slackSignIn(apiUrl: string, userToken: string, label?: string) {
  return { platform: 'slack', settings: { apiUrl }, secrets: { userToken }, ...(label ? { label } : {}) };
}

/** What signing in to a loopback XMPP server takes. */
export function xmppSignIn(service: string, domain: string, username: string, password: string, label?: string) {
  return {
    platform: 'xmpp',
    settings: { service, domain, username, allowInsecureLoopback: true },
    secrets: { password },
    ...(label ? { label } : {}),
  };
}
