import { describe, expect, it } from 'vitest';
import { differingZone, offsetMinutes } from '../../../renderer/selectors/time-zone.ts';

const winter = Date.parse('2026-01-15T12:00:00Z');
const summer = Date.parse('2026-07-15T12:00:00Z');
/** The weeks in March in which the United States are on summer time and Europe is not. */
const between = Date.parse('2026-03-20T12:00:00Z');

describe('local times', () => {
  it('knows offsets on both sides of a daylight-saving change, half hours and UTC', () => {
    expect(offsetMinutes('Europe/Berlin', winter)).toBe(60);
    expect(offsetMinutes('Europe/Berlin', summer)).toBe(120);
    expect(offsetMinutes('America/St_Johns', winter)).toBe(-210);
    expect(offsetMinutes('UTC', winter)).toBe(0);
  });

  it('shows a zone only when its clock shows another time now', () => {
    expect(differingZone('Europe/Oslo', 'Europe/Berlin', winter)).toBeNull();
    expect(differingZone('Africa/Lagos', 'Europe/Berlin', winter)).toBeNull();
    expect(differingZone('Africa/Lagos', 'Europe/Berlin', summer)).toBe('Africa/Lagos');
    expect(offsetMinutes('America/New_York', between)).toBe(-240);
  });

  it('leaves out an unknown zone rather than failing', () => {
    expect(differingZone('Mars/Olympus', 'Europe/Berlin', winter)).toBeNull();
    expect(differingZone(null, 'Europe/Berlin', winter)).toBeNull();
  });
});
