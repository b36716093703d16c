import { describe, expect, it } from 'vitest';
import { blocksOn } from '../../../../renderer/features/schedule/blocks.ts';
import { daysWith, markOf } from '../../../../renderer/features/schedule/days.ts';
import { lunch, schedule } from '../../support/fake-features.ts';

describe('days off', () => {
  it('replace what was marked, sort by date, and go when the day is as usual again', () => {
    const off = daysWith([{ date: '2026-12-24', active: true }], ['2026-12-24', '2026-12-23'], 'off');
    expect(off).toEqual([
      { date: '2026-12-23', active: false },
      { date: '2026-12-24', active: false },
    ]);
    expect(markOf(off, '2026-12-24')).toBe('off');
    expect(daysWith(off, ['2026-12-23', '2026-12-24'], 'usual')).toEqual([]);
    expect(markOf(daysWith([], ['2026-12-31'], 'all'), '2026-12-31')).toBe('all');
  });
});

describe('blocks of a day', () => {
  const friday = '2026-11-20';
  const inBerlin = schedule({ timeZone: 'Europe/Berlin' });

  it('show a night on both of its days', () => {
    const spans = (date: string) => blocksOn([inBerlin], 's_1', date, 'Europe/Berlin').map(({ span }) => span);
    expect(spans('2026-11-18')).toEqual([[1_110, 1_440]]);
    expect(spans('2026-11-19')).toEqual([[0, 480]]);
  });

  it('draw the selected schedule last, and one that is switched off only when it is selected', () => {
    const off = lunch({ timeZone: 'Europe/Berlin', enabled: false });
    expect(blocksOn([inBerlin, off], 's_1', friday, 'Europe/Berlin').map((b) => b.schedule.id)).toEqual(['s_1']);
    expect(blocksOn([off, inBerlin], 's_2', friday, 'Europe/Berlin').map((b) => b.schedule.id)).toEqual(['s_1', 's_2']);
  });

  it('move the hours of another zone to the clock of the grid, over midnight too', () => {
    const tokyo = lunch({ timeZone: 'Asia/Tokyo' });
    expect(blocksOn([tokyo], null, friday, 'Europe/Berlin').map(({ span }) => span)).toEqual([[240, 300]]);
    const late = lunch({ timeZone: 'Asia/Tokyo', rules: [{ days: ['fri'], from: '04:00', to: '05:00' }] });
    expect(blocksOn([late], null, '2026-11-19', 'Europe/Berlin').map(({ span }) => span)).toEqual([[1_200, 1_260]]);
  });
});
