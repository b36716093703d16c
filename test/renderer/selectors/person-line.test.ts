import { describe, expect, it } from 'vitest';
import { lineOf, platformsOf, staleSince } from '../../../renderer/selectors/person-line.ts';
import { contact, identity } from '../support/team.ts';

const at = Date.parse('2026-03-02T11:00:00.000Z');
const seen = '2026-03-02T10:00:00.000Z';

describe('the line below a name', () => {
  it('is emoji and message before anything else, with the account whose own emoji it may be', () => {
    const person = contact({
      message: 'Pairing',
      emoji: ':parrot:',
      activity: 'in a call',
      identities: [
        identity({ accountId: 'a_xmpp', message: null }),
        identity({ accountId: 'a_slack', message: 'Pairing', emoji: ':parrot:' }),
      ],
    });
    expect(lineOf(person)).toEqual({ kind: 'message', emoji: ':parrot:', text: 'Pairing', accountId: 'a_slack' });
  });

  it('is the activity when nothing was written', () => {
    expect(lineOf(contact({ activity: 'in a call', doNotDisturb: true }))).toEqual({
      kind: 'activity',
      text: 'in a call',
    });
  });

  it('is when they were last seen for somebody who is not around, where a platform says so', () => {
    expect(lineOf(contact({ status: 'offline', lastSeen: seen }))).toEqual({ kind: 'last-seen', at: Date.parse(seen) });
  });

  it('does not call somebody last seen who is online', () => {
    expect(lineOf(contact({ status: 'online', lastSeen: seen }))).toEqual({ kind: 'since', at });
  });

  it('claims nothing about somebody not known', () => {
    expect(lineOf(contact({ status: 'unknown', since: seen }))).toEqual({ kind: 'status' });
  });

  it('says that nothing is read about somebody opted out, whatever was known', () => {
    expect(lineOf(contact({ monitored: false, message: 'Old words' }))).toEqual({ kind: 'not-monitored' });
  });
});

describe('what stands beside a row', () => {
  it('names each platform once in one order, those first where they are around by a fresh answer', () => {
    const person = contact({
      identities: [
        identity({ platform: 'xmpp', accountId: 'a_3', status: 'offline' }),
        identity({ platform: 'slack', accountId: 'a_2', status: 'offline' }),
        identity({ platform: 'teams', accountId: 'a_4', status: 'busy', stale: true }),
        identity({ platform: 'slack', status: 'online' }),
        identity({ platform: 'linkedin', accountId: 'a_5', status: 'unknown' }),
      ],
    });
    expect(platformsOf(person)).toEqual([
      { platform: 'slack', around: true },
      { platform: 'linkedin', around: false },
      { platform: 'teams', around: false },
      { platform: 'xmpp', around: false },
    ]);
  });

  it('tells the age of a stale status and of no fresh one', () => {
    expect(staleSince(contact({ stale: true }))).toBe(Date.parse('2026-03-02T12:00:00.000Z'));
    expect(staleSince(contact({ stale: false }))).toBeNull();
  });
});
