import { z } from 'zod';
import { create } from 'zustand';
import { type OAuthRequest, oauthStartSchema } from '../../src/contract/index.ts';
import { host, openExternal } from '../host/host.ts';
import { ApiError } from '../transport/api-error.ts';
import { call } from './api.ts';

const begunSchema = oauthStartSchema.extend({
  platform: z.string(),
  /** The account that is repaired; null for a new one. */
  accountId: z.string().nullable(),
});

/** A sign-in that goes on in the browser, as far as it is known here. Holds no secret. */
export type SignInFlow = z.infer<typeof begunSchema> & {
  readonly state: 'pending' | 'done' | 'failed';
  /** The account that is signed in, once it is done. */
  readonly signedIn: string | null;
  readonly reason: string | null;
  readonly code: string | null;
};

/** The sign-in that is under way, or how the last one went; one at a time. */
export const useSignInFlow = create<{ readonly flow: SignInFlow | null }>(() => ({ flow: null }));

const askMs = 1_000;
let timer: ReturnType<typeof setTimeout> | undefined;

const isCurrent = (flowId: string): boolean => useSignInFlow.getState().flow?.flowId === flowId;

const settle = (flowId: string, end: Partial<SignInFlow>): void => {
  if (!isCurrent(flowId)) return;
  useSignInFlow.setState(({ flow }) => ({ flow: flow === null ? null : { ...flow, ...end } }));
};

const ask = async (flowId: string): Promise<void> => {
  let again = true;
  try {
    const { state, accountId, reason, code } = await call('getOAuthFlow', { params: { flowId } });
    again = state === 'pending';
    if (!again) settle(flowId, { state, signedIn: accountId, reason, code });
  } catch (error) {
    // Only “there is no such sign-in” is an answer; while nobody answers, the browser may still finish it.
    again = !(error instanceof ApiError && error.code === 'not-found');
    if (!again) settle(flowId, { state: 'failed', code: 'expired', reason: null });
  }
  if (again && isCurrent(flowId)) timer = setTimeout(() => void ask(flowId), askMs);
};

const follow = (begun: z.infer<typeof begunSchema>): void => {
  clearTimeout(timer);
  useSignInFlow.setState({ flow: { ...begun, state: 'pending', signedIn: null, reason: null, code: null } });
  timer = setTimeout(() => void ask(begun.flowId), askMs);
};

const channelName = 'muster-sign-in';

/** Opens the page on which the sign-in goes on. Fails where the desktop app does not open such links. */
export const openSignInPage = async ({ authorizationUrl }: Pick<SignInFlow, 'authorizationUrl'>): Promise<void> =>
  openExternal(authorizationUrl);

/**
 * Begins a sign-in in the system's browser, and follows it until it is done. From the desktop app's sign-in window, which goes
 * with the secret that was typed into it, the main window takes it over. Fails with an ApiError.
 */
export const beginSignIn = async (request: OAuthRequest): Promise<void> => {
  const start = await call('startOAuth', { body: request });
  const begun = { ...start, platform: request.platform, accountId: request.accountId ?? null };
  if (host()?.kind === 'sign-in') {
    const channel = new BroadcastChannel(channelName);
    channel.postMessage(begun);
    channel.close();
  } else {
    follow(begun);
  }
  // Where a code is to be typed, the user opens the page once they have the code.
  if (start.userCode === null) await openSignInPage(start).catch(() => undefined);
};

/** Takes over what begins in the sign-in window. Called once, in the desktop app's main window. */
export const followOtherWindows = (): void => {
  if (host()?.kind !== 'main') return;
  new BroadcastChannel(channelName).onmessage = ({ data }: MessageEvent<unknown>) => {
    const begun = begunSchema.safeParse(data);
    if (begun.success) follow(begun.data);
  };
};

/** Puts away how the last sign-in went. */
export const forgetSignIn = (): void => {
  clearTimeout(timer);
  useSignInFlow.setState({ flow: null });
};

/** Gives up the sign-in that is under way; what the browser still does then leads to nothing. */
export const cancelSignIn = async (): Promise<void> => {
  const { flow } = useSignInFlow.getState();
  forgetSignIn();
  if (flow?.state !== 'pending') return;
  // It may have ended in this very moment; then there is nothing to give up.
  await call('cancelOAuthFlow', { params: { flowId: flow.flowId } }).catch(() => undefined);
};
