import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../../../src/domain/time.ts';
import type { Connection } from '../../../src/platforms/platform.ts';
import { ADA, EMMY, linkedinSeat } from './signed-in.ts';

describe('the member’s change log', () => {
  let at: Awaited<ReturnType<typeof linkedinSeat>>;
  let connection: Connection;
  beforeEach(async () => {
    at = await linkedinSeat();
    connection = await at.connect();
  });
  afterEach(() => at.close());
  const now = () => at.seat.clock.now();
  const queries = () =>
    at.simulator.calls.filter(({ name }) => name === 'memberChangeLogs').map(({ query }) => new URLSearchParams(query));

  it('tells when a colleague last did something that reached the member, and never a status or news', async () => {
    const sent = now();
    at.simulator.member.act(ADA, 'messages');
    await at.seat.clock.advance(20 * MINUTE_MS);
    expect(await at.look(connection)).toMatchObject([
      {
        userId: ADA.id,
        status: 'unknown',
        rawStatus: 'messages CREATE',
        lastSeen: sent,
        observedAt: now(),
        replayed: true,
        source: 'poll',
        message: null,
      },
    ]);
  });

  it('takes nothing from the member’s own doings, from companies and from what failed', async () => {
    const { member } = at.simulator;
    member.act(member.person, 'messages');
    member.act('urn:li:organization:1337', 'messages');
    member.act('urn:li:person:', 'messages');
    member.act(ADA, 'invitations', { status: 'FAILURE' });
    expect(await at.look(connection)).toEqual([]);
  });

  it('keeps the latest, whatever order things are processed in', async () => {
    const { member } = at.simulator;
    const begun = now();
    await at.seat.clock.advance(60 * MINUTE_MS);
    member.act(ADA, 'messages', { at: begun + 30 * MINUTE_MS });
    member.act(ADA, 'invitations', { at: begun + 10 * MINUTE_MS, delayMs: 40 * MINUTE_MS });
    expect(await at.look(connection)).toMatchObject([
      { lastSeen: begun + 30 * MINUTE_MS, rawStatus: 'messages CREATE' },
    ]);
  });

  it('goes on from the greatest time of processing, with nothing twice and nothing lost', async () => {
    const { member } = at.simulator;
    for (let minute = 0; minute < 3; minute += 1) {
      member.act(ADA, 'messages');
      member.act(EMMY, 'messages');
      expect(await at.look(connection)).toHaveLength(2);
      await at.seat.clock.advance(MINUTE_MS);
    }
    const times = queries().map((query) => query.get('startTime'));
    expect(times[0]).toBe(null);
    expect(times.slice(1).map(Number)).toEqual([now() - 3 * MINUTE_MS, now() - 2 * MINUTE_MS]);
    // Processed in the same millisecond as what was read last.
    member.act({ id: 'late', firstName: 'Late', lastName: 'Comer' }, 'messages', { at: now() - MINUTE_MS });
    const seen = await at.look(connection);
    expect(seen.map(({ userId }) => userId)).toContain('late');
  });

  it('goes on after a restart, and still knows who was seen when', async () => {
    const sent = now();
    at.simulator.member.act(ADA, 'messages');
    await at.look(connection);
    await connection.close();
    await at.seat.clock.advance(40 * DAY_MS);
    connection = await at.connect();
    expect(await at.look(connection)).toMatchObject([{ userId: ADA.id, lastSeen: sent }]);
    expect(Number(queries().at(-1)?.get('startTime'))).toBe(sent);
  });

  it('pages through a busy month, a thousand events at a time, and loses its place never', async () => {
    const { member } = at.simulator;
    for (let index = 0; index < 1_120; index += 1) {
      member.act({ id: `p${index}`, firstName: 'P', lastName: String(index) }, 'messages', { at: now() + index });
    }
    await at.seat.clock.advance(MINUTE_MS);
    expect(await at.look(connection)).not.toHaveLength(1_120);
    expect(queries()).toHaveLength(20);
    at.seat.observations.length = 0;
    const userIds = new Set((await at.look(connection)).map(({ userId }) => userId));
    expect(userIds.size).toBe(1_120);
    expect(queries().length).toBeLessThan(25);
    const made = queries().length;
    await at.look(connection);
    expect(queries()).toHaveLength(made + 1);
    expect(queries().at(-1)?.get('start')).toBe('0');
  });

  it('misses nobody when the oldest events are gone by the time it goes on', async () => {
    const { member } = at.simulator;
    const begun = now();
    for (let index = 0; index < 1_120; index += 1) {
      const later = index < 30 ? 0 : DAY_MS;
      member.act({ id: `p${index}`, firstName: 'P', lastName: String(index) }, 'messages', {
        at: begun + later + index,
      });
    }
    at.seat.clock.jump(28 * DAY_MS - MINUTE_MS);
    const seen = new Set((await at.look(connection)).map(({ userId }) => userId));
    at.seat.clock.jump(60 * MINUTE_MS);
    for (const { userId } of await at.look(connection)) seen.add(userId);
    expect(seen.size).toBe(1_120);
  });

  it('goes on to the next page when one is short and not the last', async () => {
    const { member } = at.simulator;
    for (let index = 0; index < 60; index += 1) {
      member.act({ id: `p${index}`, firstName: 'P', lastName: String(index) }, 'messages', { withheld: index === 3 });
    }
    expect(new Set((await at.look(connection)).map(({ userId }) => userId)).size).toBe(59);
    expect(queries().map((query) => query.get('start'))).toEqual(['0', '50']);
  });

  it('takes an empty page for the end, whatever it links to', async () => {
    at.simulator.member.linksOn = true;
    at.simulator.member.act(ADA, 'messages');
    expect(new Set((await at.look(connection)).map(({ userId }) => userId))).toEqual(new Set([ADA.id]));
    expect(queries().map((query) => query.get('start'))).toEqual(['0', '50']);
    at.seat.observations.length = 0;
    await at.seat.clock.advance(MINUTE_MS);
    at.simulator.member.act(EMMY, 'messages');
    expect(new Set((await at.look(connection)).map(({ userId }) => userId))).toEqual(new Set([ADA.id, EMMY.id]));
  });

  it('knows when it was read last, over restarts, so that often starting asks no more than once an hour', async () => {
    const calledAt = () => connection.presence?.poll[0]?.calledAt?.() ?? null;
    expect(calledAt()).toBe(null);
    at.simulator.faults.add({ kind: 'http-status', status: 503 }, { method: 'memberChangeLogs', times: 1 });
    await expect(at.look(connection)).rejects.toMatchObject({ code: 'platform-unavailable' });
    expect(calledAt()).toBe(null);
    await at.look(connection);
    const read = now();
    await connection.close();
    await at.seat.clock.advance(20 * MINUTE_MS);
    connection = await at.connect();
    expect(calledAt()).toBe(read);
  });

  it('does not move on when a page could not be read', async () => {
    at.simulator.member.act(ADA, 'messages');
    const undo = at.simulator.faults.add({ kind: 'truncated-body' }, { method: 'memberChangeLogs' });
    await expect(at.look(connection)).rejects.toMatchObject({ retry: 'later' });
    undo();
    expect(new Set((await at.look(connection)).map(({ userId }) => userId))).toEqual(new Set([ADA.id]));
  });

  it('leaves out one event that cannot be read', async () => {
    at.simulator.member.act(ADA, 'messages');
    at.simulator.member.act(EMMY, 'messages');
    at.simulator.faults.add(
      { kind: 'replaced-values', values: { 'elements.0.capturedAt': 'yesterday' } },
      { times: 1 },
    );
    expect(await at.look(connection)).toMatchObject([{ userId: EMMY.id }]);
  });

  it('takes names in either form, and the id where there is none', async () => {
    const { member } = at.simulator;
    member.act(ADA, 'messages', { decorated: 'localized' });
    member.act(EMMY, 'messages', { decorated: 'plain' });
    member.act({ id: 'nameless', firstName: 'X', lastName: 'Y' }, 'messages', { decorated: 'not' });
    const told = () => at.seat.identities.splice(0).map(({ displayName }) => displayName);
    await at.look(connection);
    expect(told()).toEqual(['Ada Byron', 'Emmy Noether', 'LinkedIn member nameless']);
    member.act({ id: 'nameless', firstName: 'Max', lastName: 'Mustermann' }, 'messages');
    member.act(ADA, 'messages', { decorated: 'not' });
    await at.look(connection);
    expect(told()).toEqual(['Max Mustermann']);
  });

  it('forgets whoever was opted out', async () => {
    at.simulator.member.act(ADA, 'messages');
    await at.look(connection);
    at.seat.optedOut.add(ADA.id);
    at.simulator.member.act(EMMY, 'messages');
    expect((await at.look(connection)).map(({ userId }) => userId)).toEqual([EMMY.id]);
    expect(JSON.stringify(at.seat.memory.get('people'))).not.toContain(ADA.id);
  });

  it('never keeps what was written', async () => {
    at.simulator.member.act(ADA, 'messages');
    at.simulator.faults.add(
      { kind: 'replaced-values', values: { 'elements.*.activity.content': 'a private word' } },
      { method: 'memberChangeLogs' },
    );
    const seen = await at.look(connection);
    expect(
      JSON.stringify([seen, at.seat.memory.get('people'), at.seat.memory.get('cursor'), at.seat.log]),
    ).not.toContain('private');
  });

  it('is asked for once an hour, for the whole account', () => {
    expect(connection.presence?.poll).toMatchObject([{ name: 'memberChangeLogs', everySeconds: 3_600 }]);
  });
});
