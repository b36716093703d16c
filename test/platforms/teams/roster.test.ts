import { afterEach, describe, expect, it } from 'vitest';
import { Graph } from '../../../src/platforms/teams/graph.ts';
import { SlidingBudget } from '../../../src/services/polling/sliding-budget.ts';
import { ADA, ME, TeamsBench } from './bench.ts';

let bench: TeamsBench;
afterEach(() => bench.close());

const names = async () => (await bench.seat.list(await bench.connect())).people.map(({ displayName }) => displayName);

describe('the directory', () => {
  it('is listed without oneself and without guests of other organisations', async () => {
    bench = await TeamsBench.start({
      more: (organisation) =>
        void organisation.add({
          displayName: 'Guest Visitor',
          mail: 'guest@other.example',
          userPrincipalName: 'guest_other.example#EXT#@harbour-works.example',
        }),
    });
    const { people } = await bench.seat.list(await bench.connect());
    expect(people).toEqual([
      { userId: bench.ada, displayName: 'Ada Byron', email: ADA, avatarKey: bench.ada, timeZone: null, groups: [] },
    ]);
  });

  it('tells who has left it since', async () => {
    bench = await TeamsBench.start();
    const connection = await bench.signedIn();
    bench.simulator.organisation.remove(ADA);
    await bench.seat.list(connection);
    expect(bench.seat.removed).toEqual([bench.ada]);
    await bench.seat.list(connection);
    expect(bench.seat.removed).toEqual([bench.ada]);
  });

  it('is cut at 5,000 people, which is said', async () => {
    bench = await TeamsBench.start({
      more: (organisation) => {
        for (let index = 0; index < 5_200; index += 1) organisation.add({ displayName: `Person ${index}` });
      },
    });
    const connection = await bench.connect();
    expect(connection.notices).toEqual([expect.stringContaining('5202 people')]);
    expect((await bench.seat.list(connection)).people).toHaveLength(5_000);
    expect(connection.presence?.poll[0]?.limits).toEqual([{ calls: 720, seconds: 3_000 }]);
  });

  it('is listed also where Graph does not count it', async () => {
    bench = await TeamsBench.start();
    bench.simulator.faults.add({ kind: 'platform-error', error: 'Request_BadRequest' }, { method: 'users/$count' });
    const connection = await bench.connect();
    expect(connection.notices).toEqual([]);
    expect((await bench.seat.list(connection)).people).toHaveLength(1);
  });

  it('keeps the name alone of somebody who is opted out', async () => {
    bench = await TeamsBench.start();
    bench.seat.optedOut.add(bench.ada);
    const { people } = await bench.seat.list(await bench.connect());
    expect(people).toMatchObject([{ displayName: 'Ada Byron', email: null, avatarKey: null }]);
  });

  it('asks no other host for its next page than Graph itself', async () => {
    bench = await TeamsBench.start();
    const asked: string[] = [];
    const { clock, signal } = bench.seat;
    const graph = new Graph(
      {
        clock,
        signal,
        tokens: { current: async () => 'a-token', refused: () => {} },
        budget: (name, limits) => new SlidingBudget(name, limits, clock),
        http: {
          fetch: async (input) => {
            asked.push(String(input));
            const next =
              asked.length === 1 ? { '@odata.nextLink': 'https://evil.example/v1.0/users?$skiptoken=OTk5' } : {};
            return Response.json({ value: [], ...next });
          },
        },
      },
      'https://graph.microsoft.com',
    );
    for await (const page of graph.users(signal)) expect(page).toEqual([]);
    expect(asked).toHaveLength(2);
    expect(asked[1]).toBe('https://graph.microsoft.com/v1.0/users?$skiptoken=OTk5');
  });
});

