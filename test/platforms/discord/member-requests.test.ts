import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MemberRequests } from '../../../src/platforms/discord/member-requests.ts';
import { ADA, BEN, DiscordBench, HARBOUR } from './bench.ts';

const HOUR_MS = 3_600_000;

let bench: DiscordBench;
let requests: MemberRequests;
let nonces: string[];
let completed: string[][];
beforeEach(async () => {
  bench = new DiscordBench();
  await bench.start();
  nonces = [];
  completed = [];
  const send = async (_op: number, data: unknown): Promise<void> => {
    const nonce = /"nonce":"([^"]+)"/.exec(JSON.stringify(data))?.[1];
    nonces.push(nonce ?? '');
  };
  requests = new MemberRequests(
    bench.context(),
    { send },
    {
      chunk: () => {},
      completed: (_guildId, userIds) => void completed.push([...userIds].sort()),
    },
  );
  requests.wholeServer(HARBOUR);
  await bench.until('the request', () => nonces.length === 1);
});
afterEach(async () => {
  requests.forget();
  await bench.close();
});

function chunk(nonce: string | undefined, index: number, userId: string): void {
  const members = [{ user: { id: userId }, nick: null }];
  requests.chunk({ guild_id: HARBOUR, members, presences: [], chunk_index: index, chunk_count: 2, nonce });
}

describe('a request for members', () => {
  it('is complete when each chunk came, in whatever order and however often', () => {
    chunk(nonces[0], 1, BEN);
    chunk(nonces[0], 1, BEN);
    expect(completed).toEqual([]);
    chunk(nonces[0], 0, ADA);
    expect(completed).toEqual([[ADA, BEN]]);
  });

  it('that is made again is not completed by the rest of the first answer, whose people would then be missing', async () => {
    chunk(nonces[0], 0, ADA);
    await bench.until('the second request', () => nonces.length === 2, 1_000);
    chunk(nonces[0], 1, BEN);
    chunk(nonces[1], 0, ADA);
    expect(completed).toEqual([]);
    chunk(nonces[1], 1, BEN);
    expect(completed).toEqual([[ADA, BEN]]);
  });

  it('does not take whoever joins meanwhile for gone', () => {
    chunk(nonces[0], 0, ADA);
    requests.joined(HARBOUR, '100000000000000009');
    chunk(nonces[0], 1, BEN);
    expect(completed).toEqual([[ADA, BEN, '100000000000000009']]);
  });

  it('that has to wait for an hour is made again after it, once, and not by whoever lists meanwhile', async () => {
    requests.rateLimited({ opcode: 8, retry_after: 3_600, meta: { guild_id: HARBOUR, nonce: nonces[0] } });
    const until = bench.clock.now() + HOUR_MS;
    while (bench.clock.now() < until - 60_000) {
      await bench.clock.advance(30_000);
      requests.wholeServer(HARBOUR);
    }
    expect(nonces).toHaveLength(1);
    await bench.until('the next request', () => nonces.length > 1, 1_000);
    expect(bench.clock.now()).toBeGreaterThanOrEqual(until);
    expect(bench.clock.now() - until).toBeLessThan(30_000);
    chunk(nonces[1], 0, ADA);
    chunk(nonces[1], 1, BEN);
    expect(completed).toHaveLength(1);
  });
});
