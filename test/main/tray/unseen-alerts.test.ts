import { describe, expect, it } from 'vitest';
import { UnseenAlerts } from '../../../main/tray/unseen-alerts.ts';
import type { AlertView, MusterEvent } from '../../../src/contract/index.ts';
import { quietMe } from './me.ts';

const alert = (outcome: AlertView['outcome']): MusterEvent => ({
  id: 1,
  event: 'alert',
  data: {
    id: 'l_1',
    watchId: 'w_1',
    contactId: 'c_1',
    from: 'offline',
    to: 'online',
    at: '2026-03-02T08:00:00Z',
    outcome,
    reason: outcome === 'delivered' ? 'matched' : 'flapping',
  },
});

describe('alerts that nobody looked at', () => {
  it('are the delivered ones since a window had the focus', () => {
    let lookedAt = false;
    const unseen = new UnseenAlerts(() => lookedAt);
    unseen.hear(alert('delivered'));
    unseen.hear(alert('suppressed'));
    unseen.hear({ id: 2, event: 'me', data: quietMe });
    unseen.hear(alert('delivered'));
    expect(unseen.count).toBe(2);
    expect(unseen.seen()).toBe(true);
    expect(unseen.seen()).toBe(false);
    expect(unseen.count).toBe(0);
    lookedAt = true;
    unseen.hear(alert('delivered'));
    expect(unseen.count).toBe(0);
  });
});
