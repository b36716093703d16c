import { describe, expect, it } from 'vitest';
import { missingPermissions } from '../../../src/services/sign-in/scopes.ts';

const permission = (scope: string, required = true) => ({ scope, required, purpose: 'To know.' });
const missing = (asked: string[], granted: string[] | null, permissions = asked.map((scope) => permission(scope))) =>
  missingPermissions(
    { signIn: { steps: [], oauthSteps: [], appManifest: null, portalUrl: null, permissions } },
    { scopes: () => asked },
    {},
    granted,
  ).map(({ scope }) => scope);

describe('missing permissions', () => {
  it.each([
    ['none when all came back', ['a', 'b'], ['b', 'a', 'more'], []],
    ['those that did not', ['a', 'b'], ['a'], ['b']],
    ['none when the platform does not say, which means all', ['a', 'b'], null, []],
    ['all when it says nothing was granted', ['a'], [], ['a']],
    ['none for another case (Entra)', ['User.Read'], ['user.read'], []],
    [
      'none for a resource in front (Graph)',
      ['Presence.Read.All'],
      ['https://graph.microsoft.com/Presence.Read.All'],
      [],
    ],
    ['none for a resource in front of what was asked', ['https://graph.microsoft.com/User.Read'], ['User.Read'], []],
    [
      'told apart where the whole address is the scope (Google)',
      ['https://www.googleapis.com/auth/chat.users.availability'],
      ['https://www.googleapis.com/auth/calendar'],
      ['https://www.googleapis.com/auth/chat.users.availability'],
    ],
    ['never the one that no platform echoes', ['a', 'offline_access'], ['a'], []],
  ])('are %s', (_what, asked, granted, expected) => {
    expect(missing(asked, granted)).toEqual(expected);
  });

  it('are only such that were asked for', () => {
    expect(missing(['a'], ['a'], [permission('a'), permission('only-with-admin', false)])).toEqual([]);
  });
});
