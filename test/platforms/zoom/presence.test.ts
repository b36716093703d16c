import { afterEach, describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../../src/domain/time.ts';
import type { JsonValue } from '../../../src/platforms/json.ts';
import type { Connection } from '../../../src/platforms/platform.ts';
import { USER_SCOPES } from '../../../src/simulator/zoom/server.ts';
import { ADA, ME, refusal, ZoomBench } from './bench.ts';

let bench: ZoomBench;
afterEach(() => bench.close());

async function started(options: Parameters<typeof ZoomBench.start>[0] = {}): Promise<Connection> {
  bench = await ZoomBench.start(options);
  return bench.signedIn();
}

const ada = () => bench.seat.latest(ADA);
const IN_MEETING = [{ kind: 'in-a-meeting', detail: null }];

describe('looking at contacts', () => {
  it('asks by the contact route, the one that says offline, and no admin', async () => {
    const connection = await started();
    await bench.look(connection);
    expect(ada()).toMatchObject({ status: 'offline', rawStatus: 'Offline', source: 'poll', replayed: true });
    expect(bench.calls('contact')).toBe(1);
  });

  it('asks by the admin’s route about whom the contacts do not show, when it is granted', async () => {
    bench = await ZoomBench.start();
    const scopes = [...USER_SCOPES, 'user:read:presence_status:admin'];
    bench.secrets = { accessToken: bench.simulator.issueToken(ME, scopes).accessToken };
    const connection = await bench.signedIn();
    bench.simulator.account.user(ADA).isContact = false;
    bench.simulator.account.setPresence(ADA, 'meeting');
    await bench.look(connection);
    expect(ada()).toMatchObject({ status: 'busy', rawStatus: 'In_A_Zoom_Meeting', activities: IN_MEETING });
  });

  it('finds out once that the admin’s scope is missing, and goes on without', async () => {
    const connection = await started();
    bench.simulator.account.user(ADA).isContact = false;
    const before = bench.calls('presence');
    expect(await refusal(bench.look(connection))).toMatchObject({ code: 'not-found', params: { error: 1001 } });
    expect(bench.calls('presence')).toBe(before + 1);
    expect((await refusal(bench.look(connection))).code).toBe('not-found');
    expect(bench.calls('presence')).toBe(before + 1);
    expect(bench.seat.lost).toEqual([]);
  });

  it('tells the end of the sign-in, once, when a permission that is needed was taken away', async () => {
    const connection = await started();
    bench.simulator.faults.add({ kind: 'platform-error', error: '4711' }, { method: 'contact' });
    expect((await refusal(bench.look(connection))).code).toBe('missing-scope');
    await refusal(bench.look(connection));
    expect(bench.seat.lost).toMatchObject([{ code: 'missing-scope', retry: 'reauth' }]);
  });

  it('lists company and external contacts, each once, never oneself, and tells who is gone', async () => {
    bench = await ZoomBench.start({ externals: ['ext-1', 'ext-2'] });
    const connection = await bench.seat.connect(bench);
    const { people } = await bench.seat.list(connection);
    expect(people.map(({ userId }) => userId)).toEqual([ADA, 'ext-1', 'ext-2']);
    expect(people[0]).toMatchObject({ displayName: 'Ada Byron', email: 'Ada@harbour-works.example', groups: [] });
    bench.simulator.account.remove('ext-1');
    await bench.seat.list(connection);
    expect(bench.seat.removed).toEqual(['ext-1']);
  });

  it('waits for tomorrow when the day’s quota is used up', async () => {
    const connection = await started({ plan: 'free' });
    bench.simulator.limits.useUp('Medium', bench.seat.clock.now());
    const error = await refusal(bench.look(connection));
    expect(error).toMatchObject({ code: 'rate-limited', params: { daily: true, category: 'Medium' } });
    // It is 08:00 UTC.
    expect(Math.round((error.retryAfterMs ?? 0) / HOUR_MS)).toBe(16);
    expect(bench.seat.observations).toEqual([]);
  });
});

describe('events', () => {
  it('tell a presence by id or by address, and show that the channel is up', async () => {
    await started({ webhook: true });
    expect(bench.seat.channels).toEqual([]);
    await bench.happens((account) => account.setPresence(ADA, 'mobile'));
    expect(ada()).toMatchObject({
      status: 'online',
      rawStatus: 'Mobile_signed_in',
      source: 'webhook',
      replayed: false,
    });
    expect(bench.seat.channels).toEqual(['up']);
    const { account, webhooks } = bench.simulator;
    const byAddress = account.event('user.presence_status_updated', {
      email: 'ADA@harbour-works.example',
      presence_status: 'Busy',
    });
    await webhooks.deliver(JSON.stringify(byAddress));
    expect(ada()).toMatchObject({ userId: ADA, status: 'busy' });
    expect(bench.seat.channels).toEqual(['up']);
  });

  it('of strangers and of people who are opted out are dropped', async () => {
    await started({ webhook: true });
    bench.seat.optedOut.add(ADA);
    bench.simulator.account.addUser({ id: 'stranger', email: 'someone@else.example' });
    await bench.happens((account) => {
      account.setPresence(ADA, 'available');
      account.setPresence('stranger', 'available');
      account.join(account.startMeeting('stranger'), ADA);
    });
    expect(bench.simulator.webhooks.answers.every((status) => status === 200)).toBe(true);
    expect(bench.seat.observations).toEqual([]);
  });

  it('that come before the contacts are listed wait for that: what arrived over a restart is not lost', async () => {
    await started({ webhook: true });
    bench.simulator.account.addUser({ id: 'stranger', email: 'someone@else.example' });
    bench.simulator.account.user('stranger').isContact = false;
    bench.seat.observations.length = 0;
    const connection = await bench.seat.connect(bench);
    await bench.happens((account) => {
      account.setPresence(ADA, 'available');
      account.setPresence('stranger', 'available');
      account.join(account.startMeeting(ME), ADA);
    });
    expect(bench.seat.observations).toEqual([]);
    await bench.seat.list(connection);
    expect(ada()).toMatchObject({ status: 'busy', source: 'webhook', activities: IN_MEETING, replayed: true });
    expect(new Set(bench.seat.observations.map(({ userId }) => userId))).toEqual(new Set([ADA]));
    const told = bench.seat.observations.length;
    await bench.seat.list(connection);
    expect(bench.seat.observations).toHaveLength(told);
  });

  it('that come late never overwrite what was seen since', async () => {
    const connection = await started({ webhook: true });
    const { account, webhooks } = bench.simulator;
    const late = account.event('user.presence_status_updated', { id: ADA, presence_status: 'Available' });
    await bench.seat.clock.advance(MINUTE_MS);
    await bench.look(connection);
    await webhooks.deliver(JSON.stringify(late));
    expect(ada()).toMatchObject({ status: 'offline', source: 'poll' });
  });

  it('that come while a look is under way are newer than its answer', async () => {
    const connection = await started({ webhook: true });
    const undo = bench.simulator.faults.add({ kind: 'slow', delayMs: 150 }, { method: 'contact' });
    const looking = bench.look(connection);
    while (bench.calls('contact') === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    await bench.happens((account) => account.setPresence(ADA, 'available'));
    await looking;
    undo();
    expect(ada()).toMatchObject({ status: 'online', source: 'webhook' });
  });

  it('of meetings are an activity beside the status, whose time they leave alone', async () => {
    const connection = await started({ webhook: true });
    bench.simulator.account.setPresence(ADA, 'do-not-disturb');
    await bench.look(connection);
    const seenAt = ada()?.observedAt;
    await bench.seat.clock.advance(MINUTE_MS);
    let meeting = '';
    await bench.happens((account) => {
      meeting = account.startMeeting(ME);
      account.join(meeting, ADA);
    });
    expect(ada()).toMatchObject({ status: 'busy', doNotDisturb: true, activities: IN_MEETING, observedAt: seenAt });
    await bench.happens((account) => account.leave(meeting, ADA));
    expect(ada()).toMatchObject({ doNotDisturb: true, activities: [], observedAt: seenAt });
  });

  it('of a meeting’s start tell of its host, until they leave or it ends', async () => {
    const connection = await started({ webhook: true });
    const { account, webhooks } = bench.simulator;
    const tell = (event: string, object: object) =>
      webhooks.deliver(JSON.stringify(account.event(event, { uuid: 'm1', host_id: ADA, ...object })));
    account.setPresence(ADA, 'available');
    await webhooks.settled();
    await bench.look(connection);
    await tell('meeting.started', {});
    expect(ada()?.activities).toEqual(IN_MEETING);
    await tell('meeting.participant_left', { participant: { id: ADA, participant_uuid: 's1' } });
    expect(ada()?.activities).toEqual([]);
    // In it twice: leaving with one device is not leaving.
    await tell('meeting.participant_joined', { participant: { id: ADA, participant_uuid: 's1' } });
    await tell('meeting.participant_joined', { participant: { id: ADA, participant_uuid: 's2' } });
    await tell('meeting.participant_left', { participant: { id: ADA, participant_uuid: 's1' } });
    expect(ada()?.activities).toEqual(IN_MEETING);
    await tell('meeting.ended', {});
    expect(ada()?.activities).toEqual([]);
  });

  it('that were missed are not held against anybody: offline ends a meeting, and so do twelve hours', async () => {
    const connection = await started({ webhook: true });
    const { account, webhooks } = bench.simulator;
    const join = () => webhooks.deliver(JSON.stringify(account.event('meeting.started', { uuid: 'm1', host_id: ADA })));
    account.setPresence(ADA, 'available');
    await webhooks.settled();
    await join();
    expect(ada()?.activities).toEqual(IN_MEETING);
    await bench.seat.clock.advance(12 * HOUR_MS);
    await bench.look(connection);
    expect(ada()?.activities).toEqual([]);
    await join();
    await bench.happens(() => account.setPresence(ADA, 'offline'));
    await bench.happens(() => account.setPresence(ADA, 'available'));
    expect(ada()).toMatchObject({ status: 'online', activities: [] });
  });

  it('that stop coming can be asked for only in Zoom’s portal, which the account says', async () => {
    const connection = await started({ webhook: true });
    const error = await refusal(connection.presence?.resubscribe?.(bench.seat.signal) ?? Promise.resolve());
    expect(error).toMatchObject({
      code: 'unsupported',
      retry: 'never',
      message: expect.stringContaining('Marketplace'),
    });
    bench.secrets = { ...bench.secrets, webhookSecret: '' };
    expect((await bench.signedIn()).presence?.resubscribe).toBeUndefined();
  });

  it('that cannot be read by the time they are delivered are dropped', async () => {
    const connection = await started({ webhook: true });
    const payloads: readonly JsonValue[] = [null, 7, {}, { kind: 'presence' }];
    for (const payload of payloads) await connection.webhook?.deliver(payload);
    await connection.close();
    await connection.webhook?.deliver({ kind: 'presence', userId: ADA, email: null, native: 'Available', at: 1 });
    expect(bench.seat.observations).toEqual([]);
  });
});
