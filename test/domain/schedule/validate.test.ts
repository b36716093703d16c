import { describe, expect, it } from 'vitest';
import {
  isCalendarDate,
  isEndTime,
  isKnownTimeZone,
  isScheduleZone,
  isStartTime,
} from '../../../src/domain/schedule/validate.ts';

describe('what a schedule may hold', () => {
  it('starts at 00:00 to 23:59 and ends at 00:00 to 24:00', () => {
    expect(['00:00', '23:59', '24:00', '9:00', '12:60', '12:00 ', ''].map(isStartTime)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
    expect(['00:00', '24:00', '24:01', '25:00'].map(isEndTime)).toEqual([true, true, false, false]);
  });

  it('has exceptions on days that exist', () => {
    expect(['2026-02-28', '2028-02-29', '2026-02-29', '2026-13-01', '2026-2-1'].map(isCalendarDate)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('is in a zone that the computer knows, or on the device', () => {
    expect(['Europe/Berlin', 'UTC', 'Mars/Olympus', '+02:00', '', 'device'].map(isKnownTimeZone)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
    expect(['device', 'Asia/Kolkata', 'Mars/Olympus'].map(isScheduleZone)).toEqual([true, true, false]);
  });
});
