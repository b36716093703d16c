import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StatusChange } from '../../../src/domain/alerts/status-track.ts';
import type { Alert, Watch } from '../../../src/domain/alerts/watch.ts';
import {
  DEFAULT_DWELL_MS,
  decide,
  decideHeld,
  type WatchContext,
  type WatchDecision,
} from '../../../src/domain/alerts/watch-policy.ts';
import { STATUSES, type Status } from '../../../src/domain/presence/status.ts';
import { epochMs, HOUR_MS, SECOND_MS } from '../../../src/domain/time.ts';

const NOON = epochMs(12 * HOUR_MS);

const watch = (part: Partial<Watch> = {}): Watch => ({
  id: 'w',
  contactId: 'c',
  from: null,
  to: ['online'],
  repeat: 'always',
  note: null,
  enabled: true,
  createdAt: epochMs(0),
  ...part,
});

const change = (part: Partial<StatusChange> = {}): StatusChange => ({
  contactId: 'c',
  from: 'offline',
  to: 'online',
  at: NOON,
  cause: 'observed',
  ...part,
});

const context = (part: Partial<WatchContext> = {}): WatchContext => ({
  recent: [],
  dwellMs: DEFAULT_DWELL_MS,
  doNotDisturb: { active: false, allowFavourites: false },
  favourite: false,
  notificationsOn: true,
  asleep: false,
  ...part,
});

const reason = (decision: WatchDecision | null) => decision && `${decision.outcome}: ${decision.reason}`;

/** Changes in the order in which they happened, each decided with the alerts before it. */
function live(
  subject: Watch,
  row: readonly (readonly [second: number, status: Status])[],
  part: Partial<WatchContext> = {},
) {
  const alerts: (Pick<Alert, 'to' | 'at' | 'outcome' | 'reason'> & { second: number })[] = [];
  let enabled = subject.enabled;
  let before: Status = 'offline';
  for (const [second, status] of row) {
    const happened = change({ from: before, to: status, at: epochMs(NOON + second * SECOND_MS) });
    const decision = decide({ ...subject, enabled }, happened, context({ ...part, recent: alerts }));
    if (decision)
      alerts.push({ second, to: status, at: happened.at, outcome: decision.outcome, reason: decision.reason });
    if (decision?.disableWatch) enabled = false;
    before = status;
  }
  return alerts.map((alert) => `${alert.second} ${alert.to} ${alert.reason}`);
}

describe('what a watch is about', () => {
  it('tells about the change that it names, at once', () => {
    expect(reason(decide(watch(), change(), context()))).toBe('delivered: matched');
    expect(reason(decide(watch({ from: ['offline', 'away'] }), change({ from: 'away' }), context()))).toBe(
      'delivered: matched',
    );
  });

  it('has nothing to say about other people, other statuses and other beginnings', () => {
    expect(decide(watch(), change({ contactId: 'd' }), context())).toBeNull();
    expect(decide(watch(), change({ to: 'away' }), context())).toBeNull();
    expect(decide(watch({ from: ['away'] }), change(), context())).toBeNull();
    expect(decide(watch({ to: ['offline', 'online'] }), change({ from: 'online' }), context())).toBeNull();
  });
});

describe('what is held back, with its reason', () => {
  it('is what the person did not just do', () => {
    for (const cause of ['first-snapshot', 'reconnected', 'replayed', 'linked'] as const) {
      expect(reason(decide(watch(), change({ cause }), context()))).toBe(`suppressed: ${cause}`);
    }
  });

  it('is a first snapshot whatever the watch compares with, since nothing was known before', () => {
    const first = change({ from: 'unknown', cause: 'first-snapshot' });
    expect(reason(decide(watch({ from: ['offline'] }), first, context()))).toBe('suppressed: first-snapshot');
    expect(decide(watch({ from: ['offline'], contactId: 'd' }), first, context())).toBeNull();
  });

  it('is everything while the watch is off, the computer asleep or notifications off', () => {
    expect(reason(decide(watch({ enabled: false }), change(), context()))).toBe('suppressed: watch-disabled');
    expect(reason(decide(watch(), change(), context({ asleep: true })))).toBe('suppressed: asleep');
    expect(reason(decide(watch(), change(), context({ notificationsOn: false })))).toBe(
      'suppressed: notifications-off',
    );
  });

  it('is everybody during do-not-disturb, but favourites where they are allowed', () => {
    const silent = (allowFavourites: boolean, favourite: boolean) =>
      reason(decide(watch(), change(), context({ doNotDisturb: { active: true, allowFavourites }, favourite })));
    expect(silent(false, true)).toBe('suppressed: do-not-disturb');
    expect(silent(true, false)).toBe('suppressed: do-not-disturb');
    expect(silent(true, true)).toBe('delivered: do-not-disturb-allowed');
  });
});

