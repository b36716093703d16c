import { pick } from '../../people/random.ts';
import { ZOOM_APP } from '../../zoom/oauth.ts';
import { startZoomSimulator } from '../../zoom/server.ts';
import type { TeamMember } from '../team.ts';
import type { Myself, TeamPlace } from './place.ts';

const AT_WORK = [
  'available',
  'available',
  'available',
  'meeting',
  'call',
  'presenting',
  'away',
  'do-not-disturb',
] as const;
const ME = 'zoom-me';

/** The team's Zoom account. */
export async function zoomPlace(members: readonly TeamMember[], me: Myself): Promise<TeamPlace> {
  const idOf = ({ id }: TeamMember) => `zoom-${id}`;
  const zoom = await startZoomSimulator({
    me: ME,
    plan: 'business',
    // As long as anybody looks at a demo.
    accessSeconds: 7 * 86_400,
    populate: (account) => {
      account.addUser({ id: ME, firstName: me.first, lastName: me.last, email: me.email, presence: 'available' });
      for (const member of members) {
        const [firstName = '', ...rest] = member.name.split(' ');
        account.addUser({
          id: idOf(member),
          firstName,
          lastName: rest.join(' '),
          email: member.email,
          presence: 'offline',
        });
      }
    },
  });
  return {
    place: 'zoom',
    account: {
      platform: 'zoom',
      label: 'Harbour Zoom',
      settings: { apiUrl: zoom.apiUrl, authUrl: zoom.authUrl, clientId: ZOOM_APP.clientId, plan: 'business' },
      secrets: { accessToken: zoom.issueToken(ME).accessToken },
    },
    act(member, atWork, random) {
      zoom.account.setPresence(idOf(member), atWork ? pick(random, AT_WORK) : 'offline');
    },
    troubles: [
      { what: 'answers nothing', begin: () => zoom.faults.add({ kind: 'hang' }) },
      { what: 'answers 500', begin: () => zoom.faults.add({ kind: 'http-status', status: 500 }) },
    ],
    close: () => zoom.close(),
  };
}
