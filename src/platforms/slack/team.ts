import { MusterError } from '../../domain/errors.ts';
import type { SlackClient } from './client.ts';
import { type AuthTest, teamsListSchema } from './schema.ts';

/** Where one is signed in. Ids as Slack writes them (`T…`, `E…`). */
export interface Team {
  /** The workspace that calls are about. */
  readonly id: string;
  /** Its name, for the account's label; null when Slack does not say. */
  readonly name: string | null;
  /** The Enterprise organisation; null outside one. */
  readonly enterpriseId: string | null;
  /** True when the token is the whole organisation's: calls then have to name the workspace. */
  readonly orgWide: boolean;
}

/**
 * The workspace of a sign-in. An organisation's token (`is_enterprise_install`) stands for many: the one of the settings, or the only
 * one that the app may see. Throws `invalid-settings` when the user has to choose one, or chose another than the token's.
 */
export async function teamOf(client: SlackClient, who: AuthTest, wanted: string | undefined): Promise<Team> {
  const enterpriseId = who.enterprise_id || null;
  if (who.is_enterprise_install !== true) {
    if (wanted !== undefined && wanted !== who.team_id) throw otherWorkspace(wanted, who.team_id);
    return { id: who.team_id, name: who.team || null, enterpriseId, orgWide: false };
  }
  const { teams } = await client.call('auth.teams.list', { limit: 100 }, teamsListSchema, { urgent: true });
  const [first] = teams;
  const team = wanted === undefined && teams.length === 1 ? first : teams.find(({ id }) => id === wanted);
  if (team !== undefined) return { id: team.id, name: team.name || null, enterpriseId, orgWide: true };
  const choices = teams.map(({ id, name }) => `${name ?? id} (${id})`).join(', ');
  throw new MusterError(
    'invalid-settings',
    teams.length === 0
      ? 'Your organisation has installed the Slack app in none of its workspaces. An admin can add it to yours.'
      : `This Slack token is your organisation’s: enter the id of your workspace in the account’s settings. There are: ${choices}.`,
    { params: { workspaces: teams.length } },
  );
}

function otherWorkspace(wanted: string, actual: string): MusterError {
  return new MusterError(
    'invalid-settings',
    `This Slack token belongs to the workspace ${actual}, not to ${wanted} as in the account’s settings. Take the id out of the settings, or sign in to the other workspace.`,
    { params: { wanted, actual } },
  );
}
