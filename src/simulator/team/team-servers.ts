import { avatarPng } from '../slack/avatar.ts';
import { type SlackSimulator, startSlackSimulator } from '../slack/server.ts';
import { startXmppSimulator, type XmppSimulator } from '../xmpp/server.ts';
import { discordPlace } from './places/discord-place.ts';
import { googleChatPlace } from './places/google-chat-place.ts';
import { linkedinPlace } from './places/linkedin-place.ts';
import type { DemoAccount, TeamPlace } from './places/place.ts';
import { teamsPlace } from './places/teams-place.ts';
import { whatsappPlace } from './places/whatsapp-place.ts';
import { zoomPlace } from './places/zoom-place.ts';
import { makeTeam, type Place, TEAM_DOMAIN, type TeamMember } from './team.ts';

/** The running servers with everybody on them. */
export interface TeamServers {
  readonly members: readonly TeamMember[];
  readonly slack: Readonly<Record<'harbour' | 'studio', SlackSimulator>>;
  readonly xmpp: XmppSimulator;
  /** What else the team is on. */
  readonly others: readonly TeamPlace[];
  readonly accounts: readonly DemoAccount[];
  close(): Promise<void>;
}

/** The caller's own name on all of them. */
const ME = {
  handle: 'noor.hassan',
  name: 'Noor Hassan',
  first: 'Noor',
  last: 'Hassan',
  email: `noor.hassan@${TEAM_DOMAIN}`,
} as const;
const WORKSPACES = { harbour: 'Harbour Works', studio: 'Northlight Studio' } as const;

/** The id of a member in a workspace; colleagues are `U0HARBOUR07`, oneself is the last. */
export function slackId(place: 'harbour' | 'studio', memberId: string): string {
  return `U0${place.toUpperCase()}${memberId.padStart(2, '0')}`;
}

/**
 * Starts two Slack workspaces and an XMPP server on free ports of 127.0.0.1, with a team of `size` on them; `everywhere`: and every other
 * platform.
 */
export async function startTeamServers(options: {
  size: number;
  seed: number;
  everywhere?: boolean;
}): Promise<TeamServers> {
  const everywhere = options.everywhere ?? false;
  const members = makeTeam(options.size, options.seed, everywhere);
  const others = everywhere ? await startOtherPlaces(members) : [];
  const harbour = await startWorkspace('harbour', members);
  const studio = await startWorkspace('studio', members);
  const xmpp = await startXmppSimulator({ domain: TEAM_DOMAIN });
  const password = `harbour-${options.seed}`;
  xmpp.addUser(ME.handle, { password, name: ME.name });
  for (const member of at('xmpp', members)) {
    xmpp.addUser(member.handle, { password, name: member.name, groups: [member.group] });
    xmpp.befriend(ME.handle, member.handle);
    xmpp.setAvatar(member.handle, avatarPng(member.handle, 72));
  }
  const slackAccount = (place: 'harbour' | 'studio', slack: SlackSimulator): DemoAccount => ({
    platform: 'slack',
    label: WORKSPACES[place],
    settings: { apiUrl: slack.apiUrl },
    secrets: {
      userToken: slack.workspace.issueToken({ userId: slackId(place, 'ME') }),
      appToken: slack.workspace.issueToken({ userId: slackId(place, 'ME'), kind: 'app' }),
    },
  });
  return {
    members,
    slack: { harbour, studio },
    xmpp,
    others,
    accounts: [
      {
        platform: 'xmpp',
        label: 'Harbour chat',
        settings: { service: xmpp.service, domain: TEAM_DOMAIN, username: ME.handle, allowInsecureLoopback: true },
        secrets: { password },
      },
      slackAccount('harbour', harbour),
      slackAccount('studio', studio),
      ...others.map(({ account }) => account),
    ],
    close: async () => {
      await Promise.all([harbour, studio, xmpp, ...others].map((server) => server.close()));
    },
  };
}

/** Starts what is neither Slack nor XMPP. */
export function startOtherPlaces(members: readonly TeamMember[]): Promise<TeamPlace[]> {
  return Promise.all([
    teamsPlace(at('teams', members), ME),
    zoomPlace(at('zoom', members), ME),
    discordPlace(at('discord', members), ME),
    whatsappPlace(at('whatsapp', members)),
    linkedinPlace(at('linkedin', members), ME),
    googleChatPlace(ME),
  ]);
}

/** Who is there. */
export function at(place: Place, members: readonly TeamMember[]): TeamMember[] {
  return members.filter((member) => member.places.includes(place));
}

function startWorkspace(place: 'harbour' | 'studio', members: readonly TeamMember[]): Promise<SlackSimulator> {
  return startSlackSimulator({
    identity: { name: WORKSPACES[place], domain: place, teamId: `T0${place.toUpperCase()}` },
    populate: (workspace) => {
      workspace.addUser({
        id: slackId(place, 'ME'),
        name: ME.handle,
        realName: ME.name,
        displayName: 'Noor',
        email: `${ME.handle}@${TEAM_DOMAIN}`,
        tz: 'Europe/Berlin',
      });
      workspace.setPresence(slackId(place, 'ME'), 'active');
      for (const member of at(place, members)) {
        workspace.addUser({
          id: slackId(place, member.id),
          name: member.handle,
          realName: member.name,
          displayName: '',
          email: member.email,
          title: member.title,
          tz: member.timeZone,
        });
      }
    },
  });
}
