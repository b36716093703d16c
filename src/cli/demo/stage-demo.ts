/** Puts the demo on a running Muster by its public API alone: accounts, linked people, favourites, a watch, a schedule, a status. */
import { routes } from '../../contract/index.ts';
import { systemClock } from '../../infra/clock/system-clock.ts';
import type { Clock } from '../../ports/clock.ts';
import { sleep } from '../../ports/sleep.ts';
import type { DemoAccount } from '../../simulator/team/places/place.ts';
import type { Client } from '../client.ts';

/** What is put on the stage. */
export interface DemoPlot {
  readonly accounts: readonly DemoAccount[];
  /** The email-like address or name of whom the demo waits for: they come online again and again. */
  readonly regular: string;
  readonly clock?: Clock;
}

/** Every other suggestion is accepted, so that there are people on several accounts and suggestions left to decide. */
const ACCEPT_EVERY = 2;
const FAVOURITES = 5;
const EVENING = { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const, from: '22:00', to: '07:00' };

/** Resolves when everything is in place. Rejects as the client does. */
export async function stageDemo(client: Client, plot: DemoPlot): Promise<void> {
  await client.call(routes.patchSettings, { body: { firstRun: 'done' } });
  for (const account of plot.accounts) {
    const { platform, label, settings, secrets, sendsTo } = account;
    const { id } = await client.call(routes.createAccount, {
      body: { platform, label, settings: { ...settings }, secrets: { ...secrets } },
    });
    await sendsTo?.(new URL(`/hooks/${platform}/${id}`, client.server.url).href);
  }
  await rosterComplete(client, plot.clock ?? systemClock);
  await linkSome(client);
  await chooseFavourites(client, plot.regular);
  await client.call(routes.createSchedule, {
    body: {
      name: 'Evenings',
      enabled: true,
      timeZone: 'device',
      rules: [{ ...EVENING, days: [...EVENING.days] }],
      doNotDisturb: true,
      allow: ['favourites'],
    },
  });
  const body = { status: 'online', message: 'Trying Muster', emoji: '👋', forSeconds: 1_800 } as const;
  await client.call(routes.putOwnStatus, { body });
}

/** Waits until every account is connected and has listed its people. */
async function rosterComplete(client: Client, clock: Clock): Promise<void> {
  for (let total = -1; ; ) {
    const { items } = await client.call(routes.listAccounts, {});
    const people = await client.call(routes.listContacts, { query: { limit: 1 } });
    const ready = items.every((account) => account.state === 'connected' && account.sync === null);
    if (ready && people.total > 0 && people.total === total) return;
    total = people.total;
    await sleep(clock, 250);
  }
}

async function linkSome(client: Client): Promise<void> {
  const suggestions = await client.all((query) => client.call(routes.listSuggestions, { query }));
  // Somebody on five platforms is in several suggestions; once linked they answer under one id.
  const linked = new Set<string>();
  for (const [index, { contactIds }] of suggestions.entries()) {
    if (index % ACCEPT_EVERY !== 0 || contactIds.some((id) => linked.has(id))) continue;
    await client.call(routes.linkContacts, { body: { contactIds } });
    for (const id of contactIds) linked.add(id);
  }
}

async function chooseFavourites(client: Client, regular: string): Promise<void> {
  const people = await client.all((query) => client.call(routes.listContacts, { query }));
  const waitedFor = people.find((person) => person.identities.some((identity) => identity.userId === regular));
  const several = people.filter((person) => person.identities.length > 1).slice(0, FAVOURITES - 1);
  for (const person of [...several, ...(waitedFor ? [waitedFor] : [])]) {
    await client.call(routes.patchContact, { params: { id: person.id }, body: { favourite: true } });
  }
  if (!waitedFor) return;
  await client.call(routes.createWatch, {
    body: {
      contactId: waitedFor.id,
      from: ['offline', 'away', 'unknown'],
      to: ['online'],
      repeat: 'always',
      note: 'Ask about the release',
    },
  });
}
