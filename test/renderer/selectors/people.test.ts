import { describe, expect, it } from 'vitest';
import { createNameOrder } from '../../../renderer/selectors/name-order.ts';
import { contactsOf, countsOf, rowsOf } from '../../../renderer/selectors/people.ts';
import { contact } from '../support/team.ts';

const everyone = { kind: 'everyone' } as const;
const ada = contact({ id: 'ada', name: 'Ada', groups: ['Engine'] });
const ben = contact({ id: 'ben', name: 'Ben', status: 'busy' });
const cleo = contact({ id: 'cleo', name: 'Cleo', status: 'offline', favourite: true });
const dora = contact({ id: 'dora', name: 'Dora', status: 'unknown', groups: ['Engine', 'Design'] });
const emil = contact({ id: 'emil', name: 'Emil', favourite: true });
const quiet = contact({ id: 'quiet', name: 'Quiet', status: 'online', doNotDisturb: true, available: false });
const team = [ada, ben, cleo, dora, emil, quiet];

const outline = (rows: ReturnType<typeof rowsOf>): string[] =>
  rows.map((row) => (row.kind === 'section' ? `# ${row.section} ${row.count}` : row.contact.id));

describe('the list of people', () => {
  it('puts favourites first whatever their status, then who is available, away or busy, offline or not known', () => {
    expect(outline(rowsOf(team, everyone, ''))).toEqual([
      '# favourites 2',
      'emil',
      'cleo',
      '# available 1',
      'ada',
      '# away-and-busy 2',
      'ben',
      'quiet',
      '# offline 1',
      'dora',
    ]);
  });

  it('does not call somebody available who is online and does not want to be disturbed', () => {
    expect(contactsOf(rowsOf(team, { kind: 'available' }, '')).map(({ id }) => id)).toEqual(['emil', 'ada']);
  });

  it('shows one group, and leaves out parts without anybody', () => {
    expect(outline(rowsOf(team, { kind: 'group', group: 'Engine' }, ''))).toEqual([
      '# available 1',
      'ada',
      '# offline 1',
      'dora',
    ]);
  });

  it('searches within what the chip shows', () => {
    expect(contactsOf(rowsOf(team, { kind: 'favourites' }, 'e')).map(({ id }) => id)).toEqual(['emil', 'cleo']);
    expect(rowsOf(team, { kind: 'favourites' }, 'ben')).toEqual([]);
  });

  it('counts what each chip would show, the largest group first', () => {
    expect(countsOf(team)).toEqual({
      everyone: 6,
      available: 2,
      favourites: 2,
      groups: [
        { group: 'Engine', count: 2 },
        { group: 'Design', count: 1 },
      ],
    });
  });
});

describe('the order of names', () => {
  const byId = (...contacts: (typeof ada)[]) => new Map(contacts.map((each) => [each.id, each]));

  it('sorts as the language does, and twice the same name by id', () => {
    const order = createNameOrder('de');
    const names = ['Zoë', 'Özil', 'Oskar', 'oskar', 'Person 10', 'Person 9'];
    const people = names.map((name, index) => contact({ id: `c_${index}`, name }));
    expect(order(byId(...people)).map(({ name }) => name)).toEqual([
      'Oskar',
      'oskar',
      'Özil',
      'Person 9',
      'Person 10',
      'Zoë',
    ]);
  });

  it('takes in a new status without sorting anew, and a new name by sorting', () => {
    const order = createNameOrder('en');
    order(byId(ada, ben, emil));
    const busy = { ...ada, status: 'busy' as const };
    expect(order(byId(ben, busy, emil))[0]).toBe(busy);
    const renamed = { ...ada, name: 'Zoe' };
    expect(order(byId(renamed, ben, emil)).map(({ name }) => name)).toEqual(['Ben', 'Emil', 'Zoe']);
  });

  it('answers the very same list for the very same people', () => {
    const order = createNameOrder('en');
    const people = byId(ada, ben);
    expect(order(people)).toBe(order(people));
  });
});
