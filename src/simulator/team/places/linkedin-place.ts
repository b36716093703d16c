import type { LinkedinPerson } from '../../linkedin/member.ts';
import { LINKEDIN_CLIENT, startLinkedinSimulator } from '../../linkedin/server.ts';
import { pick } from '../../people/random.ts';
import type { TeamMember } from '../team.ts';
import type { Myself, TeamPlace } from './place.ts';

const ACTS = ['messages', 'messages', 'invitations', 'socialActions/comments', 'socialActions/likes'] as const;

/** One's own LinkedIn account: who wrote, invited or reacted stands in its log. */
export async function linkedinPlace(members: readonly TeamMember[], me: Myself): Promise<TeamPlace> {
  const linkedin = await startLinkedinSimulator({ me: { firstName: me.first, lastName: me.last } });
  const { member: own } = linkedin;
  own.regulatedAt = Date.now();
  const people = new Map(members.map(({ id, name }) => [id, personOf(id, name)]));
  // Muster reads the log once an hour: what it finds at the start has happened already.
  for (const person of people.values()) own.act(person, 'messages');
  return {
    place: 'linkedin',
    account: {
      platform: 'linkedin',
      label: 'LinkedIn',
      settings: { apiUrl: linkedin.apiUrl, authUrl: linkedin.authUrl, clientId: LINKEDIN_CLIENT.clientId },
      secrets: { accessToken: linkedin.issueToken() },
    },
    act({ id }, atWork, random) {
      const person = people.get(id);
      if (person && atWork) own.act(person, pick(random, ACTS));
    },
    troubles: [],
    close: () => linkedin.close(),
  };
}

function personOf(id: string, name: string): LinkedinPerson {
  const [firstName = '', ...rest] = name.split(' ');
  return { id: `Tm${id.padStart(6, '0')}`, firstName, lastName: rest.join(' ') };
}
