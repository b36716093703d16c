import { describe, expect, it } from 'vitest';
import type { Status } from '../../../src/domain/presence/status.ts';
import { epochMs } from '../../../src/domain/time.ts';
import { identityOf, instantOf, meaningOf } from '../../../src/platforms/zoom/mapping.ts';

/** Every documented value of each surface (the reference pages of the three, and @zoom/rivet's types), by what it means. */
const TABLE: readonly (readonly [Status, readonly string[], Partial<ReturnType<typeof meaningOf>>?])[] = [
  ['online', ['Available', 'Mobile_signed_in']],
  ['away', ['Away', 'Out_of_Office', 'Out_Of_Office']],
  ['busy', ['Do_Not_Disturb', 'Do_No_Disturb'], { doNotDisturb: true }],
  ['busy', ['Busy'], { automatic: false }],
  ['busy', ['In_Calendar_Event', 'In_A_Calendar_Event'], { automatic: true }],
  ['busy', ['Presenting'], { activity: 'presenting' }],
  ['busy', ['In_A_Zoom_Meeting', 'In_A_Meeting', 'In_Meeting'], { activity: 'in-a-meeting' }],
  ['busy', ['On_A_Call', 'In_A_Call', 'On_Phone_Call'], { activity: 'in-a-call' }],
  ['offline', ['Offline']],
];

describe('Zoom’s words', () => {
  for (const [status, spellings, more = {}] of TABLE) {
    for (const native of spellings) {
      it(`${native} is ${status}, in whatever case and with whatever between its words`, () => {
        const expected = { doNotDisturb: false, activity: null, ...more, status };
        for (const spelt of [native, native.toUpperCase(), native.toLowerCase(), native.replaceAll('_', ' ')]) {
          expect(meaningOf(spelt)).toMatchObject(expected);
        }
      });
    }
  }

  it('are unknown when Zoom invents some', () => {
    for (const native of ['Hovering', '', 'constructor', '__proto__', 'Not_Available']) {
      expect(meaningOf(native)).toEqual({ status: 'unknown', doNotDisturb: false, activity: null, automatic: false });
    }
  });
});

describe('a contact', () => {
  it('goes by the first id that it has, and by whatever name there is', () => {
    const person = { id: 'u1', member_id: 'm1', email: 'ada@x.example', first_name: 'Ada', last_name: 'Byron' };
    expect(identityOf(person)).toMatchObject({ userId: 'u1', displayName: 'Ada Byron', email: 'ada@x.example' });
    expect(identityOf({ ...person, id: '' })).toMatchObject({ userId: 'ada@x.example' });
    expect(identityOf({ member_id: 'm1' })).toMatchObject({ userId: 'm1', displayName: 'm1', email: null });
    expect(identityOf({ email: 'ada@x.example', first_name: '' })).toMatchObject({ displayName: 'ada@x.example' });
    expect(identityOf({ first_name: 'Nobody' })).toBe(null);
  });
});

describe('an instant', () => {
  it('is read from Zoom’s dates, and from nothing else', () => {
    expect(instantOf('2024-03-27T04:00:00Z')).toBe(epochMs(Date.parse('2024-03-27T04:00:00Z')));
    for (const text of [undefined, '', 'tomorrow', '2024-03-27', '17']) expect(instantOf(text)).toBe(null);
  });
});
