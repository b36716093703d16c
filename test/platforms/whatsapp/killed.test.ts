import { describe, expect, it } from 'vitest';
import type { IdentityReport } from '../../../src/platforms/platform.ts';
import { Activity } from '../../../src/platforms/whatsapp/activity.ts';
import { throwawayMemory } from '../../../src/services/accounts/account-memory.ts';
import { FakeClock } from '../../support/fake-clock.ts';

describe('somebody who writes for the first time', () => {
  it('is told again when Muster was killed before they were kept', () => {
    const clock = new FakeClock();
    const memory = throwawayMemory();
    const ignore = () => {};
    const start = (identities: (reports: readonly IdentityReport[]) => void) => {
      const report = {
        identities,
        observations: ignore,
        removed: ignore,
        lost: ignore,
        ownChanged: ignore,
        channel: ignore,
      };
      return new Activity({ clock, memory, report, isOptedOut: () => false });
    };
    const event = {
      what: 'message: text',
      at: Math.floor(clock.now() / 1_000),
      waId: '15551234567',
      userId: null,
      name: 'Ada',
      became: null,
    };
    const killed = start(() => {
      throw new Error('killed');
    });
    expect(() => killed.take(event)).toThrow('killed');
    const told: IdentityReport[] = [];
    start((reports) => told.push(...reports)).take(event);
    expect(told).toMatchObject([{ userId: '15551234567', displayName: 'Ada' }]);
  });
});
