import { describe, expect, it } from 'vitest';
import { newestAt, sortedAlerts, unseenCount } from '../../../renderer/selectors/alerts.ts';
import { alert } from '../support/fake-features.ts';

const at = (minute: number) => `2026-03-02T12:${String(minute).padStart(2, '0')}:00.000Z`;
const alerts = [
  alert({ id: 'al_1', at: at(1) }),
  alert({ id: 'al_3', at: at(5), outcome: 'suppressed', reason: 'flapping' }),
  alert({ id: 'al_2', at: at(5) }),
];

describe('alerts', () => {
  it('are listed newest first, and by outcome', () => {
    expect(sortedAlerts(alerts, 'all').map(({ id }) => id)).toEqual(['al_3', 'al_2', 'al_1']);
    expect(sortedAlerts(alerts, 'suppressed').map(({ id }) => id)).toEqual(['al_3']);
  });

  it('count as new when they were delivered after the last look', () => {
    expect(unseenCount(alerts, 0)).toBe(2);
    expect(unseenCount(alerts, Date.parse(at(1)))).toBe(1);
    expect(unseenCount(alerts, newestAt(alerts))).toBe(0);
  });
});
