import { describe, expect, it } from 'vitest';
import type { Identity } from '../../../../src/domain/contacts/contact.ts';
import { matchPeople } from '../../../../src/domain/contacts/same-person/match-people.ts';
import { type Profile, profileOf } from '../../../../src/domain/contacts/same-person/profile.ts';
import { generateDirectory, type Listed } from './generated-directory.ts';
import { otherDirectory } from './other-directory.ts';

const SIZE = 5_000;
/** Seeds that nothing was tuned on. */
const HELD_OUT = [101, 102, 103];

/** What the directory looks like once equal confirmed emails are one person; whose each contact is. */
function linkedByEmail(listed: readonly Listed[]) {
  const byEmail = new Map<string, string>();
  const truth = new Map<string, number>();
  const profiles = listed.map(({ identity, person, picture }, index): Profile => {
    const email = identity.email;
    const contactId = (email === null ? undefined : byEmail.get(email)) ?? `c${index}`;
    if (email !== null) byEmail.set(email, contactId);
    truth.set(contactId, person);
    return profileOf(`${index}`, identity, contactId, picture);
  });
  const contacts = new Map<number, number>();
  for (const person of truth.values()) contacts.set(person, (contacts.get(person) ?? 0) + 1);
  let pairs = 0;
  for (const count of contacts.values()) pairs += (count * (count - 1)) / 2;
  return { profiles, truth, pairs };
}

function measured(directory: readonly Listed[]) {
  const { profiles, truth, pairs } = linkedByEmail(directory);
  const { pairs: found, compared } = matchPeople(profiles);
  const right = found.filter(({ profiles: [a, b] }) => truth.get(a.contactId) === truth.get(b.contactId)).length;
  return { precision: right / found.length, recall: right / pairs, compared, identities: profiles.length };
}

/** What takes a second takes half a minute on a machine that has much else to do. */
const SLOW = { timeout: 300_000 };

describe('who is the same person, on generated directories of 5,000', () => {
  it('is suggested rightly in 99.5 of 100 cases, and for 85 of 100 of those who are', SLOW, () => {
    for (const seed of HELD_OUT) {
      const { precision, recall, compared, identities } = measured(generateDirectory(SIZE, seed));
      process.stdout.write(`same person ${seed}: precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}\n`);
      expect(precision).toBeGreaterThanOrEqual(0.995);
      expect(recall).toBeGreaterThanOrEqual(0.85);
      // Nobody is compared with everybody: a few dozen for each.
      expect(compared).toBeLessThan(identities * 24);
    }
  });

  it('is suggested rightly where every sixth has a namesake, in six languages, if for fewer', SLOW, () => {
    const { precision, recall } = measured(otherDirectory(SIZE, HELD_OUT[0] ?? 0));
    process.stdout.write(
      `same person among namesakes: precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}\n`,
    );
    expect(precision).toBeGreaterThanOrEqual(0.99);
    expect(recall).toBeGreaterThanOrEqual(0.15);
  });
});

let count = 0;
/** Somebody on an account, a person of their own unless told otherwise. */
function somebody(account: string, displayName: string, more: Partial<Identity> & { picture?: string } = {}): Profile {
  count += 1;
  const { picture = null, ...rest } = more;
  const identity: Identity = {
    accountId: account,
    userId: `U${count}`,
    displayName,
    email: null,
    avatarKey: null,
    timeZone: null,
    groups: [],
    ...rest,
  };
  return profileOf(`k${count}`, identity, `c${count}`, picture);
}

/** A hundred others, so that there is something to be mistaken for. */
const others = generateDirectory(60, 7).map(({ identity, picture }, index) =>
  profileOf(`o${index}`, identity, `other${index}`, picture),
);

function suggested(...people: Profile[]): string[][] {
  const ours = new Set(people.map(({ key }) => key));
  return matchPeople([...others, ...people])
    .pairs.filter(({ profiles }) => profiles.some(({ key }) => ours.has(key)))
    .map(({ reasons }) => reasons.map(({ kind }) => kind));
}

