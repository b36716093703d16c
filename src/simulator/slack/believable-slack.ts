import { type BelievableOptions, type BelievableWorkspace, populateBelievably } from './believable-workspace.ts';
import { type SlackSimulator, type SlackSimulatorOptions, startSlackSimulator } from './server.ts';

/** A running workspace full of people, and a token to read it with. */
export interface BelievableSlack {
  readonly slack: SlackSimulator;
  readonly members: BelievableWorkspace;
  /** A user token of `members.me` with every scope. */
  readonly token: string;
}

/** Starts a workspace of that name with believable people in it. The same name, seed, number and time give the same workspace. */
export async function startBelievableSlack(
  options: BelievableOptions & Omit<SlackSimulatorOptions, 'identity' | 'populate'> & { readonly name?: string },
): Promise<BelievableSlack> {
  const name = options.name ?? 'Harbour Works';
  const domain = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const teamId = `T0${Buffer.from(domain).toString('hex').toUpperCase().padEnd(8, '0').slice(-8)}`;
  let members: BelievableWorkspace | undefined;
  const slack = await startSlackSimulator({
    ...options,
    identity: { name, domain, teamId },
    populate: (workspace) => {
      members = populateBelievably(workspace, options);
    },
  });
  if (members === undefined) throw new Error('The simulator started without its people.');
  return { slack, members, token: slack.workspace.issueToken({ userId: members.me }) };
}
