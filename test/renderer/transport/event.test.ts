import { describe, expect, it } from 'vitest';
import { parseEvent } from '../../../renderer/transport/event.ts';
import { account, contact, meOf, preferences, watchOn } from '../support/team.ts';

const raw = (event: string, data: unknown, id = '7') => ({ id, event, data: JSON.stringify(data) });

describe('events', () => {
  it('are parsed by their names', () => {
    const now = Date.parse('2026-03-02T12:00:00Z');
    expect(parseEvent(raw('contact', contact()))).toEqual({ id: 7, event: 'contact', data: contact() });
    expect(parseEvent(raw('account', account()))?.event).toBe('account');
    expect(parseEvent(raw('me', meOf(now)))?.event).toBe('me');
    const watch = { ...watchOn('c_1', now), kind: 'watch' };
    expect(parseEvent(raw('settings', watch))).toEqual({ id: 7, event: 'settings', data: watch });
    const preferred = { ...preferences, kind: 'preferences' };
    expect(parseEvent(raw('settings', preferred))).toEqual({ id: 7, event: 'settings', data: preferred });
  });

  it('say when something is gone', () => {
    const gone = { id: 'c_1', removed: true };
    expect(parseEvent(raw('contact', gone))).toEqual({ id: 7, event: 'contact', data: gone });
  });

  it('are nothing when this version does not understand them: a reset, a new name, a torn line', () => {
    expect(parseEvent(raw('reset', {}))).toBeNull();
    expect(parseEvent(raw('calendar', {}))).toBeNull();
    expect(parseEvent({ id: '7', event: 'contact', data: '{"id":' })).toBeNull();
    expect(parseEvent(raw('contact', { id: 'c_1' }))).toBeNull();
    expect(parseEvent(raw('contact', contact(), ''))).toBeNull();
    expect(parseEvent(raw('contact', contact(), 'seven'))).toBeNull();
  });
});
