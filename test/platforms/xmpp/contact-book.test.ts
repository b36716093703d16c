import { xml } from '@xmpp/client';
import { beforeEach, describe, expect, it } from 'vitest';
import { addMs, epochMs } from '../../../src/domain/time.ts';
import { ContactBook } from '../../../src/platforms/xmpp/contact-book.ts';
import { activitiesOf } from '../../../src/platforms/xmpp/mapping.ts';
import {
  parsePepEvents,
  parsePresence,
  parseRosterItems,
  type RosterItem,
} from '../../../src/platforms/xmpp/schema.ts';

const login = epochMs(Date.parse('2026-03-02T08:00:00Z'));
const later = addMs(login, 60_000);
const ADA = 'ada@example.org';

function item(over: Partial<RosterItem> = {}): RosterItem {
  return { jid: ADA, name: 'Ada', subscription: 'both', groups: [], ...over };
}

describe('what is known about a contact', () => {
  const optedOut = new Set<string>();
  let book: ContactBook;

  beforeEach(() => {
    optedOut.clear();
    book = new ContactBook('me@example.org', (userId) => optedOut.has(userId));
    book.setRoster([item()], login);
    book.beginSession(login);
  });

  function says(
    from: string,
    over: { type?: string; show?: string; stamp?: string; at?: number; error?: string; priority?: string } = {},
  ) {
    const stanza = parsePresence(
      xml(
        'presence',
        { from, type: over.type },
        over.show === undefined ? undefined : xml('show', {}, over.show),
        over.priority === undefined ? undefined : xml('priority', {}, over.priority),
        over.stamp === undefined ? undefined : xml('delay', { xmlns: 'urn:xmpp:delay', stamp: over.stamp }),
        over.error === undefined
          ? undefined
          : xml('error', { type: 'cancel' }, xml(over.error, { xmlns: 'urn:ietf:params:xml:ns:xmpp-stanzas' })),
      ),
    );
    if (!stanza) throw new Error('no presence');
    return book.presence(stanza, epochMs(over.at ?? later));
  }

  it('tells the first word after a login from a change', () => {
    expect(says(`${ADA}/a`, { at: login + 100 })).toMatchObject([{ status: 'online', replayed: true }]);
    expect(says(`${ADA}/a`, { at: login + 200, show: 'away' })).toMatchObject([{ status: 'away', replayed: false }]);
  });

  it('believes in a change at once after somebody was said to be offline', () => {
    says(ADA, { type: 'unavailable', at: login + 100 });
    expect(says(`${ADA}/a`, { at: login + 200 })).toMatchObject([{ status: 'online', replayed: false }]);
  });

  it('is told again on a fresh session, though nothing changed: what the old one said counts no longer', () => {
    says(`${ADA}/a`, { at: login + 100 });
    expect(says(`${ADA}/a`, { at: login + 200 })).toEqual([]);
    book.beginSession(later);
    expect(says(`${ADA}/a`, { at: later + 100 })).toMatchObject([
      { status: 'online', replayed: true, observedAt: later + 100 },
    ]);
  });

  it('never takes a delayed presence for a change, whenever it comes', () => {
    expect(says(`${ADA}/a`, { stamp: '2026-03-02T07:00:00Z' })).toMatchObject([{ replayed: true }]);
    expect(says(`${ADA}/a`, { show: 'dnd', stamp: 'yesterday' })).toMatchObject([{ replayed: true }]);
    expect(says(`${ADA}/a`, { show: 'xa', stamp: '2026-03-02T23:00:00Z' })).toMatchObject([{ replayed: true }]);
  });

  it('takes what a resumed session hands over for late changes, and only that', () => {
    says(`${ADA}/a`, { at: login + 100 });
    book.resumed(later);
    const stamp = '2026-03-02T08:00:30Z';
    expect(says(`${ADA}/a`, { at: later + 50, show: 'dnd', stamp })).toMatchObject([{ replayed: false }]);
    expect(says(`${ADA}/a`, { at: later + 60, show: 'dnd', stamp })).toEqual([]);
    expect(says(`${ADA}/b`, { at: later + 70, priority: '9', stamp: '2026-03-02T07:59:00Z' })).toMatchObject([
      { replayed: true },
    ]);
    expect(says(`${ADA}/a`, { at: later + 60_000, show: 'xa', priority: '10', stamp })).toMatchObject([
      { replayed: true },
    ]);
  });

  it('says nothing twice', () => {
    expect(says(`${ADA}/a`)).toHaveLength(1);
    expect(says(`${ADA}/a`)).toEqual([]);
    expect(says(`${ADA}/b`, { show: 'xa' })).toEqual([]);
  });

  it('keeps the condition of a presence error, and recovers', () => {
    says(`${ADA}/a`);
    expect(says(ADA, { type: 'error', error: 'remote-server-not-found' })).toMatchObject([
      { status: 'unknown', rawStatus: 'error: remote-server-not-found' },
    ]);
    expect(says(`${ADA}/a`)).toMatchObject([{ status: 'online' }]);
  });

  it('knows nothing of strangers, of our own clients and of subscription requests', () => {
    book.setRoster([item(), item({ jid: 'me@example.org' })], login);
    expect(says('stranger@example.org/a')).toEqual([]);
    expect(says('me@example.org/phone')).toEqual([]);
    expect(says(ADA, { type: 'subscribe' })).toEqual([]);
    expect(book.identities().map(({ userId }) => userId)).toEqual([ADA]);
  });

  it('drops people from the moment they are opted out', () => {
    optedOut.add(ADA);
    expect(says(`${ADA}/a`)).toEqual([]);
    expect(book.observations()).toEqual([]);
    expect(book.setRoster([item()], later)).toMatchObject({ identities: [], removed: [ADA], observations: [] });
  });

  it('takes the first word about somebody who was just added for their earlier state', () => {
    book.pushItem(item({ jid: 'new@example.org', subscription: 'none' }), later);
    expect(book.pushItem(item({ jid: 'new@example.org', subscription: 'to' }), addMs(later, 10)).observations).toEqual(
      [],
    );
    expect(book.unheard()).toContain('new@example.org');
    expect(says('new@example.org/a', { at: later + 100 })).toMatchObject([{ status: 'online', replayed: true }]);
  });

  it('calls those offline whom the server did not name, once it has had its say', () => {
    expect(book.settle(later, (jid) => jid !== ADA)).toEqual([]);
    expect(book.settle(later, () => true)).toMatchObject([{ userId: ADA, status: 'offline', replayed: true }]);
    expect(book.settle(later, () => true)).toEqual([]);
  });

  it('says of people without a subscription that it cannot know', () => {
    const { observations } = book.setRoster([item({ subscription: 'from' })], later);
    expect(observations).toMatchObject([{ status: 'unknown', rawStatus: 'subscription: from' }]);
    expect(book.settle(later, () => true)).toEqual([]);
  });

  it('takes the last activity for those who are offline only', () => {
    says(`${ADA}/a`, { at: login });
    expect(book.lastActivity(ADA, 60, later)).toEqual([]);
    book.beginSession(later);
    book.settle(later, () => true);
    expect(book.offlineWithoutLastSeen()).toEqual([ADA]);
    expect(book.lastActivity(ADA, 60, later)).toMatchObject([{ status: 'offline', lastSeen: login, replayed: true }]);
    expect(book.offlineWithoutLastSeen()).toEqual([]);
  });

  it('prefers the roster’s name, then the nick, then the vCard, then the address', () => {
    const name = () => book.identities()[0]?.displayName;
    expect(name()).toBe('Ada');
    book.setRoster([item({ name: null })], later);
    expect(name()).toBe('ada');
    book.vcardName(ADA, 'Augusta Ada King');
    expect(name()).toBe('Augusta Ada King');
    const nick = () => book.pep({ kind: 'nick', from: ADA, nick: 'Countess' }, later).identities;
    expect(nick()).toMatchObject([{ displayName: 'Countess' }]);
    expect(nick()).toEqual([]);
    expect(name()).toBe('Countess');
  });

  it('tells what somebody does while they are there, and as no news about them', () => {
    const activity = { general: 'talking', specific: 'on_the_phone', text: null };
    const call = [{ kind: 'in-a-call', detail: 'on the phone' }];
    const pep = (of: typeof activity | null) =>
      book.pep({ kind: 'activity', from: ADA, activity: of }, later).observations;
    expect(pep(activity)).toEqual([]);
    expect(says(`${ADA}/a`)).toMatchObject([{ status: 'online', activities: call }]);
    expect(pep(activity)).toEqual([]);
    expect(pep(null)).toMatchObject([{ status: 'online', activities: [], replayed: true }]);
    expect(pep(activity)).toMatchObject([{ status: 'online', activities: call, replayed: true }]);
    expect(says(`${ADA}/a`, { type: 'unavailable' })).toMatchObject([{ status: 'offline', activities: [] }]);
    book.beginSession(later);
    expect(says(`${ADA}/a`)).toMatchObject([{ status: 'online', activities: [] }]);
    optedOut.add(ADA);
    expect(pep(activity)).toEqual([]);
  });

  it('prefers a published picture to the one of the vCard', () => {
    const hash = 'a'.repeat(40);
    const key = () => book.identities()[0]?.avatarKey;
    book.photo(ADA, hash);
    expect(key()).toBe(`vcard:${hash}:${ADA}`);
    book.pep({ kind: 'avatar', from: ADA, hash }, later);
    expect(key()).toBe(`pep:${hash}:${ADA}`);
    book.pep({ kind: 'avatar', from: ADA, hash: null }, later);
    book.photo(ADA, null);
    expect(key()).toBeNull();
  });
});

