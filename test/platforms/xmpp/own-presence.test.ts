import { xml } from '@xmpp/client';
import { describe, expect, it } from 'vitest';
import type { OwnTarget } from '../../../src/platforms/platform.ts';
import { compareOwn, OWN_PRIORITY, OwnPresence } from '../../../src/platforms/xmpp/own-presence.ts';
import { parsePresence } from '../../../src/platforms/xmpp/schema.ts';

type StatusTarget = Extract<OwnTarget['status'], { kind: 'set' }>;

function target(status: Partial<StatusTarget> | null, doNotDisturb: boolean | null = null): OwnTarget {
  return {
    status: status && { kind: 'set', status: 'online', message: null, emoji: null, until: null, ...status },
    doNotDisturb: doNotDisturb === null ? null : { kind: 'set', active: doNotDisturb, until: null },
  };
}

function take(own: OwnPresence, wish: OwnTarget) {
  own.take(wish);
  return own.results(wish);
}

function reflect(own: OwnPresence, resource: string, over: { show?: string; priority?: string; type?: string } = {}) {
  const stanza = parsePresence(
    xml(
      'presence',
      { from: `me@example.org/${resource}`, type: over.type },
      over.show === undefined ? undefined : xml('show', {}, over.show),
      xml('priority', {}, over.priority ?? '0'),
    ),
  );
  if (!stanza) throw new Error('no presence');
  return own.reflect(stanza, 'muster');
}

describe('our own presence', () => {
  it('always has a negative priority, so that no message comes to it', () => {
    expect(OWN_PRIORITY).toBeLessThan(0);
    expect(new OwnPresence().stanza().getChild('priority')?.text()).toBe(String(OWN_PRIORITY));
  });

  it.each([
    ['online', null],
    ['away', 'away'],
    ['busy', 'dnd'],
    ['offline', 'xa'],
  ] as const)('says %s as show %s', (status, show) => {
    const own = new OwnPresence();
    take(own, target({ status }));
    expect(own.wanted.show).toBe(show);
  });

  it('puts a Unicode emoji in front of the text and leaves a custom one out, saying so', () => {
    const own = new OwnPresence();
    expect(take(own, target({ message: 'Lunch', emoji: '🍜' })).status).toMatchObject({ outcome: 'applied' });
    expect(own.wanted.text).toBe('🍜 Lunch');
    expect(take(own, target({ message: 'Lunch', emoji: ':noodles:' })).status).toMatchObject({
      outcome: 'partial',
      detail: expect.stringContaining('emoji'),
    });
    expect(own.wanted.text).toBe('Lunch');
  });

  it('leaves out what XML cannot carry', () => {
    const own = new OwnPresence();
    take(own, target({ message: 'a\u0000b\uD800c\u0008 \u{1F600}' }));
    expect(own.wanted.text).toBe('abc \u{1F600}');
  });

  it('shows do-not-disturb as dnd over any status, and gives the status back after it', () => {
    const own = new OwnPresence();
    take(own, target({ status: 'away', message: 'Train' }));
    const both = take(own, target({ status: 'away', message: 'Train' }, true));
    expect(own.wanted).toEqual({ show: 'dnd', text: 'Train' });
    expect(both.status).toMatchObject({ outcome: 'partial', detail: expect.stringContaining('Do-not-disturb') });
    expect(both.doNotDisturb).toMatchObject({ outcome: 'applied' });
    expect(own.read()).toMatchObject({ status: { status: 'away' }, doNotDisturb: { active: true } });
    take(own, target(null, false));
    expect(own.wanted).toEqual({ show: 'away', text: 'Train' });
  });

  it('leaves the parts alone that are not ours', () => {
    const own = new OwnPresence();
    take(own, target({ status: 'busy', message: 'x' }));
    expect(take(own, target(null, null))).toEqual({ status: null, doNotDisturb: null });
    expect(own.wanted).toEqual({ show: 'dnd', text: 'x' });
  });

  it('restores a snapshot that went through JSON, and plain availability from one that is damaged', () => {
    const own = new OwnPresence();
    take(own, target({ status: 'away', message: 'x' }));
    const snapshot = JSON.parse(JSON.stringify(own.read().status.snapshot));
    take(own, target({ status: 'busy' }));
    own.take({ status: { kind: 'restore', snapshot }, doNotDisturb: null });
    expect(own.wanted).toEqual({ show: 'away', text: 'x' });
    own.take({ status: { kind: 'restore', snapshot: { show: 7 } }, doNotDisturb: { kind: 'restore', snapshot: 1 } });
    expect(own.wanted).toEqual({ show: null, text: null });
  });

  it('names the client that outranks it, as long as that says something else', () => {
    const own = new OwnPresence();
    reflect(own, 'Phone', { priority: '5' });
    expect(take(own, target({ status: 'busy' })).status?.detail).toContain('“Phone”');
    reflect(own, 'Phone', { priority: '5', show: 'dnd' });
    expect(take(own, target({ status: 'busy' })).status).toMatchObject({ outcome: 'applied' });
    reflect(own, 'Phone', { priority: '-3' });
    expect(take(own, target({ status: 'busy' })).status).toMatchObject({ outcome: 'applied' });
    reflect(own, 'Phone', { priority: '5' });
    reflect(own, 'Phone', { type: 'unavailable' });
    expect(take(own, target({ status: 'busy' })).status).toMatchObject({ outcome: 'applied' });
  });

  it('reads what the server sent back, and says when that is news', () => {
    const own = new OwnPresence();
    expect(reflect(own, 'muster')).toBe(true);
    expect(reflect(own, 'muster')).toBe(false);
    expect(own.confirmed).toBe(true);
    take(own, target({ status: 'busy' }));
    expect(own.confirmed).toBe(false);
    expect(own.read().status.status).toBe('online');
    expect(reflect(own, 'muster', { show: 'dnd' })).toBe(true);
    expect(own.confirmed).toBe(true);
    expect(own.read().status).toMatchObject({ status: 'busy', snapshot: { show: 'dnd', text: null } });
  });

  it('takes what differs for a new resource: nobody but us can change ours', () => {
    const written = { show: 'dnd', text: 'x' };
    expect(compareOwn('status', written, { show: 'dnd', text: 'x' })).toBe('same');
    expect(compareOwn('status', written, { show: 'dnd', text: 'y' })).toBe('expired');
    expect(compareOwn('status', written, { show: null, text: 'x' })).toBe('expired');
    expect(compareOwn('doNotDisturb', { active: true }, { active: true })).toBe('same');
    expect(compareOwn('doNotDisturb', { active: true }, { active: false })).toBe('expired');
  });
});
