import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAccountNews } from '../../../renderer/host/account-news.ts';
import { account } from '../support/team.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const start = () => {
  const said: string[] = [];
  const news = createAccountNews(({ kind, account: { label } }) => said.push(`${label} ${kind}`));
  return { said, news };
};
const out = account({ state: 'needs-sign-in', stateReason: 'The token was revoked.' });

describe('what is told about an account', () => {
  it('is once that it needs a person, and once that it is back', () => {
    const { said, news } = start();
    news.follow(account());
    for (let again = 0; again < 3; again += 1) {
      news.follow(out);
      vi.advanceTimersByTime(6_000);
    }
    expect(said).toEqual(['Acme needs-you']);
    news.follow(account({ state: 'connecting' }));
    expect(said).toEqual(['Acme needs-you']);
    news.follow(account());
    news.follow(account());
    expect(said).toEqual(['Acme needs-you', 'Acme back']);
  });

  it('is nothing where it heals by itself, or within a moment', () => {
    const { said, news } = start();
    news.follow(account({ state: 'offline', retryAt: '2026-03-02T12:00:00.000Z' }));
    news.follow(account({ state: 'degraded' }));
    news.follow(out);
    vi.advanceTimersByTime(4_000);
    news.follow(account());
    vi.advanceTimersByTime(60_000);
    expect(said).toEqual([]);
  });

  it('is nothing about one that was removed or switched off', () => {
    const { said, news } = start();
    news.follow(out);
    news.forget(out.id);
    vi.advanceTimersByTime(10_000);
    expect(said).toEqual([]);
    news.follow(out);
    vi.advanceTimersByTime(10_000);
    news.follow(account({ state: 'disabled' }));
    expect(said).toEqual(['Acme needs-you']);
  });
});
