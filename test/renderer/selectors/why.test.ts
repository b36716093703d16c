import { describe, expect, it } from 'vitest';
import { chatOf, freshCount, whyRows } from '../../../renderer/selectors/why.ts';
import { contact, identity } from '../support/team.ts';

const slack = identity({ status: 'idle', chatUrl: null });
const xmpp = identity({
  accountId: 'a_xmpp',
  platform: 'xmpp',
  userId: 'ada@x',
  status: 'online',
  chatUrl: 'xmpp:ada@x',
});
const old = identity({ accountId: 'a_old', userId: 'O1', status: 'online', stale: true, chatUrl: 'slack://old' });
const silent = identity({ accountId: 'a_new', userId: 'N1', status: 'unknown', observedAt: null, source: null });

describe('why a status is what it is', () => {
  const person = contact({
    why: { rule: 'highest-of-fresh', accountId: 'a_xmpp', userId: 'ada@x', observedAt: xmpp.observedAt },
    identities: [silent, old, slack, xmpp],
  });

  it('lists the winner, what ranks lower, what is too old and what never answered', () => {
    expect(whyRows(person).map(({ identity: { accountId }, verdict }) => [accountId, verdict])).toEqual([
      ['a_xmpp', 'won'],
      ['a_slack', 'outranked'],
      ['a_old', 'stale'],
      ['a_new', 'nothing'],
    ]);
  });

  it('tells who says the same from who ranks lower', () => {
    const same = { ...slack, status: person.status };
    const both = contact({ ...person, identities: [same, xmpp] });
    expect(whyRows(both).map(({ verdict }) => verdict)).toEqual(['won', 'agrees']);
  });

  it('counts only fresh answers', () => {
    expect(freshCount(person)).toBe(2);
  });

  it('keeps the last winner first when all are stale', () => {
    const stale = contact({
      stale: true,
      why: { rule: 'last-known-all-stale', accountId: 'a_old', userId: 'O1', observedAt: old.observedAt },
      identities: [{ ...xmpp, stale: true }, old],
    });
    expect(whyRows(stale).map(({ verdict }) => verdict)).toEqual(['won', 'stale']);
  });

  it('opens the chat where they answer most likely, and none where no platform has a link', () => {
    expect(chatOf(person)).toEqual({ url: 'xmpp:ada@x', platform: 'xmpp' });
    expect(chatOf(contact({ identities: [slack] }))).toBeNull();
  });
});