describe('chosen colleagues', () => {
  it('are found by address, by object id, by another address than they sign in with, and by full name', async () => {
    bench = await TeamsBench.start({
      more: (organisation) => {
        organisation.add({
          displayName: 'Mary Somerville',
          userPrincipalName: 'msom@harbour-works.example',
          mail: 'mary@harbour-works.example',
        });
        organisation.add({ displayName: 'Mary Anning' });
        organisation.add({ displayName: 'Mary Anning-Moore' });
        organisation.add({ displayName: 'Emmy Noether' });
      },
    });
    const emmy = bench.simulator.organisation.person('emmy.noether@harbour-works.example').id;
    bench.settings = { ...bench.settings, people: [ADA, emmy, 'mary@harbour-works.example', 'Mary Anning', ME] };
    expect(await names()).toEqual(['Ada Byron', 'Emmy Noether', 'Mary Somerville', 'Mary Anning']);
    expect(bench.calls()).not.toContain('users/$count');
  });

  it('who are nobody, or several, are left out without failing the others, and the notices name them', async () => {
    bench = await TeamsBench.start({
      more: (organisation) => {
        organisation.add({ displayName: 'Mary Anning' });
        organisation.add({ displayName: 'Mary Somerville' });
      },
    });
    bench.settings = { ...bench.settings, people: ['nobody@harbour-works.example', 'Mary', 'Nobody "At" All', ADA] };
    const connection = await bench.connect();
    expect(connection.notices).toEqual([]);
    const { people } = await bench.seat.list(connection);
    expect(people.map(({ displayName }) => displayName)).toEqual(['Ada Byron']);
    const [nobody, several, ...others] = connection.notices;
    expect(nobody).toContain('not shown: “nobody@harbour-works.example”, “Nobody "At" All”.');
    expect(several).toContain('more than one person is meant: “Mary”.');
    expect(others).toEqual([]);
    bench.simulator.organisation.add({ displayName: 'Nobody At All' });
    bench.simulator.organisation.remove('mary.anning@harbour-works.example');
    await bench.seat.list(connection);
    expect(connection.notices).toEqual([expect.stringContaining('not shown: “nobody@harbour-works.example”.')]);
  });

  it('of whom many are nobody are named in part', async () => {
    bench = await TeamsBench.start();
    bench.settings = {
      ...bench.settings,
      people: [ADA, '""', ...'bcdefg'.split('').map((name) => `${name}@gone.example`)],
    };
    const connection = await bench.signedIn();
    expect(connection.notices).toEqual([
      expect.stringMatching(/“""”, “b@gone\.example”, .*“e@gone\.example” and 2 more\./),
    ]);
  });
});

describe('looks', () => {
  it('take 650 people a call, and whoever Graph does not answer for is unknown', async () => {
    bench = await TeamsBench.start({
      more: (organisation) => {
        for (let index = 0; index < 700; index += 1) organisation.add({ displayName: `Person ${index}` });
      },
    });
    const connection = await bench.signedIn();
    const ids = bench.simulator.organisation.people().map(({ id }) => id);
    const missing = '00000000-0000-4000-8000-000000000000';
    await bench.seat.settled(
      connection.presence?.poll[0]?.poll([...ids, missing], bench.seat.signal) ?? Promise.resolve(),
    );
    expect(bench.calls().filter((name) => name === 'getPresencesByUserId')).toHaveLength(3);
    expect(bench.seat.latest(bench.ada)?.status).toBe('online');
    expect(bench.seat.latest(missing)).toMatchObject({ status: 'unknown', rawStatus: null });
  });

  it('bring the message, being out of office and the place of work', async () => {
    bench = await TeamsBench.start();
    const connection = await bench.signedIn();
    bench.simulator.organisation.change(ADA, (person) => {
      person.outOfOffice = { message: '<p>Back on <b>Monday</b></p>' };
      person.workLocation = 'remote';
    });
    await bench.look(connection);
    expect(bench.seat.latest(bench.ada)).toMatchObject({
      status: 'online',
      message: 'Back on Monday',
      activities: [
        { kind: 'other', detail: 'Out of office' },
        { kind: 'other', detail: 'Working remotely' },
      ],
    });
    bench.simulator.organisation.change(ADA, (person) => {
      person.outOfOffice = null;
      person.workLocation = 'unspecified';
    });
    bench.simulator.organisation.say(ADA, 'Here again');
    await bench.look(connection);
    expect(bench.seat.latest(bench.ada)).toMatchObject({ message: 'Here again', activities: [] });
  });
});

describe('photos', () => {
  it('come by object id, with the token to Graph alone, and are missing where there is none', async () => {
    bench = await TeamsBench.start();
    const connection = await bench.signedIn();
    const load = (key: string) =>
      bench.seat.settled(connection.avatars?.load(key, bench.seat.signal) ?? Promise.reject(new Error('no avatars')));
    expect(await load(bench.ada)).toMatchObject({ mediaType: 'image/png' });
    expect(await load('00000000-0000-4000-8000-000000000000')).toBeNull();
    const before = bench.simulator.calls.length;
    expect(await load('../me')).toBeNull();
    expect(bench.simulator.calls).toHaveLength(before);
  });
});

describe('a token that Graph refuses', () => {
  it('by a claims challenge ends the account with words about policies, once', async () => {
    bench = await TeamsBench.start();
    const connection = await bench.signedIn();
    bench.simulator.challenged.add(bench.secrets.accessToken ?? '');
    await expect(bench.look(connection)).rejects.toMatchObject({ code: 'token-revoked', retry: 'reauth' });
    expect(bench.seat.lost).toHaveLength(1);
    expect(bench.seat.lost[0]?.message).toContain('policy');
  });
});
