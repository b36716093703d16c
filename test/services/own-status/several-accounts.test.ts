import { afterEach, describe, expect, it } from 'vitest';
import { MusterError } from '../../../src/domain/errors.ts';
import { FakePlatform } from '../support/fake-platform.ts';
import { signedIn, stopCores } from '../support/signed-in.ts';

afterEach(stopCores);

const MINUTE = 60_000;

async function both(xmpp = new FakePlatform({ platform: 'xmpp' })) {
  const bench = await signedIn({ xmpp });
  const [slackId = '', xmppId = ''] = bench.muster.accounts.ids();
  const outcomes = () => bench.muster.ownStatus.view().results.map((result) => `${result.platform}:${result.outcome}`);
  return { ...bench, xmpp, slackId, xmppId, outcomes };
}

describe('my own status on several accounts', () => {
  it('answers within 2 s though one hangs; that one is pending and ends by an event', async () => {
    const { muster, clock, xmpp, named } = await both();
    let go: () => void = () => undefined;
    xmpp.stall = new Promise((resolve) => {
      go = resolve;
    });
    let answer: Awaited<ReturnType<typeof muster.ownStatus.set>> | null = null;
    void muster.ownStatus.set({ status: 'busy', message: 'Focus' }).then((given) => {
      answer = given;
    });
    await clock.advance(1_999);
    expect(answer).toMatchObject({
      results: [
        { platform: 'slack', outcome: 'applied' },
        { platform: 'xmpp', outcome: 'pending' },
      ],
    });
    const before = named('me').length;
    go();
    await clock.flush();
    expect(
      named('me')
        .slice(before)
        .map((event) => event.data),
    ).toMatchObject([{ results: [{ outcome: 'applied' }, { outcome: 'applied' }] }]);
  });

  it('never takes what became of an earlier wish for the answer to a later one', async () => {
    const { muster, clock, xmpp, outcomes } = await both();
    const first = Promise.withResolvers<void>();
    xmpp.stall = first.promise;
    void muster.ownStatus.set({ status: 'busy', message: 'First' });
    await clock.advance(10);
    void muster.ownStatus.set({ status: 'away', message: 'Second' });
    const second = Promise.withResolvers<void>();
    xmpp.stall = second.promise;
    first.resolve();
    await clock.flush();
    expect(outcomes()).toEqual(['slack:applied', 'xmpp:pending']);
    const cleared = muster.ownStatus.clear();
    xmpp.stall = new Promise(() => undefined);
    second.resolve();
    await clock.advance(2_000);
    expect((await cleared).results.map(({ platform, outcome }) => `${platform}:${outcome}`)).toEqual([
      'xmpp:pending',
      'slack:applied',
    ]);
  });

  it('has nothing to give back where nothing could be set', async () => {
    const { muster } = await both(new FakePlatform({ platform: 'xmpp', ownStatus: false }));
    await muster.ownStatus.set({ status: 'busy', message: 'Focus' });
    expect((await muster.ownStatus.clear()).results).toMatchObject([{ platform: 'slack', outcome: 'applied' }]);
  });

  it('gives a platform that never answers up after 75 s, says so, and tries again', async () => {
    const { muster, clock, xmpp, outcomes } = await both();
    xmpp.stall = new Promise(() => undefined);
    const setting = muster.ownStatus.set({ status: 'busy', message: 'Focus' });
    await clock.advance(75_100);
    await setting;
    expect(outcomes()).toEqual(['slack:applied', 'xmpp:failed']);
    xmpp.stall = null;
    await clock.advance(5_000);
    expect(outcomes()).toEqual(['slack:applied', 'xmpp:applied']);
  });

  it('says in a sentence what a platform can only do in part, also after a restart, and what it cannot do at all', async () => {
    const xmpp = new FakePlatform({ platform: 'xmpp', ownStatus: false });
    const { core, muster, clock, platform, restart } = await both(xmpp);
    platform.shows = { outcome: 'partial', detail: 'Slack shows no emoji like that.', expiresBy: 'platform' };
    const expected = [
      { outcome: 'partial', detail: 'Slack shows no emoji like that.' },
      { outcome: 'unsupported', detail: expect.stringContaining('no way to set a status'), observed: null },
    ];
    expect((await muster.ownStatus.set({ status: 'busy', message: 'Focus' })).results).toMatchObject(expected);
    await core.stop();
    const second = restart();
    await clock.advance(1_000);
    expect(second.muster.ownStatus.view().results).toMatchObject(expected);
  });

  it('keeps a failure of one away from the other, and does not repeat what cannot help', async () => {
    const { muster, clock, xmpp, outcomes } = await both();
    xmpp.failures.apply.push(new MusterError('missing-scope', 'The permission users:write is missing.'));
    const { results } = await muster.ownStatus.set({ status: 'busy' });
    expect(results).toMatchObject([
      { outcome: 'applied' },
      { outcome: 'failed', detail: 'The permission users:write is missing.' },
    ]);
    await clock.advance(10 * MINUTE);
    expect(xmpp.applied).toBe(0);
    await muster.ownStatus.set({ status: 'away' });
    expect(outcomes()).toEqual(['slack:applied', 'xmpp:applied']);
  });

  it('is set on the named accounts alone, beside what holds for all', async () => {
    const { muster, platform, xmpp, xmppId, clock } = await both();
    xmpp.own = { status: 'online', message: 'Mine', until: null, doNotDisturb: false };
    await muster.ownStatus.set({ status: 'away', message: 'One', accounts: [xmppId] });
    expect([platform.own.message, xmpp.own.message]).toEqual([null, 'One']);
    expect(muster.ownStatus.view().results.map((result) => result.accountId)).toEqual([xmppId]);
    await muster.ownStatus.set({ status: 'busy', message: 'All' });
    expect([platform.own.message, xmpp.own.message]).toEqual(['All', 'All']);
    await muster.ownStatus.set({ status: 'away', message: 'Two', forSeconds: 60, accounts: [xmppId] });
    expect([platform.own.message, xmpp.own.message]).toEqual(['All', 'Two']);
    await clock.advance(61_000);
    expect([platform.own.message, xmpp.own.message]).toEqual(['All', 'All']);
    await muster.ownStatus.clear();
    expect(xmpp.own.message).toBe('Mine');
  });

  it('waits for an account that is offline and sets it when it is back; so it gives back', async () => {
    const { muster, clock, platform, xmpp, outcomes } = await both();
    xmpp.own = { status: 'online', message: 'Mine', until: null, doNotDisturb: false };
    const fall = async () => {
      xmpp.failures.connect.push(new MusterError('platform-unreachable', 'Down.', { retryAfterMs: MINUTE }));
      xmpp.live().report.lost(new MusterError('platform-unreachable', 'Down.', { retryAfterMs: MINUTE }));
      await clock.flush();
    };
    await fall();
    expect((await muster.ownStatus.set({ status: 'busy', message: 'Focus' })).results).toMatchObject([
      { outcome: 'applied' },
      { outcome: 'pending', detail: expect.stringContaining('as soon as the account is back') },
    ]);
    await clock.advance(3 * MINUTE);
    expect(outcomes()).toEqual(['slack:applied', 'xmpp:applied']);
    await fall();
    const cleared = await muster.ownStatus.clear();
    expect(platform.own.message).toBeNull();
    expect(cleared).toMatchObject({
      intent: null,
      results: expect.arrayContaining([
        expect.objectContaining({ outcome: 'pending', detail: expect.stringContaining('comes back with the account') }),
      ]),
    });
    expect(outcomes()).toEqual(['xmpp:pending']);
    await clock.advance(3 * MINUTE);
    expect(xmpp.own).toMatchObject({ status: 'online', message: 'Mine' });
    expect(outcomes()).toEqual([]);
  });

  it('shows what the accounts read for me while I wish nothing, but not what a lost one said', async () => {
    const { muster, clock, platform, xmpp } = await both();
    platform.own = { status: 'away', message: null, until: null, doNotDisturb: false };
    xmpp.own = { status: 'online', message: null, until: null, doNotDisturb: false };
    await clock.advance(6 * MINUTE);
    expect(muster.ownStatus.view().status).toBe('online');
    xmpp.live().report.lost(new MusterError('token-revoked', 'Revoked.'));
    expect(muster.ownStatus.view().status).toBe('away');
  });

  it('is news only when it changes, not each time it is read', async () => {
    const { muster, clock, named, platform } = await both();
    await muster.ownStatus.set({ status: 'busy', message: 'Focus' });
    await clock.advance(MINUTE);
    const before = named('me').length;
    await clock.advance(10 * MINUTE);
    expect(named('me')).toHaveLength(before);
    platform.own = { status: 'online', message: 'Free', until: null, doNotDisturb: false };
    platform.live().report.ownChanged();
    await clock.advance(1_000);
    expect(
      named('me')
        .slice(before)
        .map((event) => event.data),
    ).toMatchObject([{ results: [{ outcome: 'overridden' }, { outcome: 'applied' }] }]);
  });

  it('is given back by an account that is switched off, and set again when it is switched on', async () => {
    const { muster, clock, xmpp, xmppId, outcomes } = await both();
    const setting = muster.ownStatus.set({ status: 'busy', message: 'Focus' });
    await clock.advance(10);
    await setting;
    expect(xmpp.own).toMatchObject({ status: 'busy', message: 'Focus' });
    const off = muster.accounts.patch(xmppId, { enabled: false });
    await clock.advance(100);
    await off;
    expect(xmpp.own).toMatchObject({ status: 'online', message: null });
    expect(outcomes()).toEqual(['slack:applied']);
    const on = muster.accounts.patch(xmppId, { enabled: true });
    await clock.advance(1_000);
    await on;
    expect(xmpp.own).toMatchObject({ status: 'busy', message: 'Focus' });
  });
});
