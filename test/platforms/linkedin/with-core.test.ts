import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/infra/clock/system-clock.ts';
import { memoryStore } from '../../../src/infra/keychain/memory-store.ts';
import { LINKEDIN_CLIENT, startLinkedinSimulator } from '../../../src/simulator/linkedin/server.ts';
import { newHome, startCore, until } from '../../services/support/core.ts';
import { ADA } from './signed-in.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

describe('LinkedIn with the whole core', () => {
  it('is read once however often Muster is started, and gives no advice that would change nothing', async () => {
    const linkedin = await startLinkedinSimulator();
    closing.push(() => linkedin.close());
    linkedin.member.regulatedAt = Date.now() - 1_000;
    linkedin.member.act(ADA, 'messages');
    const readings = () => linkedin.calls.filter(({ name }) => name === 'memberChangeLogs').length;
    const checks = () => linkedin.calls.filter(({ name }) => name === 'memberAuthorizations').length;
    const place = { clock: systemClock, home: newHome(), secretStore: memoryStore() };
    const start = () => {
      const core = startCore(place);
      closing.push(core.stop);
      return core;
    };
    const first = start();
    const { id } = await first.muster.accounts.create({
      platform: 'linkedin',
      settings: { apiUrl: linkedin.apiUrl, authUrl: linkedin.authUrl, clientId: LINKEDIN_CLIENT.clientId },
      secrets: { accessToken: linkedin.issueToken() },
    });
    const seen = (core: typeof first) => core.muster.contacts.all().find(({ name }) => name === 'Ada Byron')?.lastSeen;
    await until('Ada’s message', () => seen(first));
    // The log is read as a whole: to be a favourite makes nobody seen sooner.
    expect(first.muster.healths.of(id).recommendations).toEqual([]);
    await first.stop();
    expect(readings()).toBe(1);

    const made = checks();
    const second = start();
    await until('the account again', () => second.muster.accounts.connection(id));
    // What is due would be under way by now, and answered before this is.
    await second.muster.accounts.connection(id)?.verify(AbortSignal.timeout(5_000));
    await second.muster.accounts.connection(id)?.verify(AbortSignal.timeout(5_000));
    expect(checks()).toBeGreaterThan(made);
    expect(seen(second)).toBe(seen(first));
    expect(readings()).toBe(1);
  });
});
