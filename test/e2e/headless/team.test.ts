import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ContactView, routes } from '../../../src/contract/index.ts';
import { TeamLife } from '../../../src/simulator/team/team-life.ts';
import { startTeamServers, type TeamServers } from '../../../src/simulator/team/team-servers.ts';
import type { EventTail } from './support/event-tail.ts';
import { accountsOf, alertsOf, allContacts } from './support/queries.ts';
import { makeHome, runMuster, type ServedMuster, serveMuster } from './support/served.ts';

describe('a team of 60 on two Slack workspaces and an XMPP server', () => {
  const { home, remove } = makeHome();
  let servers: TeamServers;
  let life: TeamLife;
  let muster: ServedMuster;
  let tail: EventTail;
  let people: ContactView[] = [];

  beforeAll(async () => {
    servers = await startTeamServers({ size: 60, seed: 4 });
    life = new TeamLife(servers, 4);
    muster = await serveMuster(home);
    tail = await muster.events();
    life.start(0);
    // By the command line, as a person would: secrets come from the environment, never as arguments.
    for (const { platform, label, settings, secrets } of servers.accounts) {
      const set = Object.entries(settings).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
      const [[key, secret] = ['', '']] = Object.entries(secrets);
      const args = [
        'account',
        'add',
        platform,
        '--label',
        label,
        ...set,
        '--secret-env',
        `${key}=THE_SECRET`,
        '--json',
      ];
      const { code, output } = await runMuster(home, args, { env: { THE_SECRET: secret } });
      expect(code, output).toBe(0);
      expect(output).not.toContain(secret);
    }
    const seats = servers.members.flatMap(({ places }) => places).length;
    await vi.waitFor(
      async () => {
        for (const { state, sync } of await accountsOf(muster.api))
          expect({ state, sync }).toEqual({ state: 'connected', sync: null });
        people = await allContacts(muster.api);
        expect(people.flatMap(({ identities }) => identities)).toHaveLength(seats);
      },
      { timeout: 20_000, interval: 100 },
    );
  }, 60_000);

  afterAll(async () => {
    life?.stop();
    await muster?.stop();
    await servers?.close();
    remove();
  });

  it('is merged by confirmed email across the workspaces, and by nothing else', () => {
    const onSlack = new Map<string, ContactView>();
    for (const person of people)
      for (const identity of person.identities) if (identity.email) onSlack.set(identity.email, person);
    for (const member of servers.members) {
      const slackPlaces = member.places.filter((place) => place !== 'xmpp');
      if (slackPlaces.length === 0) continue;
      const person = onSlack.get(member.email);
      expect(
        person?.identities.map(({ platform }) => platform),
        member.name,
      ).toEqual(slackPlaces.map(() => 'slack'));
      expect(person).toMatchObject({ name: member.name, email: member.email, timeZone: member.timeZone });
      const how = slackPlaces.length === 2 ? 'email' : 'alone';
      expect(
        person?.identities.some(({ linkedBy }) => linkedBy === how),
        member.name,
      ).toBe(true);
    }
    const both = servers.members.filter(({ places }) => places.includes('harbour') && places.includes('studio'));
    expect(both.length).toBeGreaterThan(3);
    const expected = servers.members.reduce(
      (sum, { places }) => sum + (places.includes('xmpp') ? 1 : 0) + (places.some((place) => place !== 'xmpp') ? 1 : 0),
      0,
    );
    expect(people).toHaveLength(expected);
  });

  it('offers XMPP addresses that equal an email as the same person, and makes them one when asked', async () => {
    const { api } = muster;
    const { items } = await api.call(routes.listSuggestions, { query: { limit: 500 } });
    const twice = servers.members.filter(({ places }) => places.includes('xmpp') && places.length > 1);
    expect(items.map(({ reasons }) => reasons[0]?.detail).sort()).toEqual(twice.map(({ email }) => email).sort());
    expect(new Set(items.map(({ reasons }) => reasons[0]?.kind))).toEqual(new Set(['address-equals-email']));
    for (const { contactIds } of items) await api.call(routes.linkContacts, { body: { contactIds: [...contactIds] } });
    const team = await allContacts(api);
    expect(team).toHaveLength(60);
    expect(new Set(team.map(({ name }) => name))).toEqual(new Set(servers.members.map(({ name }) => name)));
    expect((await api.call(routes.listSuggestions)).total).toBe(0);
    for (const member of servers.members) {
      const person = team.find(({ name }) => name === member.name);
      expect(person?.identities, member.name).toHaveLength(member.places.length);
    }
  });

  it('shows a reason for every status that is known', async () => {
    const team = await allContacts(muster.api);
    const known = team.filter(({ status }) => status !== 'unknown');
    expect(known.length).toBeGreaterThan(20);
    for (const { why, identities } of known) {
      const source = identities.find(({ accountId, userId }) => accountId === why.accountId && userId === why.userId);
      expect(source?.observedAt).toBe(why.observedAt);
    }
    const { code, output } = await runMuster(muster.home, ['contacts', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(output)).toHaveLength(60);
  });

  it('lets an alert come for the one who comes and goes', { timeout: 60_000 }, async () => {
    const { api } = muster;
    const [regular] = await allContacts(api, { query: life.regular.name });
    const watch = await api.call(routes.createWatch, {
      body: { contactId: regular?.id ?? '', to: ['online'], repeat: 'once', note: 'Ask about the harbour' },
    });
    life.stop();
    servers.xmpp.goOffline(life.regular.handle, 'desk');
    await tail.next('contact', (data) => data.id === regular?.id && 'status' in data && data.status === 'offline');
    servers.xmpp.setPresence(life.regular.handle, 'desk', { priority: 5, status: 'Here again' });
    const { data } = await tail.next('alert', (alert) => alert.watchId === watch.id);
    expect(data).toMatchObject({ contactId: regular?.id, from: 'offline', to: 'online', outcome: 'delivered' });
    expect(await alertsOf(api)).toContainEqual(data);
  });
});
