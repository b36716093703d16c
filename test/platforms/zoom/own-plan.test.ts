import { describe, expect, it } from 'vitest';
import { addMs, epochMs, HOUR_MS, MINUTE_MS } from '../../../src/domain/time.ts';
import type { OwnTarget } from '../../../src/platforms/platform.ts';
import { type OwnWrite, planOwn } from '../../../src/platforms/zoom/own-plan.ts';
import {
  compareDoNotDisturb,
  compareStatus,
  type PresenceSnapshot,
  snapshotOf,
} from '../../../src/platforms/zoom/own-snapshot.ts';

const NOW = epochMs(Date.parse('2026-03-02T08:00:00Z'));
const shows = (native: string, minutes: number | null = null): PresenceSnapshot => ({
  native,
  endsAt: minutes === null ? null : addMs(NOW, minutes * MINUTE_MS),
});
const DND = 'Do_Not_Disturb';

type StatusTarget = OwnTarget['status'];
type DndTarget = OwnTarget['doNotDisturb'];
const set = (status: 'online' | 'away' | 'busy' | 'offline', words: string | null = null): StatusTarget => ({
  kind: 'set',
  status,
  message: words,
  emoji: null,
  until: null,
});
const back = (snapshot: PresenceSnapshot) => ({ kind: 'restore' as const, snapshot: { ...snapshot } });
const disturb = (minutes: number | null): DndTarget => ({
  kind: 'set',
  active: true,
  until: minutes === null ? null : addMs(NOW, minutes * MINUTE_MS),
});
const calm: DndTarget = { kind: 'set', active: false, until: null };
const plain = (native: string): OwnWrite => ({ native, minutes: null });
const dnd = (minutes: number): OwnWrite => ({ native: DND, minutes });

function plan(current: PresenceSnapshot, status: StatusTarget, doNotDisturb: DndTarget, covered: string | null = null) {
  return planOwn({ status, doNotDisturb }, current, covered, NOW);
}

describe('what is written to Zoom', () => {
  it.each<[string, PresenceSnapshot, StatusTarget, DndTarget, string | null, OwnWrite | null, string | null]>([
    ['a status', shows('Available'), set('busy'), null, null, plain('Busy'), null],
    ['away for who wants to be offline', shows('Available'), set('offline'), null, null, plain('Away'), null],
    ['nothing that it shows already', shows('Busy'), set('busy'), null, null, null, null],
    ['do-not-disturb, keeping what it covers', shows('Away'), null, disturb(25), null, dnd(25), 'Away'],
    [
      'do-not-disturb instead of the status that is wished along with it',
      shows('Away'),
      set('busy'),
      disturb(25),
      null,
      dnd(25),
      'Busy',
    ],
    ['do-not-disturb for a day when it has no end', shows('Away'), null, disturb(null), null, dnd(1_440), 'Away'],
    ['do-not-disturb for no more than a day', shows('Away'), null, disturb(3_000), null, dnd(1_440), 'Away'],
    ['do-not-disturb for a minute at least, rounded up', shows('Away'), null, disturb(0.2), null, dnd(1), 'Away'],
    ['nothing when do-not-disturb stands', shows(DND, 25), set('busy'), disturb(25), 'Away', null, 'Busy'],
    ['do-not-disturb anew when it shall last longer', shows(DND, 25), null, disturb(60), 'Away', dnd(60), 'Away'],
    [
      'what was covered when do-not-disturb ends',
      shows(DND, 25),
      null,
      back(shows('Available')),
      'Away',
      plain('Away'),
      null,
    ],
    [
      'what was there before, when nothing was kept',
      shows(DND, 25),
      null,
      back(shows('Busy')),
      null,
      plain('Busy'),
      null,
    ],
    [
      'the status when do-not-disturb is switched off',
      shows(DND, 25),
      set('away'),
      calm,
      'Available',
      plain('Away'),
      null,
    ],
    ['nothing when there was none to switch off', shows('Busy'), null, calm, null, null, null],
    [
      'a status that was there before',
      shows('Busy'),
      back(shows('Out_of_Office')),
      null,
      null,
      plain('Out_of_Office'),
      null,
    ],
    [
      'available for what Zoom had set by itself before',
      shows('Busy'),
      back(shows('In_A_Zoom_Meeting')),
      null,
      null,
      plain('Available'),
      null,
    ],
    [
      'available for what cannot be read',
      shows('Busy'),
      { kind: 'restore', snapshot: 7 },
      null,
      null,
      plain('Available'),
      null,
    ],
    [
      'the user’s own do-not-disturb that goes on',
      shows('Busy'),
      back(shows(DND, 30)),
      null,
      null,
      dnd(30),
      'Available',
    ],
    [
      'available after a do-not-disturb that has run out',
      shows('Busy'),
      back(shows(DND, -1)),
      null,
      null,
      plain('Available'),
      null,
    ],
    ['nothing over the user’s own do-not-disturb', shows(DND, 30), set('online'), null, null, null, 'Available'],
    ['nothing over a meeting', shows('In_A_Zoom_Meeting'), set('away'), null, null, null, null],
    [
      'do-not-disturb even in a meeting',
      shows('In_A_Zoom_Meeting'),
      null,
      disturb(25),
      null,
      dnd(25),
      'In_A_Zoom_Meeting',
    ],
  ])('is %s', (_what, current, status, doNotDisturb, covered, write, kept) => {
    expect(plan(current, status, doNotDisturb, covered)).toMatchObject({ write, covered: kept });
  });
});

