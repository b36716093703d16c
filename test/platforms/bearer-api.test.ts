import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type ErrorCode, MusterError } from '../../src/domain/errors.ts';
import { type ApiCall, BearerApi } from '../../src/platforms/bearer-api.ts';
import { SlidingBudget } from '../../src/services/polling/sliding-budget.ts';
import { FakeClock } from '../support/fake-clock.ts';

const BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  401: 'token-expired',
  403: 'missing-scope',
  500: 'platform-unavailable',
};

/** An API that answers by token; tokens in the order in which the core has them. */
function bench(
  answers: Readonly<Record<string, { status: number; body?: string } | MusterError>>,
  tokens: (string | MusterError)[],
) {
  const clock = new FakeClock();
  const asked: string[] = [];
  const refused: string[] = [];
  const ended: ErrorCode[] = [];
  const budget = new SlidingBudget('calls', 50, clock);
  const closing = new AbortController();
  const api = new BearerApi({
    platform: 'Quill',
    context: {
      clock,
      signal: closing.signal,
      budget: () => budget,
      http: {
        async fetch(_url, init) {
          const token = new Headers(init?.headers).get('authorization')?.slice('Bearer '.length) ?? '';
          asked.push(token);
          const answer = answers[token];
          if (answer === undefined) return new Promise<Response>(() => undefined);
          if (answer instanceof MusterError) throw answer;
          return new Response(answer.body ?? '{"fine":true}', { status: answer.status });
        },
      },
    },
    tokens: {
      async current() {
        const [first] = tokens;
        if (first === undefined) throw new MusterError('credentials-refused', 'There is none.');
        if (first instanceof MusterError) throw first;
        return first;
      },
      refused(token) {
        refused.push(token);
        if (tokens[0] === token) tokens.shift();
      },
    },
    refusal: ({ status }) => new MusterError(BY_STATUS[status] ?? 'protocol-error', 'No.', { params: { status } }),
  });
  api.onEnded = (error) => ended.push(error.code);
  const call = (more: Partial<ApiCall<{ fine: boolean }>> = {}) =>
    api.call({
      name: 'a call',
      verb: 'GET',
      url: new URL('https://quill.example/'),
      schema: z.object({ fine: z.boolean() }),
      budget: { name: 'calls', limits: 50 },
      ...more,
    });
  return { api, call, asked, refused, ended, budget, closing };
}

describe('a call with a bearer token', () => {
  it('is made once, and takes one place', async () => {
    const { call, asked, budget } = bench({ one: { status: 200 } }, ['one']);
    expect(await call()).toEqual({ fine: true });
    expect(asked).toEqual(['one']);
    expect(budget.used()).toBe(1);
  });

  it('is made once more with another token, which takes another place', async () => {
    const { call, asked, refused, ended, budget } = bench({ old: { status: 401 }, fresh: { status: 200 } }, [
      'old',
      'fresh',
    ]);
    expect(await call()).toEqual({ fine: true });
    expect({ asked, refused, ended }).toEqual({ asked: ['old', 'fresh'], refused: ['old'], ended: [] });
    expect(budget.used()).toBe(2);
  });

  it('ends the connection, once, when the second token is refused too', async () => {
    const { call, ended, asked } = bench({ old: { status: 401 }, fresh: { status: 401 } }, ['old', 'fresh']);
    await expect(call()).rejects.toMatchObject({ code: 'token-expired' });
    await expect(call()).rejects.toMatchObject({ retry: 'reauth' });
    expect(ended).toEqual(['token-expired']);
    expect(asked).toEqual(['old', 'fresh', 'fresh']);
  });

  it('gives the platform’s own reason when there is no other token', async () => {
    const { call, ended } = bench({ old: { status: 401 } }, ['old']);
    await expect(call()).rejects.toMatchObject({ code: 'token-expired' });
    expect(ended).toEqual(['token-expired']);
  });

  it('waits, and ends nothing, when another token can only be had later', async () => {
    const later = new MusterError('platform-unreachable', 'Not now.');
    const { call, ended } = bench({ old: { status: 401 } }, ['old', later]);
    await expect(call()).rejects.toMatchObject({ code: 'platform-unreachable', retry: 'later' });
    expect(ended).toEqual([]);
  });

  it('tries no other token when a permission is missing, since none would have it', async () => {
    const { call, asked, ended } = bench({ one: { status: 403 } }, ['one', 'two']);
    await expect(call()).rejects.toMatchObject({ code: 'missing-scope' });
    expect({ asked, ended }).toEqual({ asked: ['one'], ended: ['missing-scope'] });
  });

  it('costs neither token nor connection when it is optional', async () => {
    const { call, refused, ended } = bench({ one: { status: 401 } }, ['one']);
    await expect(call({ optional: true })).rejects.toMatchObject({ code: 'token-expired' });
    expect({ refused, ended }).toEqual({ refused: [], ended: [] });
  });

  it('names the platform when the network fails, and keeps what is known of it', async () => {
    const { call } = bench({ one: new MusterError('timeout', 'The other side did not answer.') }, ['one']);
    await expect(call()).rejects.toMatchObject({
      code: 'timeout',
      retry: 'later',
      message: expect.stringContaining('Quill'),
      params: { method: 'a call' },
    });
  });

  it.each(['[1', '<html>', '{"fine":"yes"}', ''])('cannot read %j', async (body) => {
    const { call } = bench({ one: { status: 200, body } }, ['one']);
    await expect(call()).rejects.toMatchObject({ code: 'protocol-error', retry: 'later' });
  });

  it('is not made any more once it was closed', async () => {
    const { api, call, asked, ended } = bench({ one: { status: 200 } }, ['one']);
    api.close();
    await expect(call()).rejects.toMatchObject({ code: 'cancelled' });
    expect({ asked, ended }).toEqual({ asked: [], ended: [] });
  });
});
