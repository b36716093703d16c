import { afterEach, describe, expect, it } from 'vitest';
import { createApi } from '../../src/api/create-api.ts';
import { MusterError } from '../../src/domain/errors.ts';
import type { IdentityReport } from '../../src/platforms/platform.ts';
import { FakePlatform } from '../services/support/fake-platform.ts';
import { signedIn, stopCores } from '../services/support/signed-in.ts';
import { quietLogger } from '../support/quiet-logger.ts';

afterEach(stopCores);

const person = (userId: string): IdentityReport => ({
  userId,
  displayName: userId.toUpperCase(),
  email: `${userId}@works.example`,
  avatarKey: 'canary-picture-key',
  timeZone: null,
  groups: [],
});

async function bench(slack = new FakePlatform({ directory: true })) {
  const { core, account, clock, muster, ...more } = await signedIn({ slack });
  const api = createApi({ muster, clock, logger: quietLogger() });
  const search = async (query: string, id = account.id, signal?: AbortSignal) => {
    const answer = await api.request(`/v1/accounts/${id}/directory${query}`, signal ? { signal } : {});
    return { status: answer.status, retryAfter: answer.headers.get('retry-after'), body: await answer.json() };
  };
  return { ...more, slack, clock, muster, account, search };
}

describe('searching an account’s directory over HTTP', () => {
  it('answers who can be added, and keeps nothing of it', async () => {
    const { slack, search, muster } = await bench();
    const asked: string[] = [];
    slack.search = async (query) => {
      asked.push(query);
      return [person('cara'), person('dan')];
    };
    expect(await search('?query=%20ca%20')).toMatchObject({
      status: 200,
      body: {
        items: [
          { userId: 'cara', displayName: 'CARA', email: 'cara@works.example' },
          { userId: 'dan', displayName: 'DAN', email: 'dan@works.example' },
        ],
      },
    });
    expect(asked).toEqual(['ca']);
    expect(JSON.stringify(await search('?query=ca'))).not.toContain('canary-picture-key');
    expect(muster.contacts.all().map(({ name }) => name)).toEqual(['ann', 'ben']);
    expect(JSON.stringify(muster.accounts.list())).not.toContain('cara');
  });

  it.each(['', '?query=', '?query=a', '?query=%20a%20', '?query=ab&limit=3', '?query=ab&query=cd', '?query=a%07b'])(
    'refuses %j as invalid, and asks nobody',
    async (query) => {
      const { slack, search } = await bench();
      slack.search = async () => expect.unreachable();
      expect(await search(query)).toMatchObject({ status: 422, body: { code: 'invalid' } });
    },
  );

  it('says that there is no such account, no directory, or no connection', async () => {
    const { search, slack, clock, account, muster } = await bench();
    expect(await search('?query=ab', 'a_nobody')).toMatchObject({ status: 404, body: { code: 'not-found' } });
    slack.failures.connect.push(new MusterError('platform-unreachable', 'Away.'));
    slack.live().report.lost(new MusterError('platform-unreachable', 'Gone.'));
    expect(await search('?query=ab')).toMatchObject({
      status: 409,
      body: { code: 'conflict', detail: expect.stringContaining('not connected') },
    });
    await clock.advance(60_000);
    expect((await search('?query=ab')).status).toBe(200);
    await muster.accounts.patch(account.id, { enabled: false });
    expect((await search('?query=ab')).status).toBe(409);

    const without = await bench(new FakePlatform());
    expect(await without.search('?query=ab')).toMatchObject({
      status: 409,
      body: { code: 'conflict', detail: expect.stringContaining('no directory') },
    });
  });

  it('never shows whoever is opted out, whatever the platform says, nor more than 25', async () => {
    const { slack, search, muster, person: contact } = await bench();
    muster.contacts.patch(contact('ann').id, { monitored: false });
    slack.search = async () => ['ann', 'ben', ...Array.from({ length: 40 }, (_, index) => `p${index}`)].map(person);
    const { body } = await search('?query=ab');
    expect(body.items).toHaveLength(25);
    expect(body.items[0]).toMatchObject({ userId: 'ben' });
  });

  it('passes a rate limit on, and asks no more until it is over: it counts for the whole account', async () => {
    const { slack, search, clock, account, muster } = await bench();
    let asked = 0;
    slack.search = async () => {
      asked += 1;
      throw new MusterError('rate-limited', 'Slow down.', { retryAfterMs: 30_000 });
    };
    for (const _again of [1, 2, 3, 4])
      expect(await search('?query=ab')).toMatchObject({ status: 429, retryAfter: '30' });
    expect(asked).toBe(1);
    await clock.advance(29_000);
    expect(await search('?query=ab')).toMatchObject({ status: 429, retryAfter: '1' });
    await clock.advance(1_000);
    slack.search = async () => [person('cara')];
    expect((await search('?query=ab')).status).toBe(200);
    expect(muster.accounts.get(account.id).state).toBe('connected');
  });

  it('leaves the account well when searches fail again and again', async () => {
    const { slack, search, account, muster } = await bench();
    slack.search = async () => {
      throw new MusterError('platform-unavailable', 'A problem of its own.');
    };
    for (const _again of [1, 2, 3, 4, 5])
      expect(await search('?query=ab')).toMatchObject({ status: 422, body: { code: 'platform-unreachable' } });
    expect(muster.accounts.get(account.id).state).toBe('connected');
  });

  it('asks for a new sign-in when the platform does not take the old one any more', async () => {
    const { slack, search, account, muster } = await bench();
    slack.search = async () => {
      throw new MusterError('missing-scope', 'The permission to read the directory is gone.');
    };
    expect(await search('?query=ab')).toMatchObject({ status: 422, body: { code: 'missing-scope' } });
    expect(muster.accounts.get(account.id).state).toBe('needs-sign-in');
  });

  it('gives up after 15 seconds, and ends with the account', async () => {
    const { slack, search, clock, account, muster } = await bench();
    const signals: AbortSignal[] = [];
    slack.search = (_query, signal) => {
      signals.push(signal);
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    };
    const late = search('?query=ab');
    await clock.advance(15_000);
    expect(await late).toMatchObject({ status: 422, body: { code: 'platform-unreachable' } });
    expect(signals[0]?.aborted).toBe(true);
    slack.search = async () => {
      throw new MusterError('cancelled', 'The account was closed.');
    };
    expect(await search('?query=ab')).toMatchObject({ status: 409 });
    expect(muster.accounts.get(account.id).state).toBe('connected');
  });

  it('stops asking when the caller does', async () => {
    const { slack, search, account } = await bench();
    const signals: AbortSignal[] = [];
    slack.search = (_query, signal) => {
      signals.push(signal);
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    };
    const caller = new AbortController();
    const asking = search('?query=ab', account.id, caller.signal).catch(() => null);
    await expect.poll(() => signals).toHaveLength(1);
    caller.abort();
    await asking;
    expect(signals[0]?.aborted).toBe(true);
  });
});

describe('an account with a directory', () => {
  it('tells what was not found once everybody is listed', async () => {
    const slack = new FakePlatform({ directory: true });
    const { named, clock } = await bench(slack);
    const before = named('account').length;
    const listed = slack.listed;
    slack.notices = () => (slack.listed > listed ? ['Nobody is called “Zed”.'] : []);
    slack.live().report.lost(new MusterError('platform-unreachable', 'Gone.'));
    await clock.advance(5_000);
    const told = named('account').slice(before);
    expect(told.at(-1)?.data).toMatchObject({ notices: ['Nobody is called “Zed”.'], sync: null });
  });
});
