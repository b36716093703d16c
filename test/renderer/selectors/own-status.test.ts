import { describe, expect, it } from 'vitest';
import { nextWallTime, ownCardOf, resultRows, tomorrowOf } from '../../../renderer/selectors/own-status.ts';
import { account, meOf } from '../support/team.ts';

const now = new Date(2026, 2, 2, 14, 30).getTime();

describe('my status', () => {
  it('tells what is set by hand, until when, and on how many accounts it holds', () => {
    expect(ownCardOf(meOf(now))).toMatchObject({
      status: 'busy',
      message: 'Focus',
      clearable: true,
      origin: { kind: 'hand' },
      applied: { count: 2, of: 2 },
    });
  });

  it('offers no Clear for what a schedule set', () => {
    const me = meOf(now);
    const intent = me.intent === null ? null : { ...me.intent, layer: 'schedule' as const };
    expect(ownCardOf({ ...me, intent }).clearable).toBe(false);
  });

  it('counts neither failed nor overridden accounts as holding it', () => {
    const me = meOf(now);
    const [first, second] = me.results;
    if (first === undefined || second === undefined) throw new Error('Two results are expected.');
    const results = [
      { ...first, outcome: 'failed' as const },
      { ...second, outcome: 'overridden' as const },
    ];
    expect(ownCardOf({ ...me, results }).applied).toEqual({ count: 0, of: 2 });
  });

  it('lists what needs attention first, and names a removed account by its platform', () => {
    const rows = resultRows(meOf(now), new Map([['a_slack', account()]]));
    expect(rows.map(({ label, result }) => [label, result.outcome])).toEqual([
      ['xmpp', 'partial'],
      ['Acme', 'applied'],
    ]);
  });
});

describe('ends of a status', () => {
  it('takes a time that has passed today as tomorrow', () => {
    expect(nextWallTime('15:00', now)).toBe(new Date(2026, 2, 2, 15, 0).getTime());
    expect(nextWallTime('14:30', now)).toBe(new Date(2026, 2, 3, 14, 30).getTime());
  });

  it('refuses what is not a time', () => {
    for (const text of ['', '24:00', '12:60', 'noon', '1230']) expect(nextWallTime(text, now)).toBeNull();
  });

  it('ends "until tomorrow" at midnight, across the end of a month', () => {
    expect(tomorrowOf(new Date(2026, 1, 28, 23, 59).getTime())).toBe(new Date(2026, 2, 1).getTime());
  });
});
