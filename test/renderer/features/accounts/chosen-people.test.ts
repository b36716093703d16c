import { describe, expect, it } from 'vitest';
import { chosenEntries, chosenPeople, entriesOf } from '../../../../renderer/features/accounts/chosen-people.ts';
import { onlyThrough } from '../../../../renderer/features/accounts/only-through.ts';
import { contact, identity } from '../../support/team.ts';

const ada = { userId: 'u-ada', displayName: 'Ada Byron', email: 'Ada@Works.example' };
const adaShown = contact({
  id: 'c_ada',
  avatarUrl: '/v1/avatars/abc',
  identities: [identity({ accountId: 'a_teams', ...ada })],
});
const namesake = contact({ id: 'c_other', identities: [identity({ accountId: 'a_slack', ...ada, userId: 'U9' })] });
const teams = { id: 'a_teams' };
const names = (entries: readonly string[], contacts = [adaShown], found = [] as (typeof ada)[]) =>
  chosenPeople(teams, entries, contacts, found).map(({ name }) => name);

describe('the people whom an account was narrowed down to', () => {
  it('are nobody in particular where the setting is absent or not a list', () => {
    expect(chosenEntries({}, 'people')).toEqual([]);
    expect(chosenEntries({ people: 'u-ada' }, 'people')).toEqual([]);
    expect(chosenEntries({ people: ['u-ada'] }, 'people')).toEqual(['u-ada']);
  });

  it.each(['u-ada', 'U-ADA', 'ada@works.example', 'ada byron', ' Ada Byron '])(
    '%j is who the account shows',
    (entry) => {
      expect(chosenPeople(teams, [entry], [adaShown], [])).toEqual([
        { entry, name: 'Ada Byron', email: 'Ada@Works.example', avatarUrl: '/v1/avatars/abc' },
      ]);
    },
  );

  it('are called as they were found until the account shows them, and as they were entered else', () => {
    expect(names(['u-ada', 'who@works.example'], [], [ada])).toEqual(['Ada Byron', 'who@works.example']);
    expect(names(['u-ada'], [namesake])).toEqual(['u-ada']);
  });

  it('keep their order, and nobody takes the place of another by a name that is an id', () => {
    const trick = contact({
      id: 'c_x',
      identities: [identity({ accountId: 'a_teams', userId: 'u-x', displayName: 'u-ada', email: null })],
    });
    expect(names(['u-x', 'u-ada'], [adaShown, trick])).toEqual(['u-ada', 'Ada Byron']);
    expect(names(['u-x', 'u-ada'], [trick, adaShown])).toEqual(['u-ada', 'Ada Byron']);
  });

  it('are taken away by whatever they were entered as', () => {
    const entries = ['ada@works.example', 'u-adam', 'U-ADA'];
    expect(entriesOf(entries, ada)).toEqual(['ada@works.example', 'U-ADA']);
    expect(entriesOf(entries, { userId: 'u-ben', displayName: 'Ben', email: null })).toEqual([]);
  });
});

describe('who goes with an account', () => {
  it('is whom nothing else shows', () => {
    const both = contact({ id: 'c_both', identities: [identity({ accountId: 'a_teams' }), identity()] });
    expect(onlyThrough('a_teams', [adaShown, namesake, both, contact({ identities: [] })])).toEqual([adaShown]);
  });
});
