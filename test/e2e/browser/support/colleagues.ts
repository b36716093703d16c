import { z } from 'zod';
import { type SlackSimulator, startSlackSimulator } from '../../../../src/simulator/slack/server.ts';
import { startXmppSimulator, type XmppSimulator } from '../../../../src/simulator/xmpp/server.ts';
import type { Stage } from './stage.ts';

/** Whom the tests know: user name, name as everybody sees it, group. */
export const COLLEAGUES = {
  ada: ['Ada Byron', 'Engine'],
  grace: ['Grace Okafor', 'Engine'],
  zoe: ['Zoë Kaya', 'Office'],
  lukasz: ['Łukasz Nowak', 'Office'],
  jose: ['José Hernández', 'Office'],
} as const satisfies Record<string, readonly [name: string, group: string]>;

/** The password of everybody on the simulated server. A canary: it must never be seen anywhere. */
export const PASSWORD = 'canary-password-4711';

/** What an account is made of, in the words of the contract. */
export type SignIn = {
  readonly platform: string;
  readonly label: string;
  readonly settings: Readonly<Record<string, string | boolean>>;
  readonly secrets: Readonly<Record<string, string>>;
};

/** A small XMPP server with the colleagues on it; nobody is online yet. */
export async function startColleagues(): Promise<{ readonly xmpp: XmppSimulator; readonly signIn: SignIn }> {
  const xmpp = await startXmppSimulator({ domain: 'muster.example' });
  xmpp.addUser('noor', { password: PASSWORD, name: 'Noor Hassan' });
  for (const [username, [name, group]] of Object.entries(COLLEAGUES)) {
    xmpp.addUser(username, { password: PASSWORD, name, groups: [group] });
    xmpp.befriend('noor', username);
  }
  return {
    xmpp,
    signIn: {
      platform: 'xmpp',
      label: 'Home server',
      settings: { service: xmpp.service, domain: xmpp.domain, username: 'noor', allowInsecureLoopback: true },
      secrets: { password: PASSWORD },
    },
  };
}

/** A Slack workspace with Noor and two colleagues, one of whom has the email address that is Ada's XMPP address. */
export async function startWorkspace(): Promise<{
  readonly slack: SlackSimulator;
  readonly signIn: SignIn;
  readonly userIds: { readonly noor: string; readonly ada: string; readonly mei: string };
}> {
  const userIds = { noor: 'U0NOOR', ada: 'U0ADA', mei: 'U0MEI' };
  const slack = await startSlackSimulator({
    identity: { name: 'Harbour Works', domain: 'harbour', teamId: 'T0HARBOUR' },
    populate: (workspace) => {
      const add = (id: string, name: string, realName: string, tz: string) =>
        workspace.addUser({ id, name, realName, tz, email: `${name}@muster.example` });
      add(userIds.noor, 'noor', 'Noor Hassan', 'Europe/Berlin');
      add(userIds.ada, 'ada', 'Ada B.', 'Europe/London');
      add(userIds.mei, 'mei', 'Mei Tanaka', 'Asia/Tokyo');
      workspace.connectClient(userIds.noor);
      workspace.setPresence(userIds.mei, 'active');
    },
  });
  return {
    slack,
    signIn: {
      platform: 'slack',
      label: 'Harbour Works',
      settings: { apiUrl: slack.apiUrl },
      secrets: { userToken: slack.workspace.issueToken({ userId: userIds.noor }) },
    },
    userIds,
  };
}

/** Signs in by the API, for tests that are not about signing in. Returns the account's id. */
export async function signIn(stage: Stage, account: SignIn): Promise<string> {
  return z.object({ id: z.string() }).parse(await stage.served.api('POST', '/v1/accounts', account)).id;
}

/** A stage whose XMPP account is signed in. */
export async function withColleagues(
  stage: Stage,
): Promise<{ readonly xmpp: XmppSimulator; readonly accountId: string }> {
  const { xmpp, signIn: account } = await startColleagues();
  stage.onClose(() => xmpp.close());
  return { xmpp, accountId: await signIn(stage, account) };
}
