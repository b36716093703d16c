/** A sign-in by OAuth from a terminal: prints where to go, opens it where there is a display, and waits. */
import { type AccountView, type OAuthFlow, routes } from '../contract/index.ts';
import { SECOND_MS } from '../domain/time.ts';
import { systemClock } from '../infra/clock/system-clock.ts';
import { sleep } from '../ports/sleep.ts';
import type { Client } from './client.ts';
import { type CliIo, CommandFailure, EXIT } from './io.ts';
import { openInBrowser } from './open-browser.ts';

/** How often it is asked whether the browser has come back. */
const ASK_MS = SECOND_MS / 2;

/** What is signed in to. */
export interface SignInWish {
  readonly platform: string;
  readonly settings: Record<string, unknown>;
  readonly secrets: Record<string, string>;
  readonly method: 'browser' | 'device';
  readonly label?: string | undefined;
  /** The account that is repaired. */
  readonly accountId?: string | undefined;
}

/** Signs in; the account. Rejects with the reason when it failed; interrupted, the sign-in is cancelled. */
export async function signInByBrowser(client: Client, wish: SignInWish, io: CliIo): Promise<AccountView> {
  const { label, accountId, ...rest } = wish;
  const { flowId, authorizationUrl, userCode } = await client.call(routes.startOAuth, {
    body: { ...rest, ...(label === undefined ? {} : { label }), ...(accountId === undefined ? {} : { accountId }) },
  });
  // On standard error: standard output holds the account and nothing else.
  io.err(
    userCode === null
      ? `Sign in here, in a browser on this machine:\n${authorizationUrl}\n`
      : `Open this page in any browser and type the code ${userCode}:\n${authorizationUrl}\n`,
  );
  openInBrowser(authorizationUrl, io.env);
  const { accountId: signedIn, reason, code, state } = await ended(client, flowId, io);
  if (state !== 'done' || signedIn === null)
    throw new CommandFailure(EXIT.failed, code ?? 'failed', reason ?? 'The sign-in failed.');
  return client.call(routes.getAccount, { params: { id: signedIn } });
}

async function ended(client: Client, flowId: string, io: CliIo): Promise<OAuthFlow> {
  for (;;) {
    const flow = await client.call(routes.getOAuthFlow, { params: { flowId } });
    if (flow.state !== 'pending') return flow;
    try {
      await sleep(systemClock, ASK_MS, io.interrupted);
    } catch {
      await client.call(routes.cancelOAuthFlow, { params: { flowId } });
      throw new CommandFailure(EXIT.failed, 'cancelled', 'The sign-in was given up.');
    }
  }
}
