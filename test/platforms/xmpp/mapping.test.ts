import { xml } from '@xmpp/client';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochMs } from '../../../src/domain/time.ts';
import { leadingResource, observationOf, type Resource, statusOfShow } from '../../../src/platforms/xmpp/mapping.ts';
import { parsePresence } from '../../../src/platforms/xmpp/schema.ts';

const since = epochMs(1_000);

function resource(over: Partial<Resource>): Resource {
  return {
    resource: 'r',
    priority: 0,
    show: null,
    message: null,
    idleSince: null,
    receivedAt: epochMs(0),
    ...over,
  };
}

describe('the status of one client', () => {
  it.each([
    [null, null, 'online'],
    ['chat', null, 'online'],
    [null, since, 'idle'],
    ['chat', since, 'idle'],
    ['away', null, 'away'],
    ['away', since, 'away'],
    ['xa', null, 'away'],
    ['dnd', null, 'busy'],
    ['dnd', since, 'busy'],
    ['lunch', null, 'unknown'],
    ['lunch', since, 'unknown'],
  ] as const)('show %s, idle since %s is %s', (show, idleSince, status) => {
    expect(statusOfShow(show, idleSince)).toBe(status);
  });
});

describe('several clients of one person', () => {
  it('lets the highest priority speak, also when it says less', () => {
    const found = leadingResource([
      resource({ resource: 'phone', priority: 5, show: 'away' }),
      resource({ resource: 'desk', priority: 1 }),
    ]);
    expect(found?.resource).toBe('phone');
  });

  it('breaks a tie by the one ranking: online, idle, busy, away', () => {
    const all = [
      resource({ resource: 'away', show: 'xa' }),
      resource({ resource: 'busy', show: 'dnd' }),
      resource({ resource: 'idle', idleSince: since }),
      resource({ resource: 'online' }),
    ];
    const order: (string | undefined)[] = [];
    for (let left = all; left.length > 0; ) {
      const leader = leadingResource(left);
      order.push(leader?.resource);
      left = left.filter((one) => one !== leader);
    }
    expect(order).toEqual(['online', 'idle', 'busy', 'away']);
  });

  it('takes the newest of equals', () => {
    const found = leadingResource([
      resource({ resource: 'old', message: 'before', receivedAt: epochMs(1) }),
      resource({ resource: 'new', message: 'after', receivedAt: epochMs(2) }),
    ]);
    expect(found?.message).toBe('after');
  });

  it('answers the same in whatever order they came', () => {
    const resources = fc.uniqueArray(
      fc.record({
        resource: fc.string({ minLength: 1, maxLength: 3 }),
        priority: fc.integer({ min: -2, max: 2 }),
        show: fc.constantFrom(null, 'chat', 'away', 'xa', 'dnd', 'odd'),
        message: fc.constant(null),
        idleSince: fc.constantFrom(null, since),
        receivedAt: fc.integer({ min: 0, max: 3 }).map(epochMs),
      }),
      { selector: (one) => one.resource, minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(resources, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (all, random) => {
        const shuffled = all
          .map((one) => ({ one, at: random.next().value }))
          .sort((a, b) => a.at - b.at)
          .map(({ one }) => one);
        expect(leadingResource(shuffled)).toBe(leadingResource(all));
      }),
    );
  });
});

describe('a person as an observation', () => {
  it('is offline only when no client is left', () => {
    const gone = observationOf('a@b', { kind: 'resources', resources: [] }, epochMs(5), false);
    expect(gone).toMatchObject({ status: 'offline', rawStatus: 'unavailable', source: 'push' });
  });

  it('keeps a show that nobody knows in its own words', () => {
    const odd = observationOf(
      'a@b',
      { kind: 'resources', resources: [resource({ show: 'lunch' })] },
      epochMs(5),
      false,
    );
    expect(odd).toMatchObject({ status: 'unknown', rawStatus: 'lunch' });
  });

  it('says since when somebody has been idle', () => {
    const idle = observationOf(
      'a@b',
      { kind: 'resources', resources: [resource({ idleSince: since })] },
      epochMs(5),
      false,
    );
    expect(idle).toMatchObject({ status: 'idle', lastSeen: since, rawStatus: 'available' });
  });
});

describe('a presence stanza', () => {
  it('is read whole', () => {
    const stanza = xml(
      'presence',
      { from: 'Ada@Example.org/Phone' },
      xml('show', {}, 'away'),
      xml('status', {}, ' At lunch 🍜 '),
      xml('priority', {}, '-5'),
      xml('idle', { xmlns: 'urn:xmpp:idle:1', since: '2026-03-02T07:00:00Z' }),
      xml('delay', { xmlns: 'urn:xmpp:delay', stamp: '2026-03-02T07:30:00Z' }),
      xml('x', { xmlns: 'vcard-temp:x:update' }, xml('photo', {}, 'A'.repeat(40))),
    );
    expect(parsePresence(stanza)).toEqual({
      from: { bare: 'ada@example.org', domain: 'example.org', resource: 'Phone' },
      kind: 'available',
      show: 'away',
      statusText: 'At lunch 🍜',
      priority: -5,
      idleSince: Date.parse('2026-03-02T07:00:00Z'),
      delay: { stampedAt: Date.parse('2026-03-02T07:30:00Z') },
      photoHash: 'a'.repeat(40),
      errorCondition: null,
    });
  });

  it.each([
    ['no sender', xml('presence')],
    ['an empty domain', xml('presence', { from: 'ada@' })],
    ['a bare @', xml('presence', { from: '@' })],
    ['an unknown type', xml('presence', { from: 'ada@b', type: 'sleeping' })],
    ['another stanza', xml('message', { from: 'ada@b' })],
  ])('with %s is nothing', (_what, stanza) => {
    expect(parsePresence(stanza)).toBeNull();
  });

  it.each([
    ['', 0],
    ['high', 0],
    ['127', 127],
    ['999', 127],
    ['-999', -128],
    ['1e2', 0],
  ])('with the priority %j counts as %d', (text, priority) => {
    const stanza = xml('presence', { from: 'ada@b/c' }, xml('priority', {}, text));
    expect(parsePresence(stanza)?.priority).toBe(priority);
  });

  it('never throws, whatever is inside', () => {
    const anything = fc.string({ maxLength: 20 });
    fc.assert(
      fc.property(anything, anything, anything, anything, (from, show, since_, type) => {
        const stanza = xml(
          'presence',
          { from, type },
          xml('show', {}, show),
          xml('idle', { xmlns: 'urn:xmpp:idle:1', since: since_ }),
          xml('delay', { xmlns: 'urn:xmpp:delay', stamp: since_ }),
          xml('priority', {}, show),
        );
        expect(() => parsePresence(stanza)).not.toThrow();
      }),
    );
  });
});
