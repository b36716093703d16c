import { describe, expect, it } from 'vitest';
import type { ObservationReport } from '../../../src/platforms/platform.ts';
import { People } from '../../../src/platforms/teams/people.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const ADA = 'fa8bf3dc-eca7-46b7-bad1-db199b62afc3';
const MINUTE = 60_000;

/** What is known about Ada, told in versions. */
function known() {
  const clock = new FakeClock();
  const told: ObservationReport[] = [];
  const report = {
    identities: () => {},
    removed: () => {},
    observations: (observations: readonly ObservationReport[]) => void told.push(...observations),
    lost: () => {},
    ownChanged: () => {},
    channel: () => {},
  };
  const people = new People({ clock, report, isOptedOut: () => false });
  const presence = (availability: string, sequenceNumber: string) => ({ id: ADA, availability, sequenceNumber });
  return {
    clock,
    looked: (availability: string, version: string) => people.looked([ADA], [presence(availability, version)]),
    pushed: (availability: string, version: string) => people.pushed(ADA, presence(availability, version)),
    statuses: () => told.map(({ status }) => status),
  };
}

describe('versions of a presence', () => {
  it('are taken in their order, and the same one again', () => {
    const { looked, pushed, statuses } = known();
    looked('Available', 'A02');
    pushed('Busy', 'A04');
    looked('Away', 'A03');
    pushed('Available', 'A01');
    looked('Busy', 'A04');
    expect(statuses()).toEqual(['online', 'busy', 'busy']);
  });

  it('that have begun anew are believed after five minutes of looks, so that nobody is shown wrongly for good', async () => {
    const { clock, looked, statuses } = known();
    looked('Available', 'A99');
    for (let minute = 0; minute < 5; minute += 1) {
      looked('Away', 'A01');
      await clock.advance(MINUTE);
    }
    expect(statuses()).toEqual(['online']);
    looked('Away', 'A01');
    looked('Busy', 'A02');
    expect(statuses()).toEqual(['online', 'away', 'busy']);
  });

  it('that lag now and then are not', async () => {
    const { clock, looked, statuses } = known();
    looked('Available', 'A05');
    for (let minute = 0; minute < 20; minute += 1) {
      looked(minute % 2 === 0 ? 'Away' : 'Available', minute % 2 === 0 ? 'A04' : 'A05');
      await clock.advance(MINUTE);
    }
    expect(statuses()).not.toContain('away');
  });

  it('are never begun anew by notifications, which may be old ones', async () => {
    const { clock, looked, pushed, statuses } = known();
    looked('Available', 'A05');
    for (let minute = 0; minute < 20; minute += 1) {
      pushed('Away', 'A04');
      await clock.advance(MINUTE);
    }
    expect(statuses()).toEqual(['online']);
  });
});
