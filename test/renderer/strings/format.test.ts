import { describe, expect, it } from 'vitest';
import { cityOf, createFormats, knownTimeZone } from '../../../renderer/strings/format.ts';
import { chooseLanguage, directionOf, localeOf } from '../../../renderer/strings/language.ts';

const now = new Date(2026, 2, 4, 14, 2, 30).getTime();
const en = createFormats('en-GB');

describe('formats', () => {
  it('tells ages in the largest unit that is at least one', () => {
    expect(en.relative(now - 12_000, now)).toBe('12 sec ago');
    expect(en.relative(now - 59_999, now)).toBe('59 sec ago');
    expect(en.relative(now - 61_000, now)).toBe('1 min ago');
    expect(en.relative(now - 3 * 86_400_000, now)).toBe('3 days ago');
    expect(en.relative(now + 5 * 60_000, now)).toBe('in 5 min');
  });

  it('tells about how long in the largest unit alone, and never more than it is', () => {
    expect(en.about(59)).toBe('59 secs');
    expect(en.about(119)).toBe('1 min');
    expect(en.about(86_399)).toBe('23 hrs');
    expect(en.about(172_799)).toBe('1 day');
  });

  it('never rounds up to all of it, and tells long times in seconds', () => {
    expect(en.percent(0.9999)).toBe('99.9%');
    expect(en.percent(1)).toBe('100%');
    expect(en.milliseconds(84.4)).toBe('84 ms');
    expect(en.milliseconds(12_345)).toBe('12 secs');
  });

  it('never tells an age of zero', () => {
    expect(en.relative(now, now)).toBe('1 sec ago');
  });

  it('gives today the time alone, this week the weekday, else the date', () => {
    expect(en.moment(now - 60_000, now)).toBe('14:01');
    expect(en.moment(now - 2 * 86_400_000, now)).toBe('Mon 14:02');
    expect(en.moment(now - 30 * 86_400_000, now)).toBe('2 Feb 2026');
  });

  it('tells local times, and the time here for a zone that nobody knows', () => {
    const noon = Date.parse('2026-01-15T12:00:00Z');
    expect(en.time(noon, 'Asia/Tokyo')).toBe('21:00');
    expect(en.time(noon, 'Mars/Olympus')).toBe(en.time(noon));
    expect(en.time(noon - 4 * 3_600_000, 'Europe/London')).toBe('08:00');
    expect(createFormats('en-US').time(noon - 4 * 3_600_000, 'Europe/London')).toBe('8:00 AM');
    expect(knownTimeZone('Mars/Olympus')).toBeUndefined();
    expect(cityOf('America/New_York')).toBe('New York');
  });

  it('writes durations in up to three units', () => {
    expect(en.duration(5_400)).toBe('1 hr 30 mins');
    expect(en.duration(90_060)).toBe('1 day 1 hr 1 min');
    expect(en.duration(20)).toBe('20 secs');
  });

  it('speaks German', () => {
    expect(createFormats('de').relative(now - 600_000, now)).toBe('vor 10 Min.');
    expect(createFormats('de').list(['A', 'B', 'C'])).toBe('A, B und C');
  });
});

describe('language', () => {
  it('follows the preference, else the first language of the system that ships, else English', () => {
    expect(chooseLanguage('de', ['en-US'])).toBe('de');
    expect(chooseLanguage('system', ['fr-FR', 'de-AT', 'en'])).toBe('de');
    expect(chooseLanguage('system', ['fr-FR'])).toBe('en');
  });

  it("formats in the system's own variant of the language", () => {
    expect(localeOf('en', ['de-DE', 'en-AU'])).toBe('en-AU');
    expect(localeOf('de', ['en-AU'])).toBe('de');
  });

  it('knows scripts that are written from the right', () => {
    expect(directionOf('ar-EG')).toBe('rtl');
    expect(directionOf('de')).toBe('ltr');
  });
});
