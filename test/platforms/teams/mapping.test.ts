import { describe, expect, it } from 'vitest';
import { judged } from '../../../src/platforms/teams/mapping.ts';
import { plainTextOf } from '../../../src/platforms/teams/text.ts';

/** Every word of both generations of `resources/presence`, and of “Manage presence state”: alone, in either field. */
const WORDS: readonly (readonly [word: string, status: string, doNotDisturb: boolean])[] = [
  ['Available', 'online', false],
  ['AvailableIdle', 'idle', false],
  ['AvailableInactive', 'idle', false],
  ['Inactive', 'idle', false],
  ['BusyIdle', 'idle', false],
  ['Busy', 'busy', false],
  ['InACall', 'busy', false],
  ['InAConferenceCall', 'busy', false],
  ['InAMeeting', 'busy', false],
  ['DoNotDisturb', 'busy', true],
  ['UrgentInterruptionsOnly', 'busy', true],
  ['Presenting', 'busy', true],
  ['Focusing', 'busy', true],
  ['Away', 'away', false],
  ['BeRightBack', 'away', false],
  ['Offline', 'offline', false],
  ['OffWork', 'offline', false],
  ['OutOfOffice', 'away', false],
  ['PresenceUnknown', 'unknown', false],
];

/** How Microsoft's pages and real answers spell a word. */
const SPELLINGS = [
  (word: string) => word,
  (word: string) => word.charAt(0).toLowerCase() + word.slice(1),
  (word: string) => word.toLowerCase(),
  (word: string) => word.toUpperCase(),
];

describe('what Graph’s words mean', () => {
  it.each(WORDS)(
    '%s is %s in every spelling, as availability and, without one, as activity',
    (word, status, doNotDisturb) => {
      for (const spell of SPELLINGS) {
        const raw = spell(word);
        expect(judged(raw, raw)).toMatchObject({ status, doNotDisturb, rawStatus: `${raw}/${raw}` });
        expect(judged(raw, null)).toMatchObject({ status, doNotDisturb, rawStatus: raw });
        expect(judged(null, raw)).toMatchObject({ status, doNotDisturb, rawStatus: raw });
      }
    },
  );

  it.each([
    ['Available', 'InACall', 'busy', ['in-a-call']],
    ['Available', 'Presenting', 'busy', ['presenting']],
    ['Available', 'Inactive', 'idle', []],
    ['inAMeeting', 'busy', 'busy', ['in-a-meeting']],
    ['Busy', 'OutOfOffice', 'busy', ['other']],
    ['Away', 'InACall', 'away', []],
    ['Offline', 'OutOfOffice', 'offline', ['other']],
    ['BusyIdle', 'InAMeeting', 'idle', ['in-a-meeting']],
  ])('%s with %s is %s', (availability, activity, status, kinds) => {
    const said = judged(availability, activity);
    expect(said.status).toBe(status);
    expect(said.activities.map(({ kind }) => kind)).toEqual(kinds);
  });

  it('takes an availability that nobody knows for unknown, whatever stands beside it, and keeps it', () => {
    expect(judged('Hovering', 'Available')).toEqual({
      status: 'unknown',
      doNotDisturb: false,
      activities: [],
      rawStatus: 'Hovering/Available',
    });
    expect(judged('Available', 'Juggling')).toMatchObject({ status: 'online', rawStatus: 'Available/Juggling' });
    expect(judged(null, null)).toMatchObject({ status: 'unknown', rawStatus: null });
    expect(judged('', undefined)).toMatchObject({ status: 'unknown', rawStatus: null });
  });

  it('shows no do-not-disturb of somebody who is away or offline', () => {
    expect(judged('Offline', 'DoNotDisturb').doNotDisturb).toBe(false);
    expect(judged('Away', 'UrgentInterruptionsOnly').doNotDisturb).toBe(false);
  });
});

describe('rich messages as plain text', () => {
  it.each([
    ['<p>Back at 3<br>or 4</p>', 'html', 'Back at 3\nor 4'],
    [
      '<p>Ask <span itemtype="http://schema.skype.com/Mention">Ada Byron</span> &amp; me</p><pinnednote></pinnednote>',
      'html',
      'Ask Ada Byron & me',
    ],
    ['<p>Tea <img alt="🍵" src="x" /> &#x2013; &#128516;</p>', 'HTML', 'Tea 🍵 – 😄'],
    ['<script>alert(1)</script><b>Hi</b>', 'html', 'Hi'],
    ['1 < 2 and 3 > 2', 'text', '1 < 2 and 3 > 2'],
    ['<p></p>', 'html', null],
    ['   ', 'text', null],
    [null, null, null],
    ['<div>From Outlook</div>', undefined, 'From Outlook'],
    ['&unknown; &#xD800; &#0;', 'html', '&unknown; &#xD800; &#0;'],
  ])('%s (%s)', (content, contentType, text) => {
    expect(plainTextOf(content, contentType)).toBe(text);
  });

  it.each([
    ['pictures that do not end', '<img alt="" '],
    ['brackets', '<'],
    ['spaces', ' '],
    ['scripts that do not end', '<script>'],
    ['scripts that end wrongly', '<script></script'],
    ['tags that do not end', '<a'],
  ])('takes no time over a long message of %s', (_what, part) => {
    const begun = performance.now();
    for (const type of ['html', null]) plainTextOf(part.repeat(100_000), type);
    // Minutes, with a pattern that tries again at every place; a busy machine is slow too.
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});
