import { describe, expect, it, vi } from 'vitest';
import { chanceAtWork, localHour, makeTeam } from '../../../src/simulator/team/team.ts';
import { TeamLife } from '../../../src/simulator/team/team-life.ts';
import { startTeamServers } from '../../../src/simulator/team/team-servers.ts';

describe('the demo team', () => {
  it('is the same for the same seed, spread over places and time zones, with nobody twice', () => {
    const team = makeTeam(60, 7);
    expect(team).toEqual(makeTeam(60, 7));
    expect(new Set(team.map((member) => member.email)).size).toBe(60);
    expect(new Set(team.map((member) => member.timeZone)).size).toBeGreaterThan(4);
    expect(team.filter((member) => member.places.length > 1).length).toBeGreaterThan(10);
  });

  it('works by the hour of where people live', () => {
    const noonInLondon = Date.parse('2026-01-14T12:30:00Z');
    expect(localHour('Asia/Tokyo', noonInLondon)).toBe(21.5);
    expect(chanceAtWork(localHour('Asia/Tokyo', noonInLondon))).toBeLessThan(0.1);
    expect(chanceAtWork(10)).toBeGreaterThan(0.7);
  });

  it('lives for an hour without anybody leaving who is not there', async () => {
    vi.useFakeTimers();
    const servers = await startTeamServers({ size: 60, seed: 7 });
    try {
      const life = new TeamLife(servers, 7);
      life.start(60);
      await vi.advanceTimersByTimeAsync(60 * 60_000);
      life.stop();
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
      await servers.close();
    }
  });

  it('is on the servers, and its regular can be waited for', async () => {
    const servers = await startTeamServers({ size: 60, seed: 7 });
    try {
      const life = new TeamLife(servers, 7);
      life.start(0);
      expect(servers.accounts.map((account) => account.platform)).toEqual(['xmpp', 'slack', 'slack']);
      expect(servers.xmpp.sessions(life.regular.handle)).toMatchObject([{ available: true }]);
      const onSlack = servers.members.filter((member) => member.places.includes('harbour'));
      expect(servers.slack.harbour.workspace.users().length).toBe(onSlack.length + ['oneself', 'USLACKBOT'].length);
      life.stop();
    } finally {
      await servers.close();
    }
  });
});
