import { describe, expect, it } from 'vitest';
import { healthOf } from '../../../renderer/selectors/account-health.ts';
import { account } from '../support/team.ts';

const accounts = (...states: ReturnType<typeof account>['state'][]) =>
  new Map(states.map((state, index) => [`a_${index}`, account({ id: `a_${index}`, state })]));

describe('the connections in one line', () => {
  it('says that there is no account, none in use included', () => {
    expect(healthOf(accounts())).toEqual({ kind: 'none' });
    expect(healthOf(accounts('disabled'))).toEqual({ kind: 'none' });
  });

  it('says how many are connected, leaving out what is switched off', () => {
    expect(healthOf(accounts('connected', 'connected', 'disabled'))).toEqual({ kind: 'well', count: 2 });
  });

  it('speaks of connecting while any still is', () => {
    expect(healthOf(accounts('connected', 'connecting'))).toEqual({ kind: 'connecting' });
  });

  it('goes on naming who is away while the next try is under way', () => {
    const trying = account({ id: 'a_0', state: 'connecting', stateReason: 'The server cannot be reached.' });
    expect(healthOf(new Map([['a_0', trying]]))).toMatchObject({ kind: 'trouble', account: { id: 'a_0' } });
  });

  it('names first what only the user can put right', () => {
    const health = healthOf(accounts('degraded', 'offline', 'needs-sign-in', 'connected'));
    expect(health).toMatchObject({ kind: 'trouble', account: { state: 'needs-sign-in' }, others: 2 });
  });
});
