import { MusterError } from '../../domain/errors.ts';
import type { AdapterContext, Connection, PlatformAdapter } from '../platform.ts';
import { GoogleChatClient } from './client.ts';
import { type GoogleChatSettings, googleChatManifest } from './manifest.ts';
import { googleChatOAuth } from './oauth.ts';
import { ownStatusBundle } from './own-status.ts';

/** Google Chat: one's own availability, and nothing about anybody else. */
export const googleChatAdapter: PlatformAdapter<GoogleChatSettings> = {
  manifest: googleChatManifest,
  oauth: googleChatOAuth,
  connect,
};

async function connect(context: AdapterContext<GoogleChatSettings>): Promise<Connection> {
  const client = new GoogleChatClient(context);
  const { name } = await client.read();
  const who = await identify(client);
  // `users/123456789/availability`, the same number as OpenID Connect's `sub`.
  const userId = who?.sub ?? /^users\/([^/]+)\//.exec(name ?? '')?.[1] ?? 'me';
  const displayName = who?.name ?? who?.email ?? 'Google Chat';
  client.api.onEnded = (error) => context.report.lost(error);
  const end = (): void => client.api.close();
  context.signal.addEventListener('abort', end, { once: true });
  return {
    self: { userId, displayName },
    ...(who?.email === undefined ? {} : { label: who.email }),
    notices: [],
    ownStatus: ownStatusBundle(context, client),
    chatUrl: () => null,
    async verify(signal) {
      await client.read(signal);
    },
    async close() {
      context.signal.removeEventListener('abort', end);
      end();
    },
  };
}

/** Who signed in; null when that was not allowed to be told, which is no reason not to work. */
async function identify(client: GoogleChatClient) {
  try {
    return await client.whoAmI();
  } catch (thrown) {
    if (thrown instanceof MusterError && thrown.code !== 'cancelled') return null;
    throw thrown;
  }
}
