import { describe, expect, it } from 'vitest';
import { startBelievableSlack } from '../../../src/simulator/slack/believable-slack.ts';
import { mostCallsInAnyMinute } from '../../../src/simulator/slack/call-log.ts';
import { post } from './raw.ts';

const NOW = Date.UTC(2026, 4, 4, 9);

/** Every member, page by page; the clock moves on so that the tier is kept. */
async function everybody(people: number, seed: number, name = 'Harbour Works') {
  let now = NOW;
  const { slack, members, token } = await startBelievableSlack({ name, people, seed, now: () => now });
  try {
    const listed: Record<string, unknown>[] = [];
    let cursor = '';
    do {
      const { status, body } = await post(slack, token, 'users.list', { limit: '200', cursor });
      expect(status).toBe(200);
      if (Array.isArray(body.members)) listed.push(...body.members);
      const metadata = body.response_metadata;
      const next = typeof metadata === 'object' && metadata !== null && 'next_cursor' in metadata;
      cursor = next ? String(metadata.next_cursor) : '';
      now += 3_100;
    } while (cursor !== '');
    const presences = members.people.map((id) => slack.workspace.presenceOf(id).presence);
    return { listed, members, presences, calls: slack.calls, workspace: slack.workspace };
  } finally {
    await slack.close();
  }
}

describe('a believable workspace', () => {
  it('pages through thousands, each once, within the tier', async () => {
    const { listed, members, calls } = await everybody(4_000, 1);
    const ids = new Set(listed.map((member) => member.id));
    expect(listed.length).toBe(ids.size);
    expect(ids.size).toBe(1 + 4_000 + members.deactivated.length + members.bots.length);
    expect(members.deactivated.length).toBe(200);
    expect(mostCallsInAnyMinute(calls, 'users.list')).toBeLessThanOrEqual(20);
  });

  it('is the same for the same seed and another for another', async () => {
    const [first, again, other] = [await everybody(40, 7), await everybody(40, 7), await everybody(40, 8)];
    const people = (all: typeof first) => all.listed.map(({ id, name, tz }) => [id, name, tz]);
    expect(people(again)).toEqual(people(first));
    expect(again.presences).toEqual(first.presences);
    expect(people(other)).not.toEqual(people(first));
  });

  it('shares no member id or token with a workspace of another name', async () => {
    const [harbour, studio] = [await everybody(40, 1), await everybody(40, 1, 'Northlight Studio')];
    const ids = new Set(harbour.listed.map((member) => member.id));
    const shared = studio.listed.filter((member) => ids.has(member.id)).map((member) => member.id);
    expect(shared).toEqual(['USLACKBOT']);
  });

  it('has somebody in every state that Slack can show', async () => {
    const { members, presences, workspace } = await everybody(300, 1);
    const all = members.people.map((id) => workspace.user(id));
    expect(presences.filter((presence) => presence === 'active').length).toBeGreaterThan(60);
    expect(presences.filter((presence) => presence === 'away').length).toBeGreaterThan(60);
    expect(all.some((user) => user.manualAway)).toBe(true);
    expect(all.some((user) => user.clients > 0 && !user.attentive)).toBe(true);
    expect(all.some((user) => user.huddleUntil !== null)).toBe(true);
    expect(all.some((user) => user.snoozeUntil !== null)).toBe(true);
    expect(all.some((user) => user.status.expiresAt !== null)).toBe(true);
    expect(all.some((user) => user.dnd !== null && user.dnd.start <= NOW && NOW < user.dnd.end)).toBe(true);
    expect(new Set(all.map((user) => user.tz)).size).toBeGreaterThan(5);
    expect(presences[0]).toBe('active');
  });
});