describe('coming and going', () => {
  it('is one alert, also when it lasts longer than the dwell time', () => {
    const row = [0, 50, 100, 150, 200].flatMap((second) => [
      [second, 'online'] as const,
      [second + 20, 'offline'] as const,
    ]);
    expect(live(watch(), row)).toEqual([
      '0 online matched',
      '50 online flapping',
      '100 online flapping',
      '150 online flapping',
      '200 online flapping',
    ]);
  });

  it('is news again after the dwell time, its end included', () => {
    const again = (second: number) =>
      live(watch(), [
        [0, 'online'],
        [1, 'offline'],
        [second, 'online'],
      ]).at(-1);
    expect(again(59)).toBe('59 online flapping');
    expect(again(60)).toBe('60 online matched');
  });

  it('is no repetition of what a clock told that went before', () => {
    const tomorrow = {
      to: 'online',
      at: epochMs(NOON + 24 * HOUR_MS),
      outcome: 'delivered',
      reason: 'matched',
    } as const;
    expect(decide(watch(), change(), context({ recent: [tomorrow] }))).toMatchObject({ outcome: 'delivered' });
  });

  it('is no repetition of what the user never got', () => {
    const alerts = [{ to: 'online', at: NOON, outcome: 'suppressed', reason: 'do-not-disturb' }] as const;
    const later = change({ at: epochMs(NOON + SECOND_MS) });
    expect(reason(decide(watch(), later, context({ recent: alerts })))).toBe('delivered: matched');
  });

  it('does not hide a different change within the dwell time', () => {
    expect(
      live(watch({ to: ['online', 'offline'] }), [
        [0, 'online'],
        [10, 'offline'],
      ]),
    ).toEqual(['0 online matched', '10 offline matched']);
  });

  it('is told after all when the last thing that the user heard has become untrue and stays so', () => {
    const both = watch({ to: ['online', 'offline'] });
    const recent = [
      { to: 'online', at: NOON, outcome: 'delivered', reason: 'matched' },
      { to: 'offline', at: epochMs(NOON + 10), outcome: 'delivered', reason: 'matched' },
    ] as const;
    const back = change({ at: epochMs(NOON + 20) });
    const held = decide(both, back, context({ recent }));
    expect(held).toMatchObject({ reason: 'flapping', recheckAt: NOON + 20 + DEFAULT_DWELL_MS });
    expect(reason(decideHeld(both, back, 'online', context({ recent })))).toBe('delivered: matched');
    expect(decideHeld(both, back, 'offline', context({ recent }))).toBeNull();
    expect(decideHeld({ ...both, enabled: false }, back, 'online', context({ recent }))).toBeNull();
    const stillTrue = decide(watch(), back, context({ recent: recent.slice(0, 1) }));
    expect(stillTrue).toMatchObject({ reason: 'flapping', recheckAt: null });
  });
});

describe('once', () => {
  it('is over when it was delivered, not when it was held back', () => {
    const once = watch({ repeat: 'once' });
    expect(decide(once, change(), context())?.disableWatch).toBe(true);
    expect(decide(once, change({ cause: 'reconnected' }), context())?.disableWatch).toBe(false);
    expect(decide(watch(), change(), context())?.disableWatch).toBe(false);
    const row = [
      [0, 'online'],
      [100, 'offline'],
      [200, 'online'],
    ] as const;
    expect(live(once, row)).toEqual(['0 online matched', '200 online watch-disabled']);
  });
});

describe('any life of a person under a watch', () => {
  const gaps = fc.array(fc.tuple(fc.integer({ min: 1, max: 200 }), fc.constantFrom<Status>(...STATUSES)), {
    maxLength: 30,
  });
  const rows = gaps.map((all) => {
    let second = 0;
    let before: Status = 'offline';
    return all.flatMap(([gap, status]) => {
      second += gap;
      if (status === before) return [];
      before = status;
      return [[second, status] as const];
    });
  });

  it('alerts on each matching change that follows a quiet dwell time, and at most once within one', () => {
    fc.assert(
      fc.property(rows, (row) => {
        const told = live(watch(), row)
          .filter((line) => line.endsWith('matched'))
          .map((line) => Number(line.split(' ')[0]));
        const matching = row.filter(([, status]) => status === 'online').map(([second]) => second);
        const expected = matching.filter((second, index) => index === 0 || second - (matching[index - 1] ?? 0) >= 60);
        expect(told).toEqual(expected);
      }),
    );
  });

  it('lists every matching change, told or held back', () => {
    fc.assert(
      fc.property(rows, fc.subarray([...STATUSES], { minLength: 1 }), fc.boolean(), (row, to, silent) => {
        const alerts = live(watch({ to }), row, { doNotDisturb: { active: silent, allowFavourites: true } });
        expect(alerts).toHaveLength(row.filter(([, status]) => to.includes(status)).length);
        if (silent) expect(alerts.every((line) => line.endsWith('do-not-disturb'))).toBe(true);
      }),
    );
  });
});
