import { notifyOf } from '../host/web-notifications.ts';
import { call } from '../stores/api.ts';
import { watchVisibility } from '../stores/attention.ts';
import { useConnectionStore } from '../stores/connection-store.ts';
import { followOtherWindows } from '../stores/sign-in-flow.ts';
import { synchronise } from '../stores/synchronise.ts';
import { codeOfHash, signIn } from '../transport/session.ts';
import { listenShared } from '../transport/shared-stream.ts';
import { navigate } from './router.ts';

/** Trades the link's code for the cookie, and takes the code out of the address, so that it is not kept or passed on. */
const signInByLink = async (): Promise<void> => {
  const code = codeOfHash(window.location.hash);
  if (code === null) return;
  window.history.replaceState(null, '', `${window.location.pathname}${window.location.search}`);
  try {
    useConnectionStore.setState({ linkRefused: (await signIn(call, code)) === 'refused' });
  } catch {
    // Nobody answers: the stream says so, and an earlier session may still be good.
  }
};

/** Connects the page to the core: session, stream, snapshot, attention, notifications. Called once. */
export const start = async (): Promise<void> => {
  await signInByLink();
  // A link opened in this very tab changes only the hash, which loads nothing by itself.
  window.addEventListener('hashchange', () => {
    if (codeOfHash(window.location.hash) !== null) window.location.reload();
  });
  watchVisibility();
  followOtherWindows();
  synchronise({
    call,
    listen: listenShared,
    now: () => Date.now(),
    onEvent: (event) => notifyOf(event, navigate),
  });
};