/** What the server hands on of something published. */
function published(node: string, ...payload: ReturnType<typeof xml>[]) {
  const items = xml('items', { node }, xml('item', {}, ...payload));
  return xml('message', { from: ADA }, xml('event', { xmlns: 'http://jabber.org/protocol/pubsub#event' }, items));
}

const ACTIVITY = 'http://jabber.org/protocol/activity';
const TUNE = 'http://jabber.org/protocol/tune';

function doing(general: string, specific?: string, text?: string) {
  const more = specific === undefined ? [] : [xml(specific)];
  const words = text === undefined ? [] : [xml('text', { 'xml:lang': 'en' }, text)];
  return published(ACTIVITY, xml('activity', { xmlns: ACTIVITY }, xml(general, {}, ...more), ...words));
}

describe('stanzas about people', () => {
  it.each([
    ['talking', 'on_the_phone', undefined, 'in-a-call', 'on the phone'],
    ['talking', 'on_video_phone', undefined, 'in-a-call', 'on video phone'],
    ['working', 'in_a_meeting', 'Sprint review', 'in-a-meeting', 'in a meeting · Sprint review'],
    ['relaxing', 'gaming', undefined, 'playing', 'gaming'],
    ['relaxing', 'watching_a_movie', undefined, 'watching', 'watching a movie'],
    ['doing_chores', undefined, undefined, 'other', 'doing chores'],
    ['undefined', 'something_new', undefined, 'other', 'something new'],
  ] as const)('read the activity %s, %s (%s) as %s', (general, specific, text, kind, detail) => {
    const [event] = parsePepEvents(doing(general, specific, text));
    if (event?.kind !== 'activity') throw new Error('no activity');
    expect(activitiesOf(event.activity, null)).toEqual([{ kind, detail }]);
  });

  it('read what somebody listens to, and that they stopped', () => {
    const tune = (...inside: ReturnType<typeof xml>[]) =>
      parsePepEvents(published(TUNE, xml('tune', { xmlns: TUNE }, ...inside)))[0];
    expect(tune(xml('artist', {}, 'Yes'), xml('title', {}, 'Heart of the Sunrise'))).toEqual({
      kind: 'tune',
      from: ADA,
      tune: { title: 'Heart of the Sunrise', artist: 'Yes' },
    });
    expect(tune()).toEqual({ kind: 'tune', from: ADA, tune: null });
    expect(parsePepEvents(published(ACTIVITY, xml('activity', { xmlns: ACTIVITY })))).toEqual([
      { kind: 'activity', from: ADA, activity: null },
    ]);
    expect(parsePepEvents(published(ACTIVITY))).toEqual([{ kind: 'activity', from: ADA, activity: null }]);
  });

  it('gives the usable items of a roster', () => {
    const query = xml(
      'query',
      { xmlns: 'jabber:iq:roster' },
      xml(
        'item',
        { jid: 'Ada@Example.org/x', subscription: 'both' },
        xml('group', {}, ' Team '),
        xml('group', {}, 'Team'),
      ),
      xml('item', { jid: '@' }),
      xml('item', {}),
      xml('item', { jid: 'bob@example.org', subscription: 'sideways', name: ' ' }),
    );
    expect(parseRosterItems(query)).toEqual([
      { jid: ADA, name: null, subscription: 'both', groups: ['Team'] },
      { jid: 'bob@example.org', name: null, subscription: 'none', groups: [] },
    ]);
  });

  it('reads no picture id that could be anything but a hash', () => {
    const event = (id: string, url?: string) =>
      xml(
        'message',
        { from: ADA },
        xml(
          'event',
          { xmlns: 'http://jabber.org/protocol/pubsub#event' },
          xml(
            'items',
            { node: 'urn:xmpp:avatar:metadata' },
            xml('item', {}, xml('metadata', { xmlns: 'urn:xmpp:avatar:metadata' }, xml('info', { id, url }))),
          ),
        ),
      );
    expect(parsePepEvents(event('B'.repeat(40)))).toEqual([{ kind: 'avatar', from: ADA, hash: 'b'.repeat(40) }]);
    expect(parsePepEvents(event('../../etc/passwd'))).toEqual([{ kind: 'avatar', from: ADA, hash: null }]);
    expect(parsePepEvents(event('b'.repeat(40), 'https://tracker.example'))).toEqual([
      { kind: 'avatar', from: ADA, hash: null },
    ]);
  });
});
