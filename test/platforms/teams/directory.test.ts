import { afterEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../../src/platforms/platform.ts';
import { directoryOf } from '../../../src/platforms/teams/directory.ts';
import { Graph } from '../../../src/platforms/teams/graph.ts';
import { SlidingBudget } from '../../../src/services/polling/sliding-budget.ts';
import type { Organisation } from '../../../src/simulator/teams/organisation.ts';
import { ADA, TeamsBench } from './bench.ts';

let bench: TeamsBench;
afterEach(() => bench.close());

const withMarys = (organisation: Organisation): void => {
  organisation.add({ displayName: 'Mary Anning' });
  organisation.add({ displayName: 'Mary Somerville', mail: 'somerville@harbour-works.example' });
  organisation.add({
    displayName: 'Mary Visitor',
    mail: 'mary@other.example',
    userPrincipalName: 'mary_other.example#EXT#@harbour-works.example',
  });
};

const search = (connection: Connection, query: string, signal = bench.seat.signal) =>
  bench.seat.settled(connection.directory?.search(query, signal) ?? Promise.reject(new Error('no directory')));
const found = async (connection: Connection, query: string) =>
  (await search(connection, query)).map(({ displayName }) => displayName);

describe('searching the directory of Teams', () => {
  it('finds by the beginning of any word of a name, and by address, whoever can be added', async () => {
    bench = await TeamsBench.start({ more: withMarys });
    const connection = await bench.connect();
    expect(await found(connection, 'mar')).toEqual(['Mary Anning', 'Mary Somerville']);
    expect(await found(connection, 'ANNING')).toEqual(['Mary Anning']);
    expect(await search(connection, 'somerville@harbour-works.example')).toMatchObject([
      { displayName: 'Mary Somerville', email: 'somerville@harbour-works.example' },
    ]);
    expect(await found(connection, 'nobody')).toEqual([]);
  });

  it('never shows oneself, or whoever is opted out', async () => {
    bench = await TeamsBench.start();
    const connection = await bench.connect();
    expect(await found(connection, 'grace')).toEqual([]);
    expect(await found(connection, 'ada')).toEqual(['Ada Byron']);
    bench.seat.optedOut.add(bench.ada);
    expect(await found(connection, 'ada')).toEqual([]);
  });

  it('brings 25 people at most, by one call', async () => {
    bench = await TeamsBench.start({
      more: (organisation) => {
        for (let index = 0; index < 60; index += 1) organisation.add({ displayName: `Double ${index}` });
      },
    });
    const connection = await bench.connect();
    const before = bench.simulator.calls.length;
    expect(await search(connection, 'double')).toHaveLength(25);
    expect(bench.simulator.calls).toHaveLength(before + 1);
  });

  it.each(['"" OR "mail:', '\\"', '..', '&$filter=x'])('takes %s for words, not for syntax', async (query) => {
    bench = await TeamsBench.start();
    expect(await found(await bench.connect(), query)).toEqual([]);
    expect(bench.simulator.calls.every(({ status }) => status === 200)).toBe(true);
  });

  it('reports nobody, and leaves the roster as it is', async () => {
    bench = await TeamsBench.start({ more: withMarys });
    bench.settings = { ...bench.settings, people: [ADA] };
    const connection = await bench.signedIn();
    await search(connection, 'mary');
    expect(bench.seat.removed).toEqual([]);
    expect((await bench.seat.list(connection)).people).toHaveLength(1);
    expect(connection.notices).toEqual([]);
  });

  it('takes its place in the budget of the directory, before what nobody waits for', async () => {
    bench = await TeamsBench.start();
    const { clock, signal } = bench.seat;
    const taken: unknown[] = [];
    const graph = new Graph(
      {
        clock,
        signal,
        tokens: { current: async () => 'a-token', refused: () => {} },
        budget: (name, limits) =>
          Object.assign(new SlidingBudget(name, limits, clock), {
            take: async (_signal: AbortSignal, urgent: boolean) => void taken.push({ name, limits, urgent }),
          }),
        http: { fetch: async () => Response.json({ value: [] }) },
      },
      'https://graph.microsoft.com',
    );
    await directoryOf({ isOptedOut: () => false }, graph, 'me').search('ada', signal);
    expect(taken).toEqual([{ name: 'directory', limits: [{ calls: 100, seconds: 10 }], urgent: true }]);
  });

  it('ends with the platform’s refusal, and when nobody waits any more', async () => {
    bench = await TeamsBench.start();
    const connection = await bench.connect();
    bench.simulator.faults.add({ kind: 'rate-limited', retryAfterSeconds: 40 }, { method: 'users' });
    await expect(search(connection, 'ada')).rejects.toMatchObject({ code: 'rate-limited', retryAfterMs: 40_000 });
    const gone = new AbortController();
    gone.abort();
    await expect(search(connection, 'ada', gone.signal)).rejects.toMatchObject({ code: 'cancelled' });
    expect(bench.seat.lost).toEqual([]);
  });
});
