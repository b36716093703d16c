import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type PresenceCause,
  SHORT_GAP_MS,
  type StatusChange,
  type StatusTrack,
  trackStatus,
} from '../../../src/domain/alerts/status-track.ts';
import { STATUSES, type Status } from '../../../src/domain/presence/status.ts';
import { epochMs, MINUTE_MS } from '../../../src/domain/time.ts';

/** [status, cause, minute, account]; a status with `~` is stale. */
type Seen = readonly [status: Status | `~${Status}`, cause: PresenceCause, minute: number, account?: string];

/** The changes that a row of presences gives, as `from>to cause`. */
function changes(...all: Seen[]): string[] {
  let track: StatusTrack | null = null;
  const found: string[] = [];
  for (const [shown, cause, minute, accountId = 'slack'] of all) {
    const stale = shown.startsWith('~');
    const status = (stale ? shown.slice(1) : shown) as Status;
    const why = { rule: 'highest-of-fresh', winner: { accountId, userId: 'u' }, observedAt: null } as const;
    const step: { track: StatusTrack | null; change: StatusChange | null } = trackStatus(
      track,
      'c',
      { status, stale, why },
      cause,
      epochMs(minute * MINUTE_MS),
    );
    track = step.track;
    if (step.change) found.push(`${step.change.from}>${step.change.to} ${step.change.cause}`);
  }
  return found;
}

const LONG = SHORT_GAP_MS / MINUTE_MS + 1;

describe('what counts as a change of a person', () => {
  it('is what an observation says otherwise than the last one', () => {
    expect(changes(['offline', 'first-snapshot', 0], ['offline', 'observed', 1], ['online', 'observed', 2])).toEqual([
      'unknown>offline first-snapshot',
      'offline>online observed',
    ]);
  });

  it('is never the first status of all, however it came', () => {
    expect(changes(['online', 'observed', 0])).toEqual(['unknown>online first-snapshot']);
    expect(changes(['unknown', 'observed', 0], ['online', 'replayed', 1])).toEqual(['unknown>online replayed']);
  });

  it('carries why it is news to us when the person did nothing', () => {
    for (const cause of ['first-snapshot', 'reconnected', 'replayed', 'linked'] as const) {
      expect(changes(['offline', 'first-snapshot', 0], ['online', cause, 1]).at(-1)).toBe(`offline>online ${cause}`);
    }
  });

  it('is not that somebody went stale and came back as they were', () => {
    const seen = changes(['online', 'first-snapshot', 0], ['~online', 'aged', 5], ['online', 'observed', 300]);
    expect(seen).toEqual(['unknown>online first-snapshot']);
  });

  it('is not "unknown", neither going there nor coming back', () => {
    const seen = changes(['online', 'first-snapshot', 0], ['unknown', 'observed', 1], ['online', 'observed', 2]);
    expect(seen).toEqual(['unknown>online first-snapshot']);
  });

  it('is one that happened within a short time of not looking, and like a reconnect after a long one', () => {
    const back = (minutes: number) =>
      changes(['offline', 'first-snapshot', 0], ['~offline', 'aged', 5], ['online', 'observed', 5 + minutes]).at(-1);
    expect(back(3)).toBe('offline>online observed');
    expect(back(LONG)).toBe('offline>online reconnected');
  });
});

describe('a person with two accounts, of which one is lost', () => {
  const lost: Seen[] = [
    ['online', 'first-snapshot', 0, 'slack'],
    ['away', 'aged', 5, 'xmpp'],
  ];

  it('did not go away by it, nor come online when it is back', () => {
    expect(changes(...lost, ['online', 'observed', 7, 'slack'])).toEqual(['unknown>online first-snapshot']);
    expect(changes(...lost, ['away', 'observed', 6, 'xmpp'], ['online', 'observed', 7, 'slack'])).toEqual([
      'unknown>online first-snapshot',
    ]);
  });

  it('does something when the other account says something new', () => {
    expect(changes(...lost, ['offline', 'observed', 7, 'xmpp']).at(-1)).toBe('online>offline observed');
    expect(changes(...lost, ['online', 'observed', 5 + LONG, 'xmpp']).at(-1)).toBe('away>online observed');
  });

  it('is found again, rather than came online, when the lost one is back after long', () => {
    expect(changes(...lost, ['online', 'observed', 5 + LONG, 'slack']).at(-1)).toBe('away>online reconnected');
  });

  it('is still who they were while the other account says the same', () => {
    const same = changes(
      ['online', 'first-snapshot', 0, 'slack'],
      ['online', 'aged', 5, 'xmpp'],
      ['away', 'observed', 6, 'xmpp'],
    );
    expect(same.at(-1)).toBe('online>away observed');
  });
});

describe('any row of presences', () => {
  const seen = fc.array(
    fc.tuple(
      fc.constantFrom<Status>(...STATUSES),
      fc.boolean(),
      fc.constantFrom<PresenceCause>('observed', 'observed', 'reconnected', 'replayed', 'linked', 'aged'),
      fc.constantFrom('slack', 'xmpp'),
    ),
    { maxLength: 20 },
  );

  it('gives no change to or from a status to itself, none to unknown, and none while stale or by age', () => {
    fc.assert(
      fc.property(seen, (row) => {
        const all = row.map(([status, stale, cause, account], minute): Seen => {
          return [stale ? `~${status}` : status, stale ? 'aged' : cause, minute * 7, account];
        });
        for (const [index, one] of all.entries()) {
          const added = changes(...all.slice(0, index + 1)).slice(changes(...all.slice(0, index)).length);
          if (one[0].startsWith('~') || one[0] === 'unknown' || one[1] === 'aged') expect(added).toEqual([]);
          for (const change of added) {
            const [from, to] = change.split(' ')[0]?.split('>') ?? [];
            expect(from).not.toBe(to);
            expect(to).toBe(one[0]);
          }
        }
      }),
    );
  });

  it('misses no change that is observed while nothing is lost', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom<Status>('online', 'idle', 'busy', 'away', 'offline')), (row) => {
        const real = row.filter((status, index) => index > 0 && status !== row[index - 1]).length;
        const found = changes(...row.map((status, minute): Seen => [status, 'observed', minute]));
        expect(found.filter((change) => change.endsWith('observed'))).toHaveLength(real);
      }),
    );
  });
});
