import { afterEach, describe, expect, it } from 'vitest';
import { MusterError } from '../../../src/domain/errors.ts';
import { FakePlatform } from '../support/fake-platform.ts';
import { signedIn, stopCores } from '../support/signed-in.ts';

afterEach(stopCores);

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const mine = { status: 'online', message: 'Mine', until: null, doNotDisturb: false } as const;
const down = (retryAfterMs: number) => new MusterError('platform-unreachable', 'Down.', { retryAfterMs });

/** An account that shows a status of ours, on a platform that takes one change in 64 s and needs the token for each. */
async function showing(slack = new FakePlatform()) {
  slack.writes = [{ calls: 1, seconds: 64 }];
  slack.writesWith = 'token';
  slack.own = mine;
  const bench = await signedIn({ slack });
  const { muster, clock, account } = bench;
  await muster.ownStatus.set({ status: 'busy', message: 'Focus' });
  expect(slack.own.message).toBe('Focus');
  /** Does what may take its time. */
  const done = async (command: Promise<unknown>) => {
    await clock.advance(6 * SECOND);
    await command;
  };
  return {
    ...bench,
    slack,
    remove: () => done(muster.accounts.delete(account.id)),
    switchOff: () => done(muster.accounts.patch(account.id, { enabled: false })),
    add: () => muster.accounts.create({ platform: 'slack', settings: {}, secrets: { token: 'canary-again' } }),
    signedOut: () =>
      muster.audit
        .list()
        .filter(({ event }) => event === 'signed-out')
        .map(({ detail }) => detail),
  };
}

describe('an account that is removed', () => {
  it('gives one’s own status back with secrets that are on no disk any more', async () => {
    const { clock, slack, remove, secretStore } = await showing();
    await clock.advance(2 * MINUTE);
    await remove();
    expect(slack.own).toEqual(mine);
    expect(await secretStore.names()).toEqual([]);
    expect(slack.connections).toBe(slack.closed);
  });

  it('is gone at once, and gives it back when the platform lets it', async () => {
    const { core, muster, clock, slack, account, remove, secretStore, named, signedOut } = await showing();
    await remove();
    expect(muster.accounts.list()).toEqual([]);
    expect(() => muster.accounts.get(account.id)).toThrow('no such account');
    expect(named('account').at(-1)?.data).toEqual({ id: account.id, removed: true });
    expect([core.database.accounts.all(), muster.contacts.all(), await secretStore.names()]).toEqual([[], [], []]);
    expect(core.database.journal.find(account.id, 'status')).toBeNull();
    expect(signedOut()).toEqual([expect.stringContaining('given back as soon as that is possible')]);
    expect(slack.own.message).toBe('Focus');
    await clock.advance(64 * SECOND);
    expect(slack.own).toEqual(mine);
    expect(slack.connections).toBe(slack.closed);
    expect(signedOut()).toHaveLength(1);
    expect([muster.accounts.list(), muster.contacts.all()]).toEqual([[], []]);
  });

  it('does so too when it was not connected, or loses the connection meanwhile', async () => {
    const { clock, muster, slack, remove } = await showing();
    slack.failures.connect.push(down(MINUTE), down(MINUTE));
    slack.live().report.lost(down(MINUTE));
    await clock.flush();
    await remove();
    expect(muster.accounts.list()).toEqual([]);
    await clock.advance(5 * MINUTE);
    expect(slack.own).toEqual(mine);
    expect(slack.connections).toBe(slack.closed);
    expect(muster.contacts.all()).toEqual([]);
  });

  it('says so when it cannot be given back', async () => {
    const { clock, slack, remove, signedOut } = await showing();
    await clock.advance(2 * MINUTE);
    slack.failures.apply.push(new MusterError('not-permitted', 'No.'));
    await remove();
    expect(signedOut()).toEqual([expect.stringContaining('change it in the platform’s own app')]);
    expect(slack.connections).toBe(slack.closed);
  });

  it('gives up when only signing in again would help', async () => {
    const { clock, slack, remove, signedOut } = await showing();
    await remove();
    slack.failures.connect.push(new MusterError('token-revoked', 'Revoked.'));
    slack.live().report.lost(down(SECOND));
    await clock.advance(3 * SECOND);
    expect(signedOut()[0]).toContain('could not be given back');
    expect(slack.connections).toBe(slack.closed);
    await clock.advance(MINUTE);
    expect(slack.own.message).toBe('Focus');
  });

  it('gives up after an hour and a half', async () => {
    const { clock, slack, remove, signedOut } = await showing();
    slack.live().report.lost(down(5 * SECOND));
    slack.slow = new Promise(() => undefined);
    await remove();
    await clock.advance(89 * MINUTE);
    expect(signedOut()).toHaveLength(1);
    await clock.advance(2 * MINUTE);
    expect(signedOut()).toEqual([
      expect.stringContaining('could not be given back'),
      expect.stringContaining('as soon as that is possible'),
    ]);
    expect(clock.pending).toBeLessThan(20);
  });

  it('hands over to the same user who is added again meanwhile', async () => {
    const { muster, clock, slack, account, remove, add } = await showing();
    await remove();
    const again = await add();
    expect(again.id).not.toBe(account.id);
    await clock.advance(2 * MINUTE);
    // The wish holds for all accounts, the new one too; what was there before the first is not forgotten.
    expect(slack.own.message).toBe('Focus');
    expect(slack.connections - slack.closed).toBe(1);
    const clearing = muster.ownStatus.clear();
    await clock.advance(66 * SECOND);
    await clearing;
    expect(slack.own).toEqual(mine);
  });

  it('is left as it is when Muster ends first', async () => {
    const { core, clock, slack, remove, signedOut } = await showing();
    await remove();
    const stopping = core.muster.stop();
    await clock.advance(SECOND);
    await stopping;
    expect(slack.connections).toBe(slack.closed);
    expect(signedOut()[0]).toContain('could not be given back');
    expect(clock.pending).toBe(0);
  });
});

