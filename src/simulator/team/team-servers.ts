import { avatarPng } from '../slack/avatar.ts';
import { type SlackSimulator, startSlackSimulator } from '../slack/server.ts';
import { startXmppSimulator, type XmppSimulator } from '../xmpp/server.ts';
import { makeTeam, type Place, TEAM_DOMAIN, type TeamMember } from './team.ts';

/** What one signs in with, in the words of Muster's public contract. */
export interface DemoAccount {
  readonly platform: 'slack' | 'xmpp';
  readonly label: string;
  readonly settings: Readonly<Record<string, string | boolean>>;
  readonly secrets: Readonly<Record<string, string>>;
}

/** The running servers with everybody on them. */
export interface TeamServers {
  readonly members: readonly TeamMember[];
  readonly slack: Readonly<Record<'harbour' | 'studio', SlackSimulator>>;
  readonly xmpp: XmppSimulator;
  readonly accounts: readonly DemoAccount[];
  close(): Promise<void>;
}

/** The caller's own name on all of them. */
const ME = { handle: 'noor.hassan', name: 'Noor Hassan' } as const;
const WORKSPACES = { harbour: 'Harbour Works', studio: 'Northlight Studio' } as const;

/** The id of a member in a workspace; colleagues are `U0HARBOUR07`, oneself is the last. */
export function slackId(place: 'harbour' | 'studio', memberId: string): string {
  return `U0${place.toUpperCase()}${memberId.padStart(2, '0')}`;
}

/** Starts two Slack workspaces and an XMPP server on free ports of 127.0.0.1, with a team of `size` on them. */
export async function startTeamServers(options: { size: number; seed: number }): Promise<TeamServers> {
  const members = makeTeam(options.size, options.seed);
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
    secrets: { userToken: slack.workspace.issueToken({ userId: slackId(place, 'ME') }) },
  });
  return {
    members,
    slack: { harbour, studio },
    xmpp,
    accounts: [
      {
        platform: 'xmpp',
        label: 'Harbour chat',
        settings: { service: xmpp.service, domain: TEAM_DOMAIN, username: ME.handle, allowInsecureLoopback: true },
        secrets: { password },
      },
      slackAccount('harbour', harbour),
      slackAccount('studio', studio),
    ],
    close: async () => {
      await Promise.all([harbour.close(), studio.close(), xmpp.close()]);
    },
  };
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
