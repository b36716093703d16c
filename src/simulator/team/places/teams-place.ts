import { pick } from '../../people/random.ts';
import { startTeamsSimulator } from '../../teams/server.ts';
import { TEAM_DOMAIN, type TeamMember } from '../team.ts';
import type { Myself, TeamPlace } from './place.ts';

const AT_WORK = [
  ['Available', 'Available'],
  ['Available', 'Available'],
  ['Available', 'Available'],
  ['Busy', 'InACall'],
  ['Busy', 'InAMeeting'],
  ['DoNotDisturb', 'Presenting'],
  ['Away', 'Away'],
  ['BeRightBack', 'BeRightBack'],
] as const;
const SAYINGS = [null, null, 'Deep in the quarterly report', 'In the office today', 'Call me if it burns'] as const;

/** The team's Microsoft 365 tenant. */
export async function teamsPlace(members: readonly TeamMember[], me: Myself): Promise<TeamPlace> {
  const teams = await startTeamsSimulator({
    domain: TEAM_DOMAIN,
    // As long as anybody looks at a demo.
    accessSeconds: 7 * 86_400,
    populate: (organisation) => {
      for (const { name, email } of members)
        organisation.add({ displayName: name, mail: email, userPrincipalName: email });
      const own = organisation.add({
        displayName: `${me.first} ${me.last}`,
        mail: me.email,
        userPrincipalName: me.email,
      });
      organisation.client(own.id, 'Available');
      return own;
    },
  });
  const { organisation } = teams;
  return {
    place: 'teams',
    account: {
      platform: 'teams',
      label: 'Harbour 365',
      settings: { graphUrl: teams.graphUrl, authority: teams.authority, clientId: teams.clientId },
      secrets: { accessToken: teams.issueToken(me.email) },
    },
    act({ email }, atWork, random) {
      if (!atWork) return organisation.quit(email);
      const [availability, activity] = pick(random, AT_WORK);
      organisation.client(email, availability, activity);
      if (random() < 0.3) organisation.say(email, pick(random, SAYINGS));
    },
    troubles: [
      {
        what: 'answers 429 and asks for patience',
        begin: () => teams.faults.add({ kind: 'rate-limited', retryAfterSeconds: 8 }),
      },
      { what: 'answers 503', begin: () => teams.faults.add({ kind: 'http-status', status: 503 }) },
    ],
    close: () => teams.close(),
  };
}