describe('an account that is switched off', () => {
  it('says that it gives one’s own status back, and does when the platform lets it', async () => {
    const slack = new FakePlatform({ push: false });
    const { muster, clock, account, switchOff } = await showing(slack);
    await switchOff();
    expect(muster.accounts.get(account.id)).toMatchObject({
      state: 'disabled',
      stateReason: expect.stringContaining('given back as soon as'),
    });
    const looks = slack.polled.length;
    await clock.advance(64 * SECOND);
    expect(slack.own).toEqual(mine);
    expect(muster.accounts.get(account.id)).toMatchObject({ state: 'disabled', stateReason: null });
    expect(slack.connections).toBe(slack.closed);
    await clock.advance(10 * MINUTE);
    expect(slack.polled).toHaveLength(looks);
    expect(muster.contacts.all()).not.toEqual([]);
  });

  it('is as it was when it is switched on again meanwhile', async () => {
    const { muster, clock, slack, account, switchOff } = await showing();
    await switchOff();
    await muster.accounts.patch(account.id, { enabled: true });
    await clock.advance(2 * MINUTE);
    expect(slack.own.message).toBe('Focus');
    expect(slack.connections - slack.closed).toBe(1);
    expect(muster.accounts.get(account.id).state).toBe('connected');
    slack.push('ann', 'busy');
    await clock.advance(3 * SECOND);
    expect(muster.contacts.all().find(({ name }) => name === 'ann')?.status).toBe('busy');
  });

  it('can be removed meanwhile, and gives it back all the same', async () => {
    const { clock, slack, switchOff, remove } = await showing();
    await switchOff();
    await remove();
    await clock.advance(64 * SECOND);
    expect(slack.own).toEqual(mine);
    expect(slack.connections).toBe(slack.closed);
  });
});
