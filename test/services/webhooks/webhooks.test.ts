import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { MusterError } from '../../../src/domain/errors.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/domain/time.ts';
import type { RawDelivery } from '../../../src/platforms/webhook.ts';
import { signedIn, stopCores } from '../support/signed-in.ts';

afterEach(stopCores);

const TOKEN = 'canary-secret';

function delivery(id: string, options: { token?: string; text?: string } = {}): RawDelivery {
  const body = new TextEncoder().encode(options.text ?? JSON.stringify({ id }));
  const signature = createHmac('sha256', options.token ?? TOKEN)
    .update(body)
    .digest('hex');
  return { method: 'POST', query: new URLSearchParams(), headers: new Map([['x-signature', signature]]), body };
}

async function opened() {
  const bench = await signedIn();
  const { muster, account, clock } = bench;
  /** Sends, and lets the core work: commits and work are on the clock. */
  const send = async (sent: RawDelivery, accountId = account.id, platform = 'slack') => {
    const answering = muster.webhooks.receive(platform, accountId, sent);
    await clock.advance(10);
    return answering;
  };
  return { ...bench, send };
}

describe('a webhook delivery', () => {
  it('is kept, acknowledged, and given to the account', async () => {
    const { send, platform, core, account } = await opened();
    expect(await send(delivery('e1'))).toMatchObject({ kind: 'answer', status: 200 });
    expect(platform.delivered).toEqual([{ id: 'e1' }]);
    expect(core.database.webhooks.countWaiting(account.id)).toBe(0);
  });

  it('does nothing the second time, after a restart either', async () => {
    const { send, platform, core, restart, account, clock } = await opened();
    await send(delivery('e1'));
    expect(await send(delivery('e1'))).toMatchObject({ kind: 'answer', status: 200 });
    await core.stop();
    const { muster } = restart();
    await clock.advance(100);
    const again = muster.webhooks.receive('slack', account.id, delivery('e1'));
    await clock.advance(100);
    expect(await again).toMatchObject({ kind: 'answer' });
    expect(platform.delivered).toEqual([{ id: 'e1' }]);
  });

  it('that was acknowledged is worked off after a kill', async () => {
    const { muster, platform, account, clock, core, restart } = await opened();
    platform.deliveryFailures.push(new MusterError('platform-unreachable', 'Not now.'));
    const answering = muster.webhooks.receive('slack', account.id, delivery('e1'));
    await clock.advance(5);
    expect(await answering).toMatchObject({ kind: 'answer' });
    expect(platform.delivered).toEqual([]);
    await core.stop();
    restart();
    await clock.advance(1_000);
    expect(platform.delivered).toEqual([{ id: 'e1' }]);
  });

  it('waits for its turn when the account cannot take it now, and keeps the order', async () => {
    const { send, platform, clock } = await opened();
    platform.deliveryFailures.push(new MusterError('platform-unreachable', 'Not now.'));
    await send(delivery('e1'));
    await send(delivery('e2'));
    await clock.advance(MINUTE_MS);
    expect(platform.delivered).toEqual([{ id: 'e1' }, { id: 'e2' }]);
  });

  it('that can never be used does not hold up those behind it', async () => {
    const { send, platform } = await opened();
    platform.deliveryFailures.push(new MusterError('internal', 'Odd.'));
    await send(delivery('e1'));
    await send(delivery('e2'));
    expect(platform.delivered).toEqual([{ id: 'e2' }]);
  });

  it('is rejected when it is forged, altered or unsigned, and nothing of it is kept', async () => {
    const { send, platform, core, account } = await opened();
    expect(await send(delivery('e1', { token: 'guessed' }))).toEqual({ kind: 'rejected' });
    const altered = { ...delivery('e1'), body: new TextEncoder().encode('{"id":"e9"}') };
    expect(await send(altered)).toEqual({ kind: 'rejected' });
    expect(await send({ ...delivery('e1'), headers: new Map() })).toEqual({ kind: 'rejected' });
    expect(core.database.webhooks.countWaiting(account.id)).toBe(0);
    expect(platform.delivered).toEqual([]);
  });

  it('of any size beyond the platform’s is refused unread', async () => {
    const { send } = await opened();
    expect(await send(delivery('e1', { text: JSON.stringify({ id: 'e1', fill: 'x'.repeat(10_000) }) }))).toEqual({
      kind: 'too-large',
    });
  });

  it('for an account that is not there, of another platform, or switched off is unknown', async () => {
    const { send, muster, account } = await opened();
    expect(await send(delivery('e1'), 'a_nobody')).toEqual({ kind: 'unknown' });
    expect(await send(delivery('e1'), account.id, 'xmpp')).toEqual({ kind: 'unknown' });
    await muster.accounts.patch(account.id, { enabled: false });
    expect(await send(delivery('e1'))).toEqual({ kind: 'unknown' });
  });

  it('that makes the receiver stumble is asked for again, not lost', async () => {
    const { send } = await opened();
    expect(await send(delivery('e1', { text: 'no json' }))).toEqual({ kind: 'busy', retryAfterSeconds: 5 });
  });

  it('rejected more than 300 times in an hour is told to wait, while authentic ones still come in', async () => {
    const { muster, send, account, clock, platform } = await opened();
    for (let count = 0; count < 300; count += 1) {
      expect(await muster.webhooks.receive('slack', account.id, delivery('e', { token: 'no' }))).toEqual({
        kind: 'rejected',
      });
    }
    const refused = await muster.webhooks.receive('slack', account.id, delivery('e', { token: 'no' }));
    expect(refused).toMatchObject({ kind: 'too-many' });
    expect('retryAfterSeconds' in refused && refused.retryAfterSeconds).toBeGreaterThan(3_000);
    expect(await send(delivery('good'))).toMatchObject({ kind: 'answer' });
    expect(platform.delivered).toEqual([{ id: 'good' }]);
    await clock.advance(HOUR_MS);
    expect(await muster.webhooks.receive('slack', account.id, delivery('e', { token: 'no' }))).toEqual({
      kind: 'rejected',
    });
  });

  it('that is a handshake with the wrong token is counted too, so that nobody can go on guessing', async () => {
    const { muster, account, platform } = await opened();
    const verdict = { kind: 'handshake', contentType: 'text/plain', body: '' } as const;
    const receive = vi.spyOn(platform.webhook, 'receive').mockResolvedValue({ ...verdict, status: 403 });
    const ask = () => muster.webhooks.receive('slack', account.id, { ...delivery('e'), method: 'GET' });
    for (let count = 0; count < 300; count += 1) expect(await ask()).toMatchObject({ kind: 'answer', status: 403 });
    expect(await ask()).toMatchObject({ kind: 'too-many' });
    expect(muster.audit.list().filter(({ event }) => event === 'webhook-rejected')).toHaveLength(1);
    receive.mockResolvedValue({ ...verdict, status: 200 });
    expect(await ask()).toMatchObject({ kind: 'answer', status: 200 });
  });

  it('waits for its account for a week, and is then forgotten with its id', async () => {
    const { muster, platform, account, clock, core } = await opened();
    platform.live().report.lost(new MusterError('token-revoked', 'Somebody has to sign in.'));
    await clock.advance(10);
    const answering = muster.webhooks.receive('slack', account.id, delivery('e1'));
    await clock.advance(10);
    await answering;
    expect(core.database.webhooks.countWaiting(account.id)).toBe(1);
    await clock.advance(7 * DAY_MS - 2 * HOUR_MS);
    expect(core.database.webhooks.countWaiting(account.id)).toBe(1);
    expect(platform.delivered).toEqual([]);
    await clock.advance(4 * HOUR_MS);
    expect(core.database.webhooks.countWaiting(account.id)).toBe(0);
    expect(
      core.database.webhooks.keep([{ accountId: account.id, eventId: 'e1', payload: 1, receivedAt: clock.now() }]),
    ).toBe(1);
  });

  it('goes with its account', async () => {
    const { send, muster, core, account, clock } = await opened();
    await send(delivery('e1'));
    await muster.accounts.delete(account.id);
    expect(() =>
      core.database.webhooks.keep([{ accountId: account.id, eventId: 'e2', payload: 1, receivedAt: clock.now() }]),
    ).toThrow();
    expect(await muster.webhooks.receive('slack', account.id, delivery('e3'))).toEqual({ kind: 'unknown' });
  });
});
