import { describe, it } from 'vitest';
import type { Identity } from '../../src/domain/contacts/contact.ts';
import { type ContactBook, EMPTY_BOOK, upsertIdentity } from '../../src/domain/contacts/contact-book.ts';
import { matchPeople } from '../../src/domain/contacts/same-person/match-people.ts';
import { profileOf } from '../../src/domain/contacts/same-person/profile.ts';
import { matcher } from '../../src/domain/contacts/search.ts';
import type { Observation } from '../../src/domain/presence/observation.ts';
import { STATUSES } from '../../src/domain/presence/status.ts';
import { type UnifyInput, unify } from '../../src/domain/presence/unify.ts';
import { activeAt, nextTransition } from '../../src/domain/schedule/schedule-engine.ts';
import { addMs, epochMs } from '../../src/domain/time.ts';
import { ATTENDED_PACE, type PollCandidate, planPoll } from '../../src/services/polling/poll-planner.ts';
import { generateDirectory } from '../domain/contacts/same-person/generated-directory.ts';
import { machine } from './machine.ts';

const NOW = epochMs(Date.UTC(2026, 2, 2, 9));

function observation(person: number, account: number): Observation {
  return {
    accountId: `a${account}`,
    userId: `u${person}`,
    status: STATUSES[(person + account) % STATUSES.length] ?? 'unknown',
    doNotDisturb: person % 9 === 0,
    rawStatus: 'active',
    message: null,
    emoji: null,
    activities: [],
    lastSeen: null,
    observedAt: addMs(NOW, -person * 100),
    source: 'poll',
    replayed: false,
  };
}

const people: UnifyInput[][] = Array.from({ length: 2_000 }, (_, person) =>
  [0, 1, 2].map((account) => ({
    observation: observation(person, account),
    freshUntil: addMs(NOW, 60_000 - person * 50),
  })),
);

function identity(index: number): Identity {
  return {
    accountId: 'a0',
    userId: `u${index}`,
    displayName: `Person ${index}`,
    email: `person${index}@example.org`,
    avatarKey: null,
    timeZone: 'Europe/Berlin',
    groups: ['Engine'],
  };
}

const candidates: PollCandidate[] = Array.from({ length: 2_000 }, (_, index) => ({
  userId: `u${index}`,
  priority: index % 20 === 0 ? 'favourite' : 'rest',
  status: 'online',
  lookedAt: addMs(NOW, -index * 500),
  failures: 0,
}));

const evenings = {
  enabled: true,
  timeZone: 'Europe/Berlin',
  rules: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'] as const, from: '18:30', to: '08:00' }],
  exceptions: [],
};

describe(`core on ${machine()}`, () => {
  it('unify 2,000 people with three identities each', async ({ bench }) => {
    await bench('unify 2,000 people with three identities each', () => {
      for (const inputs of people) unify(inputs, { now: NOW, previous: null, monitored: true });
    }).run();
  });

  it('take a roster of 5,000 people into the book', async ({ bench }) => {
    await bench('take a roster of 5,000 people into the book', () => {
      let book: ContactBook = EMPTY_BOOK;
      for (let index = 0; index < 5_000; index += 1) book = upsertIdentity(book, identity(index), `c${index}`);
    }).run();
  });

  it('find the same people in a directory of 5,000', async ({ bench }) => {
    const profiles = generateDirectory(5_000, 1).map(({ identity, picture }, index) =>
      profileOf(`${index}`, identity, `c${index}`, picture),
    );
    await bench('find the same people in a directory of 5,000', () => {
      matchPeople(profiles);
    }).run();
  });

  it('search 2,000 people as one types', async ({ bench }) => {
    await bench('search 2,000 people as one types', () => {
      const matches = matcher('pers 19');
      for (let index = 0; index < 2_000; index += 1) {
        matches({ name: `Pérson ${index}`, emails: [`person${index}@example.org`], userIds: [`u${index}`] });
      }
    }).run();
  });

  it('choose whom of 2,000 to look at next', async ({ bench }) => {
    await bench('choose whom of 2,000 to look at next', () => {
      planPoll(candidates, NOW, 1, ATTENDED_PACE);
    }).run();
  });

  it('a schedule: active now, and the next transition', async ({ bench }) => {
    await bench('a schedule: active now, and the next transition', () => {
      activeAt(evenings, NOW, 'UTC');
      nextTransition(evenings, NOW, 'UTC');
    }).run();
  });
});