describe('two people', () => {
  it.each([
    ['Zora Quillfeather', 'Zora Quillfeather', 'same-name'],
    ['Zora Quillfeather', 'Quillfeather, Zora', 'same-name'],
    ['Zora Quillfeather', 'Dr. ZORA QUILLFEATHER (Support) 🚀', 'same-name'],
    ['Jürgen Groß-Øster', 'Juergen Gross Oester', 'same-name'],
    ['Zora Quillfeather', 'zora.quillfeather', 'same-name'],
    ['Дмитрий Квиллов', 'Dmitrii Kvillov', 'same-name'],
    ['Elizabeth Quillfeather', 'Liz Quillfeather', 'nickname'],
    ['Zora Quillfeather', 'Zora Quillfaether', 'similar-name'],
    ['Zora Quillfeather', 'zquillfeather', 'handle-matches-name'],
  ])('called %s and %s are suggested: %s', (one, other, kind) => {
    expect(suggested(somebody('a_slack', one), somebody('a_zoom', other))).toEqual([[kind]]);
  });

  it('are suggested with everything that speaks for it', () => {
    const zora = { timeZone: 'Pacific/Auckland', picture: 'same-bytes' };
    const reasons = suggested(
      somebody('a_slack', 'Zora Quillfeather', zora),
      somebody('a_zoom', 'Zora Quillfeather', zora),
    );
    expect(new Set(reasons[0])).toEqual(new Set(['same-name', 'same-picture', 'same-time-zone']));
  });

  it('are never suggested on the same account, or with two mailboxes under one roof', () => {
    expect(suggested(somebody('a_slack', 'Zora Quillfeather'), somebody('a_slack', 'Zora Quillfeather'))).toEqual([]);
    expect(
      suggested(
        somebody('a_slack', 'Zora Quillfeather', { email: 'zora@acme.example' }),
        somebody('a_zoom', 'Zora Quillfeather', { email: 'zq@acme.example' }),
      ),
    ).toEqual([]);
  });

  it('are not suggested when one of them has a namesake, of whom nothing else is known', () => {
    expect(
      suggested(
        somebody('a_slack', 'Zora Quillfeather'),
        somebody('a_slack', 'Zora Quillfeather'),
        somebody('a_zoom', 'Zora Quillfeather'),
      ),
    ).toEqual([]);
  });

  it('are not suggested past a mailbox whose number tells of a namesake, in sight or not', () => {
    const second = { email: 'zora.quillfeather2@acme.example' };
    expect(
      suggested(somebody('a_slack', 'Zora Quillfeather', second), somebody('a_zoom', 'Zora Quillfeather')),
    ).toEqual([]);
    expect(
      suggested(
        somebody('a_slack', 'Zora Quillfeather', second),
        somebody('a_xmpp', 'Zora Quillfeather', { userId: 'zora.quillfeather@chat.acme.example' }),
      ),
    ).toEqual([]);
  });

  it('are not suggested by a mailbox that fits, when they are called otherwise elsewhere', () => {
    const andrew = { email: 'aquillfeather@acme.example' };
    const [one, other] = [somebody('a_slack', 'Andrew', andrew), somebody('a_zoom', 'Andrew Quillfeather', andrew)];
    expect(suggested(one, { ...other, contactId: one.contactId }, somebody('a_discord', 'Adam Quillfeather'))).toEqual(
      [],
    );
  });

  it('are suggested among namesakes when something else tells them apart', () => {
    const mine = { picture: 'my-face', timeZone: 'Pacific/Auckland' };
    expect(
      suggested(
        somebody('a_slack', 'Zora Quillfeather', mine),
        somebody('a_slack', 'Zora Quillfeather', { timeZone: 'Europe/Berlin' }),
        somebody('a_zoom', 'Zora Quillfeather', mine),
      ),
    ).toHaveLength(1);
  });

  it.each([
    ['Zora Quillfeather', 'Mira Quillfeather'],
    ['Zora Quillfeather', 'Zora Oakenshade'],
    ['Zora', 'Zora'],
    ['Zora Quillfeather', 'Support'],
  ])('called %s and %s are not suggested', (one, other) => {
    expect(suggested(somebody('a_slack', one), somebody('a_zoom', other))).toEqual([]);
  });

  it('are not suggested for a picture that several of an account have', () => {
    const standard = { picture: 'grey-head' };
    expect(
      suggested(
        somebody('a_slack', 'Zora Quillfeather', standard),
        somebody('a_slack', 'Mira Oakenshade', standard),
        somebody('a_zoom', 'pixelfox', standard),
      ),
    ).toEqual([]);
  });
});