describe('what is told of it', () => {
  it('is partial, with a sentence, wherever Zoom goes along only so far', () => {
    expect(plan(shows('Available'), set('busy'), null).status).toEqual({
      outcome: 'applied',
      detail: null,
      expiresBy: 'muster',
    });
    for (const [current, wish, disturbed] of [
      [shows('Available'), set('offline'), null],
      [shows('Available'), set('busy', 'In the engine room'), null],
      [shows('Available'), set('online'), disturb(25)],
      [shows('On_A_Call'), set('away'), null],
    ] as const) {
      expect(plan(current, wish, disturbed).status).toMatchObject({
        outcome: 'partial',
        detail: expect.stringMatching(/\w.*\.$/),
      });
    }
    expect(plan(shows('Available'), set('busy'), disturb(25)).status?.outcome).toBe('applied');
  });

  it('says who ends do-not-disturb', () => {
    expect(plan(shows('Available'), null, disturb(60)).doNotDisturb).toMatchObject({
      outcome: 'applied',
      expiresBy: 'platform',
    });
    expect(plan(shows('Available'), null, disturb(null)).doNotDisturb).toMatchObject({ expiresBy: 'muster' });
    expect(plan(shows('Available'), null, disturb(3_000)).doNotDisturb).toMatchObject({ expiresBy: 'muster' });
    expect(plan(shows('Available'), null, null)).toMatchObject({ status: null, doNotDisturb: null, write: null });
  });
});

describe('a reading', () => {
  it('keeps the end that Zoom tells, in either form', () => {
    expect(snapshotOf({ status: DND, end_time: '2026-03-02T09:00:00Z', remaining_time: 60 }, NOW)).toEqual(
      shows(DND, 60),
    );
    expect(snapshotOf({ status: DND, remaining_time: 5 }, NOW)).toEqual(shows(DND, 5));
    expect(snapshotOf({ status: DND }, NOW)).toEqual(shows(DND));
    expect(snapshotOf({ status: 'Available', end_time: '2026-03-02T09:00:00Z' }, NOW)).toEqual(shows('Available'));
  });

  it.each([
    ['the same', shows('Busy'), shows('BUSY'), 'same'],
    ['the same beneath a meeting', shows('Busy'), shows('In_A_Zoom_Meeting'), 'same'],
    ['to be written again once the meeting is over', shows('In_A_Zoom_Meeting'), shows('Available'), 'expired'],
    ['to be written again once do-not-disturb is over', shows(DND, 0), shows('Available'), 'expired'],
    ['changed by the user', shows('Busy'), shows('Available'), 'changed'],
    ['changed by the user’s do-not-disturb', shows('Busy'), shows(DND, 20), 'changed'],
    ['changed by the user before do-not-disturb was over', shows(DND, 20), shows('Available'), 'changed'],
  ] as const)('of a status is %s', (_how, written, read, expected) => {
    expect(compareStatus({ ...written }, { ...read }, NOW)).toBe(expected);
  });

  it.each([
    ['the same', shows(DND, 20), shows(DND, 21), 'same'],
    ['the same, whatever the status', shows('Busy'), shows('Away'), 'same'],
    ['over', shows(DND, 0), shows('Available'), 'expired'],
    ['ended by the user', shows(DND, 20), shows('Available'), 'changed'],
    ['prolonged by the user', shows(DND, 20), shows(DND, 60), 'changed'],
    ['begun by the user', shows('Available'), shows(DND, 60), 'changed'],
    ['unreadable', shows(DND), null, 'changed'],
  ] as const)('of do-not-disturb is %s', (_how, written, read, expected) => {
    expect(compareDoNotDisturb({ ...written }, read === null ? null : { ...read }, NOW)).toBe(expected);
    expect(compareStatus(null, { ...written }, addMs(NOW, HOUR_MS))).toBe('changed');
  });
});
