import { MusterError } from '../../domain/errors.ts';
import type { AdapterContext, Connection, PlatformAdapter } from '../platform.ts';
import { ChangeLog } from './change-log.ts';
import { CHANGE_LOG, LIMITS, LinkedinClient } from './client.ts';
import { type LinkedinSettings, linkedinManifest } from './manifest.ts';
import { personOf } from './mapping.ts';
import { linkedinOAuth } from './oauth.ts';
import { People } from './people.ts';
import { tokenAge } from './token-age.ts';

/** LinkedIn recommends to ask about a member once an hour. */
const EVERY_SECONDS = 3_600;

const BEGUN =
  'LinkedIn begins to record your account’s events for Muster now, as you agreed; the first ones can take some minutes to appear.';

/** LinkedIn: when colleagues last did something that reached the member, from the member's own log. */
export const linkedinAdapter: PlatformAdapter<LinkedinSettings> = {
  manifest: linkedinManifest,
  oauth: linkedinOAuth,
  connect,
};

async function connect(context: AdapterContext<LinkedinSettings>): Promise<Connection> {
  const client = new LinkedinClient(context);
  const authorization = await client.authorization();
  if (authorization === null) await client.startRecording();
  const who = await identify(client);
  const userId = who?.sub ?? personOf(authorization?.member ?? undefined) ?? 'me';
  const displayName = who?.name ?? who?.email ?? 'LinkedIn';
  // The portal's tokens may not ask who it is; the others are the core's to renew and to announce.
  const endsSoon = who === null ? await tokenAge(context) : () => [];
  const log = new ChangeLog(client, context);
  const people = new People(context);
  client.api.onEnded = (error) => context.report.lost(error);
  const end = (): void => client.api.close();
  context.signal.addEventListener('abort', end, { once: true });
  return {
    self: { userId, displayName },
    get notices() {
      return [...(authorization === null ? [BEGUN] : []), ...endsSoon()];
    },
    presence: {
      push: false,
      poll: [
        {
          name: CHANGE_LOG,
          facet: 'presence',
          batchSize: 1,
          everySeconds: EVERY_SECONDS,
          calledAt: () => log.readAt(),
          limits: LIMITS,
          poll: (_userIds, signal) => log.read((signs) => people.take(signs), signal),
        },
      ],
    },
    // People are told by ids that only the app knows: there is no address of theirs to open.
    chatUrl: () => null,
    async verify(signal) {
      await client.authorization(signal);
    },
    async close() {
      context.signal.removeEventListener('abort', end);
      end();
    },
  };
}

/** Who signed in; null when the token may not ask, as those of the portal's generator. */
async function identify(client: LinkedinClient) {
  try {
    return await client.whoAmI();
  } catch (thrown) {
    if (thrown instanceof MusterError && thrown.code !== 'cancelled') return null;
    throw thrown;
  }
}
