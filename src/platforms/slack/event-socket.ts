import { SECOND_MS } from '../../domain/time.ts';
import type { AdapterContext } from '../platform.ts';
import type { ServerTime } from './server-time.ts';
import { SocketLink } from './socket-link.ts';
import { NOT_AN_APP_TOKEN } from './socket-words.ts';

/** A sign-in waits so long for the socket, so that a refused app-level token is told right away; then it goes on without. */
const PATIENCE_MS = 3 * SECOND_MS;

/** The account's event socket, or that there is none. */
export interface EventSocket {
  /** Why events do not come although there is a token for them; null otherwise. */
  readonly notice: string | null;
  /** The machine may have slept. */
  wake(): void;
  close(): Promise<void>;
}

/** Opens the event socket when the account has an app-level token. Never rejects: the account polls all the same. */
export async function eventSocket(
  context: AdapterContext,
  apiUrl: URL,
  time: ServerTime,
  onEvent: (payload: unknown) => void,
): Promise<EventSocket> {
  const appToken = (await context.secrets.get('appToken'))?.trim() ?? '';
  if (appToken === '') return without(null);
  if (!/^xapp-[\x21-\x7e]+$/.test(appToken)) return without(NOT_AN_APP_TOKEN);
  const link = new SocketLink({ context, apiUrl, appToken, time, onEvent });
  await new Promise<void>((resolve) => {
    const timer = context.clock.after(PATIENCE_MS, resolve);
    void link.start().then(() => {
      timer();
      resolve();
    });
  });
  return link;
}

function without(notice: string | null): EventSocket {
  return { notice, wake: () => {}, close: async () => {} };
}
