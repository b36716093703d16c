import { describe, expect, it } from 'vitest';
import { epochMs } from '../../../src/domain/time.ts';
import { People } from '../../../src/platforms/linkedin/people.ts';
import type { IdentityReport } from '../../../src/platforms/platform.ts';
import { throwawayMemory } from '../../../src/services/accounts/account-memory.ts';
import { FakeClock } from '../../support/fake-clock.ts';

describe('people of the change log', () => {
  it('are told again when Muster was killed before they were kept', () => {
    const clock = new FakeClock();
    const memory = throwawayMemory();
    const sign = { userId: 'ada', at: epochMs(clock.now()), what: 'messages CREATE', name: 'Ada Byron' };
    const ignore = () => {};
    const told: IdentityReport[] = [];
    const start = (identities: (reports: readonly IdentityReport[]) => void) =>
      new People({
        clock,
        memory,
        isOptedOut: () => false,
        report: {
          identities,
          observations: ignore,
          removed: ignore,
          lost: ignore,
          ownChanged: ignore,
          channel: ignore,
        },
      });
    const killed = start(() => {
      throw new Error('killed');
    });
    expect(() => killed.take([sign])).toThrow('killed');
    start((reports) => told.push(...reports)).take([sign]);
    expect(told).toMatchObject([{ userId: 'ada', displayName: 'Ada Byron' }]);
  });
});
